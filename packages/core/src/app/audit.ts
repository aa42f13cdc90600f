/**
 * The audit: every data class of the running install, its promise, its computed worst case, and whether it was kept; and how the store is set up.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { before, hours, type Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { CustodyVault } from "../ports/AccessRegister.ts"
import { type Measured, type Proof, type Realm, ServiceRealm, VendorRealm } from "../ports/Inspection.ts"
import { JoinAudit } from "../ports/JoinAudit.ts"
import { KeyVault } from "../ports/KeyVault.ts"
import { Policies } from "../ports/Policies.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { StoreProfile } from "../ports/StoreProfile.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { clockSkew, type Declaration, declarations, sweepInterval } from "../retention/dataClass.ts"
import { type AuditReport, counted, countedLive, type FoundClass, isKept, judgeService, nothing, unservedIn } from "./auditReport.ts"

/** Each realm's store, by the name that a declaration gives the realm. */
interface Realms {
  readonly service: Realm
  readonly vendor: Realm
}

/** Audits the install and counts every row of it, without changing it. Fails with `StoreUnavailable` when something could not be checked. */
export const audit = Effect.suspend(() => auditing("count"))

/**
 * Audits the install in a time that does not depend on how much is stored: when ledger, catalogue and vaults prove that nothing is due, what is not due is not counted.
 * Counts every row when they do not prove it, so that the report names what is overdue. Fails like `audit`.
 */
export const auditQuickly = Effect.suspend(() => auditing("proof"))

const auditing = Effect.fnUntraced(function*(asked: AuditReport["how"]) {
  const { all: policies } = yield* Policies
  const { latest: at } = yield* (yield* TrustedClock).read
  const realms: Realms = { service: yield* ServiceRealm, vendor: yield* VendorRealm }
  const undeclared = [...new Set([...(yield* realms.service.undeclared), ...(yield* realms.vendor.undeclared)])].sort()
  const keys = [...(yield* (yield* KeyVault).inventory).buckets, ...(yield* (yield* CustodyVault).inventory).buckets]
  const overdueKeys = keys.filter((deadline) => deadline <= at).length
  const how = asked === "proof" && overdueKeys === 0 && (yield* isProven(realms, policies, at)) ? "proof" : "count"
  const measured = how === "proof" ? [] : [...(yield* realms.service.measure(at)), ...(yield* realms.vendor.measure(at))]

  const judged = yield* Effect.forEach(policies, Effect.fnUntraced(function*(policy) {
    const sessions = yield* liveSessions(policy)
    const found = new Map<Declaration["dataClass"], FoundClass>()
    for (const declaration of declarations(policy)) {
      found.set(declaration.dataClass, declaration.dataClass === "liveSession" ? countedLive(policy, sessions, at) : yield* look(how, measured, realms, policy, declaration))
    }
    return judgeService({ policy, sessions, of: ({ dataClass }) => found.get(dataClass) }, at)
  }))
  const rest = {
    laws: judged.flatMap(({ laws }) => laws),
    unserved: unservedIn(measured, policies),
    undeclared,
    overdueKeys,
    joins: how === "count" ? yield* findJoins(policies, at) : null,
    store: yield* (yield* StoreProfile).judged
  }
  return { at, how, rows: judged.flatMap(({ rows }) => rows), ...rest, unchecked: [], kept: isKept(rest) } satisfies AuditReport
})

/** Reads every row that could lead to a note, where the store can look for that. */
const findJoins = Effect.fnUntraced(function*(policies: ReadonlyArray<Policy>, at: Instant) {
  const joins = yield* Effect.serviceOption(JoinAudit)
  if (Option.isNone(joins)) return null
  return yield* joins.value.find(at, new Map(policies.map(({ accessTrace, service }) => [service, hours(accessTrace.hoursAfterOpening)])))
})

/** Where nothing is due, a class has not to be counted; of what a service never keeps it has to be seen that there is none. */
const look = Effect.fnUntraced(function*(how: AuditReport["how"], measured: ReadonlyArray<Measured>, realms: Realms, policy: Policy, declaration: Declaration) {
  if (how === "count") return counted(measured, policy, declaration)
  const { dataClass, realm, stored } = declaration
  if (stored) return { ...nothing, count: null }
  const some = yield* realms[realm].holds(dataClass, policy.service)
  return some ? { count: null, some, earliest: null, overdue: 0 } : nothing
})

/** Nothing is due in either realm, and the ledger is as far as one sweep and the clock's error let it be. */
const isProven = Effect.fnUntraced(function*(realms: Realms, policies: ReadonlyArray<Policy>, at: Instant) {
  const since = before(before(at, sweepInterval), clockSkew)
  for (const name of ["service", "vendor"] as const) {
    const classes = new Set(policies.flatMap(declarations).filter(({ clock, realm, stored }) => realm === name && stored && clock !== "none").map(({ dataClass }) => dataClass))
    // A live session has no deadline that a ledger could know; it is looked at itself.
    classes.delete("liveSession")
    const proof = yield* realms[name].prove(at)
    if (isDue(proof) || [...classes].some((dataClass) => !isThrough(proof, dataClass, since))) return false
  }
  return true
})

const isDue = ({ overdueLeaves, overdueRows }: Proof): boolean => overdueLeaves > 0 || overdueRows > 0

const isThrough = ({ ledger }: Proof, dataClass: Declaration["dataClass"], since: Instant): boolean =>
  ledger.some((line) => line.dataClass === dataClass && line.through >= since)

const liveSessions = Effect.fnUntraced(function*(policy: Policy) {
  const store = yield* SessionStore
  const refs = (yield* store.live).filter(({ service }) => service === policy.service)
  // One that ended while we looked is not live any more.
  return (yield* Effect.forEach(refs, ({ ref }) => store.load(ref))).flatMap((one) => Option.match(one, { onNone: () => [], onSome: ({ state }) => [state] }))
})
