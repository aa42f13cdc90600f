/**
 * Days of the Gregorian calendar: the date that a number of days leads to, and the day that the clocks of a zone show at an instant.
 */
import type { Instant } from "./instant.ts"
import { offsetAt } from "./timeZone.ts"

const day = 86_400_000

/** A date in numbers: months from 1 to 12, days of the month from 1. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly dayOfMonth: number
}

/** The date that lies a number of days after 1970-01-01: the inverse of `dayNumber`. */
export const dateOfDay = (days: number): CalendarDate => {
  // Years are counted from March, so that the day of a leap year comes last.
  const sinceMarch = days + 719_468
  const era = Math.floor(sinceMarch / 146_097)
  const dayOfEra = sinceMarch - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1 }
}

/** A date as a text such as `2026-03-29`; a year has four digits or more. */
export const writtenDate = ({ dayOfMonth, month, year }: CalendarDate): string =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`

/** The day that the clocks of a zone show at an instant, in days after 1970-01-01. Throws a `RangeError` for an unknown zone. */
export const localDay = (timeZone: string, at: Instant): number => Math.floor((at + offsetAt(timeZone, at)) / day)

/** The date on the calendar of a zone at an instant, as `2026-03-29`. Throws a `RangeError` for an unknown zone. */
export const dateAt = (timeZone: string, at: Instant): string => writtenDate(dateOfDay(localDay(timeZone, at)))
