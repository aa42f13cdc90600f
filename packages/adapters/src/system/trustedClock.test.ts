import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { Instant, type Period } from "@fortrolig/core/kernel/instant"
import type { Clocks } from "@fortrolig/core/kernel/trustedClock"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { start } from "../contracts/fixtures.contract.ts"
import { trustedClock, trustedClockOver } from "./trustedClock.ts"

const minute = 60_000

describe("the trusted clock", () => {
  it.effect("follows Effect's clock while wall and monotonic time agree", () =>
    Effect.gen(function*() {
      const clock = yield* TrustedClock
      const first = yield* clock.read
      yield* TestClock.adjust("8 days")
      assert.deepStrictEqual(yield* clock.read, { now: first.now + 8 * 24 * 60 * minute, latest: first.now + 8 * 24 * 60 * minute, suspect: false })
    }).pipe(Effect.provide(trustedClock)))

  it.effect("doubts a jump of the wall clock, goes on by the monotonic one, and hides by the later", () => {
    let clocks: Clocks = { wall: start, monotonic: 0 as Period }
    return Effect.gen(function*() {
      const clock = yield* TrustedClock
      clocks = { wall: Instant.make(start + 60 * minute), monotonic: minute as Period }
      assert.deepStrictEqual(yield* clock.read, { now: start + minute, latest: start + 60 * minute, suspect: true })
      clocks = { wall: Instant.make(start + 2 * minute), monotonic: (2 * minute) as Period }
      assert.deepStrictEqual(yield* clock.read, { now: start + 2 * minute, latest: start + 2 * minute, suspect: false })
    }).pipe(Effect.provide(trustedClockOver(Effect.sync(() => clocks))))
  })
})
