/**
 * Periods and instants in words, so that no text of the product writes a number of its own.
 */
import type { Instant, Period } from "../kernel/instant.ts"
import type { Language } from "./language.ts"

const units = [
  { length: 86_400_000, nb: ["døgn", "døgn"], en: ["day", "days"] },
  { length: 3_600_000, nb: ["time", "timer"], en: ["hour", "hours"] },
  { length: 60_000, nb: ["minutt", "minutter"], en: ["minute", "minutes"] },
  { length: 1000, nb: ["sekund", "sekunder"], en: ["second", "seconds"] }
] as const

/** Up to and including this many hours, hours are what people count in: "72 hours", but "7 days". */
const hoursUpTo = 72
const hour = 3_600_000

/** A period in words: "72 timer", "7 døgn", "7 days", "4 hours and 30 minutes"; "0 seconds" when it is none. Parts of a second are left out. */
export const inWords = (period: Period, language: Language): string => {
  const parts: Array<string> = []
  let rest: number = period
  const wholeHours = Math.floor(period / hour)
  // Days are used only for a whole number of them, so that nothing reads shorter than it is.
  const inDays = wholeHours > hoursUpTo && wholeHours % 24 === 0
  for (const unit of inDays ? units : units.slice(1)) {
    const count = Math.floor(rest / unit.length)
    rest -= count * unit.length
    if (count > 0) parts.push(`${count} ${unit[language][count === 1 ? 0 : 1]}`)
  }
  if (parts.length === 0) return `0 ${units[3][language][1]}`
  return new Intl.ListFormat(language).format(parts).replace(", and ", " and ")
}

/** The parts of an instant as a wall clock of the zone shows them. */
const onTheWall = (at: Instant, language: Language, timeZone: string): Readonly<Record<string, string>> => {
  const parts = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  }).formatToParts(at)
  return Object.fromEntries(parts.map((part) => [part.type, part.value]))
}

/** The day of an instant in a time zone: "fredag 27. november", "Friday 27 November". Throws a `RangeError` for an unknown zone. */
export const localDay = (at: Instant, language: Language, timeZone = "Europe/Oslo"): string => {
  const { weekday, day, month } = onTheWall(at, language, timeZone)
  return language === "nb" ? `${weekday} ${day}. ${month}` : `${weekday} ${day} ${month}`
}

/** The time of day of an instant in a time zone: "14.30", "14:30". Throws a `RangeError` for an unknown zone. */
export const localClock = (at: Instant, language: Language, timeZone = "Europe/Oslo"): string => {
  const { hour, minute } = onTheWall(at, language, timeZone)
  return language === "nb" ? `${hour}.${minute}` : `${hour}:${minute}`
}

/** An instant as people of a time zone say it: "fredag 27. november kl. 14.30", "Friday 27 November at 14:30". Throws a `RangeError` for an unknown zone. */
export const localTime = (at: Instant, language: Language, timeZone = "Europe/Oslo"): string =>
  `${localDay(at, language, timeZone)} ${language === "nb" ? "kl." : "at"} ${localClock(at, language, timeZone)}`
