/**
 * Days of the calendar as texts such as `2026-03-29`: months added, Easter, the Norwegian public holidays, and working days counted.
 */
import { dateOfDay, writtenDate } from "../kernel/calendar.ts"
import { dayNumber } from "../kernel/timeZone.ts"
import type { LocalDate } from "../policy/values.ts"

const numbersOf = (date: LocalDate): readonly [year: number, month: number, day: number] => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  return [year, month, day]
}

/** Days from 1970-01-01 to a date. */
export const dayOf = (date: LocalDate): number => dayNumber(...numbersOf(date))

const dateOf = (day: number): LocalDate => writtenDate(dateOfDay(day))

/** The same day of the month, a number of months later; the last day of that month when it is shorter. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const [year, month, day] = numbersOf(date)
  const count = year * 12 + month - 1 + months
  const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return writtenDate({ year: inYear, month: inMonth, dayOfMonth: Math.min(day, dayNumber(inYear, inMonth + 1, 1) - dayNumber(inYear, inMonth, 1)) })
}

/** Whether a date lies on or after `from` and before `until`; a bound that is `null` bounds nothing. */
export const isDuring = (date: LocalDate, { from, until }: { readonly from: LocalDate | null; readonly until: LocalDate | null }): boolean =>
  (from === null || from <= date) && (until === null || date < until)

/** Easter Sunday of a year as days from 1970-01-01: the first Sunday after the first full moon of the church on or after 21 March. */
const easter = (year: number): number => {
  const golden = year % 19
  const century = Math.floor(year / 100)
  // The age of the church's moon, corrected for the leap days left out by centuries and for the drift of the moon.
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30
  const full = moon === 29 || (moon === 28 && golden > 10) ? moon - 1 : moon
  const fullMoon = dayNumber(year, 3, 21) + full
  // 1970-01-04, day 3, is a Sunday.
  return fullMoon + 7 - ((((fullMoon - 3) % 7) + 7) % 7)
}

/** Days after Easter Sunday: Maundy Thursday, Good Friday, both days of Easter, Ascension Day, and both days of Whitsun. */
const movable = [-3, -2, 0, 1, 39, 49, 50]
/** New Year's Day, 1 and 17 May, and both days of Christmas. */
const fixed: ReadonlyArray<readonly [month: number, day: number]> = [[1, 1], [5, 1], [5, 17], [12, 25], [12, 26]]

/**
 * The public holidays of a year in Norway beside the common Sundays, in order (lov om helligdager § 2, lov om 1 og 17 mai § 1).
 * Two may fall on one day, which then stands once.
 */
export const publicHolidays = (year: number): ReadonlyArray<LocalDate> => {
  const sunday = easter(year)
  const days = [...movable.map((days) => sunday + days), ...fixed.map(([month, day]) => dayNumber(year, month, day))]
  return [...new Set(days)].toSorted((a, b) => a - b).map(dateOf)
}

/** Whether a date is a working day: Monday to Friday, and no public holiday. */
export const isWorkingDay = (date: LocalDate): boolean => {
  // 1970-01-01 was a Thursday; Saturday is two days later.
  const weekday = (((dayOf(date) - 2) % 7) + 7) % 7
  return weekday > 1 && !publicHolidays(numbersOf(date)[0]).includes(date)
}

/** The last of `count` working days after a date, which is not counted itself (DUV-24). */
export const workingDaysAfter = (date: LocalDate, count: number): LocalDate => {
  let day = dayOf(date)
  for (let left = count; left > 0; ) {
    day += 1
    if (isWorkingDay(dateOf(day))) left -= 1
  }
  return dateOf(day)
}
