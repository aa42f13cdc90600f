import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import { dateAt, dateOfDay, localDay, writtenDate } from "./calendar.ts"
import { Instant } from "./instant.ts"
import { dayNumber } from "./timeZone.ts"

const at = (text: string): Instant => Instant.make(Date.parse(text))
const day = 86_400_000

describe("the date of a day", () => {
  it("is the inverse of the number of a day, as the computer's own calendar has it, for every day of two cycles of leap years", () => {
    for (let days = dayNumber(1590, 1, 1); days < dayNumber(2410, 1, 1); days++) {
      const { dayOfMonth, month, year } = dateOfDay(days)
      const date = new Date(days * day)
      if (year !== date.getUTCFullYear() || month !== date.getUTCMonth() + 1 || dayOfMonth !== date.getUTCDate()) assert.fail(date.toISOString())
      if (dayNumber(year, month, dayOfMonth) !== days) assert.fail(date.toISOString())
    }
  })

  it("is written with four digits of the year, two of the month and two of the day", () => {
    assert.strictEqual(writtenDate(dateOfDay(dayNumber(987, 6, 5))), "0987-06-05")
    assert.strictEqual(writtenDate(dateOfDay(dayNumber(2026, 12, 31))), "2026-12-31")
    assert.deepStrictEqual(dateOfDay(0), { year: 1970, month: 1, dayOfMonth: 1 })
  })
})

describe("the day of a zone at an instant", () => {
  it("is that of the clocks in Norway, in summer and in winter", () => {
    assert.strictEqual(dateAt("Europe/Oslo", at("2026-06-30T21:59:59.999Z")), "2026-06-30")
    assert.strictEqual(dateAt("Europe/Oslo", at("2026-06-30T22:00:00Z")), "2026-07-01")
    assert.strictEqual(dateAt("Europe/Oslo", at("2026-12-31T22:59:59.999Z")), "2026-12-31")
    assert.strictEqual(dateAt("Europe/Oslo", at("2026-12-31T23:00:00Z")), "2027-01-01")
    assert.strictEqual(dateAt("UTC", at("2026-12-31T23:00:00Z")), "2026-12-31")
    assert.strictEqual(localDay("Europe/Oslo", at("2026-12-31T23:00:00Z")), dayNumber(2027, 1, 1))
    assert.strictEqual(localDay("America/St_Johns", Instant.make(0)), -1)
    assert.throws(() => dateAt("Europe/Nowhere", at("2026-12-31T23:00:00Z")), RangeError)
  })

  it("is what the system writes for any instant, also where a day was left out or shown twice", () => {
    const zones = ["Europe/Oslo", "UTC", "Pacific/Apia", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "Pacific/Kiritimati"]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2101, 0) }), fc.constantFrom(...zones), (ms, timeZone) => {
        assert.strictEqual(dateAt(timeZone, Instant.make(ms)), new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(ms))
      }),
      runs(300)
    )
    const turn = at("2009-11-01T02:30:00Z")
    assert.deepStrictEqual(
      [turn - 1, turn, turn + 60_000, turn + 3_600_000].map((ms) => dateAt("America/St_Johns", Instant.make(ms))),
      ["2009-10-31", "2009-11-01", "2009-10-31", "2009-11-01"]
    )
  })
})
