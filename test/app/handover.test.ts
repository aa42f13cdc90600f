import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { StaffId } from "@fortrolig/core/kernel/identity"
import { after, minutes } from "@fortrolig/core/kernel/instant"
import { RuleId } from "@fortrolig/core/kernel/rule"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { CodeHash, stored } from "@fortrolig/core/session/messages"
import { world } from "./world.ts"

const ada = StaffId.make("a".repeat(32))
const bo = StaffId.make("b".repeat(32))
const opening = { service: detfinneshjelp.service, noticeVersion: "v1", front: false }
const codeHash = CodeHash.make("1".repeat(64))
const withPhone = { ...detfinneshjelp, phone: { number: "synthetic", reservedMinutes: 10, codeDigits: 6 } }

describe("handing a chat over", () => {
  it.effect("moves a chat with the visitor's yes and saves it, and not to somebody whose hands filled meanwhile", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      yield* switchboard.command(ref, { _tag: "OfferTransfer", counsellor: ada, to: bo })
      const { ref: second } = yield* switchboard.open(opening)
      yield* switchboard.command(second, { _tag: "Accept", counsellor: bo })
      const full = yield* Effect.flip(switchboard.command(ref, { _tag: "AnswerTransfer", to: bo, yes: true }))
      assert.strictEqual(full._tag === "Refused" && full.rule, RuleId.make("E-14"))
      yield* switchboard.command(second, { _tag: "Return", counsellor: bo })
      knobs.asked.length = 0
      yield* switchboard.command(ref, { _tag: "AnswerTransfer", to: bo, yes: true })
      assert.deepStrictEqual([switchboard.holding(ada), switchboard.holding(bo), knobs.asked], [[], [ref], ["session.save"]])
    }).pipe(Effect.provide(layer))
  })

  it.effect("gives nothing new to a counsellor who is kept free for a call, until the call's time is over, and stores no code", () => {
    const { layer, knobs } = world({ capacity: 3, policies: [withPhone] })
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      const { ref: other } = yield* switchboard.open(opening)
      const { ref: third } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      yield* switchboard.command(other, { _tag: "Accept", counsellor: ada })
      const state = yield* switchboard.command(ref, { _tag: "RequestPhone", codeHash, keepChat: false })
      assert.strictEqual(state._tag === "Active" && state.call?.codeHash, codeHash)
      const twice = yield* Effect.flip(switchboard.command(other, { _tag: "RequestPhone", codeHash, keepChat: false }))
      const busy = yield* Effect.flip(switchboard.command(third, { _tag: "Accept", counsellor: ada }))
      assert.deepStrictEqual([twice, busy].map((refused) => refused._tag === "Refused" && refused.rule), [RuleId.make("DFH-22"), RuleId.make("DFH-22")])
      yield* switchboard.command(ref, { _tag: "Redact", by: "visitor" })
      const still = yield* switchboard.state(ref)
      assert.deepStrictEqual<unknown>(knobs.saved.at(-1), { ref, version: 2, state: still._tag === "Active" ? stored(still) : undefined })
      assert.isFalse(JSON.stringify(knobs.saved).includes(codeHash))
      knobs.now = after(knobs.now, minutes(10))
      yield* switchboard.command(third, { _tag: "Accept", counsellor: ada })
      assert.strictEqual(switchboard.holding(ada).length, 3)
    }).pipe(Effect.provide(layer))
  })
})
