import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { NaiveRequest } from "../../../../test/spec/custody.ts"
import { type CustodyBug, custodyBugs } from "../../../../test/spec/custodyBugs.ts"
import { beginning, custodians, type CustodyMachine, type Deed, deeds, one, other } from "../../../../test/spec/custodyLives.ts"
import { explore } from "../../../../test/spec/retentionExplore.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { edgesOf } from "../kernel/table.ts"
import { CaseRef } from "../retention/messages.ts"
import { custodyMachine, serviceRealmView } from "./machine.ts"
import type { CustodyCommand, CustodyEvent, CustodyState, Pending, Target } from "./messages.ts"
import { custodyTable } from "./table.ts"

interface Real {
  readonly machine: CustodyMachine
  state: CustodyState
  now: number
}

/** One deed done to the naive and to the real request, which must answer exactly alike, to custodians and to the service. */
class Does implements fc.Command<NaiveRequest, Real> {
  readonly deed: Deed
  constructor(deed: Deed) {
    this.deed = deed
  }
  check(naive: NaiveRequest): boolean {
    return naive.came || this.deed.name.startsWith("Receive") || this.deed.gap % 7 === 0
  }
  run(naive: NaiveRequest, real: Real): void {
    real.now += this.deed.gap
    const command = this.deed.wish(Instant.make(real.now))
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
    assert.deepStrictEqual(serviceRealmView(done.state), naive.heard())
  }
  toString(): string {
    return `${this.deed.name} after ${this.deed.gap} ms`
  }
}

const agreement = (plant: (machine: CustodyMachine) => CustodyMachine) =>
  fc.property(fc.commands([deeds.map((deed) => new Does(deed))], { maxCommands: 25, size: "max" }), (commands) => {
    fc.modelRun(() => ({ model: new NaiveRequest(), real: { machine: plant(custodyMachine), state: custodyMachine.initial, now: beginning } }), commands)
  })

