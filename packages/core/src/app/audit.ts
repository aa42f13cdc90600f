/**
 * The audit: every data class of the running install, its promise, its computed worst case, and whether it was kept. Counts only, never a row.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ServiceName } from "../kernel/identity.ts"
import { after, before, elapsed, Instant, Period } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import { DataClass } from "../policy/accountability.ts"
import type { Policy } from "../policy/policy.ts"
import { CustodyVault } from "../ports/AccessRegister.ts"
import { type Measured, ServiceRealm, VendorRealm } from "../ports/Inspection.ts"
import { KeyVault } from "../ports/KeyVault.ts"
import { Policies } from "../ports/Policies.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { type Declaration, declarations, worstCase } from "../retention/dataClass.ts"

/** One data class of one service. Periods are in milliseconds; `null` means that the class has no clock. */
export const AuditRow = Schema.Struct({
  service: ServiceName,
  dataClass: DataClass,
  rule: RuleId,
  realm: Schema.Literals(["service", "vendor"]),
  clock: Schema.Literals(["opened", "ended", "issued", "closed", "none"]),
  /** Whether the service may hold this class at all. */
  stored: Schema.Boolean,
  promise: Schema.NullOr(Period),
  worstCase: Schema.NullOr(Period),
  count: Schema.Int,
  /** Age of the oldest datum since its clock started, rounded up to its bucket; `null` when there is none or it has no clock. */
  oldest: Schema.NullOr(Period),
  overdue: Schema.Int,
  verdict: Schema.Literals(["kept", "broken"])
})
export type AuditRow = typeof AuditRow.Type

/** The verdict on one install at one instant. */
export const AuditReport = Schema.Struct({
  at: Instant,
  rows: Schema.Array(AuditRow),
  /** Tables and columns that no data class covers; each breaks the promise that everything stored is declared. */
  undeclared: Schema.Array(Schema.String),
  /** Bucket keys past their deadline that still exist, in both vaults. */
  overdueKeys: Schema.Int,
  kept: Schema.Boolean
})
export type AuditReport = typeof AuditReport.Type

/** Audits the install without changing it. Fails with `StoreUnavailable` when something could not be checked. */
export const audit = Effect.gen(function*() {
  const policies = yield* Policies
  const { latest: at } = yield* (yield* TrustedClock).read
  const serviceRealm = yield* ServiceRealm
  const vendorRealm = yield* VendorRealm
  const measured = [...(yield* serviceRealm.measure(at)), ...(yield* vendorRealm.measure(at))]
  const undeclared = [...(yield* serviceRealm.undeclared), ...(yield* vendorRealm.undeclared)]
  const keys = [...(yield* (yield* KeyVault).inventory).buckets, ...(yield* (yield* CustodyVault).inventory).buckets]
  const overdueKeys = keys.filter((deadline) => deadline <= at).length

  const rows: Array<AuditRow> = []
  for (const policy of policies.all) {
    const live = yield* liveSessions(policy, at)
    for (const declaration of declarations(policy)) {
      const found = declaration.dataClass === "liveSession" ? live : measured.find((one) => covers(one, policy, declaration))
      rows.push(row(policy, declaration, found, at))
    }
  }
  const kept = overdueKeys === 0 && undeclared.length === 0 && rows.every(({ verdict }) => verdict === "kept")
  return { at, rows, undeclared, overdueKeys, kept } satisfies AuditReport
})

const covers = (measured: Measured, policy: Policy, declaration: Declaration): boolean =>
  measured.dataClass === declaration.dataClass && (measured.service === null || measured.service === policy.service)

/** Live sessions carry their opening instant sealed in their state, so they are counted through the store and not by a column. */
const liveSessions = Effect.fnUntraced(function*(policy: Policy, at: Instant) {
  const sessions = yield* SessionStore
  const refs = (yield* sessions.live).filter(({ service }) => service === policy.service)
  const stored = yield* Effect.forEach(refs, ({ ref }) => sessions.load(ref))
  const length = policy.limits.lengthMinutes * 60_000
  const deadlines = stored.map((one) => Option.match(one, { onNone: () => at, onSome: ({ state }) => after(state.openedAt, length as Period) }))
  return {
    dataClass: "liveSession",
    service: policy.service,
    count: refs.length,
    earliestDeleteAt: deadlines.length === 0 ? null : (Math.min(...deadlines) as Instant),
    overdue: deadlines.filter((deadline) => deadline <= at).length
  } satisfies Measured
})

const row = (policy: Policy, declaration: Declaration, found: Measured | undefined, at: Instant): AuditRow => {
  const { dataClass, rule, realm, clock, stored, period } = declaration
  const count = found?.count ?? 0
  const earliest = found?.earliestDeleteAt ?? null
  const overdue = stored ? (found?.overdue ?? 0) : count
  return {
    service: policy.service,
    dataClass,
    rule,
    realm,
    clock,
    stored,
    promise: period ?? null,
    worstCase: period === undefined ? null : stored ? worstCase(period) : period,
    count,
    oldest: earliest === null || period === undefined ? null : elapsed(before(earliest, period), at),
    overdue,
    verdict: overdue === 0 ? "kept" : "broken"
  }
}
