/**
 * The one thing that an anonymous note keeps of its time: a week, a month or a quarter, in UTC.
 */
import type { Instant } from "../kernel/instant.ts"
import { dayNumber } from "../kernel/timeZone.ts"
import type { TriageTerms } from "../policy/care.ts"

const day = 86_400_000

const padded = (number: number, width: number): string => String(number).padStart(width, "0")

/** The year and month (1 to 12) of a day, counted in days since 1970-01-01; the inverse of `dayNumber`. */
const monthOf = (days: number): { readonly year: number; readonly month: number } => {
  // Never later than the true month, and at most a few months before it.
  let year = 1970 + Math.floor(days / 366)
  while (dayNumber(year + 1, 1, 1) <= days) year += 1
  let month = 1
  while (dayNumber(year, month + 1, 1) <= days) month += 1
  return { year, month }
}

/** The week of ISO 8601 that a day lies in: it belongs to the year that its Thursday is in. */
const isoWeek = (days: number): string => {
  // 1970-01-01 was a Thursday; weeks begin on Mondays.
  const thursday = days - ((days + 3) % 7) + 3
  const { year } = monthOf(thursday)
  return `${padded(year, 4)}-W${padded(Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1, 2)}`
}

/** The period that an instant lies in, such as `2026-W13`, `2026-03` or `2026-Q1`, counted in UTC (DFH-17). */
export const coarsePeriod = (at: Instant, grain: TriageTerms["grain"]): string => {
  const days = Math.floor(at / day)
  const { year, month } = monthOf(days)
  switch (grain) {
    case "week":
      return isoWeek(days)
    case "month":
      return `${padded(year, 4)}-${padded(month, 2)}`
    case "quarter":
      return `${padded(year, 4)}-Q${Math.ceil(month / 3)}`
  }
}
