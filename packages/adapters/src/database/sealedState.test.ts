import { randomBytes } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Instant } from "@fortrolig/core/kernel/instant"
import { CodeHash } from "@fortrolig/core/session/messages"
import { active, newStaff, start, waiting } from "../contracts/fixtures.contract.ts"
import { decodeState, encodeState } from "./sealedState.ts"

const bytesOf = (state: object): Uint8Array => Buffer.from(JSON.stringify(state))

describe("the state of a session in the database", () => {
  it.effect("that an earlier version wrote is read as it was", () =>
    Effect.gen(function*() {
      for (const state of [waiting(true), active(newStaff())]) assert.deepStrictEqual(yield* decodeState(bytesOf(state)), state)
    }))

  it.effect("keeps what was told of the evening", () =>
    Effect.gen(function*() {
      const evening = { closesAt: Instant.make(start + 1), concernOpen: true } as const
      for (const state of [{ ...waiting(), begun: true, ...evening } as const, { ...active(newStaff()), ...evening }]) {
        assert.deepStrictEqual(yield* decodeState(encodeState(state)), state)
      }
    }))

  it.effect("gives back no call and no offer, even from a row that holds them", () =>
    Effect.gen(function*() {
      const state = active(newStaff())
      const call = { until: start, codeHash: CodeHash.make(randomBytes(32).toString("hex")), keepChat: true, asked: "no" }
      assert.deepStrictEqual(yield* decodeState(bytesOf({ ...state, call, transfer: { to: newStaff(), until: start } })), state)
    }))
})
