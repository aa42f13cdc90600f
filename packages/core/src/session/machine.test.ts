import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { sessionBugs } from "../../../../test/spec/sessionBugs.ts"
import { NaiveSession } from "../../../../test/spec/session.ts"
import { aim, at, beginning, type Deed, deeds, naively, policies, type SessionMachine, type SessionPolicy } from "../../../../test/spec/sessionLives.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { SessionRef, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { isOver, queueOrder, sessionMachine } from "./machine.ts"
import type { SessionState, Waiting } from "./messages.ts"

interface Real {
  readonly machine: SessionMachine
  state: SessionState
  now: number
}

/** One deed done to the naive and to the real session, which must answer exactly alike. */
class Does implements fc.Command<NaiveSession, Real> {
  readonly deed: Deed
  constructor(deed: Deed) {
    this.deed = deed
  }
  check(naive: NaiveSession): boolean {
    if (this.deed.stubborn) return true
    const wish = aim(naive, this.deed)
    const { _tag } = wish
    if (!naive.opened) return wish._tag === "Open" && wish.serviceOpen
    if (!naive.live || wish._tag === "Open") return false
    if (naive.waiting) return _tag === "Accept" || (this.deed.gap % 4 === 0 && _tag !== "Return" && _tag !== "OfferTransfer" && _tag !== "RequestPhone")
    // What is refused anyhow is tried now and then only.
    if (_tag === "Accept") return this.deed.gap % 3 === 0
    if (_tag === "AnswerTransfer" || _tag === "WithdrawTransfer") return naive.offered !== "" || this.deed.gap % 5 === 0
    if (_tag === "TakeCall" || _tag === "Choose") return naive.code !== "" || this.deed.gap % 5 === 0
    return true
  }
  run(naive: NaiveSession, real: Real): void {
    real.now += this.deed.gap
    const command = at(real.now, aim(naive, this.deed))
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
  }
  toString(): string {
    return `${this.deed.wish._tag} after ${this.deed.gap} ms`
  }
}

const agreement = (plant: (machine: SessionMachine, policy: SessionPolicy) => SessionMachine) =>
  fc.property(policies, fc.commands([deeds(true).map((deed) => new Does(deed))], { maxCommands: 40, size: "max" }), (policy, commands) => {
    fc.modelRun(() => {
      const machine = plant(sessionMachine(policy), policy)
      return { model: new NaiveSession(naively(policy)), real: { machine, state: machine.initial, now: beginning } }
    }, commands)
  })

describe("the session machine and the naive session", () => {
  it("answer every command alike, event for event, with reconnects and clock steps", () => {
    fc.assert(agreement((machine) => machine), runs(1000))
  }, patience)

  // Whether the comparison can fail is no question to a mutant.
  it.skipIf(quick).each(Object.entries(sessionBugs))("notice a planted bug: %s", (_, plant) => {
    const found = fc.check(agreement(plant), { numRuns: 10_000, seed: 7, endOnFailure: true })
    assert.isTrue(found.failed)
  }, patience)
})

const start = Date.UTC(2026, 2, 27, 11)
const free = { holding: 0, standing: "healthProfessional", reserved: false } as const
const minute = (n: number) => Instant.make(start + n * 60_000)
const ada = StaffId.make("a".repeat(32))
const ben = StaffId.make("b".repeat(32))
const machine = sessionMachine(detfinneshjelp)
const opened = step(machine, machine.initial, {
  _tag: "Open",
  at: minute(0),
  service: detfinneshjelp.service,
  noticeVersion: "1",
  serviceOpen: true,
  front: false
}).state
const accepted = step(machine, opened, { _tag: "Accept", at: minute(1), counsellor: ada, ...free }).state

