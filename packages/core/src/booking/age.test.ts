import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import { ageVerdict, wholeYears } from "./age.ts"

/** An age counted birthday by birthday: 29 February counts on 1 March in a year without that day. */
const counted = (born: string, on: string): number => {
  const [year = 0, month = 0, day = 0] = born.split("-").map(Number)
  const birthday = (n: number) => {
    const date = new Date(Date.UTC(year + n, month - 1, day))
    return date.toISOString().slice(0, 10)
  }
  let age = -1
  while (birthday(age + 1) <= on) age += 1
  return age
}

describe("an age", () => {
  it.each([
    ["2008-11-21", "2026-11-20", 17], ["2008-11-21", "2026-11-21", 18], ["2008-11-21", "2026-11-22", 18], ["2008-12-01", "2026-11-30", 17],
    ["2008-02-29", "2026-02-28", 17], ["2008-02-29", "2026-03-01", 18], ["2004-02-29", "2024-02-28", 19], ["2004-02-29", "2024-02-29", 20],
    ["2026-11-21", "2026-11-21", 0], ["2026-11-22", "2026-11-21", -1]
  ] as const)("of somebody born on %s is, on %s, %i whole years", (born, on, years) => {
    assert.strictEqual(wholeYears(born, on), years)
  })

  it("agrees with counting birthdays, one by one", () => {
    const date = fc.date({ min: new Date("1899-12-31T00:00:00Z"), max: new Date("2040-12-31T00:00:00Z"), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
    const leap = fc.integer({ min: 475, max: 505 }).map((n) => `${n * 4}-02-29`).filter((d) => d !== "1900-02-29")
    const on = fc.date({ min: new Date("2041-01-01T00:00:00Z"), max: new Date("2060-12-31T00:00:00Z"), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
    fc.assert(fc.property(fc.oneof(date, leap), fc.oneof(on, fc.constantFrom("2041-02-28", "2041-03-01", "2044-02-28", "2044-02-29")), (born, day) => {
      assert.strictEqual(wholeYears(born, day), counted(born, day))
    }), runs(1000))
  })
})

describe("old enough to book", () => {
  const known = (date: string) => ({ kind: "known", date }) as const
  const open = { kind: "ambiguous", candidates: ["1910-05-05", "2010-05-05"] } as const

  it("Whoever is 18 on the day of booking is accepted on that ground and nobody else: the 18th birthday counts, and 29 February on 1 March", () => {
    assert.strictEqual(ageVerdict(known("2008-11-21"), undefined, "2026-11-20", 18), "tooYoung")
    assert.strictEqual(ageVerdict(known("2008-11-21"), undefined, "2026-11-21", 18), "oldEnough")
    assert.strictEqual(ageVerdict(known("2008-11-21"), undefined, "2026-11-22", 18), "oldEnough")
    assert.strictEqual(ageVerdict(known("2008-02-29"), undefined, "2026-02-28", 18), "tooYoung")
    assert.strictEqual(ageVerdict(known("2008-02-29"), undefined, "2026-03-01", 18), "oldEnough")
    assert.strictEqual(ageVerdict(known("2008-11-21"), undefined, "2026-11-20", 17), "oldEnough")
  })

  it("is known from no number whose century is open, unless a date that the number allows is stated or registered", () => {
    assert.strictEqual(ageVerdict(open, undefined, "2032-01-01", 18), "unknown")
    assert.strictEqual(ageVerdict(open, "1910-05-05", "2032-01-01", 18), "oldEnough")
    assert.strictEqual(ageVerdict(open, "2010-05-05", "2026-11-21", 18), "tooYoung")
    assert.strictEqual(ageVerdict(open, "2010-05-05", "2028-05-05", 18), "oldEnough")
    assert.strictEqual(ageVerdict(open, "1980-01-01", "2032-01-01", 18), "unknown")
    assert.strictEqual(ageVerdict({ kind: "none" }, "1980-01-01", "2026-11-21", 18), "unknown")
  })

  it("is what the number fixes, whatever date is stated beside it", () => {
    assert.strictEqual(ageVerdict(known("2010-05-05"), "1980-01-01", "2026-11-21", 18), "tooYoung")
    assert.strictEqual(ageVerdict(known("1980-01-01"), "2010-05-05", "2026-11-21", 18), "oldEnough")
  })
})
