import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { deep } from "../support/runs.ts"
import { drawn, seed } from "./drawn.ts"
import { openLane } from "./lane.ts"
import { agree } from "./plan.ts"
import type { Step } from "./scenario.ts"
import { type How, type Spring, Trap } from "./trap.ts"

/** How many runs have one statement of every step fail. */
const runs = deep ? 200 : 8

/** Severing is the part of a sweep that must not happen twice or by halves. */
const severing = /triage|anonymous_note/

describe("a database that fails", () => {
  it.effect(`at a statement or a transaction of every step, before and after, in ${runs} runs of seed ${seed}, loses nothing before its deadline and keeps nothing after it`, () =>
    Effect.gen(function*() {
      const trap = new Trap()
      const lane = yield* openLane(yield* copiedDatabase, trap)
      const counted = new Map<Step, ReadonlyArray<string>>()
      yield* lane.run()
      const undisturbed = yield* lane.run({ trap, heard: (step) => Effect.sync(() => void counted.set(step, trap.calls)) })
      const random = drawn(seed)
      for (let run = 0; run < runs; run += 1) {
        const springs = (step: Step) => {
          const calls = counted.get(step) ?? []
          const draw = (from: ReadonlyArray<string>, how: How): Spring => ({ call: from[Math.floor(random() * from.length)] ?? "", how })
          const drawHow = (): How => (random() < 0.5 ? "before" : "after")
          if (!step.sweeps) return [draw(calls, drawHow())]
          const cuts = calls.filter((call) => severing.test(call))
          const cut: Spring = { call: cuts[Math.floor(run / 2) % cuts.length] ?? "", how: run % 2 === 0 ? "before" : "after" }
          return [cut, draw(calls, drawHow()), draw(calls, drawHow()), draw(calls, drawHow())]
        }
        agree(undisturbed, yield* lane.run({ trap, springs }), `run ${run} of seed ${seed}`)
      }
      const statements = [...counted.values()].reduce((sum, { length }) => sum + length, 0)
      console.log(`${trap.sprung.size} failures, drawn from the ${2 * statements} that there can be, seed ${seed}`)
      assert.isAbove(trap.sprung.size, runs * 30)
    }), 600_000)
})
