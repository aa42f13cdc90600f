/**
 * The trusted clock over the two clocks of this machine; what to believe of them is decided in the core.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Instant, type Period } from "@fortrolig/core/kernel/instant"
import { type Clocks, firstTrust, readClocks } from "@fortrolig/core/kernel/trustedClock"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"

/** Reads both clocks of Effect's `Clock` service: wall time and time that only runs forward. */
const readBoth: Effect.Effect<Clocks> = Effect.gen(function*() {
  const wall = yield* Clock.currentTimeMillis
  const monotonic = yield* Clock.monotonicTimeNanos
  return { wall: Instant.make(Math.floor(wall)), monotonic: Number(monotonic / 1_000_000n) as Period }
})

/** A trusted clock over any two clocks; a test hands in its own. */
export const trustedClockOver = (clocks: Effect.Effect<Clocks>): Layer.Layer<TrustedClock> =>
  Layer.effect(
    TrustedClock,
    Effect.map(clocks, (start) => {
      let trust = firstTrust(start)
      return {
        read: Effect.map(clocks, (both) => {
          const { reading, trust: next } = readClocks(trust, both)
          trust = next
          return reading
        })
      }
    })
  )

/** The trusted clock of this machine; at its start the wall clock is believed. */
export const trustedClock: Layer.Layer<TrustedClock> = trustedClockOver(readBoth)
