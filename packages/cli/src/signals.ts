/**
 * Being asked to stop: by a person at the terminal, by the system, or because the terminal is gone.
 */
import * as Effect from "effect/Effect"
import { CommandFailure, exitCodes } from "./failure.ts"

const asking = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** Answers when the process is asked to stop the next time. */
export const askedToStop: Effect.Effect<void> = Effect.callback((resume) => {
  const heard = () => resume(Effect.void)
  for (const signal of asking) process.on(signal, heard)
  return Effect.sync(() => {
    for (const signal of asking) process.off(signal, heard)
  })
})

/** Ends a command in good order when it is asked to stop: exit code 130. */
export const stoppable = <A, E, R>(command: Effect.Effect<A, E, R>): Effect.Effect<A, E | CommandFailure, R> =>
  Effect.raceFirst(
    command,
    Effect.flatMap(askedToStop, () => Effect.fail(new CommandFailure({ exit: exitCodes.interrupted, says: "Stopped before it was done." })))
  )

/** From now on a signal no longer ends the process by itself, so that one given too often cannot cut off an orderly stop. */
export const surviveSignals: Effect.Effect<void> = Effect.sync(() => {
  for (const signal of asking) process.on(signal, () => {})
})
