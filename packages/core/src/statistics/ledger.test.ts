import { assert, describe, it } from "vitest"
import { withGroups } from "../../../../test/spec/statistics.ts"
import { Band, bandsOf, notGiven } from "./bands.ts"
import { type CalendarPeriod, monthsOf } from "./calendar.ts"
import { asLines, placesOf, sumsOf, withTotals } from "./grid.ts"
import { reachOf, readingOf, sizeOf, systemOf } from "./ledger.ts"
import type { Edition, LedgerState, PublicCount } from "./messages.ts"
import { editionOf, fits, withstands } from "./release.ts"
import { roundedPublication } from "./round.ts"

const all = Band.make("0+")
const bands = [all, notGiven]
const period = (text: string) => text as CalendarPeriod
const known = (count: number) => ({ least: count, most: count })
const unknown = { least: 0, most: Infinity }
const edition = (text: string, cells: Edition["cells"], more: Partial<Edition> = {}): Edition => ({
  period: period(text), by: cells.length === 1 ? null : "topic", method: "suppress", base: 5, rows: cells.length === 1 ? ["all"] : ["home", "school"], bands, cells, ...more
})
const elsewhere = (first: string, last: string, count: number, band: Band | null = null): PublicCount => ({ first: period(first), last: period(last), band, count })
const kept = (editions: ReadonlyArray<Edition>, ...counts: ReadonlyArray<PublicCount>): LedgerState => ({ _tag: "Kept", editions, elsewhere: counts })
const system = (state: LedgerState, text: string) => systemOf(state, bands, monthsOf(period(text)))

describe("a table as a list of places", () => {
  it("has a total for each line, and one for each column where there are several lines", () => {
    assert.deepStrictEqual([placesOf({ rows: 1, columns: 2 }), placesOf({ rows: 2, columns: 3 }), placesOf({ rows: 3, columns: 1 })], [3, 12, 8])
    assert.deepStrictEqual(sumsOf({ rows: 1, columns: 3 }), [{ parts: [0, 1, 2], total: 3 }])
    assert.deepStrictEqual(sumsOf({ rows: 1, columns: 2 }, 7), [{ parts: [7, 8], total: 9 }])
    assert.deepStrictEqual(sumsOf({ rows: 2, columns: 1 }, 10), [
      { parts: [10], total: 11 },
      { parts: [12], total: 13 },
      { parts: [14], total: 15 },
      { parts: [10, 12], total: 14 },
      { parts: [11, 13], total: 15 }
    ])
    assert.deepStrictEqual([withTotals([]), withTotals([[4, 5]]), withTotals([[1, 2], [3, 5]])], [[], [4, 5, 9], [1, 2, 3, 3, 5, 8, 4, 7, 11]])
    assert.deepStrictEqual(asLines([1, 2, 3, 4, 5, 6], { rows: 1, columns: 2 }), [[1, 2, 3], [4, 5, 6]])
  })

  it("of rounded counts says the interval of each, and of a total only what it adds up", () => {
    assert.deepStrictEqual(roundedPublication({ rows: 1, columns: 2 }, [5, 10, 15], 5), { counts: [{ least: 3, most: 7 }, { least: 8, most: 12 }, unknown], sums: [{ parts: [0, 1], total: 2 }] })
    assert.deepStrictEqual(roundedPublication({ rows: 2, columns: 1 }, [5, 5, 0, 0, 5, 5], 5), {
      counts: [{ least: 3, most: 7 }, unknown, { least: 0, most: 2 }, unknown, unknown, unknown],
      sums: sumsOf({ rows: 2, columns: 1 })
    })
    assert.deepStrictEqual(roundedPublication({ rows: 1, columns: 2 }, [null, 10, 15], 5).counts, [{ least: 0, most: 2 }, { least: 8, most: 12 }, unknown])
  })
})

