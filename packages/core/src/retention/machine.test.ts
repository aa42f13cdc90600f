import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { NaiveDatum } from "../../../../test/spec/retention.ts"
import { retentionBugs } from "../../../../test/spec/retentionBugs.ts"
import { explore } from "../../../../test/spec/retentionExplore.ts"
import { beginning, latestOf, type Moment, moments, otherSession, type Readable, type RetentionMachine, terms, trace } from "../../../../test/spec/retentionLives.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { Instant, Period } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { edgesOf } from "../kernel/table.ts"
import type { HoldTerms } from "../policy/duties.ts"
import { readable, releasableUntil, retentionMachine } from "./machine.ts"
import { CaseRef, type RetentionCommand, type RetentionState } from "./messages.ts"
import { retentionTable } from "./table.ts"

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
    const command = this.moment.wish(real.now, real.state)
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
    const latest = latestOf(this.moment, real.now, done.state)
    assert.strictEqual(real.readable(done.state, latest), naive.shows(latest))
    assert.strictEqual(releasableUntil(done.state), naive.givenOutUntil())
  }
  toString(): string {
    return `${this.moment.name} after ${this.moment.gap} ms, other clock ahead by ${this.moment.ahead}`
  }
}

const agreement = (plant: (machine: RetentionMachine) => RetentionMachine, reads: Readable = readable) =>
  fc.property(terms, fc.commands([moments.map((moment) => new Happens(moment))], { maxCommands: 25, size: "max" }), (holds, commands) => {
    fc.modelRun(() => ({ model: new NaiveDatum(holds), real: { machine: plant(retentionMachine(holds)), readable: reads, state: retentionMachine(holds).initial, now: beginning } }), commands)
  })

/** Readers that are wrong in one way each. */
const wrongReaders: Readonly<Record<string, Readable>> = {
  "a reader that waits for the timer": (state) => state._tag === "Unstarted" || state._tag === "Running",
  "a reader that shows the last instant": (state, latest) => (state._tag === "Running" ? latest <= state.deleteAt : readable(state, latest)),
  "a reader that forgets that a datum was hidden": (state, latest) => (state._tag === "Hidden" ? latest < state.deleteAt : readable(state, latest)),
  "a reader that shows what an order keeps": (state, latest) => state._tag === "Held" || readable(state, latest),
  "a reader that shows nothing": () => false
}

