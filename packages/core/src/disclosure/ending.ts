/**
 * How a case ends, changes hands or becomes part of another: never by a chat's or a shift's end, and never with something owed.
 */
import { happened, nothing, refused } from "../kernel/decided.ts"
import { after, before, type Instant } from "../kernel/instant.ts"
import type { Refusal } from "../kernel/rule.ts"
import type { StaffId } from "../kernel/identity.ts"
import type { Context } from "./decision.ts"
import { type CommandOf, type ConcernState, isOpen, type Open } from "./messages.ts"
import { disclosureRules as rules } from "./rules.ts"
import { alarm, type Decision, whomToCall } from "./timers.ts"
import { isSettled } from "./visitorInfo.ts"

const visitorOpen = refused(rules.noDrop, "Settle first what the visitor is told.")
const reviewOpen = refused(rules.noDrop, "Somebody else must look first at what was decided alone or against advice.")
const releaseOpen = refused(rules.noDrop, "A request from the police about this case is still being handled.")
const reviewYourOwn = refused(rules.onlyWay, "What you decided is looked at by somebody else.")
const mergeByAnother = refused(rules.merge, "Cases are joined by somebody else than who raised them.")
const onItsWay = refused(rules.merge, "Somebody is being told right now. Wait for the answer.")
const dutyLeftBehind = refused(rules.merge, "The other case has not taken over everything that this one owes.")
const itself = refused(rules.merge, "A case cannot be joined with itself.")

/** Somebody else answers for the case from now on. */
export const handOver = (state: Open, { at, to, cause }: CommandOf<"HandOver">): Decision =>
  to === state.holder ? nothing : happened({ _tag: "HandedOver", at, to, cause })

/** A deadline becomes known: warnings to come, and one at once when the first of them has passed. */
export const learnDeadline = ({ periods }: Context, state: Open, { at, item, deadline }: CommandOf<"LearnDeadline">): Decision => {
  const known = state.items.find((one) => one.item === item)
  if (deadline <= at || known?.deadline === deadline) return nothing
  const warnAt: Array<Instant> = []
  for (const period of periods.warn) {
    const instant = before(deadline, period)
    if (instant > at) warnAt.push(instant)
  }
  const learned = { _tag: "DeadlineLearned", at, item, deadline, warnAt } as const
  if (warnAt.length === periods.warn.length) return happened(learned)
  return happened(learned, { _tag: "Warned", at, item, whom: whomToCall("deadline", state.fast) })
}

/** Somebody else looks at what was decided alone or against advice. */
export const review = (state: Open, { at, by }: CommandOf<"Review">): Decision => {
  if (state.alone === null) return nothing
  return state.alone === by ? reviewYourOwn : happened({ _tag: "Reviewed", at, by })
}

/** Closes a case in which nothing is left open. */
export const close = ({ periods }: Context, state: Open, command: CommandOf<"Close">): Decision => {
  const { at, by } = command
  if (command.releaseOpen) return releaseOpen
  if (!isSettled(state.visitor)) return visitorOpen
  if (state.alone !== null) return reviewOpen
  return happened({ _tag: "Closed", at, by, keepUntil: after(at, periods.record) })
}

/** Takes over what another case owes. */
export const absorb = ({ periods }: Context, state: Open, command: CommandOf<"Absorb">): Decision => {
  const { at, by, from, owes, bases, sent } = command
  if (from === state.ref) return itself
  if (by === state.raisedBy) return mergeByAnother
  if (state.absorbed.includes(from)) return nothing
  return happened({ _tag: "Absorbed", at, by, from, bases, sent, owes, alarm: alarm(at, state.fast ? periods.call : periods.notify) })
}

/** Becomes part of another case, which has taken over everything that this one still owes. */
export const mergeInto = ({ periods }: Context, state: Open, command: CommandOf<"MergeInto">): Decision => {
  const { at, by, into, taken } = command
  if (into === state.ref) return itself
  if (by === state.raisedBy) return mergeByAnother
  if (state.notify.some(({ _tag }) => _tag === "Sending")) return onItsWay
  if (state.notify.some(({ _tag, recipient }) => _tag !== "Acknowledged" && !taken.includes(recipient))) return dutyLeftBehind
  if (!isSettled(state.visitor)) return visitorOpen
  if (state.alone !== null) return reviewOpen
  return happened({ _tag: "MergedInto", at, by, into, keepUntil: after(at, periods.record) })
}

/** Whether somebody's shift may end: not while a case is theirs (X-08, E-14). Crash and closing time hand a case over and never close it. */
export const mayEndShift = (cases: ReadonlyArray<ConcernState>, staff: StaffId): Refusal | undefined =>
  cases.some((state) => isOpen(state) && state.holder === staff) ? shiftOpen : undefined

const shiftOpen: Refusal = { rule: rules.handOver.id, says: "Hand over your open case first." }
