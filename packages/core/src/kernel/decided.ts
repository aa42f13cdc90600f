/**
 * How a machine answers a command: with events, with none because it is so already, or with the refusal of a rule.
 */
import * as Result from "effect/Result"
import type { Refusal, Rule } from "./rule.ts"

/** What `decide` answers. */
export type Decided<Event> = Result.Result<ReadonlyArray<Event>, Refusal>

/** It happens. */
export const happened = <const Events extends ReadonlyArray<unknown>>(...events: Events): Decided<Events[number]> => Result.succeed(events)

/** A rule forbids it, in one plain sentence that repeats nothing of the command. */
export const refused = (rule: Rule, says: string): Decided<never> => Result.fail({ rule: rule.id, says })

/** Accepted, and nothing changes: asking again for what is so already is no error. */
export const nothing: Decided<never> = Result.succeed([])
