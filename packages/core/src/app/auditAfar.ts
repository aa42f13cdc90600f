/**
 * The audit of a database that is looked at from outside: what its tables show is judged like an install's own, and everything that they cannot show is named.
 */
import type { Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import type { SeenAfar } from "../ports/AfarStore.ts"
import type { Declaration } from "../retention/dataClass.ts"
import { type AuditReport, counted, type FoundClass, isKept, judgeService, unservedIn } from "./auditReport.ts"

const names = { service: "the service realm", vendor: "the vendor realm" } as const

/** Judges what was seen; `undefined` when there is no schema of the product, so that nothing can be known of its classes. */
export const auditAfar = (seen: SeenAfar, policies: ReadonlyArray<Policy>, at: Instant): AuditReport | undefined => {
  const { realms, store, undeclared } = seen
  if (realms.length === 0) return undefined
  const read = new Map(realms.flatMap(({ measured, realm }) => (measured === undefined ? [] : [[realm, measured] as const])))
  const of = (policy: Policy) => (declaration: Declaration): FoundClass | undefined => {
    const measured = read.get(declaration.realm)
    if (measured === undefined) return undefined
    const found = counted(measured, policy, declaration)
    // When a live chat began is sealed in its state.
    return declaration.dataClass === "liveSession" && found.some ? { ...found, overdue: null } : found
  }
  const judged = policies.map((policy) => judgeService({ policy, sessions: undefined, of: of(policy) }, at))
  const rest = {
    laws: judged.flatMap(({ laws }) => laws),
    unserved: unservedIn([...read.values()].flat(), policies),
    undeclared,
    overdueKeys: null,
    joins: null,
    store
  }
  return { at, how: "count", rows: judged.flatMap(({ rows }) => rows), ...rest, unchecked: unchecked(seen), kept: isKept(rest) }
}

const unchecked = ({ realms }: SeenAfar): ReadonlyArray<string> => [
  ...(["service", "vendor"] as const).flatMap((name) => {
    const found = realms.find(({ realm }) => realm === name)
    if (found === undefined) return [`${names[name]} is not in this database.`]
    return found.measured === undefined ? [`this login may not count every row of ${names[name]}; the role fortrolig_audit may.`] : []
  }),
  "the keys: they lie in vaults beside the server, and only the audit there can see them.",
  "live chats: their states are sealed, and only the audit beside the server can open them.",
  "the way from an address to an anonymous note: only the audit beside the server looks for it."
]