describe("a request for a record and the naive request", () => {
  it("answer every command alike, and tell the service the same", () => {
    fc.assert(agreement((machine) => machine), runs(1000))
  }, patience)

  const bugs = Object.keys(custodyBugs) as ReadonlyArray<CustodyBug>
  it.skipIf(quick).each(bugs)("notice a planted bug: %s", (bug) => {
    assert.isTrue(fc.check(agreement(custodyBugs[bug]), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

const [a, b] = custodians
if (a === undefined || b === undefined) throw new Error("two custodians are needed")

/** Time in quarters of a day from the beginning of the explored world. */
const quarter = (n: number): Instant => Instant.make(beginning + n * 21_600_000)
const police = { channel: "phone", authority: "police", caseRef: CaseRef.make("case 1"), basis: "averting", secret: false } as const
const session: Target = { _tag: "Session", ref: one }
const asked = (at: Instant): CustodyCommand & { readonly _tag: "Receive" } => ({
  _tag: "Receive",
  at,
  request: police,
  target: session,
  caseNotified: true,
  found: [{ trace: one, until: quarter(3) }]
})

const said = (at: Instant): ReadonlyArray<CustodyCommand> => [
  asked(at),
  { ...asked(at), found: [{ trace: one, until: quarter(6) }] },
  { ...asked(at), caseNotified: false },
  { ...asked(at), found: [] },
  ...[a, b].flatMap((by): ReadonlyArray<CustodyCommand> => [
    { _tag: "CheckAuthenticity", at, by, number: "ownDirectory", confirmed: true },
    { _tag: "CheckAuthenticity", at, by, number: "ownDirectory", confirmed: false },
    { _tag: "CheckAuthenticity", at, by, number: "given", confirmed: true },
    { _tag: "Approve", at, by },
    { _tag: "Release", at, by, latest: at },
    { _tag: "Release", at, by, latest: quarter(6) },
    { _tag: "Reject", at, by, reason: "withdrawn" }
  ]),
  { _tag: "FollowRecord", at, until: quarter(6) },
  { _tag: "FollowRecord", at, until: quarter(0) },
  { _tag: "Expire", at }
]

describe("a request for a record, explored to the end", () => {
  // Walked inside the tests, so that a disagreement on the way is a test that fails.
  let walked: ReturnType<typeof explore> | undefined
  const explored = () => (walked ??= explore(custodyMachine, new NaiveRequest(), [0, 1, 2, 3, 4, 5, 6].flatMap((n) => said(quarter(n)))))

  it("has exactly the edges of its table, and agrees with the naive request on each", () => {
    assert.deepStrictEqual(
      [...explored().edges].toSorted(),
      edgesOf(custodyTable)
        .map(({ from, by, to }) => `${from} ${by} ${to}`)
        .toSorted()
    )
  }, patience)

  it("has 104 states and 32 edges, tried with 15288 steps", () => {
    assert.deepStrictEqual({ states: explored().states, steps: explored().steps, edges: explored().edges.size }, { states: 104, steps: 15288, edges: 32 })
  })
})

const pending = { request: police, trace: one, until: quarter(3), receivedAt: quarter(0) }
const received: Pending = { _tag: "Received", ...pending }
const checked: Pending = { _tag: "AuthenticityChecked", ...pending, checkedBy: a }
const approved: Pending = { _tag: "Approved", ...pending, checkedBy: a, approvedBy: a }
const released: CustodyState = { _tag: "Released", request: police, trace: one, approvedBy: a, releasedBy: b, releasedAt: quarter(1), openBefore: quarter(2) }
const rejected: CustodyState = { _tag: "Rejected", request: police, reason: "withdrawn", at: quarter(1) }
const unavailable: CustodyState = { _tag: "Unavailable", request: police, at: quarter(1) }
const at = quarter(1)
const release = (by: typeof a) => ({ _tag: "Release", at, by, latest: at }) as const

const refusals: ReadonlyArray<readonly [string, CustodyState, CustodyCommand, string, string]> = [
  ["there is no request", custodyMachine.initial, { _tag: "Approve", at, by: a }, "DFH-34", "No request has been received."],
  ["it came before", received, asked(at), "DFH-34", "This request has been received already."],
  ["approval comes before the check", received, { _tag: "Approve", at, by: a }, "DFH-34", "Nobody has called back yet to hear whether this request is genuine."],
  ["release comes before approval", checked, release(b), "DFH-34", "One custodian has to approve this before another releases it."],
  ["one custodian does both", approved, release(a), "DFH-34", "Whoever approved this cannot also release it."],
  ["two custodians approve", approved, { _tag: "Approve", at, by: b }, "DFH-34", "Another custodian has approved this already."],
  ["a given number is called", received, { _tag: "CheckAuthenticity", at, by: a, number: "given", confirmed: true }, "DFH-34", "Call back on a number of our own directory, not on one that came with the request."],
  ["the later clock is past the record", approved, { ...release(b), latest: quarter(3) }, "X-03", "By one of the two clocks this record is gone, so it is not released."],
  ["its time is not over", received, { _tag: "Expire", at }, "X-13", "The time of this request is not over."],
  ["it was released", released, { _tag: "Reject", at, by: a, reason: "withdrawn" }, "DFH-34", "This request has been answered."],
  ["somebody else released it", released, release(a), "DFH-34", "This request has been answered."],
  ["it was rejected", rejected, release(b), "DFH-34", "This request has been answered."],
  ["the record is gone", unavailable, release(b), "X-03", "There is no such record any more."]
]

describe("a refusal of a custodian's wish", () => {
  it.each(refusals)("says why when %s", (_, state, command, rule, says) => {
    const { refusal } = step(custodyMachine, state, command)
    assert.deepStrictEqual(refusal && { ...refusal }, { rule, says } as typeof refusal)
  })
})

describe("a request that is over", () => {
  it.each([custodyMachine.initial, released, rejected, unavailable].map((state) => [state._tag, state] as const))("waits for nothing: %s", (_, state) => {
    assert.isUndefined(custodyMachine.due(state))
  })
})

describe("an event that does not fit a request", () => {
  const events: ReadonlyArray<CustodyEvent> = [
    { _tag: "AuthenticityChecked", at, by: a },
    { _tag: "Approved", at, by: a },
    { _tag: "Released", at, by: a },
    { _tag: "RecordFollowed", at, until: quarter(5) },
    { _tag: "Received", at, request: police, trace: other, until: quarter(5) },
    { _tag: "Rejected", at, request: police, reason: "noOrder" },
    { _tag: "Unavailable", at: quarter(2), request: police }
  ]
  it.each([released, rejected, unavailable].map((state) => [state._tag, state] as const))("leaves it %s", (_, state) => {
    for (const event of events) assert.strictEqual(custodyMachine.evolve(state, event), state)
  })
})
