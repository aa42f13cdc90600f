/**
 * The limit among the ages of consent that holds for a purpose and a kind of data on a day.
 */
import * as Result from "effect/Result"
import type { Refusal } from "../kernel/rule.ts"
import { type AgePurpose, type AgeRule, consentAges, type DataKind } from "../policy/ages.ts"
import type { LocalDate } from "../policy/values.ts"
import { consentRules } from "./rules.ts"

const noLimit: Result.Result<never, Refusal> = Result.fail({ rule: consentRules.age.id, says: "No age limit is known for this on that day, so nobody can be asked." })

/** The limit that holds on a day: the latest row that has begun. Refused where none has, because a missing limit is no permission (E-10). */
export const ageFor = (
  purpose: AgePurpose,
  kind: DataKind,
  on: LocalDate,
  ages: ReadonlyArray<AgeRule> = consentAges
): Result.Result<AgeRule, Refusal> => {
  // Dates of the calendar compare as texts.
  const [latest] = ages
    .filter((age) => age.purpose === purpose && age.kind === kind && age.since <= on)
    .toSorted((a, b) => (a.since < b.since ? 1 : -1))
  return latest === undefined ? noLimit : Result.succeed(latest)
}
