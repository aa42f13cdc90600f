import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { hours, type Instant, type Period } from "../kernel/instant.ts"
import { type Schedule, type Weekday, weekdays } from "../policy/schedule.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { isOpen, nextClosing, nextOpening } from "./openingHours.ts"
import { knownTimeZone } from "../kernel/timeZone.ts"
import { deep, quick } from "../../../../test/support/runs.ts"
import { openMinutes, zones } from "../../../../test/spec/openingHours.ts"

const minute = 60_000
const day = 24 * 60 * minute
const utc = (text: string): Instant => Date.parse(text) as Instant

const time = fc.oneof(
  fc.constantFrom("00:00", "01:30", "02:00", "02:15", "02:30", "03:00", "03:30", "15:00", "22:00", "23:30", "24:00"),
  fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`)
)
const window = fc.record({ opens: time, closes: time })
const weekly = fc.array(fc.tuple(fc.constantFrom(...weekdays), window), { maxLength: 6 }).map((list) => list.map(([name, hours]) => ({ day: name, ...hours })))
const dateNear = (from: Instant) => fc.integer({ min: -1, max: 5 }).map((days) => new Date(from + days * day).toISOString().slice(0, 10))
const exceptionsNear = (from: Instant) =>
  fc.uniqueArray(fc.record({ date: dateNear(from), windows: fc.array(window, { maxLength: 2 }) }), { maxLength: 2, selector: (one) => one.date })

/** Sundays and midnights on which some zone above changes its clocks, 2026. */
const changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-10-04", "2026-10-25", "2026-10-30", "2026-11-01"].map((date) => utc(`${date}T00:00Z`))
const years = deep ? 10 : 2
const anyDay = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...changes) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 365 * years }).map((days) => (utc("2026-01-01T00:00Z") + days * day) as Instant) }
)
const scheduleNear = (from: Instant) => fc.record({ timeZone: fc.constantFrom(...zones), weekly, exceptions: exceptionsNear(from) })
const sample = anyDay.chain((from) => fc.tuple(fc.constant((from - day) as Instant), scheduleNear(from)))
/** Each case costs much: it is read minute by minute. Against mutants the same few cases are tried each time. */
const cases = (usual: number, many: number) => (quick ? { numRuns: Math.ceil(usual / 5), seed: 20260327, endOnFailure: true } : { numRuns: deep ? many : usual })
const runs = cases(20, 400)

describe("opening hours", { timeout: deep ? 300_000 : 30_000 }, () => {
  it("agrees with a clock on the wall read minute by minute, through both nights on which clocks change", () => {
    fc.assert(
      fc.property(sample, ([from, schedule]) => {
        const to = (from + 3 * day) as Instant
        openMinutes(schedule, from, to).forEach((open, index) => {
          const at = (from + index * minute) as Instant
          if (isOpen(schedule, at) !== open) assert.fail(`${open ? "closed" : "open"} at ${new Date(at).toISOString()}`)
        })
      }),
      runs
    )
  })

  it("names the next opening and closing that a reader of the same clock finds, and nothing changes before them", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 2 * 24 * 60 }), ([from, schedule], start) => {
        const open = openMinutes(schedule, from, (from + 4 * day) as Instant)
        const at = (from + start * minute) as Instant
        const find = (wanted: boolean): Instant | undefined => {
          const index = open.findIndex((now, i) => i > start && now === wanted && open[i - 1] !== wanted)
          return index === -1 ? undefined : ((from + index * minute) as Instant)
        }
        for (const [said, read] of [[nextOpening(schedule, at), find(true)], [nextClosing(schedule, at), find(false)]] as const) {
          if (read !== undefined) assert.strictEqual(said, read)
          else assert.isTrue(said === undefined || said >= from + 4 * day, "a change where the reader saw none")
        }
      }),
      runs
    )
  })

  it("opens only from closed and closes only from open, always after the moment asked about", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 30 * day }), ([from, schedule], past) => {
        const at = (from + past) as Instant
        const opens = nextOpening(schedule, at)
        const closes = nextClosing(schedule, at)
        const just = (instant: Instant) => (instant - 1) as Instant
        if (opens !== undefined) assert.deepStrictEqual([opens > at, isOpen(schedule, just(opens)), isOpen(schedule, opens)], [true, false, true])
        if (closes !== undefined) assert.deepStrictEqual([closes > at, isOpen(schedule, just(closes)), isOpen(schedule, closes)], [true, true, false])
        if (opens !== undefined && closes !== undefined) assert.strictEqual(opens < closes, !isOpen(schedule, at))
      }),
      cases(300, 3000)
    )
  })

  it("is closed, and never opens, without a schedule, and without windows", () => {
    const at = utc("2026-11-25T18:00Z")
    for (const schedule of [detfinneshjelp.openingHours, { timeZone: "Europe/Oslo", weekly: [], exceptions: [] }]) {
      assert.isFalse(isOpen(schedule, at))
      assert.isUndefined(nextOpening(schedule, at))
      assert.isUndefined(nextClosing(schedule, at))
    }
  })
})

const schedule = (windows: ReadonlyArray<readonly [Weekday, string, string]>, exceptions: Schedule["exceptions"] = [], timeZone = "Europe/Oslo"): Schedule => ({
  timeZone,
  weekly: windows.map(([name, opens, closes]) => ({ day: name, opens, closes })),
  exceptions
})
const everyDay = (opens: string, closes: string) => weekdays.map((name) => [name, opens, closes] as const)
const openTime = (hoursOf: Schedule, from: Instant, to: Instant): Period => {
  let total = 0
  let at = isOpen(hoursOf, from) ? from : nextOpening(hoursOf, from)
  while (at !== undefined && at < to) {
    const closes = nextClosing(hoursOf, at) ?? to
    total += Math.min(closes, to) - at
    at = nextOpening(hoursOf, at)
  }
  return total as Period
}

describe("opening hours of I fengsel (IF-05)", () => {
  const published = ifengsel.openingHours

  it("is open 14 hours in every week of 2026, the weeks in which clocks change included", () => {
    if (published === null) return assert.fail("the published hours are missing")
    for (let week = 0; week < 52; week += 1) {
      const monday = (utc("2025-12-29T00:00+01:00") + week * 7 * day) as Instant
      assert.strictEqual(openTime(published, monday, (monday + 7 * day) as Instant), hours(14), `week ${week + 1}`)
    }
  })

  it("opens on the stroke of 15 and is closed on the stroke of 22", () => {
    assert.isFalse(isOpen(published, utc("2026-11-25T14:59:59.999+01:00")))
    assert.isTrue(isOpen(published, utc("2026-11-25T15:00+01:00")))
    assert.isTrue(isOpen(published, utc("2026-11-25T21:59:59.999+01:00")))
    assert.isFalse(isOpen(published, utc("2026-11-25T22:00+01:00")))
    assert.strictEqual(nextOpening(published, utc("2026-11-25T22:00+01:00")), utc("2026-11-27T15:00+01:00"))
    assert.strictEqual(nextOpening(published, utc("2026-11-25T15:00+01:00")), utc("2026-11-27T15:00+01:00"))
    assert.strictEqual(nextClosing(published, utc("2026-11-25T22:00+01:00")), utc("2026-11-27T22:00+01:00"))
    assert.strictEqual(nextClosing(published, utc("2026-11-25T15:00+01:00")), utc("2026-11-25T22:00+01:00"))
  })
})

describe("windows on the night that clocks change (E-02)", () => {
  it("runs from 22 to 06 for seven hours in March and nine in October", () => {
    const night = schedule([["sat", "22:00", "06:00"]])
    assert.strictEqual(openTime(night, utc("2026-03-28T12:00Z"), utc("2026-03-29T12:00Z")), hours(7))
    assert.strictEqual(openTime(night, utc("2026-10-24T12:00Z"), utc("2026-10-25T12:00Z")), hours(9))
    assert.strictEqual(openTime(night, utc("2026-11-07T12:00Z"), utc("2026-11-08T12:00Z")), hours(8))
  })

  it("takes a skipped time forward, and of a repeated time the earlier to open and the later to close", () => {
    const spring = schedule([["sun", "02:30", "12:00"]])
    assert.strictEqual(nextOpening(spring, utc("2026-03-29T00:00Z")), utc("2026-03-29T03:30+02:00"))
    const nothingLeft = schedule([["sun", "02:30", "03:00"]])
    assert.strictEqual(nextOpening(nothingLeft, utc("2026-03-29T00:00Z")), utc("2026-04-05T02:30+02:00"))
    // From two until three is no time at all on the night on which two o'clock is three o'clock.
    const skipped = schedule([["sun", "02:00", "03:00"]])
    assert.strictEqual(nextOpening(skipped, utc("2026-03-29T00:00Z")), utc("2026-04-05T02:00+02:00"))
    const autumn = schedule([["sun", "02:15", "02:45"]])
    assert.strictEqual(nextOpening(autumn, utc("2026-10-24T12:00Z")), utc("2026-10-25T02:15+02:00"))
    assert.strictEqual(nextClosing(autumn, utc("2026-10-24T12:00Z")), utc("2026-10-25T02:45+01:00"))
  })
})

describe("long windows", () => {
  it("lasts until the second midnight after a date whose window starts and ends at 24:00", () => {
    const long = schedule([["tue", "24:00", "24:00"]], [], "America/New_York")
    assert.strictEqual(openTime(long, utc("2026-11-23T12:00Z"), utc("2026-11-29T12:00Z")), hours(24))
    assert.isTrue(isOpen(long, utc("2026-11-26T04:59Z")))
    assert.isFalse(isOpen(long, utc("2026-11-26T05:00Z")))
  })
})

describe("weeks", () => {
  it("are joined where one of UTC ends and the next begins, in the middle of a window and at its edges", () => {
    // Thursday at midnight is where the weeks of UTC meet: one o'clock in Oslo in winter.
    const through = schedule([["wed", "22:00", "02:00"]])
    assert.strictEqual(nextClosing(through, utc("2026-11-25T22:30+01:00")), utc("2026-11-26T02:00+01:00"))
    assert.strictEqual(nextOpening(through, utc("2026-11-25T22:00+01:00")), utc("2026-12-02T22:00+01:00"))
    const before = schedule([["thu", "00:00", "01:00"]])
    assert.deepStrictEqual(["2026-11-25T23:59", "2026-11-26T00:00", "2026-11-26T00:59", "2026-11-26T01:00"].map((text) => isOpen(before, utc(`${text}+01:00`))), [false, true, true, false])
    const after = schedule([["thu", "01:00", "03:00"], ["thu", "00:30", "01:00"]])
    assert.strictEqual(nextClosing(after, utc("2026-11-26T00:45+01:00")), utc("2026-11-26T03:00+01:00"))
  })

  it("are computed once each, and sixty of them are remembered", () => {
    let reads = 0
    const counted: Schedule = {
      ...schedule(everyDay("10:00", "11:00"), [], "UTC"),
      get exceptions() {
        reads += 1
        return []
      }
    }
    /** Whether the schedule had to be looked at to answer about a week. */
    const computes = (index: number): boolean => {
      const before = reads
      assert.isTrue(isOpen(counted, (utc("2026-11-26T10:30Z") + index * 7 * day) as Instant))
      return reads > before
    }
    const first60 = Array.from({ length: 60 }, (_, index) => index)
    assert.deepStrictEqual(first60.map(computes), first60.map(() => true))
    assert.deepStrictEqual(first60.map(computes), first60.map(() => false))
    assert.deepStrictEqual([60, 60, 0, 0, 60].map(computes), [true, false, true, false, false])
  })

  it("have windows that hold one another, and the outer one counts", () => {
    const nested = schedule([["mon", "10:00", "18:00"], ["mon", "12:00", "13:00"], ["mon", "10:00", "12:00"]])
    assert.strictEqual(nextClosing(nested, utc("2026-11-23T10:00+01:00")), utc("2026-11-23T18:00+01:00"))
    assert.strictEqual(openTime(nested, utc("2026-11-23T00:00Z"), utc("2026-11-24T00:00Z")), hours(8))
    const chained = schedule([["mon", "12:00", "14:00"], ["mon", "10:00", "12:00"], ["mon", "13:00", "18:00"]])
    assert.strictEqual(nextOpening(chained, utc("2026-11-23T09:00+01:00")), utc("2026-11-23T10:00+01:00"))
    assert.strictEqual(nextClosing(chained, utc("2026-11-23T10:00+01:00")), utc("2026-11-23T18:00+01:00"))
  })
})

describe("exceptions", () => {
  it("replace the windows that start on their date, and leave the night before alone", () => {
    const closedOn = schedule(everyDay("22:00", "02:00"), [{ date: "2026-12-25", windows: [] }])
    assert.isTrue(isOpen(closedOn, utc("2026-12-25T01:00+01:00")))
    assert.isFalse(isOpen(closedOn, utc("2026-12-25T23:00+01:00")))
    assert.isFalse(isOpen(closedOn, utc("2026-12-26T01:00+01:00")))
    assert.isTrue(isOpen(closedOn, utc("2026-12-26T23:00+01:00")))
  })

  it("finds the end of one closed day in a service that otherwise never closes", () => {
    const always = schedule(everyDay("00:00", "24:00"))
    assert.isUndefined(nextClosing(always, utc("2026-06-01T12:00Z")))
    assert.isUndefined(nextOpening(always, utc("2026-06-01T12:00Z")))
    const oneDayOff = schedule(everyDay("00:00", "24:00"), [{ date: "2026-06-02", windows: [] }])
    assert.strictEqual(nextClosing(oneDayOff, utc("2026-06-01T12:00Z")), utc("2026-06-02T00:00+02:00"))
    assert.strictEqual(nextOpening(oneDayOff, utc("2026-06-02T12:00Z")), utc("2026-06-03T00:00+02:00"))
  })

  it("looks 366 days ahead and no further", () => {
    const once = schedule([], [{ date: "2027-11-25", windows: [{ opens: "10:00", closes: "11:00" }] }])
    assert.strictEqual(nextOpening(once, utc("2026-11-24T10:00+01:00")), utc("2027-11-25T10:00+01:00"))
    assert.isUndefined(nextOpening(once, utc("2026-11-24T09:59:59.999+01:00")))
    assert.strictEqual(nextClosing(once, utc("2026-11-24T11:00+01:00")), utc("2027-11-25T11:00+01:00"))
    assert.isUndefined(nextClosing(once, utc("2026-11-24T10:59:59.999+01:00")))
    // Where the last day that counts is the first of a week of UTC.
    const onTheBorder = schedule([], [{ date: "2027-11-25", windows: [{ opens: "01:00", closes: "02:00" }] }])
    assert.strictEqual(nextOpening(onTheBorder, utc("2026-11-24T00:00Z")), utc("2027-11-25T00:00Z"))
  })

  it("of which the last is over are over: nothing opens or closes any more, from the very moment of its end", () => {
    const once = schedule([], [{ date: "2026-11-25", windows: [{ opens: "10:00", closes: "11:00" }] }])
    assert.strictEqual(nextClosing(once, utc("2026-11-25T10:59:59.999+01:00")), utc("2026-11-25T11:00+01:00"))
    for (const text of ["2026-11-25T11:00", "2026-11-25T11:01", "2026-11-26T12:00"]) {
      assert.deepStrictEqual([nextOpening(once, utc(`${text}+01:00`)), nextClosing(once, utc(`${text}+01:00`))], [undefined, undefined])
    }
  })
})

describe("time zones", () => {
  it("knows those of the reference policies and no invented one", () => {
    for (const zone of [...zones, "UTC", "Pacific/Apia"]) assert.isTrue(knownTimeZone(zone), zone)
    for (const zone of ["Europe/Atlantis", "", "Oslo", "../etc"]) assert.isFalse(knownTimeZone(zone), zone)
  })

  it("takes a time on a date that a zone skipped to the day after", () => {
    const apia = schedule([["fri", "15:00", "16:00"]], [], "Pacific/Apia")
    assert.strictEqual(nextOpening(apia, utc("2011-12-29T00:00Z")), utc("2011-12-31T15:00+14:00"))
  })
})
