/**
 * The small values that policies are written in: positive whole numbers, dates of the calendar, times of a wall clock,
 * and links with the day they were last seen to work.
 */
import * as Schema from "effect/Schema"
import { dayNumber } from "../kernel/timeZone.ts"

/** A whole number from 1 to `maximum`; zero, parts, infinity and texts are refused. */
export const Positive = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 1, maximum }))

/** A time on a 24-hour wall clock, `00:00` to `24:00`. */
export const LocalTime = Schema.String.check(Schema.isPattern(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/))

const isCalendarDate = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)
}

/** A date of the Gregorian calendar, `2026-03-29`. Such texts compare in the order of time. */
export const LocalDate = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/),
  Schema.makeFilter((date: string) => isCalendarDate(date) || "is not a date of the calendar")
)
export type LocalDate = typeof LocalDate.Type

/** An address of an encrypted web page. */
export const HttpsUrl = Schema.String.check(Schema.isPattern(/^https:\/\/[^\s]+$/))

/** A link, and the day on which somebody last saw that it leads where it should. */
export const Link = Schema.Struct({ href: HttpsUrl, lastVerified: LocalDate })
export type Link = typeof Link.Type