describe("the retention clock and the naive datum", () => {
  it("answer every command and every reading alike, with orders, and a clock that leaps and goes back", () => {
    fc.assert(agreement((machine) => machine), runs(1000))
  }, patience)

  it.skipIf(quick).each(Object.entries(retentionBugs))("notice a planted bug: %s", (_, plant) => {
    assert.isTrue(fc.check(agreement(plant), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it.skipIf(quick).each(Object.entries(wrongReaders))("notice %s", (_, reads) => {
    assert.isTrue(fc.check(agreement((machine) => machine, reads), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

const holds: HoldTerms = { items: ["accessTrace"], maximumDays: 1 }
/** Time in half days: counting starts at 0, the deadline is at 2, an order may last until 4. */
const half = (n: number): Instant => Instant.make(n * 43_200_000)
const police = { authority: "police", caseRef: CaseRef.make("case 1") } as const
const court = { authority: "court", caseRef: CaseRef.make("case 2") } as const
const minute = 60_000

const said = (at: Instant): ReadonlyArray<RetentionCommand> => [
  { _tag: "Start", at, item: trace, startedAt: half(0), period: Period.make(half(2) + minute / 2), bucketMinutes: 1 },
  { _tag: "Shorten", at, deleteAt: half(1) },
  { _tag: "Shorten", at, deleteAt: half(3) },
  { _tag: "Touch", at },
  ...[police, court].flatMap((from): ReadonlyArray<RetentionCommand> => [
    ...[2, 3, 4, 5].map((until) => ({ _tag: "Order", at, ...from, item: trace, until: half(until) }) as const),
    { _tag: "Release", at, ...from }
  ]),
  { _tag: "Order", at, ...police, item: otherSession, until: half(3) },
  { _tag: "Destroy", at },
  { _tag: "Expire", at }
]
const vocabulary = [0, 1, 2, 3, 4, 5].flatMap((n) => said(half(n)))

describe("the retention clock, explored to the end", () => {
  // Walked inside the tests, so that a disagreement on the way is a test that fails.
  let walked: ReturnType<typeof explore> | undefined
  const explored = () => (walked ??= explore(retentionMachine(holds), new NaiveDatum(holds), vocabulary))

  it("has exactly the edges of its table, and agrees with the naive datum on each", () => {
    assert.deepStrictEqual(
      [...explored().edges].toSorted(),
      edgesOf(retentionTable)
        .map(({ from, by, to }) => `${from} ${by} ${to}`)
        .toSorted()
    )
  }, patience)

  it("has 87 states and 25 edges, tried with 8874 steps", () => {
    assert.deepStrictEqual({ states: explored().states, steps: explored().steps, edges: explored().edges.size }, { states: 87, steps: 8874, edges: 25 })
  })
})

const running: RetentionState = { _tag: "Running", item: trace, deleteAt: half(2), orders: [] }
const held: RetentionState = { _tag: "Held", item: trace, deleteAt: half(2), orders: [{ ...police, until: half(3) }] }
const hidden: RetentionState = { _tag: "Hidden", item: trace, deleteAt: half(2), destroyFrom: half(3) }
const order = { _tag: "Order", at: half(1), ...police, item: trace, until: half(4) } as const
const refusals: ReadonlyArray<readonly [string, RetentionState, RetentionCommand, string, string, HoldTerms | null]> = [
  ["counting that has begun is begun again", running, { _tag: "Start", at: half(1), item: trace, startedAt: half(1), period: Period.make(1), bucketMinutes: 1 }, "X-02", "The time that this is kept is already counting.", holds],
  ["an order comes before counting", { _tag: "Unstarted" }, order, "X-03", "The time that this is kept has not begun to count.", holds],
  ["destruction comes before the deadline", running, { _tag: "Destroy", at: half(1) }, "X-03", "This is still within the time that it is kept.", holds],
  ["destruction comes before an instant gone back to", hidden, { _tag: "Destroy", at: half(2) }, "X-03", "This is still within the time that it is kept.", holds],
  ["a timer comes too early", held, { _tag: "Expire", at: half(2) }, "X-03", "This is still within the time that it is kept.", holds],
  ["an order keeps it", held, { _tag: "Destroy", at: half(2) }, "E-05", "An authority has ordered that this be kept.", holds],
  ["an order comes after the deadline and before the sweep", hidden, order, "E-05", "This is past its deadline and not available any more.", holds],
  ["an order comes after destruction", { _tag: "Destroyed", deleteAt: half(2), destroyedAt: half(3) }, order, "E-05", "This is past its deadline and not available any more.", holds],
  ["an order comes exactly at the deadline", running, { ...order, at: half(2) }, "E-05", "This is past its deadline and not available any more.", holds],
  ["an order names another session", running, { ...order, item: otherSession }, "X-02", "The order names something else.", holds],
  ["an order names another kind", running, { ...order, item: { ...trace, dataClass: "content" } }, "X-02", "The order names something else.", holds],
  ["no order keeps this kind", running, order, "X-02", "The policy of this service lets no order keep this.", { items: ["content"], maximumDays: 1 }],
  ["no order keeps anything", running, order, "X-02", "The policy of this service lets no order keep this.", null],
  ["an order is a millisecond too long", running, { ...order, until: Instant.make(half(4) + 1) }, "X-02", "The order ends later than the policy of this service allows.", holds]
]

describe("a refusal", () => {
  it.each(refusals)("says why when %s", (_, state, command, rule, says, under) => {
    const { refusal } = step(retentionMachine(under), state, command)
    assert.deepStrictEqual(refusal && { ...refusal }, { rule, says } as typeof refusal)
  })
})

describe("an event that does not fit a state", () => {
  it("leaves it as it is", () => {
    const machine = retentionMachine(holds)
    const destroyed: RetentionState = { _tag: "Destroyed", deleteAt: half(2), destroyedAt: half(3) }
    for (const state of [{ _tag: "Unstarted" } as const, destroyed]) {
      for (const event of [
        { _tag: "Shortened", at: half(1), deleteAt: half(1) },
        { _tag: "Ordered", at: half(1), ...police, until: half(3) },
        { _tag: "Released", at: half(1), ...police },
        { _tag: "Expired", at: half(2) },
        { _tag: "HoldEnded", at: half(3) },
        { _tag: "Destroyed", at: half(4) }
      ] as const) assert.strictEqual(machine.evolve(state, event), state)
    }
    assert.strictEqual(machine.evolve(running, { _tag: "Started", at: half(1), item: trace, deleteAt: half(5) }), running)
  })
})
