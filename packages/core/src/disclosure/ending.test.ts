import { assert, describe, it } from "vitest"
import { at } from "../../../../test/spec/disclosureLives.ts"
import { absorb, acknowledge, ask, assess, duty, led, machine, mergeInto, prepare, raise, refusal, send, tell, yes } from "../../../../test/spec/disclosureSteps.ts"
import { beginning, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import type { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import type { ConcernState } from "./messages.ts"

const now = beginning + 60_000
const hour = 3_600_000
const events = (state: ConcernState, wish: Wish) => step(machine, state, at(now, wish)).events
const learn = (item: "accessTrace" | "content", deadline: number): Wish => ({ _tag: "LearnDeadline", item, deadline: deadline as Instant })

describe("a deadline that a case learns of", () => {
  const raised = led(raise)

  it("is nothing to warn of when it is now", () => {
    assert.deepStrictEqual(events(raised, learn("content", now)), [])
    assert.deepStrictEqual(events(raised, learn("content", now + 1)).map(({ _tag }) => _tag), ["DeadlineLearned", "Warned"])
  })

  it("is warned of at once when its first warning is now, and later when that is a millisecond away", () => {
    const learned = (deadline: number) => events(raised, learn("content", deadline)).map((event) => [event._tag, "warnAt" in event ? event.warnAt : []])
    assert.deepStrictEqual(learned(now + hour), [["DeadlineLearned", []], ["Warned", []]])
    assert.deepStrictEqual(learned(now + hour + 1), [["DeadlineLearned", [(now + 1) as Instant]]])
  })

  it("is one for each item, also when both are due at once", () => {
    const deadline = now + 5 * hour
    const one = step(machine, raised, at(now, learn("accessTrace", deadline))).state
    assert.deepStrictEqual(events(one, learn("accessTrace", deadline)), [])
    assert.deepStrictEqual(events(one, learn("content", deadline)).map(({ _tag }) => _tag), ["DeadlineLearned"])
  })
})

describe("cases that become one", () => {
  const both = led(raise, assess, ask, yes, { ...duty, recipients: ["police", "ambulance"] }, tell, prepare, send)
  const half = step(machine, both, at(now, acknowledge)).state

  it("take over a case once", () => {
    const decided = led(raise, assess, ask, yes, duty)
    assert.deepStrictEqual(events(decided, absorb).map(({ _tag }) => _tag), ["Absorbed"])
    assert.deepStrictEqual(events(step(machine, decided, at(now, absorb)).state, absorb), [])
  })

  it("wait while anybody is being told, and owe nothing to who has acknowledged", () => {
    assert.strictEqual(refusal(both, { ...mergeInto, taken: ["police", "ambulance"] }), "E-13 Somebody is being told right now. Wait for the answer.")
    assert.isUndefined(refusal(half, { ...mergeInto, taken: ["ambulance"] }))
    assert.strictEqual(refusal(half, { ...mergeInto, taken: ["police"] }), "E-13 The other case has not taken over everything that this one owes.")
  })
})
