import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { courses, type Keeper, rightKeeper, watch, wrongKeepers } from "../../../../test/spec/retentionClocks.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import { clockLaws, destroyedByATrustedClock, hiddenByEitherClock, type Watched } from "./clockLaws.ts"

const holds = (law: Law<Watched>, keeper: Keeper) =>
  fc.property(courses, (course) => {
    assert.deepStrictEqual(law.broken(watch(course, keeper)), [])
  })

const notices: ReadonlyArray<readonly [Law<Watched>, ReadonlyArray<string>]> = [
  [hiddenByEitherClock, ["a reader who believes the clock on the wall", "a reader who believes the trusted clock alone", "a reader who sees nothing"]],
  [destroyedByATrustedClock, ["a sweep by the later clock", "a sweep by the clock on the wall", "a sweep that does not mind a doubt", "a sweep that never comes"]]
]

describe("a datum under clocks that may be wrong", () => {
  it.each(clockLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, rightKeeper), runs(1000))
  }, patience)

  it("has laws that each notice a keeper who breaks them, and no keeper goes unnoticed", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      clockLaws
    )
    assert.deepStrictEqual([...new Set(notices.flatMap(([, keepers]) => keepers))].toSorted(), Object.keys(wrongKeepers).toSorted())
  })

  it.each(notices.flatMap(([law, keepers]) => keepers.map((keeper) => [keeper, law.says.slice(0, 40), law] as const)))("notices %s (%s...)", (keeper, _, law) => {
    assert.isTrue(fc.check(holds(law, wrongKeepers[keeper] ?? rightKeeper), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