describe("everything public as one system", () => {
  const first = edition("2026-Q1", [[6, null, 9]])
  const readFirst = [known(6), unknown, known(9)]
  const sumFirst = { parts: [0, 1], total: 2 }

  it("reads one table by its own method, and a count from elsewhere from the first month to the last", () => {
    assert.deepStrictEqual(sizeOf({ rows: ["home", "school", "other"], bands }), { rows: 3, columns: 2 })
    assert.deepStrictEqual(readingOf(first), { counts: readFirst, sums: [sumFirst] })
    assert.deepStrictEqual(readingOf(edition("2026-Q1", [[5, 10, 15]], { method: "round" })), roundedPublication({ rows: 1, columns: 2 }, [5, 10, 15], 5))
    assert.deepStrictEqual(reachOf(elsewhere("2025-Q4", "2026-02", 1)), { from: 2025 * 12 + 9, to: 2026 * 12 + 2 })
  })

  it("is its tables side by side where nothing became public elsewhere", () => {
    const third = edition("2026-Q3", [[null, 8, 12]])
    assert.deepStrictEqual(system(kept([first, third, edition("2027-Q1", [[1, 1, 2]])]), "2026"), {
      counts: [...readFirst, unknown, known(8), known(12)],
      sums: [sumFirst, { parts: [3, 4], total: 5 }]
    })
  })

  it("ties together the groups of every stretch that a count from elsewhere covers, published or not", () => {
    const second = edition("2026-Q2", [[2, 3, 5], [1, null, null], [3, null, null]])
    const state = kept([second, first], elsewhere("2026-Q1", "2026-Q3", 40), elsewhere("2026-Q2", "2026-Q2", 4, notGiven))
    assert.deepStrictEqual(system(state, "2026-Q1"), {
      counts: [
        ...[2, 3, 5].map(known), known(1), unknown, unknown, known(3), unknown, unknown,
        ...readFirst,
        unknown, unknown, unknown,
        known(40), known(4)
      ],
      sums: [
        ...sumsOf({ rows: 2, columns: 2 }),
        { parts: [9, 10], total: 11 },
        { parts: [12, 13], total: 14 },
        { parts: [11, 8, 14], total: 15 },
        { parts: [7], total: 16 }
      ]
    })
  })

  it("cuts a table where something else begins or ends, and adds its groups and its total up again", () => {
    assert.deepStrictEqual(system(kept([first], elsewhere("2026-01", "2026-02", 4, all)), "2026-Q1"), {
      counts: [...readFirst, unknown, unknown, unknown, unknown, unknown, unknown, known(4)],
      sums: [
        sumFirst,
        { parts: [3, 4], total: 5 },
        { parts: [6, 7], total: 8 },
        { parts: [3, 6], total: 0 },
        { parts: [4, 7], total: 1 },
        { parts: [5, 8], total: 2 },
        { parts: [3], total: 9 }
      ]
    })
  })

  it("reaches through counts that overlap one another, and no further", () => {
    const other = edition("2027-Q1", [[5, 5, 10]])
    const link = elsewhere("2026-Q1", "2026-Q2", 30)
    const next = elsewhere("2026-Q2", "2027-Q1", 70)
    const away = elsewhere("2028", "2028", 7)
    const reached = system(kept([first, other], away, link, next), "2026-Q1")
    assert.deepStrictEqual(reached, system(kept([first, other], link, next), "2026-Q1"))
    assert.deepStrictEqual(reached.counts.length, 3 + 3 + 3 + 3 + 2)
    assert.deepStrictEqual(reached.sums.slice(-2), [{ parts: [2, 8], total: 12 }, { parts: [8, 11, 5], total: 13 }])
    assert.deepStrictEqual(system(kept([first, other], next), "2026-Q1"), { counts: readFirst, sums: [sumFirst] })
  })

  it("puts its stretches in the order of time", () => {
    assert.deepStrictEqual(system(kept([], elsewhere("0833", "0833", 9), elsewhere("0833-Q4", "0833-Q4", 2)), "0833").sums, [
      { parts: [0, 1], total: 2 },
      { parts: [3, 4], total: 5 },
      { parts: [2, 5], total: 6 },
      { parts: [5], total: 7 }
    ])
  })
})

describe("what may be published", () => {
  const terms = withGroups(1)
  const groups = bandsOf(terms)
  const counts = (...cells: ReadonlyArray<ReadonlyArray<number>>) => ({ rows: cells.length === 1 ? ["all"] : ["home", "school", "other"].slice(0, cells.length), bands: groups, cells })

  it("is a whole table of the policy's groups, with lines of different names, and one line where nothing else is counted", () => {
    assert.deepStrictEqual(
      [fits(terms, null, counts([1, 2])), fits(terms, "topic", counts([1, 2], [3, 4])), fits(terms, null, counts([1, 2], [3, 4])), fits(terms, "topic", counts([1, 2])), fits(terms, null, counts([1]))],
      [true, true, false, false, false]
    )
    assert.isFalse(fits(terms, "topic", counts([1, 2], [3])))
    assert.isFalse(fits(terms, "topic", { ...counts([1, 2], [3, 4]), rows: ["home", "home"] }))
    assert.isFalse(fits(terms, null, { ...counts([1, 2]), bands: groups.slice(0, 1) }), "a group is not named")
  })

  it("is nothing where there is no line", () => {
    assert.isUndefined(editionOf(terms, period("2026-Q1"), null, counts()))
    assert.isUndefined(editionOf({ ...terms, method: "round" }, period("2026-Q1"), null, counts()))
    assert.isUndefined(editionOf({ ...terms, method: "round", smallestTotal: 0 }, period("2026-Q1"), null, counts()))
  })

  it("says what it is", () => {
    assert.deepStrictEqual(editionOf(terms, period("2026-Q1"), "topic", counts([8, 9], [12, 0])), {
      period: period("2026-Q1"), by: "topic", method: "suppress", base: 5, rows: ["home", "school"], bands: groups, cells: [[null, null, 17], [null, null, 12], [20, 9, 29]]
    })
    assert.deepStrictEqual(editionOf({ ...terms, method: "round" }, period("2026-Q1"), null, counts([8, 9])), {
      period: period("2026-Q1"), by: null, method: "round", base: 5, rows: ["all"], bands: groups, cells: [[10, 10, 20]]
    })
  })

  it("withstands a reader only while no count comes closer than the declared width", () => {
    const shown = edition("2026-Q1", [[null, null, 12]])
    assert.isTrue(withstands(terms, kept([]), shown))
    assert.isTrue(withstands(terms, kept([], elsewhere("2026-Q1", "2026-Q1", 12)), shown))
    assert.isFalse(withstands(terms, kept([], elsewhere("2026-Q1", "2026-Q1", 3, all)), shown))
    assert.isTrue(withstands(terms, kept([], elsewhere("2025-Q1", "2025-Q1", 3, all)), shown))
    assert.isFalse(withstands(terms, kept([]), edition("2026-Q1", [[null, null, 4]])))
  })
})
