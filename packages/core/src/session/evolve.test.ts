import { assert, describe, it } from "vitest"
import { ServiceName, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { evolve } from "./evolve.ts"
import { type Active, CodeHash, type SessionEvent, type SessionState, type Waiting } from "./messages.ts"

const minute = (n: number) => Instant.make(Date.UTC(2026, 2, 27, 11) + n * 60_000)
const service = ServiceName.make("detfinneshjelp")
const [ada, ben] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32))]
const codeHash = CodeHash.make("1".repeat(64))
const at = minute(5)

const unopened: SessionState = { _tag: "Unopened" }
const waiting: Waiting = { _tag: "Waiting", service, openedAt: minute(0), noticeVersion: "1", queuedAt: minute(0), front: false, visitorAway: null }
const active: Active = {
  _tag: "Active", service, openedAt: minute(0), noticeVersion: "1", counsellor: ada, acceptedAt: minute(1), lastActivity: minute(2),
  visitorAway: null, counsellorAway: null
}
const ended: SessionState = { _tag: "Ended", service, endedAt: minute(4), reason: "visitorLeft" }
const states: ReadonlyArray<SessionState> = [unopened, waiting, active, ended]

/** Every event with the states in which it changes something. */
const events: ReadonlyArray<readonly [SessionEvent, ReadonlyArray<SessionState["_tag"]>]> = [
  [{ _tag: "Opened", at, service, noticeVersion: "1", front: true }, ["Unopened"]],
  [{ _tag: "Accepted", at, counsellor: ben }, ["Waiting"]],
  [{ _tag: "Requeued", at, cause: "returned" }, ["Active"]],
  [{ _tag: "TransferOffered", at, to: ben, until: minute(7) }, ["Active"]],
  [{ _tag: "TransferDropped", at, cause: "silence" }, ["Active"]],
  [{ _tag: "Transferred", at, counsellor: ben }, ["Active"]],
  [{ _tag: "CallReserved", at, until: minute(9), codeHash, keepChat: true }, ["Active"]],
  [{ _tag: "CallerAsked", at }, []],
  [{ _tag: "CallerWaits", at }, []],
  [{ _tag: "CallTaken", at }, ["Active"]],
  [{ _tag: "CallExpired", at }, ["Active"]],
  [{ _tag: "ClosingSet", at, closesAt: minute(8) }, ["Waiting", "Active"]],
  [{ _tag: "ConcernOpened", at }, ["Waiting", "Active"]],
  [{ _tag: "ConcernClosed", at }, ["Waiting", "Active"]],
  [{ _tag: "WentAway", at, party: "visitor" }, ["Waiting", "Active"]],
  [{ _tag: "CameBack", at, party: "visitor" }, ["Waiting", "Active"]],
  [{ _tag: "WentAway", at, party: "counsellor" }, ["Active"]],
  [{ _tag: "CameBack", at, party: "counsellor" }, ["Active"]],
  [{ _tag: "WasActive", at }, ["Active"]],
  [{ _tag: "Redacted", at }, []],
  [{ _tag: "Ended", at, reason: "idle" }, ["Waiting", "Active"]]
]

describe("an event", () => {
  it("leaves a state that it does not belong to exactly as it is", () => {
    for (const [event, own] of events) {
      for (const state of states.filter(({ _tag }) => !own.includes(_tag))) assert.strictEqual(evolve(state, event), state, `${event._tag} in ${state._tag}`)
    }
  })

  it("of a call says what the visitor was asked, and of a counsellor without a call only who is back", () => {
    const call = { until: minute(9), codeHash, keepChat: true, asked: "no" } as const
    const called = evolve(active, { _tag: "CallReserved", at, until: minute(9), codeHash, keepChat: true })
    assert.deepStrictEqual(called, { ...active, lastActivity: at, call })
    assert.deepStrictEqual(evolve(called, { _tag: "CallerAsked", at }), { ...active, lastActivity: at, call: { ...call, asked: "yes" } })
    assert.deepStrictEqual(evolve(called, { _tag: "CallerWaits", at }), { ...active, lastActivity: at, call: { ...call, asked: "waits" } })
    assert.deepStrictEqual(evolve({ ...active, counsellorAway: at }, { _tag: "CameBack", at: minute(6), party: "counsellor" }), active)
  })

  it("takes along what was told of the evening, whatever of it was told, and forgets a concern that is closed", () => {
    const evenings = [{}, { closesAt: minute(8) }, { concernOpen: true }, { closesAt: minute(8), concernOpen: true }] as const
    for (const evening of evenings) {
      const accepted = { ...active, acceptedAt: at, lastActivity: at, ...evening }
      assert.deepStrictEqual(evolve({ ...waiting, ...evening }, { _tag: "Accepted", at, counsellor: ada }), accepted)
      assert.deepStrictEqual(evolve(accepted, { _tag: "Requeued", at, cause: "returned" }), { ...waiting, queuedAt: at, front: true, begun: true, ...evening })
    }
    for (const state of [waiting, active]) {
      assert.deepStrictEqual<SessionState>(evolve({ ...state, concernOpen: true }, { _tag: "ConcernClosed", at }), state)
      assert.deepStrictEqual<SessionState>(evolve({ ...state, concernOpen: true, closesAt: minute(4) }, { _tag: "ConcernClosed", at }), { ...state, closesAt: at })
    }
  })
})
