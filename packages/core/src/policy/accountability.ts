/**
 * What a policy answers for: who processes on whose behalf, on which basis, what the service has published, and what it left open.
 */
import * as Schema from "effect/Schema"
import { RuleId } from "../kernel/rule.ts"
import { Bilingual } from "./bilingual.ts"
import { HttpsUrl, LocalDate, Positive } from "./values.ts"

/** The names of the data classes: every kind of thing that a service can hold. The order is part of stored data; new ones go last. */
export const dataClasses = [
  "content",
  "accessTrace",
  "liveSession",
  "endedSession",
  "invitation",
  "staffSession",
  "installation",
  "triage",
  "consent",
  "booking",
  "phoneCall",
  "concern",
  "ageCount",
  "webLog",
  "anonymousNote"
] as const
/** One kind of thing that a service holds. */
export const DataClass = Schema.Literals(dataClasses)
export type DataClass = typeof DataClass.Type

/** A sub-processor, what it does, and its contract (DFH-37). */
export const SubProcessor = Schema.Struct({
  name: Schema.NonEmptyString,
  task: Bilingual,
  contract: Schema.NonEmptyString,
  /** The last day of the contract; `null` when it has no end. */
  contractUntil: Schema.NullOr(LocalDate)
})
export type SubProcessor = typeof SubProcessor.Type

/** One processing activity with its legal bases (DFH-01, GDPR Article 30). */
export const Activity = Schema.Struct({
  name: Bilingual,
  purpose: Bilingual,
  /** Articles and laws, such as `GDPR 6(1)(e)` and `GDPR 9(2)(h)`. */
  basis: Schema.NonEmptyArray(Schema.NonEmptyString),
  dataClasses: Schema.NonEmptyArray(DataClass)
})
export type Activity = typeof Activity.Type

/** What the service has told the public, read on a day: the linter holds the policy against it. `null` where the text is silent. */
export const Published = Schema.Struct({
  page: HttpsUrl,
  readOn: LocalDate,
  contentHours: Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 24 * 366 }))),
  accessTraceHours: Schema.NullOr(Positive(24 * 366)),
  webLogHours: Schema.NullOr(Positive(24 * 366)),
  mentionsHolds: Schema.Boolean,
  /** "Otherwise we collect no systematic information about you" (IF-35). */
  nothingElseCollected: Schema.Boolean
})
export type Published = typeof Published.Type

/** Something that the published text leaves open or says twice in different ways, with the answer that this policy gives. */
export const OpenQuestion = Schema.Struct({
  id: Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9-]{2,60}$/)),
  rule: RuleId,
  /** The field of the policy that the answer is given in, such as `accessTrace.hoursAfterOpening`. */
  field: Schema.NonEmptyString,
  asks: Schema.NonEmptyString,
  answer: Schema.NonEmptyString
})
export type OpenQuestion = typeof OpenQuestion.Type
