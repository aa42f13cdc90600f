import { assert, describe, it } from "vitest"
import { dayNumber, instantOf, knownTimeZone } from "./timeZone.ts"

const utc = (text: string) => Date.parse(text)
/** The instants at which the clocks of a zone show a local time, the earlier and the later, as UTC. */
const shown = (zone: string, local: string) => {
  const read = (twice: "earlier" | "later") => new Date(instantOf(zone, utc(`${local}Z`), twice)).toISOString().slice(0, 16)
  return [read("earlier"), read("later")]
}

describe("the number of a day", () => {
  it("counts from 1970-01-01, for every day of two cycles of leap years, before and after it", () => {
    for (let day = utc("1590-01-01T00:00Z"); day < utc("2410-01-01T00:00Z"); day += 86_400_000) {
      const date = new Date(day)
      const number = dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
      if (number !== day / 86_400_000) assert.fail(date.toISOString())
    }
  })

  it("rolls over past the end of a month", () => {
    assert.strictEqual(dayNumber(2026, 2, 29), dayNumber(2026, 3, 1))
    assert.strictEqual(dayNumber(2024, 2, 29), dayNumber(2024, 3, 1) - 1)
  })
})

describe("the instant of a local time", () => {
  it.each([
    // Before, after and in the hour that is skipped, and before, after and in the hour that is shown twice.
    ["Europe/Oslo", "2026-03-29T01:59", "2026-03-29T00:59", "2026-03-29T00:59"],
    ["Europe/Oslo", "2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T01:00"],
    ["Europe/Oslo", "2026-03-29T02:30", "2026-03-29T01:30", "2026-03-29T01:30"],
    ["Europe/Oslo", "2026-03-29T03:00", "2026-03-29T01:00", "2026-03-29T01:00"],
    ["Europe/Oslo", "2026-10-25T01:59", "2026-10-24T23:59", "2026-10-24T23:59"],
    ["Europe/Oslo", "2026-10-25T02:00", "2026-10-25T00:00", "2026-10-25T01:00"],
    ["Europe/Oslo", "2026-10-25T02:59", "2026-10-25T00:59", "2026-10-25T01:59"],
    ["Europe/Oslo", "2026-10-25T03:00", "2026-10-25T02:00", "2026-10-25T02:00"],
    ["Europe/Oslo", "2026-07-01T12:00", "2026-07-01T10:00", "2026-07-01T10:00"],
    ["America/St_Johns", "2026-11-01T01:30", "2026-11-01T04:00", "2026-11-01T05:00"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45", "2026-10-03T15:45"],
    ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"],
    ["Pacific/Apia", "2011-12-30T15:00", "2011-12-31T01:00", "2011-12-31T01:00"],
    ["Asia/Kolkata", "2026-01-01T00:00", "2025-12-31T18:30", "2025-12-31T18:30"],
    ["UTC", "2026-01-01T00:00", "2026-01-01T00:00", "2026-01-01T00:00"]
  ])("in %s of %s is %s, and the later one %s", (zone, local, earlier, later) => {
    assert.deepStrictEqual(shown(zone, local), [earlier, later])
  })

  it("counts seconds and milliseconds, and reaches the last date that can be written", () => {
    assert.strictEqual(Number(instantOf("Europe/Oslo", utc("2026-07-01T12:00:34.567Z"), "earlier")), utc("2026-07-01T10:00:34.567Z"))
    // Liberia was 44 minutes and 30 seconds behind UTC until 1972: the seconds of an offset count too.
    assert.strictEqual(Number(instantOf("Africa/Monrovia", utc("1971-06-01T12:00:00Z"), "earlier")), utc("1971-06-01T12:44:30Z"))
    assert.strictEqual(Number(instantOf("UTC", 8.64e15, "earlier")), 8.64e15)
  })

  it("is none in a zone that nobody knows", () => {
    assert.throws(() => instantOf("Europe/Atlantis", 0, "earlier"), RangeError)
    assert.deepStrictEqual(["Europe/Oslo", "UTC", "Europe/Atlantis", ""].map(knownTimeZone), [true, true, false, false])
  })
})
