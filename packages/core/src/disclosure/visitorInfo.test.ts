import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { at } from "../../../../test/spec/disclosureLives.ts"
import { acknowledge, ask, assess, close, consent, duty, led, machine, none, prepare, raise, refusal, send, tell, yes } from "../../../../test/spec/disclosureSteps.ts"
import { ada, beginning, chat, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import { light } from "../../../../test/spec/disclosureWorld.ts"
import type { Instant } from "../kernel/instant.ts"
import { type ConcernState, isOpen, policeWereTold } from "./messages.ts"
import { defer, isSettled } from "./visitorInfo.ts"

const now = (beginning + 60_000) as Instant
const noDuty = led(raise, { ...assess, assessment: light }, { ...ask, proposes: "none" }, yes, none)
const nothingHappens = (state: ConcernState, wish: Wish) => assert.deepStrictEqual(machine.decide(state, at(now, wish)), Result.succeed([]))

describe("what the visitor is told", () => {
  it("is settled once it was told, cannot be told or need not be told", () => {
    const all = [{ _tag: "Undecided" }, { _tag: "Deferred", reason: "visitorGone" }, { _tag: "Told", when: "after" }, { _tag: "NotPossible" }, { _tag: "NotNeeded" }] as const
    assert.deepStrictEqual(all.map(isSettled), [false, false, true, true, true])
  })

  it("is nothing where nothing was passed on: it is not put off, and that it cannot be told changes nothing", () => {
    nothingHappens(noDuty, { _tag: "CannotTell", by: ada, connected: true })
    if (!isOpen(noDuty)) assert.fail()
    const later = defer(noDuty, { _tag: "DeferTelling", at: now, by: ada, reason: "visitorGone" })
    const says = Result.match(later, { onFailure: (refused) => `${refused.rule} ${refused.says}`, onSuccess: () => undefined })
    assert.strictEqual(says, "IF-29 It has been settled already what the visitor is told.")
  })
})

describe("what no state of a case does", () => {
  it("is to open it again, or to go back to what came before a decision", () => {
    const decided = [led(raise, assess, ask, yes, duty), led(raise, assess, ask, yes, consent), noDuty]
    for (const state of decided) {
      assert.strictEqual(refusal(state, raise), "X-08 This case has been opened already.")
      assert.strictEqual(refusal(state, assess), "X-08 The case has come further than this.")
    }
  })

  it("is to notice that the chat is over", () => {
    for (const state of [led(raise), led(raise, assess, ask, yes, duty), noDuty]) nothingHappens(state, { _tag: "ChatEnded" })
  })

  it("is to call the police told when somebody else was", () => {
    const ambulance = { by: ada, recipient: "ambulance" } as const
    const steps = [raise, assess, ask, yes, { ...duty, recipients: ["ambulance"] }, tell, { ...prepare, ...ambulance, fields: ["location"] }, { ...send, ...ambulance }, { ...acknowledge, ...ambulance }] as const
    assert.isFalse(policeWereTold(led(...steps), chat))
    assert.isFalse(policeWereTold(led(...steps, close), chat))
  })
})
