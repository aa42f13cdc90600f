import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { beginning, latestOf, type Moment, moments, NaiveDatum, type RetentionBug, retentionBugs, type RetentionMachine } from "../../../../test/spec/retention.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant, later } from "../kernel/instant.ts"
import { catchUp, step } from "../kernel/machine.ts"
import type { Law } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { readable, retentionMachine } from "./machine.ts"
import type { RetentionState } from "./messages.ts"

type Readable = typeof readable
interface Real {
  readonly machine: RetentionMachine
  readonly readable: Readable
  state: RetentionState
  now: number
}

/** One moment in the life of the naive and of the real datum, which must agree on everything, the reading included. */
class Happens implements fc.Command<NaiveDatum, Real> {
  readonly moment: Moment
  constructor(moment: Moment) {
    this.moment = moment
  }
  check(): boolean {
    return true
  }
  run(naive: NaiveDatum, real: Real): void {
    real.now = Math.max(0, real.now + this.moment.gap)
    const command = this.moment.wish(real.now)
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
    const latest = latestOf(this.moment, real.now, done.state)
    assert.strictEqual(real.readable(done.state, latest), naive.shows(latest))
  }
  toString(): string {
    return `${this.moment.name} after ${this.moment.gap} ms, other clock ahead by ${this.moment.ahead}`
  }
}

const agreement = (machine: RetentionMachine, reads: Readable = readable) =>
  fc.property(fc.commands([moments.map((moment) => new Happens(moment))], { maxCommands: 25, size: "max" }), (commands) => {
    fc.modelRun(() => ({ model: new NaiveDatum(), real: { machine, readable: reads, state: machine.initial, now: beginning } }), commands)
  })

const historyOf = (machine: RetentionMachine, reads: Readable, life: ReadonlyArray<Moment>): laws.RetentionHistory => {
  let before = machine.initial
  let now = beginning
  const steps: Array<laws.RetentionStep> = []
  for (const moment of life) {
    now += moment.gap
    const command = moment.wish(now)
    const { state, events, refusal } = step(machine, before, command)
    const latest = latestOf(moment, now, state)
    steps.push({ command, before, after: state, events, refusal, latest, readable: reads(state, latest) })
    before = state
  }
  return { steps }
}

const holds = (law: Law<laws.RetentionHistory>, machine: RetentionMachine, reads: Readable = readable) =>
  fc.property(fc.array(moments, { maxLength: 25, size: "max" }), (life) => {
    assert.deepStrictEqual(law.broken(historyOf(machine, reads, life)), [])
  })

/** Readers that are wrong in one way each. */
const wrongReaders: Readonly<Record<string, Readable>> = {
  "a reader that waits for the timer": (state) => state._tag === "Unstarted" || state._tag === "Running",
  "a reader that shows the last instant": (state, latest) => (state._tag === "Running" ? latest <= state.deleteAt : readable(state, latest)),
  "a reader that forgets that a datum was hidden": (state, latest) => (state._tag === "Hidden" ? latest < state.deleteAt : readable(state, latest)),
  "a reader that shows nothing": () => false
}

describe("the retention clock and the naive datum", () => {
  it("answer every command and every reading alike, with a clock that leaps and goes back", () => {
    fc.assert(agreement(retentionMachine), runs(1000))
  }, patience)

  it.each(Object.entries(retentionBugs))("notice a planted bug: %s", (_, plant) => {
    assert.isTrue(fc.check(agreement(plant(retentionMachine)), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it.each(Object.entries(wrongReaders))("notice %s", (_, reads) => {
    assert.isTrue(fc.check(agreement(retentionMachine, reads), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

const notices: ReadonlyArray<readonly [Law<laws.RetentionHistory>, ReadonlyArray<RetentionBug>, ReadonlyArray<string>]> = [
  [laws.deadlineIsThePromise, ["a promise is rounded up to its bucket", "counting begins when it is told, not when it began", "counting can begin again"], []],
  [laws.absentFromDeadline, [], ["a reader that waits for the timer", "a reader that shows the last instant", "a reader that shows nothing"]],
  [laws.neverLater, ["a looser policy makes a deadline later", "a stricter policy changes nothing", "using a datum keeps it longer"], []],
  [
    laws.destroyedOnTime,
    ["a datum can be destroyed early", "a clock set back lets a hidden datum be destroyed early", "a datum is never destroyed", "destroying again moves the instant of destruction"],
    []
  ],
  [laws.staysExpired, ["a clock set back shows a hidden datum again"], ["a reader that forgets that a datum was hidden"]]
]

describe("the laws of retention", () => {
  it.each(laws.retentionLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, retentionMachine), runs(1000))
  }, patience)

  it("each notice a bug planted for them", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.retentionLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, retentionBugs[bug](retentionMachine)), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it.each(notices.flatMap(([law, , readers]) => readers.map((reader) => [reader, law.rule, law] as const)))("%s (%s)", (reader, _, law) => {
    assert.isTrue(fc.check(holds(law, retentionMachine, wrongReaders[reader]), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it("Ticking late, ticking twice, or only with the next command gives the same datum", () => {
    const pauses = fc.array(fc.tuple(moments, fc.nat(3)), { maxLength: 20, size: "max" })
    fc.assert(
      fc.property(pauses, (life) => {
        let alone = retentionMachine.initial
        let ticked = retentionMachine.initial
        let now = beginning
        for (const [{ gap, wish }, ticks] of life) {
          now += Math.abs(gap)
          for (let i = 0; i < ticks; i++) ticked = catchUp(retentionMachine, ticked, Instant.make(now)).state
          alone = step(retentionMachine, alone, wish(now)).state
          ticked = step(retentionMachine, ticked, wish(now)).state
        }
        const end = later(Instant.make(now), Instant.make(beginning))
        assert.deepStrictEqual(catchUp(retentionMachine, ticked, end).state, catchUp(retentionMachine, alone, end).state)
      }),
      runs(500)
    )
  }, patience)
})

describe("a datum whose timer is late", () => {
  it("is expired and destroyed in one go, the expiry stamped with its deadline", () => {
    const at = Instant.make(beginning)
    const running: RetentionState = { _tag: "Running", deleteAt: at }
    const decided = retentionMachine.decide(running, { _tag: "Destroy", at: Instant.make(beginning + 5) })
    assert.deepStrictEqual(decided._tag === "Success" ? decided.success : [], [
      { _tag: "Expired", at },
      { _tag: "Destroyed", at: Instant.make(beginning + 5) }
    ])
  })
})
