import { assert, describe, it } from "vitest"
import { ServiceName, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { expire, limitsOf, nextLimit } from "./limits.ts"
import { type Active, CodeHash, type SessionState, type Waiting } from "./messages.ts"
import { no } from "./refusals.ts"

const limits = limitsOf({ limits: { ...ifengsel.limits, idleMinutes: 30, queueMinutes: 60, lengthMinutes: 240, closingMinutes: 30 }, phone: null })
const minute = (n: number) => Instant.make(Date.UTC(2026, 2, 27, 11) + n * 60_000)
const service = ServiceName.make("ifengsel")
const ada = StaffId.make("a".repeat(32))
const waiting: Waiting = { _tag: "Waiting", service, openedAt: minute(0), noticeVersion: "1", queuedAt: minute(0), front: false, visitorAway: null }
const active: Active = {
  _tag: "Active", service, openedAt: minute(0), noticeVersion: "1", counsellor: ada, acceptedAt: minute(0), lastActivity: minute(0),
  visitorAway: null, counsellorAway: null
}
const ended: SessionState = { _tag: "Ended", service, endedAt: minute(4), reason: "visitorLeft" }
const first = (state: SessionState) => {
  const timer = nextLimit(limits, state)
  return timer === undefined ? "none" : [timer.command.limit, (timer.at - minute(0)) / 60_000]
}
const call = { until: minute(30), codeHash: CodeHash.make("1".repeat(64)), keepChat: true, asked: "no" } as const

describe("the limit that is due first", () => {
  it("is the one compared first when two fall together, so that an end goes before whatever leaves the session alive", () => {
    assert.deepStrictEqual(first({ ...waiting, closesAt: minute(60) }), ["queue", 60])
    assert.deepStrictEqual(first({ ...waiting, queuedAt: minute(180) }), ["queue", 240])
    assert.deepStrictEqual(first({ ...active, lastActivity: minute(210) }), ["idle", 240])
    assert.deepStrictEqual(first({ ...active, closesAt: minute(0) }), ["idle", 30])
    assert.deepStrictEqual(first({ ...active, call }), ["idle", 30])
    assert.deepStrictEqual(first({ ...active, transfer: { to: ada, until: minute(30) } }), ["idle", 30])
    assert.deepStrictEqual(first({ ...active, counsellorAway: minute(29) }), ["idle", 30])
  })

  it("is closing time only when that comes before all others, counted with the time to finish", () => {
    assert.deepStrictEqual(first({ ...waiting, closesAt: minute(59) }), ["closing", 59])
    assert.deepStrictEqual(first({ ...waiting, closesAt: minute(29), begun: true }), ["closing", 59])
    assert.deepStrictEqual(first({ ...active, closesAt: minute(20) }), ["idle", 30])
    assert.deepStrictEqual(first({ ...active, closesAt: minute(20), lastActivity: minute(21) }), ["closing", 50])
  })

  it("is none before a session and after it, and nothing expires there", () => {
    for (const state of [{ _tag: "Unopened" }, ended] as const) {
      assert.strictEqual(nextLimit(limits, state), undefined)
      assert.strictEqual(expire(limits, state, { _tag: "Expire", at: minute(9), limit: "idle" }), no.notDue)
    }
  })
})
