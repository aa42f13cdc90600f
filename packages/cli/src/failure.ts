/**
 * How a command fails: the exit code that scripts see and the sentence that people read.
 */
import * as Schema from "effect/Schema"

/** What every exit code of the command means. */
export const exitCodes = {
  /** It worked, and every promise is kept. */
  ok: 0,
  /** The check ran, and a promise is broken. */
  broken: 1,
  /** It could not be checked or done: the store is away, unreadable, or somebody else's. */
  unable: 2,
  /** The command was used in a way that it does not understand. */
  usage: 64,
  /** Stopped by hand. */
  interrupted: 130
} as const

/** A command ended without doing what was asked, or with bad news. `says` is for people and never repeats what anybody wrote in a chat. */
export class CommandFailure extends Schema.TaggedError<CommandFailure>()("CommandFailure", {
  exit: Schema.Literals([exitCodes.broken, exitCodes.unable, exitCodes.usage, exitCodes.interrupted]),
  says: Schema.String
}) {}

/** It could not be checked or done: exit code 2. */
export const unable = (says: string): CommandFailure => new CommandFailure({ exit: exitCodes.unable, says })

/** The command was not understood: exit code 64. */
export const misused = (says: string): CommandFailure => new CommandFailure({ exit: exitCodes.usage, says })
