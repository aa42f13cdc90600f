/**
 * What an audit says, and how what was found is judged against what was promised. Counts only, never a row; what could not be looked at is never called kept.
 */
import * as Schema from "effect/Schema"
import { ServiceName } from "../kernel/identity.ts"
import { after, before, earlier, elapsed, Instant, minutes, Period } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import { DataClass } from "../policy/accountability.ts"
import type { Policy } from "../policy/policy.ts"
import type { Measured } from "../ports/Inspection.ts"
import { StoreFinding } from "../ports/StoreProfile.ts"
import { type Declaration, declarations, worstCase } from "../retention/dataClass.ts"
import { productPlaces } from "../retention/productPlaces.ts"
import { heldLaws } from "../retention/stateLaws.ts"
import type { Active, Waiting } from "../session/messages.ts"
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
  /** `null` when it was not counted. */
  count: Schema.NullOr(Schema.Int),
  /** Age of the oldest datum since its clock started, rounded up to its bucket; `null` when there is none, it has no clock, or it was not counted. */
  oldest: Schema.NullOr(Period),
  /** `null` when nobody could see. */
  overdue: Schema.NullOr(Schema.Int),
  verdict: Schema.Literals(["kept", "broken", "not checked"])
})
export type AuditRow = typeof AuditRow.Type

/** A law over the state of one service, the same that the tests hold generated histories against, and how often the real state breaks it. */
export const AuditedLaw = Schema.Struct({ service: ServiceName, rule: RuleId, says: Schema.String, broken: Schema.Int })
export type AuditedLaw = typeof AuditedLaw.Type

/** Rows of a service for which no policy is in force here. */
export const Unserved = Schema.Struct({ service: ServiceName, dataClass: DataClass, count: Schema.Int, overdue: Schema.Int })
export type Unserved = typeof Unserved.Type

/** What leads from a session, a receipt or an access trace to an anonymous note. All but the first two is nothing when the promise is kept (DFH-18). */
export const AuditedJoins = Schema.Struct({
  notes: Schema.Int,
  identifiers: Schema.Int,
  strange: Schema.Array(Schema.String),
  openText: Schema.Int,
  linked: Schema.Int,
  overdue: Schema.Int,
  apart: Schema.Int,
  outliving: Schema.Int
})
export type AuditedJoins = typeof AuditedJoins.Type

/** The verdict on one install at one instant. */
export const AuditReport = Schema.Struct({
  at: Instant,
  /** `proof`: by ledger, catalogue and vaults nothing is due, and what is not due was not counted. `count`: every row was counted. */
  how: Schema.Literals(["proof", "count"]),
  rows: Schema.Array(AuditRow),
  laws: Schema.Array(AuditedLaw),
  unserved: Schema.Array(Unserved),
  /** Tables and columns that no data class covers; each breaks the promise that everything stored is declared. */
  undeclared: Schema.Array(Schema.String),
  /** Bucket keys past their deadline that still exist, in both vaults; `null` when no vault could be asked. */
  overdueKeys: Schema.NullOr(Schema.Int),
  /** `null` when it was not looked at: it reads every row. */
  joins: Schema.NullOr(AuditedJoins),
  /** How the store is set up, judged. */
  store: Schema.Array(StoreFinding),
  /** What could not be looked at, one sentence each. */
  unchecked: Schema.Array(Schema.String),
  kept: Schema.Boolean
})
export type AuditReport = typeof AuditReport.Type

/** What was found of the classes of one service. */
export interface FoundOf {
  readonly policy: Policy
  /** What is known of a class; `undefined` when nobody could look. */
  readonly of: (declaration: Declaration) => FoundClass | undefined
  /** The states of its live sessions; `undefined` when they cannot be opened. */
  readonly sessions: ReadonlyArray<Waiting | Active> | undefined
}

/** One class as found; `count` is `null` when its rows were not counted, and `some` says whether there is one. */
export interface FoundClass {
  readonly count: number | null
  readonly some: boolean
  readonly earliest: Instant | null
  /** `null` when nobody could see. */
  readonly overdue: number | null
}

/** Nothing of a class. */
export const nothing: FoundClass = { count: 0, some: false, earliest: null, overdue: 0 }

