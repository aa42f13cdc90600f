/**
 * A request for the record of one opening as a machine: received, checked by a call back, approved by one custodian and released by another.
 * Timers run before the command that finds them due (`step` in kernel/machine.ts): a record that is due beats every request for it.
 */
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import { after, earlier, hours, type Instant, type Period } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import { admit } from "./admissible.ts"
import type { CustodianId, CustodyCommand, CustodyEvent, CustodyState, Pending } from "./messages.ts"
import { custodyRules } from "./rules.ts"
import { custodyTable } from "./table.ts"

type Decision = Decided<CustodyEvent>
type Of<Tag extends CustodyCommand["_tag"]> = Extract<CustodyCommand, { readonly _tag: Tag }>

/** How long a request may wait for an answer. */
export const decideWithin: Period = hours(24)
/** How long a release may be used. */
export const openWithin: Period = hours(1)

const noRequest = refused(custodyRules.release, "No request has been received.")
const alreadyReceived = refused(custodyRules.release, "This request has been received already.")
const answered = refused(custodyRules.release, "This request has been answered.")
const notAvailable = refused(custodyRules.gone, "There is no such record any more.")
const unchecked = refused(custodyRules.release, "Nobody has called back yet to hear whether this request is genuine.")
const unapproved = refused(custodyRules.release, "One custodian has to approve this before another releases it.")
const wrongNumber = refused(custodyRules.release, "Call back on a number of our own directory, not on one that came with the request.")
const sameCustodian = refused(custodyRules.release, "Whoever approved this cannot also release it.")
const otherApproved = refused(custodyRules.release, "Another custodian has approved this already.")
const notDue = refused(custodyRules.determinism, "The time of this request is not over.")
const inDoubt = refused(custodyRules.gone, "By one of the two clocks this record is gone, so it is not released.")

/** Why a state does not accept a command that its row of the table leaves out. */
const notAccepted = (state: CustodyState, command: CustodyCommand): Decision => {
  if (state._tag === "NoRequest") return noRequest
  if (command._tag === "Receive") return alreadyReceived
  switch (state._tag) {
    case "Received":
      return unchecked
    case "AuthenticityChecked":
    case "Approved":
      return unapproved
    case "Released":
    case "Rejected":
      return answered
    case "Unavailable":
      return notAvailable
  }
}

const isPending = (state: CustodyState): state is Pending => state._tag === "Received" || state._tag === "AuthenticityChecked" || state._tag === "Approved"

const due = (state: CustodyState): Timer<CustodyCommand> | undefined => {
  if (!isPending(state)) return undefined
  const at = earlier(state.until, after(state.receivedAt, decideWithin))
  return { at, command: { _tag: "Expire", at } }
}

const receive = (command: Of<"Receive">): Decision => {
  const { at, request } = command
  const admitted = admit(command)
  if (admitted === "unavailable") return happened({ _tag: "Unavailable", at, request })
  if (typeof admitted === "string") return happened({ _tag: "Rejected", at, request, reason: admitted })
  return happened({ _tag: "Received", at, request, trace: admitted.trace, until: admitted.until })
}

const check = (state: Pending, { at, by, number, confirmed }: Of<"CheckAuthenticity">): Decision => {
  if (number === "given") return wrongNumber
  if (!confirmed) return happened({ _tag: "Rejected", at, request: state.request, reason: "notGenuine" })
  return state._tag === "Received" ? happened({ _tag: "AuthenticityChecked", at, by }) : nothing
}

const approve = (state: CustodyState, at: Instant, by: CustodianId): Decision => {
  if (state._tag === "Approved") return state.approvedBy === by ? nothing : otherApproved
  return happened({ _tag: "Approved", at, by })
}

