/**
 * How this product forgets: its own stores on the same PostgreSQL, and its own sweep, with a clock that the bench moves.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import type { Sql } from "postgres"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { server } from "@fortrolig/adapters/server"
import type { Stores } from "@fortrolig/adapters/stores"
import { randomness } from "@fortrolig/adapters/system/randomness"
import { audit, auditQuickly } from "@fortrolig/core/app/audit"
import { sweep } from "@fortrolig/core/app/sweep"
import { Instant } from "@fortrolig/core/kernel/instant"
import { carrying } from "@fortrolig/core/policy/parts"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { Policies } from "@fortrolig/core/ports/Policies"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import type { Way } from "./figures.ts"
import { before, fill, type History, hours, last, oneTrace } from "./history.ts"

const hour = 3_600_000
const bucket = 300_000

/** The product on a database of its own. */
export interface Ours extends Way {
  readonly stores: Context.Context<Stores | Policies | Randomness | TrustedClock>
  readonly setClock: (at: number) => void
  /** Time until every key that was due was destroyed, in the last sweep. */
  readonly keysAfter: () => number
  /** Whether anything is overdue, in both realms: what a full audit counts, by ledger and catalogue. */
  readonly overdue: () => Promise<boolean>
  readonly audit: (full: boolean) => Promise<{ readonly kept: boolean; readonly how: string }>
  readonly close: () => Promise<void>
}

/** Opens the product's stores on an empty database and fills them with a history, keys included. */
export const ours = async (sql: Sql, url: string, base: string, history: History): Promise<Ours> => {
  const folder = mkdtempSync(join(base, "fortrolig-bench-"))
  let at = before
  let keysAfter = Number.NaN
  const scope = Scope.makeUnsafe()
  const recipient = async (): Promise<string> => identityToRecipient(await generateX25519Identity())
  const opened = server({
    databases: { service: Redacted.make(url), custody: Redacted.make(url) },
    dataFolder: join(folder, "data"),
    keysFolder: join(folder, "keys"),
    custodians: [await recipient(), await recipient()],
    services: ["detfinneshjelp", "ifengsel"]
  })
  const policy = { ...carrying(ifengsel, []), service: "detfinneshjelp" as typeof ifengsel.service }
  const rest = Layer.mergeAll(
    randomness,
    Layer.succeed(Policies, { all: [policy], of: (name) => (name === policy.service ? policy : undefined), demonstration: true }),
    Layer.sync(TrustedClock, () => ({ read: Effect.sync(() => ({ now: Instant.make(at), latest: Instant.make(at), suspect: false })) }))
  )
  const stores = await Effect.runPromise(Layer.buildWithScope(Layer.merge(opened, rest), scope))
  const vaults = { service: Context.get(stores, KeyVault), custody: Context.get(stores, CustodyVault) }
  for (const [table, dataClass, realm, owner] of leaves) {
    await sql.unsafe(`set role ${owner}`)
    for (const number of hours) await sql.unsafe(`select ${realm}.make_leaf('${table}', '${dataClass}', ${number})`)
  }
  await sql.unsafe("reset role")
  await fill(sql, history)
  await sql.unsafe("vacuum analyze")
  for (let deadline = before + hour; deadline < last; deadline += bucket) {
    const one = (vault: typeof vaults.service, dataClass: "content" | "accessTrace") => vault.sealUntil(dataClass, Instant.make(deadline), new Uint8Array(1), "bench")
    await Effect.runPromise(Effect.andThen(one(vaults.service, "content"), one(vaults.custody, "accessTrace")))
  }
  const timed = { ...vaults.service, destroyDue: (due: Instant) => Effect.tap(vaults.service.destroyDue(due), () => Effect.sync(() => { keysAfter = performance.now() - began })) }
  const watched = Context.add(stores, KeyVault, timed)
  let began = 0
  // A server sweeps every minute: what it does for the first time is not what it costs.
  for (let minute = 0; minute < 30; minute += 1) await Effect.runPromise(Effect.provideContext(sweep, stores))
  return {
    name: "Fortrolig",
    insert: oneTrace("custody.access_trace"),
    tables: "%\\_4%",
    stores: watched,
    setClock: (to) => { at = to },
    keysAfter: () => keysAfter,
    forget: async (to) => {
      at = to
      began = performance.now()
      await Effect.runPromise(Effect.provideContext(sweep, watched))
    },
    overdue: async () => {
      const realms = [Context.get(stores, ServiceRealm), Context.get(stores, VendorRealm)]
      const proofs = await Effect.runPromise(Effect.forEach(realms, ({ prove }) => prove(Instant.make(at))))
      return proofs.some(({ overdueLeaves, overdueRows }) => overdueLeaves + overdueRows > 0)
    },
    audit: (full) => Effect.runPromise(Effect.provideContext(full ? audit : auditQuickly, watched)),
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const leaves = [
  ["access_trace", "accessTrace", "custody", "fortrolig_custody_owner"],
  ["content", "content", "service", "fortrolig_owner"],
  ["session", "endedSession", "service", "fortrolig_owner"]
] as const
