import { assert, describe, it } from "vitest"
import { withTotals } from "./grid.ts"
import { keepsItsSecret } from "./method.ts"
import { suppress } from "./suppress.ts"

/** Counts of made-up tables, always the same: many zeros and small ones, some large. */
const tables = (seed: number, rows: number, columns: number, count: number): ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>> => {
  let state = seed
  const roll = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const cell = () => [0, roll(4), roll(7), roll(12), 5 + roll(20), 5 + roll(20)][roll(6)] ?? 0
  return Array.from({ length: count }, () => Array.from({ length: rows }, () => (roll(8) === 0 ? Array.from({ length: columns }, () => 0) : Array.from({ length: columns }, cell))))
}
const codes = (smallestCell: number, smallestTotal: number, list: ReturnType<typeof tables>) =>
  list.map((cells) => suppress({ rows: cells.length, columns: cells[0]?.length ?? 0 }, withTotals(cells), { smallestCell, smallestTotal })?.join("") ?? "")

describe("what is hidden", () => {
  it("does not change from one version to the next without somebody having meant it", () => {
    assert.deepStrictEqual(codes(5, 10, tables(1, 1, 5, 12)), [
      "sssssz", "xusssz", "xsussz", "ssusxz", "", "sssssz",
      "uxsssz", "", "suuuuz", "sssssz", "ussusz", "sxssuz"
    ])
    assert.deepStrictEqual(codes(5, 10, tables(2, 3, 3, 16)), [
      "uxxsuuxsuxssuxsz", "xussssssxusssssz", "ssssxsususxssssz", "uuusxsusuxsssssz", "xuusxxusuuxssssz", "sxxssssssxussssz",
      "sxxxsuuusuuusssz", "usxsxuusuxsssssz", "uxusxsxsuuxssssz", "uuuxuxxsuuuusssz", "", "xsusxsusxsxssssz",
      "uxusxuusuuxssssz", "uxsssuxsxuussssz", "", "uxssssssxusssssz"
    ])
    assert.deepStrictEqual(codes(3, 8, tables(3, 4, 4, 12)), [
      "sxuxsxuuxsuuuusssuxsssssz", "xsussssuxsusuxsssxusssssz", "susxsxuuussxxusxxuusssssz", "xuussuxxssxsussxsussssssz", "uxsxsxusssxssussssssssssz", "uxussxussssssssxuxssssssz",
      "", "suuussuuxssuxsssusxssusxz", "usuxsussxssssssxsxssssssz", "ssssssssssxxsusuususssssz", "xuussxuussxuuusxuuxssxusz", "xssusxsxusxssususxusssssz"
    ])
    assert.deepStrictEqual(codes(7, 5, tables(4, 2, 4, 12)), [
      "sxuuxsuuuusxuuz", "uuuxsxuxusxussz", "suuxssuuussuusz", "uxsuxuusuuuxsuz", "uuxusxuuxssusxz", "uususuxsusussuz",
      "uusuuuusxxuussz", "uuussxuussssssz", "uuuxsuuuxsuuuxz", "uuuuxuuuuuuuuuz", "xsuxsusuxsxsusz", "uxuxsuuxusussxz"
    ])
  })

  it("beside a count that several sums together give away lies in those sums, and where it opens nothing else", () => {
    assert.deepStrictEqual(codes(4, 8, [[[20, 17, 0], [8, 11, 3]], [[5, 2, 1], [5, 0, 6]]]), ["sxussxussxuz", "xuuxxuxxsuxz"])
    assert.deepStrictEqual(codes(5, 2, [[[12, 0, 1], [3, 3, 13]]]), ["xuuxuuxxsuxz"])
  })

  it("is kept where everything is hidden, and is not where a line is too small or too long to be sure", () => {
    assert.isTrue(keepsItsSecret([null, null, null, 30], { smallestCell: 2, smallestTotal: 2 }))
    assert.isFalse(keepsItsSecret([3, null, null, 5], { smallestCell: 3, smallestTotal: 6 }))
    assert.isFalse(keepsItsSecret([3, null, null, null, 43], { smallestCell: 3, smallestTotal: 6 }))
  })

  it("from a reader who knows the method keeps its secret in these lines, and in no others", () => {
    const limits = { smallestCell: 3, smallestTotal: 6 }
    const said = [6, 7, 8, 9, 10, 11].map((total) =>
      [0, 1, 2, 3, 4, 5].map((shown) => [[shown, null, null, total], [null, shown, null, 4, total]].map((line) => Number(keepsItsSecret(line, limits))).join("")).join(" ")
    )
    assert.deepStrictEqual(said, [
      "10 00 00 10 00 00",
      "11 00 00 00 10 00",
      "11 00 00 00 10 10",
      "11 00 00 00 10 10",
      "11 00 00 01 00 10",
      "10 00 00 01 01 10"
    ])
  })
})
