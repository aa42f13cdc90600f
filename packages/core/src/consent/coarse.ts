/**
 * The one thing that an anonymous note keeps of its time: a week, a month or a quarter, in UTC.
 */
import { dateOfDay } from "../kernel/calendar.ts"
import type { Instant } from "../kernel/instant.ts"
import { dayNumber } from "../kernel/timeZone.ts"
import type { TriageTerms } from "../policy/care.ts"

const day = 86_400_000

const padded = (number: number, width: number): string => String(number).padStart(width, "0")

/** The week of ISO 8601 that a day lies in: it belongs to the year that its Thursday is in. */
const isoWeek = (days: number): string => {
  // 1970-01-01 was a Thursday; weeks begin on Mondays.
  const thursday = days - ((days + 3) % 7) + 3
  const { year } = dateOfDay(thursday)
  return `${padded(year, 4)}-W${padded(Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1, 2)}`
}

/** The period that an instant lies in, such as `2026-W13`, `2026-03` or `2026-Q1`, counted in UTC (DFH-17). */
export const coarsePeriod = (at: Instant, grain: TriageTerms["grain"]): string => {
  const days = Math.floor(at / day)
  const { year, month } = dateOfDay(days)
  switch (grain) {
    case "week":
      return isoWeek(days)
    case "month":
      return `${padded(year, 4)}-${padded(month, 2)}`
    case "quarter":
      return `${padded(year, 4)}-Q${Math.ceil(month / 3)}`
  }
}
