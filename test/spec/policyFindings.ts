/**
 * What the linter finds in the policy that has everything, when something in it is another.
 */
import { decodePolicy } from "../../packages/core/src/policy/decode.ts"
import { lint } from "../../packages/core/src/policy/lint.ts"
import { whole, withValue } from "./policyMutations.ts"

/** The day of these tests. */
export const today = "2026-11-21"
/** Where in a policy. */
export type Path = ReadonlyArray<string | number>
/** The policy that has everything. */
export const own = decodePolicy(whole)
const clean = new Set(lint(own, today).map(({ field, says }) => `${field} ${says}`))

/**
 * What the linter finds in the whole policy with other values at some places, beside what it finds in it anyhow:
 * field, rule, sentence, remedy and answering question.
 */
export const found = (...changes: ReadonlyArray<readonly [Path, unknown]>) =>
  lint(decodePolicy(changes.reduce<unknown>((policy, [path, value]) => withValue(policy, path, value), whole)), today)
    .filter(({ field, says }) => !clean.has(`${field} ${says}`))
    .map(({ answeredBy, field, remedy, rule, says }) => [field, String(rule), says, remedy, answeredBy])
/** The change that adds a question about a field. */
export const asked = (field: string): readonly [Path, unknown] => [
  ["questions"], [...whole.questions, { id: "asked", rule: "X-12", field, asks: "Not published.", answer: "This." }]
]
