import { assert, describe, it } from "vitest"
import { ServiceName, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { type Active, CodeHash, type SessionState, type Waiting } from "./messages.ts"
import { notAfter } from "./notAfter.ts"

const terms = { limits: { ...detfinneshjelp.limits, graceSeconds: 120 }, phone: { number: "synthetic", reservedMinutes: 10, codeDigits: 6 } }
const minute = (n: number) => Instant.make(Date.UTC(2026, 2, 27, 11) + n * 60_000)
const service = ServiceName.make("ifengsel")
const ada = StaffId.make("a".repeat(32))
const waiting: Waiting = { _tag: "Waiting", service, openedAt: minute(1), noticeVersion: "1", queuedAt: minute(2), front: false, visitorAway: minute(3) }
const active: Active = {
  _tag: "Active", service, openedAt: minute(1), noticeVersion: "1", counsellor: ada, acceptedAt: minute(2), lastActivity: minute(3),
  visitorAway: minute(4), counsellorAway: minute(5)
}
const transfer = { to: ada, until: minute(9) }
const call = { until: minute(30), codeHash: CodeHash.make("1".repeat(64)), keepChat: true, asked: "no" } as const

describe("a session whose stamps lie ahead of a clock that was put right", () => {
  it("has every stamp brought down to the clock, and every wait to the clock and its period", () => {
    const at = minute(0)
    assert.deepStrictEqual(notAfter(terms, waiting, at), { ...waiting, openedAt: at, queuedAt: at, visitorAway: at })
    const all = { openedAt: at, acceptedAt: at, lastActivity: at, visitorAway: at, counsellorAway: at }
    assert.deepStrictEqual(notAfter(terms, { ...active, transfer, call }, at), {
      ...active, ...all, transfer: { ...transfer, until: minute(2) }, call: { ...call, until: minute(10) }
    })
    assert.deepStrictEqual(notAfter(terms, { ...active, visitorAway: null, counsellorAway: null }, at), { ...active, ...all, visitorAway: null, counsellorAway: null })
  })

  it("keeps what does not lie ahead, each stamp by itself", () => {
    assert.deepStrictEqual(notAfter(terms, waiting, minute(2)), { ...waiting, visitorAway: minute(2) })
    assert.deepStrictEqual(notAfter(terms, { ...waiting, visitorAway: null }, minute(1)), { ...waiting, queuedAt: minute(1), visitorAway: null })
    assert.deepStrictEqual(notAfter(terms, { ...active, transfer: { ...transfer, until: minute(5) } }, minute(4)), {
      ...active, counsellorAway: minute(4), transfer: { ...transfer, until: minute(5) }
    })
  })

  it("is the same where nothing lies ahead, before a session, and after it", () => {
    const ended: SessionState = { _tag: "Ended", service, endedAt: minute(4), reason: "visitorLeft" }
    for (const [state, at] of [[waiting, 3], [active, 5], [{ _tag: "Unopened" }, 0], [ended, 0]] as const) {
      assert.strictEqual(notAfter(terms, state, minute(at)), state)
    }
  })
})
