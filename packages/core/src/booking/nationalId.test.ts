import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { exchanged, numberOf, numbers, oneDigitWrong, type Wanted } from "../../../../test/spec/bookingNumbers.ts"
import { deep, patience, quick } from "../../../../test/support/runs.ts"
import { type BirthDate, newFormFrom, type NotAnIdentifier, readNationalId, type Reading } from "./nationalId.ts"

const test: Reading = { purpose: "test", on: "2026-11-21" }
const production: Reading = { purpose: "production", on: "2026-11-21" }
const hospital: Reading = { ...production, assigner: "hospital" }

/** What is said of a number, without the number. */
const said = (digits: string, reading: Reading): NotAnIdentifier | object => {
  const read = readNationalId(digits, reading)
  if (Result.isFailure(read)) return read.failure
  const { number, ...rest } = read.success
  assert.isTrue(number === digits)
  return rest
}

/** A number of 15 June 1985. */
const made = (wanted: Wanted, month = 6): string => {
  for (let individual = 100; ; individual++) {
    const number = numberOf(wanted, 15, month, 85, individual)
    if (number !== undefined) return number
  }
}

const newYear1990: BirthDate = { kind: "known", date: "1990-01-01" }
const eitherCentury: BirthDate = { kind: "ambiguous", candidates: ["1990-01-01", "2090-01-01"] }

describe("a national identifier", () => {
  it.each([
    ["01819012365", "FNR", newYear1990],
    ["01819012373", "FNR", eitherCentury],
    ["01819012381", "FNR", eitherCentury],
    ["01819012470", "FNR", eitherCentury],
    ["41819012359", "DNR", newYear1990],
    ["41819012383", "DNR", eitherCentury]
  ] as const)("is read from the published vectors: %s", (digits, kind, birthDate) => {
    assert.deepStrictEqual(said(digits, test), { kind, synthetic: true, birthDate })
    assert.strictEqual(said(digits, production), "synthetic")
  })

  it("is eleven digits and nothing else", () => {
    for (const text of ["", "0181901236", "018190123650", "0181901236a", " 01819012365", "018190 12365", "01819012365\n", "0181901236٥", "undefined"]) {
      assert.strictEqual(said(text, test), "notElevenDigits")
    }
  })

  it("has a first control digit that leaves 0, 1, 2 or 3 and a second that leaves 0", () => {
    // The date is the same and the first control digit counts on, the second made to fit, so that only the rest of the first decides.
    for (let rest = 0; rest < 11; rest++) {
      const digits = numberOf({ kind: "FNR", offset: 80, rest: rest as Wanted["rest"] }, 1, 1, 90, 126)
      if (digits !== undefined) assert.strictEqual(typeof said(digits, test) === "object", rest <= 3)
    }
    for (let last = 0; last < 10; last++) assert.strictEqual(typeof said(`0181901236${last}`, test) === "object", last === 5)
  })

  it("in production is a birth number or a D-number of somebody", () => {
    const born = { kind: "known", date: "1985-06-15" }
    assert.deepStrictEqual(said(made({ kind: "FNR", offset: 0, rest: 0 }), production), { kind: "FNR", synthetic: false, birthDate: born })
    assert.deepStrictEqual(said(made({ kind: "DNR", offset: 0, rest: 0 }), production), { kind: "DNR", synthetic: false, birthDate: born })
  })

  it("that belongs to nobody is refused in production, whoever made it", () => {
    for (const kind of ["FNR", "DNR"] as const) {
      for (const offset of [80, 65] as const) {
        const digits = made({ kind, offset, rest: 0 })
        assert.strictEqual(said(digits, production), "synthetic")
        assert.strictEqual(said(digits, hospital), "synthetic")
        assert.deepStrictEqual(said(digits, test), { kind, synthetic: true, birthDate: { kind: "known", date: "1985-06-15" } })
      }
    }
    const dWith40 = made({ kind: "DNR", offset: 40, rest: 0 })
    assert.strictEqual(said(dWith40, production), "synthetic")
    assert.strictEqual(said(dWith40, hospital), "synthetic")
    assert.deepStrictEqual(said(dWith40, test), { kind: "DNR", synthetic: true, birthDate: { kind: "known", date: "1985-06-15" } })
  })

  it("with the month raised by 40 is a hospital's help number with its assigner, and otherwise a test number or nothing", () => {
    const digits = made({ kind: "HNR", offset: 40, rest: 0 })
    const candidates = ["1985-06-15", "2085-06-15"]
    assert.deepStrictEqual(said(digits, hospital), { kind: "HNR", synthetic: false, assigner: "hospital", birthDate: { kind: "ambiguous", candidates } })
    assert.deepStrictEqual(said(digits, { ...hospital, purpose: "test" }), said(digits, hospital))
    assert.strictEqual(said(digits, production), "needsAssigner")
    assert.deepStrictEqual(said(digits, test), { kind: "FNR", synthetic: true, birthDate: { kind: "known", date: "1985-06-15" } })
    const newDigits = made({ kind: "HNR", offset: 40, rest: 2 })
    assert.strictEqual(said(newDigits, hospital), "controlDigits")
    assert.strictEqual(said(newDigits, production), "controlDigits")
  })

  it("of the health service begins with 8 or 9, says nothing of its owner, and keeps the old control digits", () => {
    for (const reading of [production, test, hospital]) {
      for (const digits of numbers({ kind: "FHN", offset: 0, rest: 0 }, 50, 3)) {
        assert.isTrue(JSON.stringify(said(digits, reading)) === JSON.stringify({ kind: "FHN", synthetic: false, birthDate: { kind: "none" } }))
      }
      for (const digits of numbers({ kind: "FHN", offset: 0, rest: 1 }, 50, 4)) assert.strictEqual(said(digits, reading), "controlDigits")
    }
  })
})

