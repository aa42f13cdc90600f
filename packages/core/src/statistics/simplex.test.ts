import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { atCorner, type Program } from "./simplex.ts"

/** Equations as lists of factors, the right side last. */
const programOf = (...equations: ReadonlyArray<ReadonlyArray<number>>): Program => ({
  unknowns: (equations[0]?.length ?? 1) - 1,
  rows: equations.map((factors) => new Map(factors.slice(0, -1).flatMap((factor, unknown) => (factor === 0 ? [] : [[unknown, factor] as const])))),
  right: equations.map((factors) => factors.at(-1) ?? 0)
})

/** The least and the greatest value of an unknown. */
const ends = (program: Program, unknown: number) =>
  atCorner(program, (corner) =>
    ([-1, 1] as const).map((direction) => {
      const end = corner.seek(unknown, direction, () => false)
      return end === "reached" ? (corner.values()[unknown] ?? NaN) / corner.denominator() + 0 : end
    })
  )

/** The solution with every unknown outside `among` zero, by elimination in floating point; nothing when there is none, or more than one. */
const solved = (equations: ReadonlyArray<ReadonlyArray<number>>, among: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
  const lines = equations.map((factors) => [...among.map((unknown) => factors[unknown] ?? 0), factors.at(-1) ?? 0])
  let top = 0
  for (const [column] of among.entries()) {
    const found = lines.findIndex((line, index) => index >= top && Math.abs(line[column] ?? 0) > 1e-9)
    if (found < 0) return undefined
    const [chosen = []] = lines.splice(found, 1)
    const scaled = chosen.map((entry) => entry / (chosen[column] ?? 1))
    for (const [index, line] of lines.entries()) lines[index] = line.map((entry, place) => entry - (line[column] ?? 0) * (scaled[place] ?? 0))
    lines.splice(top, 0, scaled)
    top += 1
  }
  return lines.slice(top).some((line) => Math.abs(line.at(-1) ?? 0) > 1e-9) ? undefined : lines.slice(0, top).map((line) => line.at(-1) ?? 0)
}

/** Every corner, by trying every set of unknowns: the least and the greatest value of one. */
const naiveEnds = (equations: ReadonlyArray<ReadonlyArray<number>>, unknown: number): ReadonlyArray<number> | undefined => {
  const all = (equations[0]?.length ?? 1) - 1
  const values: Array<number> = []
  for (let set = 0; set < 2 ** all; set++) {
    const among = Array.from({ length: all }, (_, i) => i).filter((i) => Math.floor(set / 2 ** i) % 2 === 1)
    const found = solved(equations, among)
    if (found !== undefined && found.every((value) => value > -1e-9)) values.push(found[among.indexOf(unknown)] ?? 0)
  }
  return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)]
}

/** One to three equations with small factors over two to four unknowns of at most 9, mostly with a solution; one may be there twice. */
const systems = fc.integer({ min: 2, max: 4 }).chain((unknowns) => {
  const row = fc.array(fc.integer({ min: -2, max: 3 }), { minLength: unknowns, maxLength: unknowns })
  return fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    point: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: unknowns, maxLength: unknowns }),
    off: fc.constantFrom(0, 0, 0, 0, 1, -20),
    twice: fc.boolean()
  }).map(({ rows, point, off, twice }) => {
    const equations = rows.map((factors, index) => [...factors, ...point.map(() => 0), factors.reduce((sum, factor, i) => sum + factor * (point[i] ?? 0), index === 0 ? off : 0)])
    const boxes = point.map((_, i) => [...point.map((__, j) => Number(i === j)), ...point.map((__, j) => Number(i === j)), 9])
    return [...equations, ...(twice ? equations.slice(0, 1) : []), ...boxes]
  })
})

describe("a linear program", () => {
  it("has the ends that trying every corner finds, for every unknown, or no solution where there is none", () => {
    fc.assert(
      fc.property(systems, (equations) => {
        const program = programOf(...equations)
        for (let unknown = 0; unknown < program.unknowns / 2; unknown++) {
          const [found, expected] = [ends(program, unknown), naiveEnds(equations, unknown)]
          assert.strictEqual(found === undefined, expected === undefined)
          found?.forEach((end, i) => assert.approximately(Number(end), expected?.[i] ?? NaN, 1e-9))
        }
      }),
      runs(150)
    )
  }, patience)

  it("knows what nothing limits, negative right sides, fractions, and the same equation twice", () => {
    assert.deepStrictEqual(ends(programOf([1, -1, 3]), 0), [3, "unbounded"])
    assert.deepStrictEqual(ends(programOf([1, -1, -3]), 1), [3, "unbounded"])
    assert.deepStrictEqual(ends(programOf([-1, -1, -3]), 1), [0, 3])
    assert.deepStrictEqual(ends(programOf([2, 3, 7]), 0), [0, 3.5])
    assert.deepStrictEqual(ends(programOf([1, 1, 5], [1, 1, 5], [2, 2, 10]), 0), [0, 5])
    assert.deepStrictEqual(ends(programOf([1, 1, 0, 0, 5], [0, 1, 1, 0, 3], [1, 0, -1, 0, 2]), 3), [0, "unbounded"])
    // At the first corner a stand-in is left over whose line begins with a negative entry.
    assert.deepStrictEqual(ends(programOf([1, 1, 0, 1, 1], [0, 1, -1, 1, 1]), 0), [0, 0])
    assert.deepStrictEqual(ends(programOf([0, 1, -1, 1, 1], [1, 1, 0, 1, 1]), 0), [0, 0])
    assert.deepStrictEqual(ends(programOf([1, 1, -1, 2], [1, -1, -1, 2]), 0), [2, "unbounded"])
    assert.deepStrictEqual(ends(programOf([0, 1, 1, 0, 2], [-1, 1, 1, 0, 2]), 1), [0, 2])
    assert.isUndefined(ends(programOf([1, 1, 5], [1, 1, 6]), 0))
    assert.isUndefined(ends(programOf([1, 1, -1]), 0))
  })

  it("stops at the first corner at which it is told to, and tells of each", () => {
    const program = programOf([1, 0, 0, 1, 0, 0, 1], [0, 1, 0, 0, 1, 0, 1], [-1, -1, 1, 0, 0, 1, 0])
    const visited = atCorner(program, (corner) => {
      const seen: Array<number> = []
      corner.seek(2, -1, () => false)
      const end = corner.seek(2, 1, () => seen.push((corner.values()[2] ?? 0) / corner.denominator()) === 1)
      return { end, seen: seen.length }
    })
    assert.deepStrictEqual(visited, { end: "stopped", seen: 1 })
    assert.deepStrictEqual(ends(program, 2), [0, 2])
  })

  it("answers nothing where a number is too large to be exact, and passes on what goes wrong elsewhere", () => {
    assert.isUndefined(ends(programOf([2 ** 30, 1, 2 ** 40], [1, 2 ** 30, 2 ** 40]), 0))
    assert.throws(() => atCorner(programOf([1, 1, 5]), () => { throw new RangeError("elsewhere") }), RangeError, "elsewhere")
  })
})
