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
    "A deadline may move earlier, never later; only an authority's order keeps something past it, what the order names and no more.",
    "Invariant 2: deadline monotonicity",
    { gap: "Whether an order is lawful is for people to judge." }
  ),
  hideAndDestroy: rule(
    "X-03",
    "From its deadline on a datum is absent for every reader, and it is destroyed then and not before.",
    "Invariant 3: lazy and eager expiry"
  ),
  orders: rule(
    "E-05",
    "An order that comes before the deadline keeps the datum, hidden, until the order ends or is taken back, and one that comes later finds nothing.",
    "Edge case 5: hold versus 7 days and 72 hours"
  ),
  clocks: rule(
    "E-09",
    "While a clock is in doubt a datum is hidden if either clock says so, and nothing is destroyed.",
    "Edge case 9: clock skew and jumps"
  ),
  staysExpired: rule(
    "X-13",
    "What has expired stays expired, however the clock moves afterwards.",
    "Invariant 13: determinism"
  )
} as const