/** The first individual number at or near `individual` whose control digits have one place each; never across `limit`. */
const near = (year: number, individual: number, step: 1 | -1, [day, month] = [1, 1]): string => {
  for (let n = individual; ; n += step) {
    const number = numberOf({ kind: "FNR", offset: 80, rest: 0 }, day, month, year, n)
    if (number !== undefined) return number
  }
}

const birthOf = (digits: string, on = "2026-11-21") => {
  const read = readNationalId(digits, { purpose: "test", on })
  return Result.isFailure(read) ? read.failure : read.success.birthDate
}

describe("the century of a birth date", () => {
  it.each([
    [0, 0, 1, "1900"], [99, 0, 1, "1999"], [99, 499, -1, "1999"], [0, 499, -1, "1900"],
    [54, 500, 1, "1854"], [99, 500, 1, "1899"], [54, 749, -1, "1854"],
    [0, 500, 1, "2000"], [39, 500, 1, "2039"], [0, 999, -1, "2000"], [39, 999, -1, "2039"], [39, 899, -1, "2039"], [20, 749, -1, "2020"],
    [40, 900, 1, "1940"], [99, 900, 1, "1999"], [40, 999, -1, "1940"], [53, 999, -1, "1953"]
  ] as const)("of year %i and individual number %i (counting by %i) is that of %s", (year, individual, step, born) => {
    assert.deepStrictEqual(birthOf(near(year, individual, step)), { kind: "known", date: `${born}-01-01` })
  })

  it.each([[40, 500, 1], [53, 500, 1], [53, 749, -1], [40, 750, 1], [54, 750, 1], [99, 899, -1]] as const)(
    "of year %i and individual number %i (counting by %i) is open, because no such number was issued",
    (year, individual, step) => {
      assert.deepStrictEqual(birthOf(near(year, individual, step)), { kind: "ambiguous", candidates: [`19${year}-01-01`, `20${year}-01-01`] })
    }
  )

  it("is open for every number from the day on which the new form is issued, and not a day earlier", () => {
    assert.strictEqual(newFormFrom, "2032-01-01")
    assert.deepStrictEqual(birthOf("01819012365", "2031-12-31"), newYear1990)
    assert.deepStrictEqual(birthOf("01819012365", "2032-01-01"), eitherCentury)
  })
})

