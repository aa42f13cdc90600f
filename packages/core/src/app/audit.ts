/**
 * The audit: every data class of the running install, its promise, its computed worst case, and whether it was kept. Counts only, never a row.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ServiceName } from "../kernel/identity.ts"
import { after, before, earlier, elapsed, Instant, minutes, Period } from "../kernel/instant.ts"
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
import { productPlaces } from "../retention/productPlaces.ts"
import { type Held, heldLaws } from "../retention/stateLaws.ts"
import { sessionStateLaws } from "../session/stateLaws.ts"

/** One data class of one service. Periods are in milliseconds; `null` means that the class has no clock. */
export const AuditRow = Schema.Struct({
  service: ServiceName,
  dataClass: DataClass,
  rule: RuleId,
  realm: Schema.Literals(["service", "vendor"]),
  clock: Schema.Literals(["opened", "ended", "issued", "closed", "none"]),
  /** Every place that holds it or may, such as `table service.content`. */
  places: Schema.Array(Schema.String),
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

/** A law over the state of one service, the same that the tests hold generated histories against, and how often the real state breaks it. */
export const AuditedLaw = Schema.Struct({ service: ServiceName, rule: RuleId, says: Schema.String, broken: Schema.Int })
export type AuditedLaw = typeof AuditedLaw.Type

/** The verdict on one install at one instant. */
export const AuditReport = Schema.Struct({
  at: Instant,
  rows: Schema.Array(AuditRow),
  laws: Schema.Array(AuditedLaw),
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
  const laws: Array<AuditedLaw> = []
  for (const policy of policies.all) {
    const sessions = yield* liveSessions(policy)
    const live = measuredLive(policy, sessions, at)
    const held = declarations(policy).map((declaration) => {
      const found = declaration.dataClass === "liveSession" ? live : measured.find((one) => covers(one, policy, declaration))
      return { declaration, count: found?.count ?? 0, overdue: found?.overdue ?? 0, earliest: found?.earliestDeleteAt ?? null }
    })
    rows.push(...held.map((one) => row(policy, one, at)))
    laws.push(
      ...sessionStateLaws.map(({ rule, says, broken }) => ({ service: policy.service, rule, says, broken: broken({ policy, at, sessions }).length })),
      ...heldLaws.map(({ rule, says, broken }) => ({ service: policy.service, rule, says, broken: held.flatMap((one) => broken(one)).length }))
    )
  }
  const kept = overdueKeys === 0 && undeclared.length === 0 && laws.every(({ broken }) => broken === 0)
  return { at, rows, laws, undeclared, overdueKeys, kept } satisfies AuditReport
})

const covers = (measured: Measured, policy: Policy, declaration: Declaration): boolean =>
  measured.dataClass === declaration.dataClass && (measured.service === null || measured.service === policy.service)

/** Live sessions carry their opening instant sealed in their state, so they are counted through the store and not by a column. */
const liveSessions = Effect.fnUntraced(function*(policy: Policy) {
  const store = yield* SessionStore
  const refs = (yield* store.live).filter(({ service }) => service === policy.service)
  // One that ended while we looked is not live any more.
  return (yield* Effect.forEach(refs, ({ ref }) => store.load(ref))).flatMap((one) => Option.match(one, { onNone: () => [], onSome: ({ state }) => [state] }))
})

const measuredLive = (policy: Policy, sessions: ReadonlyArray<{ readonly openedAt: Instant }>, at: Instant): Measured => {
  const deadlines = sessions.map(({ openedAt }) => after(openedAt, minutes(policy.limits.lengthMinutes)))
  return {
    dataClass: "liveSession",
    service: policy.service,
    count: sessions.length,
    earliestDeleteAt: deadlines.length === 0 ? null : deadlines.reduce(earlier),
    overdue: deadlines.filter((deadline) => deadline <= at).length
  }
}

const row = (policy: Policy, held: Held & { readonly earliest: Instant | null }, at: Instant): AuditRow => {
  const { dataClass, rule, realm, clock, stored, period } = held.declaration
  const { count, earliest } = held
  const overdue = stored ? held.overdue : count
  return {
    service: policy.service,
    dataClass,
    rule,
    realm,
    clock,
    places: productPlaces.filter((place) => place.dataClass === dataClass).map(({ kind, name }) => `${kind} ${name}`),
    stored,
    promise: period ?? null,
    worstCase: period === undefined ? null : stored ? worstCase(period) : period,
    count,
    oldest: earliest === null || period === undefined ? null : elapsed(before(earliest, period), at),
    overdue,
    verdict: heldLaws.every(({ broken }) => broken(held).length === 0) ? "kept" : "broken"
  }
}
