/**
 * How a running server sweeps, and what it says of itself meanwhile.
 */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Swept } from "@fortrolig/core/app/sweep"
import { minutes, seconds } from "@fortrolig/core/kernel/instant"
import { sweepInterval } from "@fortrolig/core/retention/dataClass"
import { say } from "./log.ts"
import type { Health } from "./routes/metrics.ts"

/** A sweep that waits for a store longer than this is given up, so that the next begins in time: keys are the first to be destroyed, once no note is left that they open. */
const patience = seconds(50)

/** A vault that writes cannot be cut off. Whoever waits for its disk this long says so. */
const vaultPatience = minutes(2)

/** Tells whoever runs the server that notes went without leaving what the service may keep of them. How many is nobody's business. */
export const sayLost = ({ lost }: Pick<Swept, "lost">): Effect.Effect<void> => (lost > 0 ? say("notesLost") : Effect.void)

/**
 * Begins a sweep at every interval, whatever became of the last. One that fails or is given up makes the server not ready until one is done; one that paused, since
 * the clock is in doubt, counts as none.
 */
export const sweeping = <E, R>(
  sweep: Effect.Effect<Pick<Swept, "paused" | "lateness" | "lost">, E, R>,
  health: Health,
  stopped: () => boolean
): Effect.Effect<void, never, R> =>
  Effect.gen(function*() {
    const late = Effect.sync(() => {
      health.ready = false
    }).pipe(Effect.delay(vaultPatience), Effect.andThen(Effect.never))
    const swept = yield* Effect.raceFirst(Effect.timeout(sweep, patience), late)
    if (swept.paused) return
    health.sweeps += 1
    health.lateness = swept.lateness
    yield* sayLost(swept)
    if (!stopped()) health.ready = true
  }).pipe(
    Effect.catchCause(() =>
      Effect.sync(() => {
        health.failedSweeps += 1
        health.ready = false
      }).pipe(Effect.andThen(say("sweepFailed")))
    ),
    Effect.schedule(Schedule.fixed(sweepInterval)),
    Effect.asVoid
  )
