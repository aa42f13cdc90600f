/**
 * How a running server sweeps, and what it says of itself meanwhile.
 */
import * as Effect from "effect/Effect"
import { minutes, type Period } from "@fortrolig/core/kernel/instant"
import { sweepInterval } from "@fortrolig/core/retention/dataClass"
import { say } from "./log.ts"
import type { Health } from "./routes/metrics.ts"

/** A sweep that takes longer is waiting for a store that does not answer, and what is due waits with it. */
const patience = minutes(2)

/** Sweeps on its interval. A sweep that fails is tried again at the next; meanwhile, and while one takes longer than two minutes, the server says that it is not ready. */
export const sweeping = <E, R>(sweep: Effect.Effect<{ readonly lateness: Period }, E, R>, health: Health, stopped: () => boolean): Effect.Effect<never, never, R> =>
  Effect.gen(function*() {
    const late = Effect.sync(() => {
      health.ready = false
    }).pipe(Effect.delay(patience), Effect.andThen(Effect.never))
    const swept = yield* Effect.raceFirst(sweep, late)
    health.sweeps += 1
    health.lateness = swept.lateness
    if (!stopped()) health.ready = true
  }).pipe(
    Effect.catchCause(() =>
      Effect.sync(() => {
        health.failedSweeps += 1
        health.ready = false
      }).pipe(Effect.andThen(say("sweepFailed")))
    ),
    Effect.delay(sweepInterval),
    Effect.forever
  )
