/**
 * What the visitor is told: before anything is passed on where possible, after where not, and never neither without a reason.
 */
import { happened, nothing, refused } from "../kernel/decided.ts"
import type { CommandOf, Open, VisitorInfo } from "./messages.ts"
import { disclosureRules as rules } from "./rules.ts"
import type { Decision } from "./timers.ts"

const alreadyKnows = refused(rules.toHelp, "The visitor has been told already.")
const settled = refused(rules.toHelp, "It has been settled already what the visitor is told.")
const isHere = refused(rules.toHelp, "The visitor is here and can be told.")

/** Whether nothing about the visitor's information is left open. */
export const isSettled = (visitor: VisitorInfo): boolean => visitor._tag !== "Undecided" && visitor._tag !== "Deferred"

/** The visitor has been told: before, if nothing had been on its way yet. */
export const tell = (state: Open, { at, by }: CommandOf<"TellVisitor">): Decision =>
  state.visitor._tag === "Told" ? nothing : happened({ _tag: "VisitorTold", at, by, when: state.sent ? "after" : "before" })

/** The visitor is told later, for a reason. */
export const defer = (state: Open, { at, by, reason }: CommandOf<"DeferTelling">): Decision => {
  switch (state.visitor._tag) {
    case "Told":
      return alreadyKnows
    case "NotPossible":
    case "NotNeeded":
      return settled
    case "Deferred":
      return state.visitor.reason === reason ? nothing : happened({ _tag: "TellingDeferred", at, by, reason })
    case "Undecided":
      return happened({ _tag: "TellingDeferred", at, by, reason })
  }
}

/** The visitor cannot be told: only when the visitor is not connected. */
export const cannot = (state: Open, { at, by, connected }: CommandOf<"CannotTell">): Decision => {
  switch (state.visitor._tag) {
    case "Told":
      return alreadyKnows
    case "NotPossible":
    case "NotNeeded":
      return nothing
    case "Undecided":
    case "Deferred":
      return connected ? isHere : happened({ _tag: "TellingNotPossible", at, by })
  }
}
