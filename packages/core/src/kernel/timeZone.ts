/**
 * Time zones: the offset of a zone at an instant, and the instant of a time on a local wall clock. Answers only, no clock is read.
 */
import type { Instant } from "./instant.ts"

const second = 1000
const day = 86_400 * second
/** The last instant that a date can be formatted for. */
const reach = 8.64e15

/** Formatters cost a thousand times more to make than to use; there is one for each zone that was asked for. */
const formatters = new Map<string, Intl.DateTimeFormat>()

const formatter = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit"
  })
  formatters.set(timeZone, made)
  return made
}

/** Whether this system knows a time zone by that name. A policy that names another is refused. */
export const knownTimeZone = (timeZone: string): boolean => {
  try {
    formatter(timeZone)
    return true
  } catch {
    return false
  }
}

/** Days from 1970-01-01 to a date of the Gregorian calendar; months and days past their end roll over. */
export const dayNumber = (year: number, month: number, dayOfMonth: number): number => {
  // Years are counted from March, so that the day of a leap year comes last.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** How far the local clocks of a zone are ahead of UTC at a moment, in milliseconds. Throws a `RangeError` for an unknown zone. */
export const offsetAt = (timeZone: string, at: number): number => {
  const whole = Math.floor(Math.min(reach, at) / second) * second
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, sec = 0] = (formatter(timeZone).format(whole).match(/\d+/g) ?? []).map(Number)
  return dayNumber(year, month, date) * day + ((hour * 60 + minute) * 60 + sec) * second - whole
}

/**
 * The instant at which the clocks of a zone show a local time, given in milliseconds since 1970-01-01T00:00 on that wall clock.
 * A time that the clocks skip resolves forward; of a time that they show twice, `twice` names which (E-02). Throws a `RangeError` for an unknown zone.
 */
export const instantOf = (timeZone: string, local: number, twice: "earlier" | "later"): Instant => {
  // Offsets reach from -12 to +14 hours, so one day to either side is before and after any change that matters.
  const before = offsetAt(timeZone, local - day)
  const behind = offsetAt(timeZone, local + day)
  if (before === behind) return (local - before) as Instant
  const shown = [local - before, local - behind].filter((candidate) => local - candidate === offsetAt(timeZone, candidate))
  if (shown.length === 0) return (local - before) as Instant
  return (twice === "earlier" ? Math.min(...shown) : Math.max(...shown)) as Instant
}
