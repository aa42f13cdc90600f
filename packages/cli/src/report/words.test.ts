import { assert, describe, it } from "vitest"
import { displayWidth } from "effect/cli/CliOutput"
import fc from "fast-check"
import { counted, instantWords, periodWords, tableLines } from "./words.ts"

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe("lengths of time", () => {
  it.each([
    [0, "0"],
    [1, "1 s"],
    [90 * second, "1 min 30 s"],
    [72 * hour, "72 h"],
    [168 * hour, "7 d"],
    [168 * hour + 2 * minute, "7 d 2 min"],
    [9 * day + 5 * hour + 3 * minute, "9 d 6 h"],
    [7 * day - 1, "168 h"],
    [hour - 1, "60 min"],
    [8 * day - 1, "8 d"]
  ])("%d ms is %s", (milliseconds, words) => {
    assert.strictEqual(periodWords(milliseconds), words)
  })

  it("a printed length is never shorter than the real one, and less than one part in six longer", () => {
    const length = { d: day, h: hour, min: minute, s: second } as const
    const read = (words: string): number =>
      words === "0" ? 0 : [...words.matchAll(/(\d+) (d|h|min|s)/g)].reduce((sum, [, n, unit]) => sum + Number(n) * length[unit as keyof typeof length], 0)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), (milliseconds) => {
        const printed = read(periodWords(milliseconds))
        assert.isAtLeast(printed, milliseconds)
        assert.isBelow(printed - milliseconds, Math.max(second, milliseconds / 6))
      })
    )
  })
})

describe("tables", () => {
  it("columns begin where a terminal shows them to begin, whatever the letters", () => {
    const word = fc.stringMatching(/^[a-zæøåÆØÅ漢字é]{0,12}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = tableLines([{ heading: "First" }, { heading: "Second" }], rows.map(([a, b]) => [a, `|${b}`]))
        const starts = new Set(lines.slice(1).map((line) => displayWidth(line.slice(0, line.indexOf("|")))))
        assert.strictEqual(starts.size, 1)
      })
    )
  })

  it("numbers line up on the right and no line ends in a space", () => {
    assert.deepStrictEqual(tableLines([{ heading: "Rule" }, { heading: "Held", right: true }], [["X-03", "7"], ["DFH-11", "812"]]), [
      "Rule    Held",
      "X-03       7",
      "DFH-11   812"
    ])
  })
})

it("one thing is singular, all other counts are not", () => {
  assert.strictEqual(counted(1, "key"), "1 key")
  assert.strictEqual(counted(0, "key"), "0 keys")
  assert.strictEqual(counted(2, "table or column", "tables or columns"), "2 tables or columns")
})

it("instants are in UTC, to the second", () => {
  assert.strictEqual(instantWords(Date.UTC(2026, 9, 25, 0, 59, 59, 999)), "2026-10-25 00:59:59 UTC")
})
