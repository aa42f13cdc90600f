/**
 * Ten thousand worlds under all laws, in every run. FORTROLIG_SEED=<seed> begins with that world.
 */
import { assert, describe, it } from "vitest"
import { deep } from "../support/runs.ts"
import { compared, Coverage } from "./coverage.ts"
import { atLeast, run } from "./run.ts"
import { firstSeed } from "./seed.ts"
import { tables } from "./tables.ts"

const worlds = deep ? 50_000 : 10_000

describe("simulated worlds", () => {
  it("keep every law of every topic and between the topics, whatever visitors, counsellors, custodians and clocks do, over every edge of every machine", () => {
    const coverage = new Coverage()
    const first = firstSeed()
    const began = performance.now()
    for (let seed = first; seed < first + worlds; seed++) {
      const { accepted, wrong } = run(seed, coverage)
      assert.deepStrictEqual(wrong, [], `FORTROLIG_SEED=${seed} repeats this world`)
      assert.isAtLeast(accepted, atLeast, `FORTROLIG_SEED=${seed} repeats this world`)
    }
    const seconds = (performance.now() - began) / 1000
    const machines = Object.entries(tables).map(([name, table]) => ({ name, ...compared(coverage, name, table) }))
    const edges = machines.map(({ name, walked, total }) => `${name} ${walked}/${total}`).join(", ")
    const { accepted, refused, distinctRefusals } = coverage
    console.log(
      `${worlds} worlds from seed ${first}: ${accepted} commands accepted, ${refused} refused for ${distinctRefusals} reasons, ` +
        `${Math.round((accepted + refused) / seconds)} a second; edges ${edges}`
    )
    for (const { name, missing, outside } of machines) assert.deepStrictEqual({ name, missing, outside }, { name, missing: [], outside: [] })
  }, deep ? 3_000_000 : 900_000)
})
