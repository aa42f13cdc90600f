import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { countsFor, termsWith, withGroups } from "../../../../test/spec/statistics.ts"
import { oracle } from "../../../../test/spec/statisticsOracle.ts"
import { costly, patience, quick } from "../../../../test/support/runs.ts"
import type { StatisticsTerms } from "../policy/care.ts"
import { bandsOf } from "./bands.ts"
import type { CalendarPeriod } from "./calendar.ts"
import { withTotals } from "./grid.ts"
import { keepsItsSecret } from "./method.ts"
import { editionOf, widthOf } from "./release.ts"
import { couldBe, rounded, roundAll, roundedPublication } from "./round.ts"
import { publicationOf, type Status, suppress } from "./suppress.ts"

const year = "2025" as CalendarPeriod
const limits = { smallestCell: 5, smallestTotal: 10 }
const line = (...cells: ReadonlyArray<number>) => suppress({ rows: 1, columns: cells.length }, withTotals([cells]), limits)?.join("")
const publish = (terms: StatisticsTerms, cells: ReadonlyArray<ReadonlyArray<number>>) =>
  editionOf(terms, year, cells.length === 1 ? null : "topic", { rows: cells.map((_, row) => `topic${row}`), bands: bandsOf(terms), cells })?.cells

/** Every line of `columns` counts with at most `most` chats. */
const lines = function* (columns: number, most: number): Generator<ReadonlyArray<number>> {
  if (columns === 0) return yield []
  for (let count = 0; count <= most; count++) for (const rest of lines(columns - 1, most - count)) yield [count, ...rest]
}

