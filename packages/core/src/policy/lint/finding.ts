/**
 * What the linter says of one field of a policy.
 */
import { RuleId } from "../../kernel/rule.ts"
import type { Policy } from "../policy.ts"

/**
 * `contradiction`: two parts of the policy cannot both hold. `dishonest`: the policy does more than people were told.
 * `missing`: something must be said, here or in a named question. `stale`: it was right once, and has not been looked at for too long.
 */
export type Severity = "contradiction" | "dishonest" | "missing" | "stale"

/** One finding of the linter. */
export interface Finding {
  readonly severity: Severity
  /** Where, as `limits.idleMinutes` or `activities[0].basis`. */
  readonly field: string
  readonly rule: RuleId
  /** What is wrong, in one plain sentence. */
  readonly says: string
  /** What to do about it. */
  readonly remedy: string
  /** The id of the policy's own question that answers what is missing; `null` when nothing does. */
  readonly answeredBy: string | null
}

/** Makes the findings of one severity. */
const of = (severity: Severity) => (field: string, rule: string, says: string, remedy: string): Finding => ({
  severity,
  field,
  rule: RuleId.make(rule),
  says,
  remedy,
  answeredBy: null
})

/** Two parts of the policy cannot both hold. */
export const contradiction = of("contradiction")
/** The policy does more than people were told. */
export const dishonest = of("dishonest")
/** It was right once. */
export const stale = of("stale")
/** Something is not said; a question about the field, or about one of `asked`, answers it. */
export const missing = (
  { questions }: Pick<Policy, "questions">,
  field: string,
  rule: string,
  says: string,
  remedy: string,
  asked: ReadonlyArray<string> = [field]
): Finding => ({ ...of("missing")(field, rule, says, remedy), answeredBy: questions.find((question) => asked.includes(question.field))?.id ?? null })

/** The finding in a list when it holds, otherwise none. */
export const when = (holds: boolean, finding: () => Finding): ReadonlyArray<Finding> => (holds ? [finding()] : [])