/** What was counted of the rows that one declaration is about. */
export const counted = (measured: ReadonlyArray<Measured>, policy: Policy, { dataClass }: Declaration): FoundClass => {
  const found = measured.find((one) => one.dataClass === dataClass && (one.service === null || one.service === policy.service))
  return found === undefined ? nothing : { count: found.count, some: found.count > 0, earliest: found.earliestDeleteAt, overdue: found.overdue }
}

/** Live sessions carry their opening instant sealed in their state, so they are counted by their states and not by a column. */
export const countedLive = (policy: Policy, sessions: ReadonlyArray<{ readonly openedAt: Instant }>, at: Instant): FoundClass => {
  const deadlines = sessions.map(({ openedAt }) => after(openedAt, minutes(policy.limits.lengthMinutes)))
  return {
    count: sessions.length,
    some: sessions.length > 0,
    earliest: deadlines.length === 0 ? null : deadlines.reduce(earlier),
    overdue: deadlines.filter((deadline) => deadline <= at).length
  }
}

/** Rows of services that no policy here is about. */
export const unservedIn = (measured: ReadonlyArray<Measured>, policies: ReadonlyArray<Policy>): ReadonlyArray<Unserved> =>
  measured.flatMap(({ count, dataClass, overdue, service }) =>
    service === null || policies.some((policy) => policy.service === service) ? [] : [{ service, dataClass, count, overdue }])

/** Judges one service: a row for each class that it declares, and every law over what it holds and over its live chats. */
export const judgeService = ({ of, policy, sessions }: FoundOf, at: Instant): Pick<AuditReport, "rows" | "laws"> => {
  const held = declarations(policy).map((declaration) => ({ declaration, found: of(declaration) }))
  const known = held.flatMap(({ declaration, found }) => (found === undefined || found.overdue === null ? [] : [heldAs(declaration, found)]))
  const { service } = policy
  return {
    rows: held.map(({ declaration, found }) => row(service, declaration, found, at)),
    laws: [
      ...(sessions === undefined ? [] : sessionStateLaws.map(({ broken, rule, says }) => ({ service, rule, says, broken: broken({ policy, at, sessions }).length }))),
      ...heldLaws.map(({ broken, rule, says }) => ({ service, rule, says, broken: known.flatMap((one) => broken(one)).length }))
    ]
  }
}

/** Whether nothing leads to an anonymous note. */
export const isSevered = ({ apart, linked, openText, outliving, overdue, strange }: AuditedJoins): boolean =>
  strange.length === 0 && [apart, linked, openText, outliving, overdue].every((found) => found === 0)

/** Whether every promise that was looked at is kept. */
export const isKept = ({ joins, laws, overdueKeys, store, undeclared, unserved }: Pick<AuditReport, "joins" | "laws" | "overdueKeys" | "store" | "undeclared" | "unserved">): boolean =>
  (joins === null || isSevered(joins)) &&
  (overdueKeys ?? 0) === 0 &&
  undeclared.length === 0 &&
  laws.every(({ broken }) => broken === 0) &&
  unserved.every(({ overdue }) => overdue === 0) &&
  !store.some(({ verdict, weight }) => weight === "promise" && verdict === "broken")

const heldAs = (declaration: Declaration, { count, overdue, some }: FoundClass) => ({ declaration, count: count ?? (some ? 1 : 0), overdue: overdue ?? 0 })

const row = (service: ServiceName, declaration: Declaration, found: FoundClass | undefined, at: Instant): AuditRow => {
  const { clock, dataClass, period, realm, rule, stored } = declaration
  const promised = {
    service,
    dataClass,
    rule,
    realm,
    clock,
    places: productPlaces.filter((place) => place.dataClass === dataClass).map(({ kind, name }) => `${kind} ${name}`),
    stored,
    promise: period ?? null,
    worstCase: period === undefined ? null : stored ? worstCase(period) : period
  }
  if (found === undefined) return { ...promised, count: null, oldest: null, overdue: null, verdict: "not checked" }
  const { count, earliest, overdue } = found
  return {
    ...promised,
    count,
    oldest: earliest === null || period === undefined ? null : elapsed(before(earliest, period), at),
    overdue: stored ? overdue : heldAs(declaration, found).count,
    verdict: stored && overdue === null ? "not checked" : heldLaws.every(({ broken }) => broken(heldAs(declaration, found)).length === 0) ? "kept" : "broken"
  }
}
