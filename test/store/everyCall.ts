/**
 * The scenario over and over, until each call that an undisturbed run makes has failed once in each way.
 */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { type Disturbance, openLane } from "./lane.ts"
import { agree, count, runsOf, springsOf, without } from "./plan.ts"
import type { Step } from "./scenario.ts"
import { Trap } from "./trap.ts"

/** So many databases are used at once. */
const lanes = 2
/** So many calls fail at one sweep, at a try each. */
const most = 4

/** `lay` says what a trap is in. Fails where a disturbed run lacks what it must have, or has left more than an undisturbed one. Answers how many calls there are; each has failed twice. */
export const everyCallFails = Effect.fnUntraced(function*(lay: (trap: Trap) => Disturbance) {
  const open = Effect.fnUntraced(function*() {
    const trap = new Trap()
    return { trap, lane: yield* openLane(yield* copiedDatabase) }
  })
  const counted = new Map<Step, ReadonlyArray<string>>()
  const first = yield* open()
  // The leaves of the first run meet an empty database, as those of no other run do.
  yield* first.lane.run()
  const undisturbed = yield* first.lane.run({ ...lay(first.trap), trap: first.trap, heard: (step) => Effect.sync(() => void counted.set(step, first.trap.calls)) })

  const all = springsOf(counted)
  const opened = yield* Effect.all(Array.from({ length: lanes }, open))
  const sprungOf = () => new Set(opened.flatMap(({ trap }) => [...trap.sprung]))
  let runs = 0
  for (let springs = all; count(springs) > 0; springs = without(all, sprungOf())) {
    const left = [...runsOf(springs, most)]
    const before = sprungOf().size
    const work = ({ lane, trap }: (typeof opened)[number]) =>
      Effect.gen(function*() {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          runs += 1
          agree(undisturbed, yield* lane.run({ ...lay(trap), trap, springs: next }), `run ${runs}`)
        }
      })
    yield* Effect.all(opened.map(work), { concurrency: "unbounded" })
    assert.isAbove(sprungOf().size, before, "every round of runs meets calls that no other has met")
  }
  console.log(`${count(all)} failures in ${runs} runs`)
  return count(all) / 2
})
