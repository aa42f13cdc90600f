/**
 * The periods of statistics: months, quarters and years of the local calendar. A count knows its period and no finer time (IF-32, E-12).
 */
import * as Schema from "effect/Schema"
import { dateOfDay, localDay } from "../kernel/calendar.ts"
import type { Instant } from "../kernel/instant.ts"
import { dayNumber, instantOf } from "../kernel/timeZone.ts"
import type { StatisticsTerms } from "../policy/care.ts"

/** A month, a quarter or a year of the Gregorian calendar: `2026-03`, `2026-Q1`, `2026`. */
export const CalendarPeriod = Schema.String.check(Schema.isPattern(/^\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?$/)).pipe(Schema.brand("CalendarPeriod"))
export type CalendarPeriod = typeof CalendarPeriod.Type

/** How long the periods of a policy are. */
export type PeriodLength = StatisticsTerms["period"]

const monthsIn = { month: 1, quarter: 3, year: 12 } as const satisfies Record<PeriodLength, number>
const day = 86_400_000

/** Months of a period, counted from January of year 0: the first one, and the first one after it. */
export interface Months {
  readonly from: number
  readonly to: number
}

/** How long a period is, read from its name. */
export const lengthOf = (period: CalendarPeriod): PeriodLength => (period.length === 4 ? "year" : period.charAt(5) === "Q" ? "quarter" : "month")

/** The months that a period covers. */
export const monthsOf = (period: CalendarPeriod): Months => {
  const length = lengthOf(period)
  const january = Number(period.slice(0, 4)) * 12
  const within = length === "year" ? 0 : length === "quarter" ? (Number(period.slice(6)) - 1) * 3 : Number(period.slice(5)) - 1
  return { from: january + within, to: january + within + monthsIn[length] }
}

/** Whether two periods share a month. */
export const overlap = (one: Months, other: Months): boolean => one.from < other.to && other.from < one.to

const startOfMonth = (month: number, timeZone: string): Instant =>
  instantOf(timeZone, dayNumber(Math.floor(month / 12), (month % 12) + 1, 1) * day, "earlier")

/** The instant at which a period is over: when the clocks of the zone begin the next one. Throws a `RangeError` for an unknown zone. */
export const endOf = (period: CalendarPeriod, timeZone: string): Instant => startOfMonth(monthsOf(period).to, timeZone)

const named = (length: PeriodLength, month: number): CalendarPeriod => {
  const year = Math.floor(month / 12)
  const within = month % 12
  const rest = { month: `-${String(within + 1).padStart(2, "0")}`, quarter: `-Q${Math.floor(within / 3) + 1}`, year: "" }[length]
  return `${year}${rest}` as CalendarPeriod
}

/** The period of a policy in which an instant lies, on the local calendar of a zone. Throws a `RangeError` for an unknown zone. */
export const periodOf = ({ period }: Pick<StatisticsTerms, "period">, at: Instant, timeZone: string): CalendarPeriod => {
  const { month, year } = dateOfDay(localDay(timeZone, at))
  const next = year * 12 + month
  // Clocks that go back over midnight show the last day of a month again, when the next month has begun already.
  return named(period, startOfMonth(next, timeZone) <= at ? next : next - 1)
}

/** `periodOf` for many instants: the same answers, with the calendar asked once for each period in a row. */
export const periodReader = (terms: Pick<StatisticsTerms, "period">, timeZone: string): ((at: Instant) => CalendarPeriod) => {
  let current = CalendarPeriod.make("1970")
  let from = 1
  let to = 0
  return (at) => {
    if (at >= from && at < to) return current
    current = periodOf(terms, at, timeZone)
    from = startOfMonth(monthsOf(current).from, timeZone)
    to = endOf(current, timeZone)
    return current
  }
}