describe("the date in a number", () => {
  const feb = (year: number, individual: number) => birthOf(near(year, individual, 1, [29, 2]))
  it("is a date of the calendar, leap years included", () => {
    assert.deepStrictEqual(feb(96, 0), { kind: "known", date: "1996-02-29" })
    assert.strictEqual(feb(97, 0), "notADate")
    // 1900 was no leap year, and 2000 was one.
    assert.strictEqual(feb(0, 0), "notADate")
    assert.deepStrictEqual(feb(0, 500), { kind: "known", date: "2000-02-29" })
    assert.deepStrictEqual(birthOf(near(0, 0, 1, [29, 2]), "2032-01-01"), { kind: "ambiguous", candidates: ["2000-02-29"] })
    assert.strictEqual(birthOf(near(90, 0, 1, [31, 4])), "notADate")
    assert.deepStrictEqual(birthOf(near(90, 0, 1, [31, 12])), { kind: "known", date: "1990-12-31" })
    assert.strictEqual(birthOf(near(90, 0, 1, [32, 12])), "notADate")
    assert.strictEqual(birthOf(near(90, 0, 1, [0, 12])), "notADate")
    assert.strictEqual(birthOf(near(90, 0, 1, [1, 13])), "notADate")
    // A month of 80, 65 or 40 itself is raised by nothing that leaves a month.
    for (const month of [0, -15, -40, -67, -80]) assert.strictEqual(birthOf(near(90, 0, 1, [1, month])), "notADate")
  })

  it("is looked at before the control digits of a hospital only where the month was raised by 40", () => {
    const written = (month: number) => made({ kind: "FNR", offset: 0, rest: 2 }, month)
    assert.deepStrictEqual([40, 41, 52, 65].map((month) => said(written(month), production)), ["notADate", "controlDigits", "controlDigits", "controlDigits"])
    assert.deepStrictEqual([66, 77, 80, 81].map((month) => said(written(month), production)), ["synthetic", "synthetic", "notADate", "synthetic"])
  })

  it("is of no use where the control digits do not fit", () => {
    assert.deepStrictEqual([said("01819012366", test), said("01819012465", test)], ["controlDigits", "controlDigits"])
  })
})

const kinds: ReadonlyArray<readonly [string, Wanted]> = [
  ["birth numbers", { kind: "FNR", offset: 80, rest: 0 }],
  ["birth numbers of the new form", { kind: "FNR", offset: 80, rest: 3 }],
  ["D-numbers", { kind: "DNR", offset: 80, rest: 0 }],
  ["D-numbers of the new form", { kind: "DNR", offset: 80, rest: 2 }],
  ["help numbers of one hospital", { kind: "HNR", offset: 40, rest: 0 }],
  ["help numbers of the health service", { kind: "FHN", offset: 0, rest: 0 }]
]

describe("a slip of the hand", () => {
  it.each(kinds)("in one digit, or two neighbours exchanged, never makes another valid number: %s", (_, wanted) => {
    let wrong = 0
    for (const number of numbers(wanted, quick ? 10 : deep ? 1000 : 250, 11)) {
      for (const reading of [test, { ...test, assigner: "hospital" }]) {
        for (let place = 0; place < 11; place++) {
          for (let add = 1; add < 10; add++) wrong += Number(Result.isSuccess(readNationalId(oneDigitWrong(number, place, add), reading)))
          const other = exchanged(number, place)
          if (place < 10 && other !== number) wrong += Number(Result.isSuccess(readNationalId(other, reading)))
        }
      }
    }
    assert.strictEqual(wrong, 0)
  }, patience)
})
