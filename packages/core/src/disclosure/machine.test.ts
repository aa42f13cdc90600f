import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { NaiveConcern } from "../../../../test/spec/disclosure.ts"
import { at, type ConcernMachine, deeds, terms } from "../../../../test/spec/disclosureLives.ts"
import { beginning, chosen, type Deed } from "../../../../test/spec/disclosureWishes.ts"
import { concernBugs } from "../../../../test/spec/disclosureBugs.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { step } from "../kernel/machine.ts"
import { concernMachine } from "./machine.ts"
import type { ConcernState } from "./messages.ts"

interface Real {
  readonly machine: ConcernMachine
  state: ConcernState
  now: number
}

/** One deed done to the naive and to the real case, which must answer exactly alike. */
class Does implements fc.Command<NaiveConcern, Real> {
  readonly deed: Deed
  constructor(deed: Deed) {
    this.deed = deed
  }
  check(): boolean {
    return true
  }
  run(naive: NaiveConcern, real: Real): void {
    real.now += this.deed.gap
    const command = at(real.now, chosen(this.deed, real.state))
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
  }
  toString(): string {
    return `deed ${this.deed.pick} after ${this.deed.gap} ms`
  }
}

const agreement = (plant: (machine: ConcernMachine) => ConcernMachine) =>
  fc.property(terms, fc.commands([deeds(true).map((deed) => new Does(deed))], { maxCommands: 50, size: "max" }), (disclosure, commands) => {
    fc.modelRun(() => {
      const machine = plant(concernMachine({ disclosure }))
      return { model: new NaiveConcern(disclosure), real: { machine, state: machine.initial, now: beginning } }
    }, commands)
  })

describe("the machine of a case and the naive case", () => {
  it("answer every command alike, event for event, with any clock", () => {
    fc.assert(agreement((machine) => machine), runs(200))
  }, patience)

  it.skipIf(quick).each(Object.entries(concernBugs))("notice a planted bug: %s", (_, plant) => {
    assert.isTrue(fc.check(agreement(plant), { numRuns: 1500, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
