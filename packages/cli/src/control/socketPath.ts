/**
 * Where the control socket is. The operating system takes short paths only, and a data folder may lie deep.
 */
import { closeSync, existsSync, openSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type CommandFailure, unable } from "../failure.ts"

/** The longest path that every supported operating system takes for a socket, in bytes: macOS 103, Linux 107. */
export const longestSocketPath = 103

/** The name of the socket within the data folder. */
export const socketName = "control.sock"

/**
 * A path that leads to the socket and is short enough: the absolute one, the one from here, or on Linux one through an open handle of the folder,
 * which stays open with the scope. Fails with a sentence when there is none.
 */
export const socketPath = (dataFolder: string): Effect.Effect<string, CommandFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const absolute = join(resolve(dataFolder), socketName)
    const short = [absolute, relative(process.cwd(), absolute)].find((path) => Buffer.byteLength(path) <= longestSocketPath)
    if (short !== undefined) return short
    if (!existsSync("/proc/self/fd")) {
      return yield* unable("The path of the data folder is too long for a socket. Choose a shorter FORTROLIG_DATA, or start from a folder nearer to it.")
    }
    const folder = yield* Effect.acquireRelease(
      Effect.try({ try: () => openSync(resolve(dataFolder), "r"), catch: () => unable("The data folder could not be opened.") }),
      (handle) => Effect.sync(() => closeSync(handle))
    )
    return `/proc/self/fd/${folder}/${socketName}`
  })
