/**
 * The session as a machine: who may do what in which state, and which limit ends or moves a session by itself.
 * Timers run before the command that finds them due (`step` in kernel/machine.ts), so `decide` sees a state with nothing overdue.
 */
import { happened, nothing } from "../kernel/decided.ts"
import type { SessionRef } from "../kernel/identity.ts"
import { type Instant, later } from "../kernel/instant.ts"
import type { Machine } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import type { Policy } from "../policy/policy.ts"
import { accept, answerTransfer, offerTransfer, withdrawTransfer } from "./assignment.ts"
import { evolve } from "./evolve.ts"
import { expire, type Limits, limitsOf, nextLimit } from "./limits.ts"
import type { Active, EndReason, Party, SessionCommand, SessionEvent, SessionState, Waiting } from "./messages.ts"
import { choose, requestPhone, takeCall } from "./phone.ts"
import { type Decision, no, notAccepted } from "./refusals.ts"
import { sessionTable } from "./table.ts"

type Ended = Extract<SessionState, { readonly _tag: "Ended" }>

/** What a session's machine reads of a policy. */
export type SessionTerms = Pick<Policy, "limits" | "capacity" | "answeredBy" | "phone">

/** Since when a party of a live session is away. A queue has no counsellor, who is then neither away nor back. */
const awaySince = (state: Waiting | Active, party: Party): Instant | null | undefined =>
  party === "visitor" ? state.visitorAway : state._tag === "Active" ? state.counsellorAway : undefined

const presence = (state: Waiting | Active, at: Instant, party: Party, here: boolean): Decision => {
  const since = awaySince(state, party)
  if (since === undefined || (since === null) === here) return nothing
  return happened(here ? { _tag: "CameBack", at, party } : { _tag: "WentAway", at, party })
}

const end = (at: Instant, reason: EndReason): Decision => happened({ _tag: "Ended", at, reason })

/** The service closes no earlier than now, and never later than it was once told to. */
const close = (state: Waiting | Active, at: Instant, told: Instant): Decision => {
  const closesAt = later(at, told)
  return closesAt < (state.closesAt ?? Infinity) ? happened({ _tag: "ClosingSet", at, closesAt }) : nothing
}

const concern = (state: Waiting | Active, at: Instant, open: boolean): Decision => {
  if ((state.concernOpen === true) === open) return nothing
  return happened(open ? { _tag: "ConcernOpened", at } : { _tag: "ConcernClosed", at })
}

/** The commands that a state's row of the table names. */
type Named<Tag extends SessionState["_tag"]> = Extract<SessionCommand, { readonly _tag: keyof (typeof sessionTable)[Tag] }>

const named = <Tag extends SessionState["_tag"]>(state: Tag, command: SessionCommand): command is Named<Tag> =>
  accepts<SessionState["_tag"], SessionCommand["_tag"]>(sessionTable, state, command._tag)

const open = ({ at, service, noticeVersion, serviceOpen, front }: Named<"Unopened">): Decision =>
  serviceOpen ? happened({ _tag: "Opened", at, service, noticeVersion, front }) : no.closed

/** What both live states decide alike. */
const live = (state: Waiting | Active, command: Exclude<Named<"Waiting">, { readonly _tag: "Accept" | "End" | "Expire" }>): Decision => {
  switch (command._tag) {
    case "Away":
      return presence(state, command.at, command.party, false)
    case "Back":
      return presence(state, command.at, command.party, true)
    case "Redact":
      return command.by === "visitor" ? happened({ _tag: "Redacted", at: command.at }) : no.visitorDeletes
    case "Close":
      return close(state, command.at, command.closesAt)
    case "Concern":
      return concern(state, command.at, command.open)
    case "Leave":
      return end(command.at, "visitorLeft")
    case "Stop":
      return end(command.at, "serverStopped")
  }
}

const waiting = (terms: SessionTerms, limits: Limits, state: Waiting, command: Named<"Waiting">): Decision => {
  switch (command._tag) {
    case "Accept":
      return accept(terms, state, command)
    case "End":
      return command.by === "visitor" ? end(command.at, "visitorEnded") : no.noCounsellor
    case "Expire":
      return expire(limits, state, command)
    case "Away":
    case "Back":
    case "Redact":
    case "Close":
    case "Concern":
    case "Leave":
    case "Stop":
      return live(state, command)
  }
}

const active = (terms: SessionTerms, limits: Limits, state: Active, command: Named<"Active">): Decision => {
  switch (command._tag) {
    case "Accept":
      return accept(terms, state, command)
    case "Return":
      return state.counsellor === command.counsellor ? happened({ _tag: "Requeued", at: command.at, cause: "returned" }) : no.notYours
    case "OfferTransfer":
      return offerTransfer(terms, limits, state, command)
    case "AnswerTransfer":
      return answerTransfer(terms, state, command)
    case "WithdrawTransfer":
      return withdrawTransfer(state, command)
    case "RequestPhone":
      return requestPhone(terms.phone, limits, state, command)
    case "TakeCall":
      return takeCall(state, command)
    case "Choose":
      return choose(state, command)
    case "Activity":
      return command.at > state.lastActivity ? happened({ _tag: "WasActive", at: command.at }) : nothing
    case "End":
      return end(command.at, command.by === "visitor" ? "visitorEnded" : "counsellorEnded")
    case "Expire":
      return expire(limits, state, command)
    case "Away":
    case "Back":
    case "Redact":
    case "Close":
    case "Concern":
    case "Leave":
    case "Stop":
      return live(state, command)
  }
}

const decideWith = (terms: SessionTerms, limits: Limits) => (state: SessionState, command: SessionCommand): Decision => {
  switch (state._tag) {
    case "Unopened":
      return named("Unopened", command) ? open(command) : notAccepted("Unopened", command._tag)
    case "Waiting":
      return named("Waiting", command) ? waiting(terms, limits, state, command) : notAccepted("Waiting", command._tag)
    case "Active":
      return named("Active", command) ? active(terms, limits, state, command) : notAccepted("Active", command._tag)
    case "Ended":
      // Its row names only what comes too late to change anything.
      return named("Ended", command) ? nothing : notAccepted("Ended", command._tag)
  }
}

/** The machine of one service's sessions. Refusals carry the rule that forbids the command; `evolve` never refuses. */
export const sessionMachine = (policy: SessionTerms): Machine<SessionState, SessionCommand, SessionEvent> => {
  const limits = limitsOf(policy)
  return {
    initial: { _tag: "Unopened" },
    due: (state) => nextLimit(limits, state),
    decide: decideWith(policy, limits),
    evolve
  }
}

/** Whether a session is over: nothing happens in it any more. */
export const isOver = (state: SessionState): state is Ended => state._tag === "Ended"

/** The queue in the order in which visitors are taken: the front first, then the earliest opening, then the reference so that the order is stable. */
export const queueOrder = <Item extends { readonly ref: SessionRef; readonly state: Waiting }>(waiting: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  waiting.toSorted(
    (a, b) =>
      Number(b.state.front) - Number(a.state.front) || a.state.openedAt - b.state.openedAt || (a.ref < b.ref ? -1 : 1)
  )
