/**
 * What is said of one field of a policy to the people who write policies.
 */
import { RuleId } from "../../kernel/rule.ts"

/** What a field is counted or written in. */
export type Unit =
  | "section"
  | "list"
  | "text"
  | "text in bokmål and English"
  | "name in an address"
  | "link"
  | "date"
  | "time of day"
  | "time zone"
  | "one of a few words"
  | "list of words"
  | "yes or no"
  | "whole hours"
  | "whole minutes"
  | "whole seconds"
  | "whole days"
  | "whole years"
  | "list of whole hours"
  | "bytes"
  | "characters"
  | "whole number"

/** The explanation of one field. */
export interface Explanation {
  /** What the field decides, in one plain sentence. */
  readonly decides: string
  readonly unit: Unit
  /** The rule of a service, or the edge case, that the field answers to. */
  readonly rule: RuleId
  /** What to write when the field is refused. */
  readonly remedy: string
}

/** Makes an explanation; the rule id is checked when the module loads. */
export const field = (decides: string, unit: Unit, rule: string, remedy: string): Explanation => ({ decides, unit, rule: RuleId.make(rule), remedy })
