import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { HttpsUrl, LocalDate, LocalTime, Positive } from "./values.ts"

describe("the values that policies are written in", () => {
  it("are dates of the calendar, in four, two and two digits", () => {
    const isDate = Schema.is(LocalDate)
    const dates = [
      "2026-01-01", "2026-01-31", "2026-04-30", "2026-12-01", "2026-12-31", "2028-02-29", "2000-02-29", "2026-02-28", "0000-01-01", "9999-12-31"
    ]
    const none = [
      "2026-00-01", "2026-00-15", "2026-13-01", "2026-01-00", "2026-12-00", "2026-01-32", "2026-04-31", "2026-12-32", "2026-02-29", "2100-02-29",
      "2026-99-99", "2026-1-1", "26-01-01", "02026-01-01", "2026-01-011", "2026-01-01T", "2026/01/01", ""
    ]
    assert.deepStrictEqual(dates.filter((date) => !isDate(date)), [])
    assert.deepStrictEqual(none.filter((date) => isDate(date)), [])
  })

  it("are times of a wall clock, midnight at both ends of the day", () => {
    const isTime = Schema.is(LocalTime)
    assert.deepStrictEqual(["00:00", "09:59", "10:00", "19:30", "20:00", "23:59", "24:00"].filter((time) => !isTime(time)), [])
    const none = ["24:01", "25:00", "30:00", "23:60", "9:00", "09:0", "009:00", "09:000", "09.00", "124:00", "24:000", "x09:00", ""]
    assert.deepStrictEqual(none.filter((time) => isTime(time)), [])
  })

  it("are addresses of encrypted pages, without blanks", () => {
    const isAddress = Schema.is(HttpsUrl)
    assert.deepStrictEqual(["https://a", "https://www.example.org/a?b#c"].filter((address) => !isAddress(address)), [])
    const none = ["https://", "http://a", "https://a b", " https://a", "https://a ", "see https://a", "ftp://a", ""]
    assert.deepStrictEqual(none.filter((address) => isAddress(address)), [])
  })

  it("are whole numbers from one to a largest", () => {
    const isPositive = Schema.is(Positive(3))
    assert.deepStrictEqual([1, 2, 3].filter((number) => !isPositive(number)), [])
    assert.deepStrictEqual([0, -1, 4, 1.5, Infinity, NaN, "1", null].filter((value) => isPositive(value)), [])
  })
})
