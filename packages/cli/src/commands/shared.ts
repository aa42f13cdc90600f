/**
 * What several commands share: the flag for JSON, and how each kind of output leaves the process.
 */
import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"
import { Flag } from "effect/cli"
import { version } from "../version.ts"

/** `--json`: one JSON document on standard output instead of words. */
export const json = Flag.Boolean("json").pipe(Flag.withDescription("Print one JSON document instead of words"), Flag.withDefault(false))

/** Prints data on standard output. */
export const printLines = (lines: ReadonlyArray<string>): Effect.Effect<void> => Console.log(lines.join("\n"))

/** Prints one JSON document on standard output. */
export const printJson = (document: unknown): Effect.Effect<void> => Console.log(JSON.stringify(document, null, 2))

/** Says something to the person at the terminal, on standard error. */
export const tell = (...lines: ReadonlyArray<string>): Effect.Effect<void> => Console.error(lines.join("\n"))

/** The tool as reports name it. */
export const tool = `fortrolig ${version}`