const release = (state: CustodyState, { at, by, latest }: Of<"Release">): Decision => {
  if (state._tag === "Released") return state.releasedBy === by ? nothing : answered
  if (state._tag !== "Approved") return nothing
  if (state.approvedBy === by) return sameCustodian
  return latest < state.until ? happened({ _tag: "Released", at, by }) : inDoubt
}

const expire = (state: Pending, at: Instant): Decision => {
  // On a tie the record is gone: whether it was decided in time does not matter any more.
  if (at >= state.until) return happened({ _tag: "Unavailable", at: state.until, request: state.request })
  const late = after(state.receivedAt, decideWithin)
  return at < late ? notDue : happened({ _tag: "Rejected", at: late, request: state.request, reason: "notDecidedInTime" })
}

const follow = (state: Pending, { at, until }: Of<"FollowRecord">): Decision => {
  if (until <= at) return happened({ _tag: "Unavailable", at, request: state.request })
  return until === state.until ? nothing : happened({ _tag: "RecordFollowed", at, until })
}

const decide = (state: CustodyState, command: CustodyCommand): Decision => {
  if (!accepts(custodyTable, state._tag, command._tag)) return notAccepted(state, command)
  switch (command._tag) {
    case "Receive":
      return receive(command)
    case "CheckAuthenticity":
      return isPending(state) ? check(state, command) : nothing
    case "Approve":
      return approve(state, command.at, command.by)
    case "Release":
      return release(state, command)
    case "Reject":
      return isPending(state) ? happened({ _tag: "Rejected", at: command.at, request: state.request, reason: command.reason }) : nothing
    case "FollowRecord":
      return isPending(state) ? follow(state, command) : nothing
    case "Expire":
      return isPending(state) ? expire(state, command.at) : nothing
  }
}

const isFinal = (state: CustodyState): boolean => state._tag === "Released" || state._tag === "Rejected" || state._tag === "Unavailable"

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: CustodyState, event: CustodyEvent): CustodyState => {
  switch (event._tag) {
    case "Received": {
      const { at, request, trace, until } = event
      return state._tag === "NoRequest" ? { _tag: "Received", request, trace, until, receivedAt: at } : state
    }
    case "AuthenticityChecked":
      return state._tag === "Received" ? { ...state, _tag: "AuthenticityChecked", checkedBy: event.by } : state
    case "Approved":
      return state._tag === "AuthenticityChecked" ? { ...state, _tag: "Approved", approvedBy: event.by } : state
    case "Released": {
      if (state._tag !== "Approved") return state
      const { request, trace, until, approvedBy } = state
      return { _tag: "Released", request, trace, approvedBy, releasedBy: event.by, releasedAt: event.at, openBefore: earlier(until, after(event.at, openWithin)) }
    }
    case "RecordFollowed":
      return isPending(state) ? { ...state, until: event.until } : state
    case "Rejected":
      return isFinal(state) ? state : { _tag: "Rejected", request: event.request, reason: event.reason, at: event.at }
    case "Unavailable":
      return isFinal(state) ? state : { _tag: "Unavailable", request: event.request, at: event.at }
  }
}

/** The machine of one request for a record, the same for every service. Refusals carry the rule that forbids the command; `evolve` never refuses. */
export const custodyMachine: Machine<CustodyState, CustodyCommand, CustodyEvent> = { initial: { _tag: "NoRequest" }, due, decide, evolve }

/** All that the service realm is ever told of a request: that there was one and that it was handled. It has no other field. */
export interface RequestHandled {
  readonly _tag: "RequestHandled"
}

/** What the service realm is told of a request: nothing while it is open, and nothing at all when the police require secrecy (IF-30). */
export const serviceRealmView = (state: CustodyState): RequestHandled | undefined => {
  switch (state._tag) {
    case "NoRequest":
    case "Received":
    case "AuthenticityChecked":
    case "Approved":
      return undefined
    case "Released":
    case "Rejected":
    case "Unavailable":
      return state.request.secret ? undefined : { _tag: "RequestHandled" }
  }
}