describe("a session", () => {
  it("tells a counsellor who comes second, in one plain sentence, that the chat is taken", () => {
    assert.deepStrictEqual(step(machine, accepted, { _tag: "Accept", at: minute(2), counsellor: ben, ...free }), {
      state: accepted,
      events: [],
      refusal: { rule: RuleId.make("DFH-07"), says: "Another counsellor has already accepted this chat." }
    })
  })

  it("puts the visitor at the front of the queue when the counsellor stays away a minute, and the old counsellor has no claim", () => {
    const away = step(machine, accepted, { _tag: "Away", at: minute(5), party: "counsellor" }).state
    const late = step(machine, away, { _tag: "Back", at: minute(7), party: "counsellor" })
    assert.deepStrictEqual(late.events, [{ _tag: "Requeued", at: minute(6), cause: "counsellorGone" }])
    assert.deepStrictEqual(late.state, {
      _tag: "Waiting",
      service: detfinneshjelp.service,
      openedAt: minute(0),
      noticeVersion: "1",
      queuedAt: minute(6),
      front: true,
      visitorAway: null,
      begun: true
    })
    const claim = step(machine, late.state, { _tag: "Return", at: minute(8), counsellor: ada })
    assert.deepStrictEqual(claim.refusal, { rule: RuleId.make("E-14"), says: "No counsellor is in this chat right now." })
  })

  it("says that the visitor has gone when that falls due together with another end", () => {
    const waiting = step(machine, opened, { _tag: "Away", at: minute(58), party: "visitor" }).state
    const active = step(machine, accepted, { _tag: "Away", at: minute(29), party: "visitor" }).state
    assert.deepStrictEqual(step(machine, waiting, { _tag: "Back", at: minute(60), party: "visitor" }).events, [{ _tag: "Ended", at: minute(60), reason: "visitorGone" }])
    assert.deepStrictEqual(step(machine, active, { _tag: "Back", at: minute(31), party: "visitor" }).events, [{ _tag: "Ended", at: minute(31), reason: "visitorGone" }])
  })

  it("ends rather than moves when both limits fall due at the same instant", () => {
    const visitorAway = step(machine, accepted, { _tag: "Away", at: minute(5), party: "visitor" }).state
    const bothAway = step(machine, visitorAway, { _tag: "Away", at: minute(6), party: "counsellor" }).state
    assert.deepStrictEqual(step(machine, bothAway, { _tag: "Back", at: minute(7), party: "visitor" }).events, [
      { _tag: "Ended", at: minute(7), reason: "visitorGone" }
    ])
  })

  it("refuses a limit that is not due, and one that is not the first to be due", () => {
    const tooEarly = machine.decide(opened, { _tag: "Expire", at: Instant.make(minute(60) - 1), limit: "queue" })
    const another = machine.decide(opened, { _tag: "Expire", at: minute(60), limit: "length" })
    for (const decided of [tooEarly, another]) assert.strictEqual(decided._tag, "Failure")
    assert.deepStrictEqual(step(machine, opened, { _tag: "Activity", at: minute(999) }).events, [
      { _tag: "Ended", at: minute(60), reason: "nobodyAvailable" }
    ])
  })

  it("says who ended it, in the queue and in a chat", () => {
    const end = (state: SessionState, by: "visitor" | "counsellor") => step(machine, state, { _tag: "End", at: minute(2), by }).events
    assert.deepStrictEqual([end(opened, "visitor"), end(accepted, "visitor"), end(accepted, "counsellor")], [
      [{ _tag: "Ended", at: minute(2), reason: "visitorEnded" }],
      [{ _tag: "Ended", at: minute(2), reason: "visitorEnded" }],
      [{ _tag: "Ended", at: minute(2), reason: "counsellorEnded" }]
    ])
  })

  it("counts something written once, and not when the clock was set back", () => {
    const written = step(machine, accepted, { _tag: "Activity", at: minute(3) })
    assert.deepStrictEqual(written.events, [{ _tag: "WasActive", at: minute(3) }])
    for (const at of [minute(3), minute(2)]) assert.deepStrictEqual(step(machine, written.state, { _tag: "Activity", at }).events, [])
  })

  it("ends at the instant that a recovery names, not when the server came back", () => {
    const stopped = step(machine, accepted, { _tag: "Stop", at: minute(9) })
    assert.deepStrictEqual(stopped.state, { _tag: "Ended", service: detfinneshjelp.service, endedAt: minute(9), reason: "serverStopped" })
    assert.isTrue(isOver(stopped.state))
    assert.isFalse(isOver(accepted))
  })
})

describe("the queue", () => {
  const item = (ref: string, openedAt: number, front: boolean) => {
    const state: Waiting = { _tag: "Waiting", service: detfinneshjelp.service, openedAt: minute(openedAt), noticeVersion: "1", queuedAt: minute(openedAt), front, visitorAway: null }
    return { ref: SessionRef.make(ref.repeat(32)), state }
  }

  it("takes the front first, then who opened first, then by reference; however the list arrives", () => {
    const inOrder = [item("d", 3, true), item("a", 4, true), item("f", 0, false), item("b", 1, false), item("c", 1, false)]
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (mixed) => {
        assert.deepStrictEqual(queueOrder(mixed), inOrder)
      }),
      runs(50)
    )
  })
})
