/**
 * Opening hours read a second time, minute by minute: what every clock on the wall shows is written down through a stretch of time,
 * and the windows are found among those labels. Slow, and shares nothing with the code under test.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import { type Schedule, weekdays } from "@fortrolig/core/policy/schedule"

const minute = 60_000
const day = 24 * 60 * minute

/** Zones whose clocks change by an hour, by half an hour, at midnight, and never. */
export const zones = ["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata", "America/St_Johns"]

/** What the clocks on the walls of a zone show, minute by minute, from three days before a stretch of time until two days after it. */
interface Wall {
  readonly start: number
  readonly from: Instant
  readonly to: Instant
  readonly labels: ReadonlyArray<string>
  readonly firstShown: ReadonlyMap<string, number>
  readonly lastShown: ReadonlyMap<string, number>
}

const two = (n: number): string => String(n).padStart(2, "0")

/**
 * Reads the clocks of a zone. They are looked at every hour; where an hour on the wall was no hour, every five minutes, which no zone's change of its clocks
 * cuts in two. In between they are counted on.
 */
export const wallOf = (timeZone: string, from: Instant, to: Instant): Wall => {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit"
  })
  const look = (at: number): string => clock.format(at).replace(/(\d+)\/(\d+)\/(\d+), (.*)/, "$3-$2-$1 $4")
  const counted = (label: string, minutes: number): string => new Date(Date.parse(`${label.replace(" ", "T")}Z`) + minutes * minute).toISOString().slice(0, 16).replace("T", " ")
  const start = from - 3 * day
  const labels: Array<string> = []
  let ahead = look(start)
  for (let at = start; at < to + 2 * day; at += 60 * minute) {
    const now = ahead
    ahead = look(at + 60 * minute)
    const steady = counted(now, 60) === ahead
    for (let past = 0; past < 60 && at + past * minute < to + 2 * day; past += 5) {
      const shown = steady ? counted(now, past) : look(at + past * minute)
      const stem = shown.slice(0, -2)
      for (let i = 0; i < 5; i++) labels.push(`${stem}${two(Number(shown.slice(-2)) + i)}`)
    }
  }
  const firstShown = new Map<string, number>()
  const lastShown = new Map<string, number>()
  labels.forEach((label, index) => {
    if (!firstShown.has(label)) firstShown.set(label, index)
    lastShown.set(label, index)
  })
  return { start, from, to, labels, firstShown, lastShown }
}

const next = (date: string): string => new Date(Date.parse(`${date}T00:00Z`) + day).toISOString().slice(0, 10)

/** For each minute of a wall's own stretch of time, whether the schedule is open then. */
export const openOn = (schedule: Schedule, { start, from, to, labels, firstShown, lastShown }: Wall): ReadonlyArray<boolean> => {
  const forward = (date: string, time: string): number => {
    // Skipped: as many minutes past the change as the label lies past the last label before it.
    const label = `${date} ${time}`
    const last = labels.findLastIndex((shown) => shown < label)
    return last + (Date.parse(`${date}T${time}Z`) - Date.parse(`${labels[last]?.replace(" ", "T")}Z`)) / minute
  }
  // Every date lasts for hours: a look each half hour finds it.
  const dates = [...new Set(labels.filter((_, index) => index % 30 === 0).map((label) => label.slice(0, 10)))].slice(0, -1)
  const open = labels.map(() => false)
  for (const date of dates) {
    const weekday = weekdays[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7]
    const exception = schedule.exceptions.find((one) => one.date === date)
    for (const window of exception?.windows ?? schedule.weekly.filter((one) => one.day === weekday)) {
      const normal = (on: string, time: string): [string, string] => (time === "24:00" ? [next(on), "00:00"] : [on, time])
      const [openDate, openTime] = normal(date, window.opens)
      const [closeDate, closeTime] = normal(window.closes > window.opens ? date : next(date), window.closes)
      const opens = firstShown.get(`${openDate} ${openTime}`) ?? forward(openDate, openTime)
      const closes = lastShown.get(`${closeDate} ${closeTime}`) ?? forward(closeDate, closeTime)
      for (let index = Math.max(0, opens); index < Math.min(closes, open.length); index += 1) open[index] = true
    }
  }
  return open.slice((from - start) / minute, (to - start) / minute)
}

/** Whether a schedule is open, for each minute from `from` until `to`. */
export const openMinutes = (schedule: Schedule, from: Instant, to: Instant): ReadonlyArray<boolean> => openOn(schedule, wallOf(schedule.timeZone, from, to))

/** The days, as midnights of UTC, in which the clocks of a zone change, of ten years from 2026 on. */
export const changesOf = (timeZone: string): ReadonlyArray<Instant> => {
  const offset = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" })
  const shows = (at: number) => offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value
  const days: Array<Instant> = []
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2036, 0, 1); at += day) if (shows(at) !== shows(at + day)) days.push(at as Instant)
  return days
}
