import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type RetentionBug, retentionBugs } from "../../../../test/spec/retentionBugs.ts"
import { beginning, historyOf, lives, type Moment, moments, type Readable, type RetentionMachine, terms } from "../../../../test/spec/retentionLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { catchUp, step } from "../kernel/machine.ts"
import type { Law } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { readable, retentionMachine } from "./machine.ts"
import type { RetentionCommand } from "./messages.ts"
import { destroyedOnTime, endsWithItsAuthority, keptByOrderOnly, retentionLaws } from "./orderLaws.ts"

type Plant = (machine: RetentionMachine) => RetentionMachine
const right: Plant = (machine) => machine

const holds = (law: Law<laws.RetentionHistory>, plant: Plant, reads: Readable = readable) =>
  fc.property(terms, lives, (holds, life) => {
    assert.deepStrictEqual(law.broken(historyOf(plant(retentionMachine(holds)), holds, reads, life)), [])
  })

/** Readers that are wrong in one way each. */
const wrongReaders: Readonly<Record<string, Readable>> = {
  "a reader that waits for the timer": (state) => state._tag === "Unstarted" || state._tag === "Running",
  "a reader that shows the last instant": (state, latest) => (state._tag === "Running" ? latest <= state.deleteAt : readable(state, latest)),
  "a reader that forgets that a datum was hidden": (state, latest) => (state._tag === "Hidden" ? latest < state.deleteAt : readable(state, latest)),
  "a reader that shows what an order keeps": (state, latest) => state._tag === "Held" || readable(state, latest),
  "a reader that shows nothing": () => false
}

const notices: ReadonlyArray<readonly [Law<laws.RetentionHistory>, ReadonlyArray<RetentionBug>, ReadonlyArray<string>]> = [
  [laws.deadlineIsThePromise, ["a promise is rounded up to its bucket", "counting begins when it is told, not when it began", "counting can begin again"], []],
  [laws.absentFromDeadline, [], ["a reader that waits for the timer", "a reader that shows the last instant", "a reader that shows what an order keeps", "a reader that shows nothing"]],
  [
    laws.neverLater,
    ["a looser policy makes a deadline later", "a stricter policy changes nothing", "using a datum keeps it longer", "an order shows a datum past its deadline"],
    []
  ],
  [
    keptByOrderOnly,
    [
      "an order that comes too late brings a datum back",
      "an order for something else is obeyed",
      "an order may last a millisecond too long",
      "each new order counts its longest time anew",
      "an order is refused although it comes in time"
    ],
    []
  ],
  [endsWithItsAuthority, ["taking an order back does nothing", "one authority takes back what another ordered"], []],
  [
    destroyedOnTime,
    [
      "a datum can be destroyed early",
      "a clock set back lets a hidden datum be destroyed early",
      "a datum is never destroyed",
      "destroying again moves the instant of destruction",
      "a datum is destroyed although an order keeps it",
      "an order is forgotten at the deadline",
      "a new order of one case ends the order of another"
    ],
    []
  ],
  [laws.staysExpired, ["a clock set back shows a hidden datum again"], ["a reader that forgets that a datum was hidden"]]
]

describe("the laws of retention", () => {
  it.each(retentionLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), runs(1000))
  }, patience)

  it("each notice a bug planted for them", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      retentionLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, retentionBugs[bug]), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it.each(notices.flatMap(([law, , readers]) => readers.map((reader) => [reader, law.rule, law] as const)))("%s (%s)", (reader, _, law) => {
    assert.isTrue(fc.check(holds(law, right, wrongReaders[reader]), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

/** A life as its readings, with the orders and releases or with nothing in their place. */
const readingsOf = (machine: RetentionMachine, life: ReadonlyArray<Moment>, reads: Readable, obeys: boolean): ReadonlyArray<boolean> => {
  let state = machine.initial
  let now = beginning
  return life.map((moment) => {
    now = Math.max(0, now + moment.gap)
    const wished = moment.wish(now, state)
    const quiet = !obeys && (wished._tag === "Order" || wished._tag === "Release")
    const command: RetentionCommand = quiet ? { _tag: "Touch", at: wished.at } : wished
    state = step(machine, state, command).state
    return reads(state, Instant.make(now))
  })
}

const invisible = (plant: Plant, reads: Readable) =>
  fc.property(terms, lives, (holds, life) => {
    const machine = plant(retentionMachine(holds))
    assert.deepStrictEqual(laws.ordersAreInvisible.broken({ ordered: readingsOf(machine, life, reads, true), unordered: readingsOf(machine, life, reads, false) }), [])
  })

describe("the laws of two lives of one datum", () => {
  it(laws.ordersAreInvisible.says, () => {
    fc.assert(invisible(right, readable), runs(1000))
  }, patience)

  it("notice an order that shows a datum past its deadline, and a reader that shows what is held", () => {
    const check = { numRuns: 3000, seed: 7, endOnFailure: true }
    assert.isTrue(fc.check(invisible(retentionBugs["an order shows a datum past its deadline"], readable), check).failed)
    assert.isTrue(fc.check(invisible(right, (state, latest) => state._tag === "Held" || readable(state, latest)), check).failed)
  }, patience)

  it("Ticking late, ticking twice, or only with the next command gives the same datum", () => {
    const pauses = fc.array(fc.tuple(moments, fc.nat(3)), { maxLength: 20, size: "max" })
    fc.assert(
      fc.property(terms, pauses, (holds, life) => {
        const machine = retentionMachine(holds)
        let alone = machine.initial
        let ticked = machine.initial
        let now = beginning
        for (const [{ gap, wish }, ticks] of life) {
          now += Math.abs(gap)
          const command = wish(now, alone)
          for (let i = 0; i < ticks; i++) ticked = catchUp(machine, ticked, Instant.make(now)).state
          alone = step(machine, alone, command).state
          ticked = step(machine, ticked, command).state
        }
        const end = Instant.make(now + beginning)
        assert.deepStrictEqual(catchUp(machine, ticked, end).state, catchUp(machine, alone, end).state)
      }),
      runs(500)
    )
  }, patience)
})
