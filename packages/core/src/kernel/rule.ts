/**
 * Rules, refusals and laws: how a sentence of a published service becomes something code can cite and a test can prove.
 */
import * as Schema from "effect/Schema"

/** The id of a rule: a sentence of a source (`DFH-11`, `IF-17`, `DUV-05`), a cross-document invariant (`X-03`) or an edge case (`E-07`). */
export const RuleId = Schema.String.check(Schema.isPattern(/^(?:DFH|IF|DUV|X|E)-\d{2}$/)).pipe(Schema.brand("RuleId"))
export type RuleId = typeof RuleId.Type

/** A rule as the code knows it: what it says, where it comes from, and what of it no code can do. */
export interface Rule {
  readonly id: RuleId
  /** What must hold, in one sentence. */
  readonly text: string
  /** The words of the source, or the page that settles it. */
  readonly citation: string
  /** The first day on which the rule holds, as `2023-01-01`, where the source or the law names one. */
  readonly since?: string
  /** What the code cannot enforce, said aloud. */
  readonly gap?: string
}

/** A command was refused: the rule that forbids it, and one plain sentence that never repeats what the visitor wrote. */
export interface Refusal {
  readonly rule: RuleId
  readonly says: string
}

/** A statement that must hold over every history, asserted by tests and by the audit. */
export interface Law<History> {
  readonly rule: RuleId
  /** The law as a sentence; it is the title of its test. */
  readonly says: string
  /** Every violation in a history, each as a sentence; empty when the law holds. */
  readonly broken: (history: History) => ReadonlyArray<string>
}

/** Declares a rule; the id is checked when the module loads. */
export const rule = (id: string, text: string, citation: string, more: Pick<Rule, "since" | "gap"> = {}): Rule => ({
  id: RuleId.make(id),
  text,
  citation,
  ...more
})
