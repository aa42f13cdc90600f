/**
 * The rules that the retention clock enforces.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of retention, by what they protect. A refusal carries the id of one of these. */
export const retentionRules = {
  trace: rule(
    "DFH-11",
    "The record of the IP address is gone at most 7 days of 24 hours after the chat was opened, without anyone doing anything.",
    "Det finnes hjelp: \"retained for 7 days and then deleted automatically\"",
    { gap: "While every server is off nothing can be destroyed; it is hidden and destroyed when one starts." }
  ),
  text: rule(
    "IF-17",
    "The text of a chat is gone at most 72 hours after the chat ended.",
    "I fengsel: \"Chatsamtalen slettes etter 72 timer\"",
    { gap: "While every server is off nothing can be destroyed; it is hidden and destroyed when one starts." }
  ),
  neverLater: rule(
    "X-02",
    "A deadline may move earlier, never later.",
    "Invariant 2: deadline monotonicity",
    { gap: "An authority's order, which alone may keep a named item longer, is not part of this clock." }
  ),
  hideAndDestroy: rule(
    "X-03",
    "From its deadline on a datum is absent for every reader, and it is destroyed then and not before.",
    "Invariant 3: lazy and eager expiry"
  ),
  staysExpired: rule(
    "X-13",
    "What has expired stays expired, however the clock moves afterwards.",
    "Invariant 13: determinism"
  )
} as const