describe("hiding small counts", () => {
  it("codes a line: small, beside small, shown, and the total that must be shown", () => {
    const coded: ReadonlyArray<readonly [ReadonlyArray<number>, string | undefined]> = [
      [[5, 9, 8, 6], "ssssz"],
      [[4, 9, 8, 6], "ussxz"],
      [[4, 9, 3, 6], "ususz"],
      [[1, 9, 2, 6], "usuxz"],
      [[1, 4, 7, 6], "uussz"],
      [[1, 3, 7, 6], "uusxz"],
      [[0, 5, 0, 5], "ssssz"],
      [[0, 4, 0, 6], "susxz"],
      [[0, 10, 0, 0], "uxuuz"],
      [[0, 5, 0, 4], undefined],
      [[10, 0, 0, 0], "xuuuz"],
      [[0, 0, 0, 0], undefined],
      [[2, 2, 2, 4], "uuuuz"],
      [[2, 2, 2, 3], undefined]
    ]
    assert.deepStrictEqual(coded.map(([cells]) => line(...cells)), coded.map(([, codes]) => codes))
  })

  it("publishes nothing when the total itself is small, however low the least total of a policy", () => {
    assert.isUndefined(suppress({ rows: 1, columns: 2 }, withTotals([[2, 2]]), { smallestCell: 5, smallestTotal: 1 }))
    assert.deepStrictEqual(suppress({ rows: 1, columns: 2 }, withTotals([[3, 2]]), { smallestCell: 5, smallestTotal: 1 }), ["u", "u", "z"])
    assert.isUndefined(suppress({ rows: 1, columns: 2 }, [0, 0, 0], { smallestCell: 5, smallestTotal: 0 }))
  })

  it("hides a count in a line of which only the total is hidden, so that the line does not give it away", () => {
    const cells = [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 20, 20], [0, 0, 20, 20]]
    assert.strictEqual(suppress({ rows: 4, columns: 4 }, withTotals(cells), { smallestCell: 5, smallestTotal: 2 })?.join(""), "uussuuussussxxxssxxsuuxsz")
  })

  const tables = (terms: StatisticsTerms) => fc.integer({ min: 2, max: 5 }).chain((rows) => countsFor(terms, rows, 40))
  const seen = (code: Status | undefined) => code === "s" || code === "z"

  it("is safe in tables with totals, by a solver that is not ours, and hides beside small counts only large ones", () => {
    const terms = withGroups(4, { smallestCell: 4, smallestTotal: 8 })
    fc.assert(
      fc.property(tables(terms), ({ cells }) => {
        const values = withTotals(cells)
        const size = { rows: cells.length, columns: 5 }
        const codes = suppress(size, values, terms)
        if (codes === undefined) return
        const solve = oracle(publicationOf(size, values.map((value, place) => (seen(codes[place]) ? value : null))), false)
        codes.forEach((code, place) => {
          if (code === "x") assert.isAtLeast(values[place] ?? 0, terms.smallestCell)
          if (seen(code)) return
          const { least, most } = solve(place)
          assert.isTrue(most - least >= terms.smallestCell || least >= terms.smallestCell, `${least} to ${most}`)
        })
      }),
      costly(8)
    )
  }, patience)

  it("shows no small count in tables with totals, always the grand total, and most of the large ones", () => {
    const terms = withGroups(4, { smallestCell: 4, smallestTotal: 8 })
    const counted = { published: 0, nothing: 0, shown: 0, large: 0 }
    fc.assert(
      fc.property(tables(terms), ({ cells }) => {
        const values = withTotals(cells)
        const codes = suppress({ rows: cells.length, columns: 5 }, values, terms)
        counted[codes === undefined ? "nothing" : "published"] += 1
        if (codes === undefined) return
        counted.large += values.filter((value) => value >= terms.smallestCell).length
        counted.shown += values.filter((value, place) => value > 0 && seen(codes[place])).length
        assert.isTrue(values.every((value, place) => !seen(codes[place]) || value === 0 || value >= terms.smallestCell))
        assert.deepStrictEqual(codes.flatMap((code, place) => (code === "z" ? [place] : [])), [values.length - 1])
      }),
      costly(200)
    )
    assert.isAbove(counted.published, counted.nothing, JSON.stringify(counted))
    assert.isAbove(counted.shown, counted.large / 2, JSON.stringify(counted))
  }, patience)

  const policies = [
    [3, 3, 3, 14],
    [3, 2, 4, 12],
    [3, 5, 10, 22],
    [4, 3, 5, 12],
    [4, 4, 8, 15]
  ] as const
  it.each(quick ? policies.slice(0, 2) : policies)("keeps its secret from a reader who knows the method: %i groups, smallest cell %i, smallest total %i, every line of up to %i chats", (columns, smallestCell, smallestTotal, most) => {
    const terms = withGroups(columns - 1, { smallestCell, smallestTotal })
    const lookAlike = new Map<string, Array<ReadonlyArray<number>>>()
    for (const cells of lines(columns, most)) {
      const key = JSON.stringify(publish(terms, [cells]) ?? null)
      lookAlike.set(key, [...(lookAlike.get(key) ?? []), cells])
    }
    assert.isTrue(lookAlike.delete("null"))
    assert.isAbove(lookAlike.size, most)
    for (const [key, same] of lookAlike) {
      const [shown = []] = JSON.parse(key) as Array<Array<number | null>>
      shown.forEach((count, place) => {
        if (count === null) assert.isAbove(new Set(same.map((cells) => cells[place])).size, 1, `${key} gives away place ${place}`)
        else if (place < columns) assert.deepStrictEqual([...new Set(same.map((cells) => cells[place]))], [count])
      })
    }
  }, patience)

  it("needs that: hiding alone would give 2 and 2 away beside 3 of 7, which is published as its total", () => {
    const terms = withGroups(2, { smallestCell: 3, smallestTotal: 3 })
    assert.deepStrictEqual(suppress({ rows: 1, columns: 3 }, [3, 2, 2, 7], terms), ["s", "u", "u", "z"])
    assert.isFalse(keepsItsSecret([3, null, null, 7], terms))
    assert.deepStrictEqual<unknown>(publish(terms, [[3, 2, 2]]), [[null, null, null, 7]])
    assert.isTrue(keepsItsSecret([null, null, null, 7], terms))
    assert.isTrue(keepsItsSecret([9, 8, null, null, 27], limits))
    assert.isTrue(keepsItsSecret([9, 8, 17], limits))
  })

  it("hides more than it must only in few lines", () => {
    const terms = termsWith()
    let shown = 0
    let all = 0
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 7, maxLength: 7 }), (cells) => {
        const published = publish(terms, [cells])?.[0] ?? []
        all += cells.filter((count) => count >= 5).length
        shown += published.slice(0, -1).filter((count) => count !== null && count > 0).length
      }),
      costly(200)
    )
    assert.isAbove(shown / all, 0.7, `${shown} of ${all} counts that are large enough were shown`)
  }, patience)
})

