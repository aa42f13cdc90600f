/**
 * The check of an identity before it is sealed: the one place that sees a name and a number, for the length of a call. It answers a verdict, never what it saw.
 */
import * as Result from "effect/Result"
import { dateAt } from "../kernel/calendar.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Refusal, Rule } from "../kernel/rule.ts"
import type { BookingTerms } from "../policy/care.ts"
import type { LocalDate } from "../policy/values.ts"
import { ageVerdict } from "./age.ts"
import { CheckedIdentity } from "./messages.ts"
import { readNationalId } from "./nationalId.ts"
import { bookingRules } from "./rules.ts"

/** What the visitor gave: a name, eleven digits, and a birth date that the visitor states or a registry gives, if there is one. */
export interface Identity {
  readonly name: string
  readonly number: string
  readonly birthDate?: LocalDate
}

type Checked = Result.Result<CheckedIdentity, Refusal>
const refused = (rule: Rule, says: string): Checked => Result.fail({ rule: rule.id, says })

const noName = refused(bookingRules.identity, "Please write your name.")
const noNumber = refused(bookingRules.identity, "This is not a birth number or a D-number. Please look at the digits once more.")
const byPhone = refused(bookingRules.identity, "With this kind of number you can book by phone.")

/**
 * Checks a name and a number on the day of booking in the policy's time zone (DFH-19, DFH-47). Numbers that belong to nobody are refused in production;
 * help numbers, which fix no person, are booked by phone.
 */
export const checkIdentity = (
  { name, number, birthDate }: Identity,
  { minimumAge, timeZone }: Pick<BookingTerms, "minimumAge" | "timeZone">,
  purpose: "production" | "test",
  at: Instant
): Checked => {
  if (name.trim() === "") return noName
  const on = dateAt(timeZone, at)
  const read = readNationalId(number, { purpose, on })
  if (Result.isFailure(read)) return read.failure === "needsAssigner" ? byPhone : noNumber
  const { kind, birthDate: fromNumber } = read.success
  if (kind !== "FNR" && kind !== "DNR") return byPhone
  return Result.succeed(CheckedIdentity.make({ kind, age: ageVerdict(fromNumber, birthDate, on, minimumAge), on }))
}
