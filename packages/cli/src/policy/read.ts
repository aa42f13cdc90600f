/**
 * Reads a policy that a person named: a built-in one, or a file.
 */
import { readFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import { decodePolicy, policyProblems } from "@fortrolig/core/policy/decode"
import type { Policy } from "@fortrolig/core/policy/policy"
import type { Problem } from "@fortrolig/core/policy/problems"
import { builtInPolicies } from "@fortrolig/http/config"
import { type CommandFailure, unable } from "../failure.ts"

/** A policy, or what is wrong with its shape. */
export type Read = { readonly policy: Policy; readonly problems: readonly [] } | { readonly policy: undefined; readonly problems: ReadonlyArray<Problem> }

/** Reads a policy by the name of a built-in service or by path. Fails, exit code 2, when there is no such file or it is not JSON. */
export const readPolicy = (name: string): Effect.Effect<Read, CommandFailure> => {
  const builtIn = builtInPolicies.get(name)
  if (builtIn !== undefined) return Effect.succeed({ policy: builtIn, problems: [] })
  return Effect.try({
    try: (): Read => {
      const input: unknown = JSON.parse(readFileSync(name, "utf8"))
      const problems = policyProblems(input)
      return problems.length > 0 ? { policy: undefined, problems } : { policy: decodePolicy(input), problems: [] }
    },
    catch: (error) => unable(`${name} is no built-in policy, and as a file it ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}.`)
  })
}
