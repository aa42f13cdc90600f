/**
 * Reading a policy that somebody wrote: accepted as it is, or refused with every fault, its field, its rule and its remedy.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Policy } from "./policy.ts"
import { PolicyRefused, type Problem, problemsIn } from "./problems.ts"

const decode = Schema.decodeUnknownResult(Policy, { errors: "all", onExcessProperty: "error" })

/** Everything that is wrong with the shape of a policy, each with its field, rule and remedy; empty when `decodePolicy` accepts it. */
export const policyProblems = (input: unknown): ReadonlyArray<Problem> =>
  Result.match(decode(input), { onFailure: ({ issue }) => problemsIn(issue), onSuccess: () => [] })

/** Reads a policy from unknown data; a field that it does not know is refused too. Throws a `PolicyRefused` that lists every fault. */
export const decodePolicy = (input: unknown): Policy =>
  Result.getOrThrowWith(decode(input), ({ issue }) => new PolicyRefused({ problems: problemsIn(issue) }))