describe("rounding", () => {
  it("goes to the nearest multiple, from the middle downwards, and tells exactly which counts it could be", () => {
    assert.deepStrictEqual([0, 1, 2, 3, 4, 5, 7, 8].map((count) => rounded(count, 5)), [0, 0, 0, 5, 5, 5, 5, 10])
    assert.deepStrictEqual([0, 1, 2, 3, 6, 7].map((count) => rounded(count, 4)), [0, 0, 0, 4, 4, 8])
    assert.deepStrictEqual([0, 1, 2, 3].map((count) => rounded(count, 1)), [0, 1, 2, 3])
    for (let base = 1; base <= 20; base++) {
      for (let shown = 0; shown <= 4 * base; shown += base) {
        const could = Array.from({ length: 6 * base }, (_, count) => count).filter((count) => rounded(count, base) === shown)
        assert.deepStrictEqual([couldBe(shown, base)], [{ least: could.at(0) ?? -1, most: could.at(-1) ?? -1 }])
      }
    }
  })

  it("adds up, rounds the same count alike, and leaves every count as wide as is declared", () => {
    const terms = withGroups(3, { method: "round", dimensions: ["topic"] })
    let released = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }).chain((rows) => countsFor(terms, rows, 40)), fc.integer({ min: 2, max: 9 }), ({ cells }, smallestCell) => {
        const own = { ...terms, smallestCell }
        const found = publish(own, cells)
        const total = cells.flat().reduce((sum, count) => sum + count, 0)
        if (total < own.smallestTotal) return assert.isUndefined(found)
        if (found === undefined) return
        released += 1
        assert.deepStrictEqual<unknown>(found.flat(), withTotals(cells.map((row) => row.map((count) => rounded(count, smallestCell)))))
        const size = { rows: cells.length, columns: 4 }
        const publication = roundedPublication(size, found.flat(), smallestCell)
        const solve = oracle(publication)
        for (const place of publication.counts.keys()) {
          const { least, most } = solve(place)
          assert.isTrue(most - least >= widthOf(own))
        }
      }),
      costly(12)
    )
    assert.isAbove(released, quick ? 0 : 5)
  }, patience)

  it("publishes nothing of too few chats, nor where all are in one group", () => {
    const terms = withGroups(2, { method: "round" })
    assert.deepStrictEqual(publish(terms, [[6, 3, 1]]), [[5, 5, 0, 10]])
    assert.isUndefined(publish(terms, [[6, 3, 0]]))
    assert.isUndefined(publish(terms, [[14, 2, 2]]))
    assert.deepStrictEqual(publish({ ...terms, dimensions: ["topic"] }, [[6, 3, 1], [8, 0, 2]]), [[5, 5, 0, 10], [10, 0, 0, 10], [15, 5, 0, 20]])
    assert.deepStrictEqual([widthOf(terms), widthOf({ ...terms, smallestCell: 4 }), widthOf({ ...terms, method: "suppress" })], [2, 2, 5])
    assert.deepStrictEqual(roundAll([[1, 2], [3, 8]], 5), [0, 0, 0, 5, 10, 15, 5, 10, 15])
  })
})
