import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { dayAfter, naiveDayOff, naiveEaster } from "../../../../test/spec/guidance.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { addMonths, dayOf, isDuring, isWorkingDay, publicHolidays, workingDaysAfter } from "./calendar.ts"

const anyDate = fc.integer({ min: -80_000, max: 120_000 }).map((days) => dayAfter("1970-01-01", days))

describe("a date", () => {
  it("has the number that the computer's own calendar has", () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        assert.strictEqual(dayOf(date), Date.parse(`${date}T00:00:00Z`) / 86_400_000)
      }),
      runs(2000)
    )
  })

  it("some months later is the same day of the month, or the last one", () => {
    assert.deepStrictEqual(
      [addMonths("2026-01-31", 1), addMonths("2024-01-31", 1), addMonths("2026-03-30", 11), addMonths("2025-11-15", 1), addMonths("2025-12-15", 12), addMonths("2026-08-31", 0)],
      ["2026-02-28", "2024-02-29", "2027-02-28", "2025-12-15", "2026-12-15", "2026-08-31"]
    )
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 60 }), (date, months) => {
        const plain = new Date(`${date.slice(0, 7)}-01T00:00:00Z`)
        plain.setUTCMonth(plain.getUTCMonth() + months)
        const month = plain.toISOString().slice(0, 7)
        const later = addMonths(date, months)
        assert.strictEqual(later.slice(0, 7), month)
        const rolls = new Date(`${month}-01T00:00:00Z`).getTime() + (Number(date.slice(8)) - 1) * 86_400_000
        const fits = new Date(rolls).toISOString().slice(0, 7) === month
        assert.strictEqual(fits ? later.slice(8) : dayAfter(later, 1).slice(8), fits ? date.slice(8) : "01")
      }),
      runs(500)
    )
  })

  it("lies in an interval from its first day until the day before its last bound", () => {
    const spring = { from: "2026-03-01", until: "2026-06-01" }
    assert.deepStrictEqual(
      ["2026-02-28", "2026-03-01", "2026-05-31", "2026-06-01"].map((date) => isDuring(date, spring)),
      [false, true, true, false]
    )
    assert.isTrue(isDuring("0001-01-01", { from: null, until: null }))
  })
})

describe("the Norwegian public holidays", () => {
  it("of 2026 are these twelve", () => {
    assert.deepStrictEqual(publicHolidays(2026), [
      "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01",
      "2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26"
    ])
  })

  it("stand once when two of them meet: Ascension Day on 1 May, Whit Sunday on 17 May", () => {
    assert.deepStrictEqual([publicHolidays(2008), publicHolidays(2043)].map((days) => days.filter((day) => day.slice(5, 7) === "05")), [
      ["2008-05-01", "2008-05-11", "2008-05-12", "2008-05-17"],
      ["2043-05-01", "2043-05-07", "2043-05-17", "2043-05-18"]
    ])
  })

  it("have Easter Sunday where the rule of Gauss has it in every year of four digits since the calendar began", () => {
    for (let year = 1583; year < 10_000; year++) assert.include(publicHolidays(year), naiveEaster(year))
  })

  it("move with Easter, which agrees with the rule of Gauss from 1900 to 2299, and with the almanac", () => {
    for (let year = 1900; year < 2300; year++) {
      const sunday = naiveEaster(year)
      const expected = [-3, -2, 0, 1, 39, 49, 50].map((days) => dayAfter(sunday, days))
      const fixed = ["01-01", "05-01", "05-17", "12-25", "12-26"].map((day) => `${year}-${day}`)
      assert.deepStrictEqual(publicHolidays(year), [...new Set([...expected, ...fixed])].toSorted())
    }
    const almanac = ["1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19"]
    assert.deepStrictEqual(almanac.map((date) => publicHolidays(Number(date.slice(0, 4))).includes(date)), almanac.map(() => true))
  })
})

describe("working days", () => {
  it("are Monday to Friday without the public holidays, every day of ten years", () => {
    for (let day = "2024-01-01"; day < "2034-01-01"; day = dayAfter(day, 1)) assert.strictEqual(isWorkingDay(day), !naiveDayOff(day), day)
  })

  it("ten after a day without holidays are two weeks, and over Easter three days more", () => {
    assert.deepStrictEqual(
      [workingDaysAfter("2026-06-15", 10), workingDaysAfter("2026-03-27", 10), workingDaysAfter("2026-06-20", 10), workingDaysAfter("2026-12-18", 10)],
      ["2026-06-29", "2026-04-15", "2026-07-03", "2027-01-05"]
    )
  })

  it("are counted without the first day, and the last is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 30_000 }).map((days) => dayAfter("1970-01-01", days)), fc.integer({ min: 1, max: 30 }), (date, count) => {
        const last = workingDaysAfter(date, count)
        let found = 0
        for (let day = dayAfter(date, 1); day <= last; day = dayAfter(day, 1)) if (!naiveDayOff(day)) found++
        assert.deepStrictEqual([found, naiveDayOff(last)], [count, false])
      }),
      runs(300)
    )
  }, patience)
})
