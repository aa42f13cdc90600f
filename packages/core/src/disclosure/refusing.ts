/**
 * How a case answers a command: with events, with nothing because it is so already, or with a refusal.
 */
import * as Result from "effect/Result"
import type { Rule } from "../kernel/rule.ts"
import type { ConcernEvent } from "./messages.ts"
import { disclosureRules } from "./rules.ts"
import type { Decision } from "./timers.ts"

/** It happens. */
export const happened = (...events: ReadonlyArray<ConcernEvent>): Decision => Result.succeed(events)

/** A rule forbids it. */
export const refused = (rule: Rule, says: string): Decision => Result.fail({ rule: rule.id, says })

/** Accepted, and nothing changes: it is so already. */
export const nothing: Decision = Result.succeed([])

/** Nobody but who holds the case, and who gave the second opinion, decides it. */
export const notYours = refused(disclosureRules.onlyWay, "This case is with somebody else.")
