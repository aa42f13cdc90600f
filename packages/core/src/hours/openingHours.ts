/**
 * Opening hours: whether new chats may start at an instant, and when that changes next. Windows are local wall-clock times, half-open (IF-05, E-02).
 */
import { earlier, hours, type Instant, later, type Period } from "../kernel/instant.ts"
import { type Schedule, weekdays } from "../policy/schedule.ts"
import { dayNumber, instantOf } from "../kernel/timeZone.ts"

const minute = 60_000
const day = hours(24)
const week: Period = hours(24 * 7)
/** How far ahead the next opening or closing is looked for. */
const horizon: Period = hours(24 * 366)
/** A window may start this many days before a moment that it covers: two local days of its own and a skipped one. */
const reach = 4

/** One stretch of open time, half-open. */
interface Stretch {
  readonly from: Instant
  readonly to: Instant
}

type Window = { readonly opens: string; readonly closes: string }

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const dateNumber = (date: string): number => dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)))

/** The windows that start on a local date, counted in days since 1970-01-01, which was a Thursday. */
const windowsOn = (schedule: Schedule, date: number): ReadonlyArray<Window> => {
  const own = schedule.exceptions.filter((exception) => dateNumber(exception.date) === date)
  if (own.length > 0) return own.flatMap((exception) => exception.windows)
  const name = weekdays[(((date + 3) % 7) + 7) % 7]
  return schedule.weekly.filter((window) => window.day === name)
}

/** A window on a date as instants; it ends no later than it begins when a change of the clocks leaves nothing of it. */
const stretchOf = (timeZone: string, date: number, window: Window): Stretch => {
  const opens = minuteOfDay(window.opens)
  const closes = minuteOfDay(window.closes)
  const from = instantOf(timeZone, date * day + opens * minute, "earlier")
  const to = instantOf(timeZone, date * day + (closes > opens ? closes : closes + 24 * 60) * minute, "later")
  return { from, to }
}

/** The open stretches of one week of UTC, cut at its borders, by their beginnings; some may touch, or hold one another. */
const computeWeek = (schedule: Schedule, index: number): ReadonlyArray<Stretch> => {
  const from = (index * week) as Instant
  const to = (from + week) as Instant
  const stretches: Array<Stretch> = []
  // The local day that begins last before `to` has the date of `to`: no clock is a day ahead of UTC.
  for (let date = from / day - reach; date <= to / day; date += 1) {
    for (const window of windowsOn(schedule, date)) {
      const stretch = stretchOf(schedule.timeZone, date, window)
      const cut = { from: later(stretch.from, from), to: earlier(stretch.to, to) }
      if (cut.from < cut.to) stretches.push(cut)
    }
  }
  return stretches.sort((a, b) => a.from - b.from)
}

/** Weeks already computed. A memory of answers, not a state: dropping it changes nothing but the time they take. */
const remembered = new WeakMap<Schedule, Map<number, ReadonlyArray<Stretch>>>()
const rememberedWeeks = 60

const weekOf = (schedule: Schedule, index: number): ReadonlyArray<Stretch> => {
  const weeks = remembered.get(schedule) ?? new Map<number, ReadonlyArray<Stretch>>()
  const known = weeks.get(index)
  if (known !== undefined) return known
  if (weeks.size >= rememberedWeeks) weeks.clear()
  const computed = computeWeek(schedule, index)
  weeks.set(index, computed)
  remembered.set(schedule, weeks)
  return computed
}

/**
 * The open stretches from the week of `at` on, in order. Those that touch are joined, across weeks too, so that a gap between two of them is truly closed.
 * One that outlasts the horizon ends somewhere past it.
 */
function* stretchesFrom(schedule: Schedule, at: Instant): Generator<Stretch> {
  let open: Stretch | undefined
  for (let index = Math.floor(at / week); index * week <= at + horizon; index += 1) {
    for (const next of weekOf(schedule, index)) {
      if (open !== undefined && next.from <= open.to) open = { from: open.from, to: later(open.to, next.to) }
      else {
        if (open !== undefined) yield open
        open = next
      }
    }
  }
  if (open !== undefined) yield open
}

const within = (at: Instant, found: Instant): Instant | undefined => (found - at <= horizon ? found : undefined)

/** Whether new chats may start at an instant. Without a schedule the service is closed. */
export const isOpen = (schedule: Schedule | null, at: Instant): boolean =>
  schedule !== null && weekOf(schedule, Math.floor(at / week)).some((stretch) => stretch.from <= at && at < stretch.to)

/** The first instant after `at` at which a closed service opens; `undefined` when there is none within 366 days. */
export const nextOpening = (schedule: Schedule | null, at: Instant): Instant | undefined => {
  if (schedule === null) return undefined
  for (const stretch of stretchesFrom(schedule, at)) if (stretch.from > at) return within(at, stretch.from)
  return undefined
}

/** The first instant after `at` at which an open service closes; `undefined` when there is none within 366 days. */
export const nextClosing = (schedule: Schedule | null, at: Instant): Instant | undefined => {
  if (schedule === null) return undefined
  for (const stretch of stretchesFrom(schedule, at)) if (stretch.to > at) return within(at, stretch.to)
  return undefined
}
