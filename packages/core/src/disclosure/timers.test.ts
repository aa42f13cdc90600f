import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { at } from "../../../../test/spec/disclosureLives.ts"
import { acknowledge, ask, assess, close, duty, led, machine, none, prepare, raise, send, tell, yes } from "../../../../test/spec/disclosureSteps.ts"
import { beginning } from "../../../../test/spec/disclosureWishes.ts"
import { light, smallTerms } from "../../../../test/spec/disclosureWorld.ts"
import { hours, type Instant, type Period } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { type ConcernState, isOpen, type Open } from "./messages.ts"
import { consultPeriod, type Decision, expire, nextTimer, periodsOf } from "./timers.ts"

const periods = periodsOf(smallTerms)
const open = (state: ConcernState): Open => {
  assert.isTrue(isOpen(state))
  return isOpen(state) ? state : assert.fail()
}
const raised = open(led(raise))
const decided = open(led(raise, assess, ask, yes, duty))
const fulfilled = open(led(raise, assess, ask, yes, duty, tell, prepare, send, acknowledge))
const ring = (at: number) => ({ at: at as Instant, again: 1 as Period })
const next = (state: ConcernState) => {
  const timer = nextTimer(state)
  return timer?.command._tag === "Expire" ? [timer.at, timer.command.at, timer.command.timer, timer.command.about] : undefined
}
const refusedBy = (decision: Decision) => Result.match(decision, { onFailure: ({ rule, says }) => `${rule} ${says}`, onSuccess: () => undefined })
const at5 = (name: string, about: string | null = null) => [5, 5, name, about]

describe("the timer of a case that is due next", () => {
  it("is the one of the step that the state waits for", () => {
    const named = (state: ConcernState) => next(state)?.slice(2)
    assert.deepStrictEqual(named(raised), ["assess", null])
    assert.deepStrictEqual(named(led(raise, assess)), ["decide", null])
    assert.deepStrictEqual(named(led(raise, assess, ask)), ["consult", null])
    assert.deepStrictEqual(named(led(raise, assess, ask, yes)), ["decide", null])
    assert.deepStrictEqual(named(step(machine, led(raise, assess, ask), at(beginning + 40 * 60_000, { _tag: "ChatEnded" })).state), ["decide", null])
    assert.deepStrictEqual(named(decided), ["notify", "police"])
    assert.deepStrictEqual(named(led(raise, assess, ask, yes, duty, tell, prepare, send)), ["acknowledge", "police"])
    assert.deepStrictEqual(named(fulfilled), ["close", null])
    assert.deepStrictEqual(named(led(raise, { ...assess, assessment: light }, { ...ask, proposes: "none" }, yes, none)), ["close", null])
    for (const _tag of ["DutyDecided", "RightDecided", "ConsentDecided"] as const) assert.deepStrictEqual(next({ ...decided, _tag, alarm: ring(5) }), at5("notify"))
    const kept = beginning + 9000 + 90 * 24 * 3_600_000
    assert.deepStrictEqual(next(led(raise, assess, ask, yes, duty, tell, prepare, send, acknowledge, close)), [kept, kept, "record", null])
    for (const _tag of ["None", "Gone"] as const) assert.isUndefined(nextTimer({ _tag }))
    assert.isUndefined(nextTimer({ ...decided, notify: [] }))
  })

  it("is the earliest of them all, and on a tie the step's, then the review's, then a recipient's, then a deadline's", () => {
    const items = [{ item: "content", deadline: 9 as Instant, warnAt: [5 as Instant] }] as const
    const notify = decided.notify.map((one) => ({ ...one, alarm: ring(5) }))
    const all: Open = { ...fulfilled, alarm: ring(5), review: ring(5), notify, items }
    assert.deepStrictEqual(next(all), at5("close"))
    assert.deepStrictEqual(next({ ...all, alarm: ring(6) }), at5("review"))
    assert.deepStrictEqual(next({ ...all, alarm: ring(6), review: ring(6) }), at5("notify", "police"))
    assert.deepStrictEqual(next({ ...all, alarm: ring(6), review: ring(6), notify: [] }), at5("deadline", "content"))
  })
})

describe("a timer", () => {
  it("goes off only by its own name, about its own matter, and not before its time", () => {
    const due = nextTimer(raised)
    assert.isDefined(due)
    const late = at(beginning + 60 * 60_000, { _tag: "Expire", timer: "assess", about: null })
    if (late._tag !== "Expire") assert.fail()
    const notDue = "X-13 That time is not up yet."
    assert.isUndefined(refusedBy(expire(periods, raised, late)))
    assert.strictEqual(refusedBy(expire(periods, raised, { ...late, timer: "consult" })), notDue)
    assert.strictEqual(refusedBy(expire(periods, raised, { ...late, about: "police" })), notDue)
    assert.strictEqual(refusedBy(expire(periods, raised, { ...late, at: ((due?.at ?? 0) - 1) as Instant })), notDue)
    assert.isUndefined(refusedBy(expire(periods, raised, { ...late, at: due?.at ?? (0 as Instant) })))
    assert.strictEqual(refusedBy(expire(periods, { ...decided, notify: [] }, late)), notDue)
    for (const _tag of ["None", "Gone"] as const) assert.strictEqual(refusedBy(expire(periods, { _tag }, late)), notDue)
  })

  it("of the second person is shorter only for a danger that was assessed as high", () => {
    assert.strictEqual(consultPeriod(periods, { assessment: null }), 30 * 60_000)
    assert.deepStrictEqual((["moderate", "high", "imminent"] as const).map((level) => consultPeriod(periods, { assessment: { ...light, level } })), [30, 10, 10].map((n) => n * 60_000))
  })

  it("of a warning comes once for each length of time, the longest first", () => {
    assert.deepStrictEqual(periodsOf({ timers: { ...smallTerms.timers, warnHours: [4, 24, 1, 4] } }).warn, [24, 4, 1].map((n) => hours(n)))
  })
})
