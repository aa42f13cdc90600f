import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { oracle } from "../../../../test/spec/statisticsOracle.ts"
import { costly, patience } from "../../../../test/support/runs.ts"
import { exposed, type Interval, intervals, type Publication } from "./attack.ts"
import { type Size, sumsOf, withTotals } from "./grid.ts"
import { publicationOf } from "./suppress.ts"

const fixed = ({ least, most }: Interval) => least === most

/** Random tables of which random counts, totals among them, are hidden by nobody's method. */
const masked = fc.record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 2, max: 5 }) }).chain((size: Size) => {
  const cells = fc.array(fc.array(fc.nat({ max: 9 }), { minLength: size.columns, maxLength: size.columns }), { minLength: size.rows, maxLength: size.rows })
  return fc.tuple(cells, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 8 })).map(([table, stream, share]) => {
    const values = withTotals(table)
    const shown = values.map((value) => ((stream.next().value ?? 0) < share ? null : value))
    return { values, publication: publicationOf(size, shown) }
  })
})

/** The same counts by sums over random sets: systems that are no table, where whole numbers and fractions part ways. */
const tangled = fc.integer({ min: 3, max: 7 }).chain((size) =>
  fc.record({
    counts: fc.array(fc.nat({ max: 4 }), { minLength: size, maxLength: size }),
    sets: fc.array(fc.subarray(Array.from({ length: size }, (_, i) => i), { minLength: 2 }), { minLength: 1, maxLength: size })
  })
)
const systemOf = ({ counts, sets }: { readonly counts: ReadonlyArray<number>; readonly sets: ReadonlyArray<ReadonlyArray<number>> }): Publication => ({
  counts: [...counts.map(() => ({ least: 0, most: Infinity })), ...sets.map((set) => set.reduce((sum, i) => sum + (counts[i] ?? 0), 0)).map((n) => ({ least: n, most: n }))],
  sums: sets.map((parts, index) => ({ parts, total: counts.length + index }))
})

describe("the attacker", () => {
  it("finds of every hidden count of a table exactly what a solver finds, in whole numbers and in fractions", () => {
    fc.assert(
      fc.property(masked, ({ publication, values }) => {
        const found = intervals(publication)
        const inFractions = oracle(publication, false)
        const hidden = publication.counts.findIndex((count) => !fixed(count))
        if (hidden >= 0) assert.deepStrictEqual(found[hidden], oracle(publication)(hidden))
        publication.counts.forEach((count, place) => {
          if (fixed(count)) return assert.deepStrictEqual(found[place], count)
          assert.deepStrictEqual(found[place], inFractions(place))
          const value = values[place] ?? -1
          assert.isTrue(value >= (found[place]?.least ?? Infinity) && value <= (found[place]?.most ?? -Infinity))
        })
      }),
      costly(20)
    )
  }, patience)

  it("never finds less than a solver where sums are tangled, or says that it does not know", () => {
    let known = 0
    let unknown = 0
    fc.assert(
      fc.property(tangled, (given) => {
        const publication = systemOf(given)
        const found = intervals(publication)
        const solve = oracle(publication)
        given.counts.forEach((_, place) => {
          if (found[place] === undefined) {
            unknown += 1
          } else {
            known += 1
            assert.deepStrictEqual(found[place], solve(place))
          }
        })
      }),
      costly(30)
    )
    assert.isAbove(known, unknown * 4, `${known} known, ${unknown} not`)
  }, patience)

  it("stops early only where it has proven enough, and then calls exposed what the whole search calls exposed", () => {
    fc.assert(
      fc.property(masked, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), ({ publication }, width, smallest) => {
        const whole = intervals(publication)
        const expected = publication.counts.flatMap((count, place) => {
          const { least = 0, most = 0 } = whole[place] ?? {}
          return !fixed(count) && most - least < width && least < smallest ? [place] : []
        })
        assert.deepStrictEqual(exposed(publication, width, smallest), expected)
      }),
      costly(300)
    )
  }, patience)

  it("computes a count although two are hidden in every line and column: two rings with one bridge", () => {
    const hidden = [[0, 0], [0, 1], [1, 0], [1, 1], [2, 2], [2, 3], [3, 2], [3, 3], [0, 2]]
    const cells = [[6, 7, 3, 9], [8, 9, 5, 6], [7, 5, 8, 6], [9, 6, 7, 8]]
    const size = { rows: 4, columns: 4 }
    const shown = withTotals(cells).map((value, place) => (hidden.some(([row = 0, column = 0]) => place === row * 5 + column) ? null : value))
    const perLine = sumsOf(size).map(({ parts }) => parts.filter((place) => shown[place] === null).length)
    assert.deepStrictEqual(perLine, [3, 2, 2, 2, 0, 2, 2, 3, 2, 0])
    const publication = publicationOf(size, shown)
    assert.deepStrictEqual(intervals(publication)[2], { least: 3, most: 3 })
    assert.deepStrictEqual(oracle(publication)(2), { least: 3, most: 3 })
    assert.deepStrictEqual(exposed(publication, 5, 5), [2])
  })

  it("knows nothing of a count that no sum reaches, and everything of a published one", () => {
    const publication: Publication = { counts: [{ least: 0, most: Infinity }, { least: 4, most: 4 }, { least: 2, most: 6 }], sums: [] }
    assert.deepStrictEqual(intervals(publication), publication.counts)
    assert.deepStrictEqual(exposed(publication, 5, 5), [2])
    assert.deepStrictEqual(exposed(publication, 4, 5), [])
    assert.deepStrictEqual(exposed(publication, 5, 2), [])
  })

  it("calls exposed what contradicts itself, and what is too large to be exact", () => {
    const none = { least: 0, most: Infinity }
    const twice: Publication = {
      counts: [none, none, { least: 9, most: 9 }, { least: 8, most: 8 }],
      sums: [{ parts: [0, 1], total: 2 }, { parts: [0, 1], total: 3 }]
    }
    assert.deepStrictEqual(intervals(twice).slice(0, 2), [undefined, undefined])
    assert.deepStrictEqual(exposed(twice, 1, 5), [0, 1])
    // What only a published count connects with that stays known.
    const beside: Publication = { counts: [...twice.counts, none], sums: [...twice.sums, { parts: [3, 4], total: 2 }] }
    assert.deepStrictEqual(intervals(beside), [undefined, undefined, { least: 9, most: 9 }, { least: 8, most: 8 }, { least: 1, most: 1 }])
    const huge: Publication = { counts: [none, none, { least: 2 ** 54, most: 2 ** 54 }], sums: [{ parts: [0, 1], total: 2 }] }
    assert.deepStrictEqual(exposed(huge, 1, 5), [0, 1])
  })

  it("finds no whole numbers in an odd ring, and says so", () => {
    const none = { least: 0, most: Infinity }
    const one = { least: 1, most: 1 }
    const ring: Publication = {
      counts: [none, none, none, one, one, one],
      sums: [{ parts: [0, 1], total: 3 }, { parts: [1, 2], total: 4 }, { parts: [0, 2], total: 5 }]
    }
    assert.deepStrictEqual(intervals(ring).slice(0, 3), [undefined, undefined, undefined])
    const three = { least: 3, most: 3 }
    const beside: Publication = { counts: [...ring.counts, none, three], sums: [...ring.sums, { parts: [0, 1, 6], total: 7 }] }
    assert.deepStrictEqual(intervals(beside).slice(0, 3), [undefined, undefined, undefined])
  })
})
