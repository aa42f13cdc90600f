/**
 * The laws of what one service holds at one moment, in counts. Tests hold generated counts against them, the audit what the stores really hold.
 */
import { RuleId, type Law } from "../kernel/rule.ts"
import type { Declaration } from "./dataClass.ts"
import { retentionRules } from "./rules.ts"

/** One data class as promised and as found. */
export interface Held {
  readonly declaration: Declaration
  readonly count: number
  /** How many are at or past their deadline. */
  readonly overdue: number
}

/** What must never be stored is not there. */
export const nothingUnkept: Law<Held> = {
  rule: RuleId.make("DFH-07"),
  says: "What a service promises never to store is not stored",
  broken: ({ declaration, count }) => (declaration.stored || count === 0 ? [] : [`${declaration.dataClass}: ${count} held`])
}

/** What is due is gone. */
export const nothingOverdue: Law<Held> = {
  rule: retentionRules.hideAndDestroy.id,
  says: "Nothing that is stored is past its deadline",
  broken: ({ declaration, overdue }) => (!declaration.stored || overdue === 0 ? [] : [`${declaration.dataClass}: ${overdue} overdue`])
}

/** Every law of what a service holds. */
export const heldLaws: ReadonlyArray<Law<Held>> = [nothingUnkept, nothingOverdue]
