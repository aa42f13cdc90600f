/**
 * The session as a machine: who may do what in which state, and which limit ends or moves a session by itself.
 * Timers run before the command that finds them due (`step` in kernel/machine.ts), so `decide` sees a state with nothing overdue.
 */
import * as Result from "effect/Result"
import type { SessionRef } from "../kernel/identity.ts"
import { type Instant, minutes, type Period, seconds } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import type { Refusal, Rule } from "../kernel/rule.ts"
import type { Policy } from "../policy/policy.ts"
import type { Active, EndReason, Limit, Party, SessionCommand, SessionEvent, SessionState, Waiting } from "./messages.ts"
import { sessionRules } from "./rules.ts"

type Decision = Result.Result<ReadonlyArray<SessionEvent>, Refusal>
type Expire = Extract<SessionCommand, { readonly _tag: "Expire" }>
type Accept = Extract<SessionCommand, { readonly _tag: "Accept" }>
type Ended = Extract<SessionState, { readonly _tag: "Ended" }>

const happened = (event: SessionEvent): Decision => Result.succeed([event])
const refused = (rule: Rule, says: string): Decision => Result.fail({ rule: rule.id, says })

/** Accepted, and nothing changes: asking again, or asking too late, is no error. */
const nothing: Decision = Result.succeed([])

const notOpened = refused(sessionRules.opening, "This chat has not been started yet.")
const alreadyOpened = refused(sessionRules.opening, "This chat has already been started.")
const closed = refused(sessionRules.openingHours, "The chat is closed right now.")
const over = refused(sessionRules.ending, "This chat is over.")
const taken = refused(sessionRules.oneCounsellor, "Another counsellor has already accepted this chat.")
const notYours = refused(sessionRules.oneCounsellor, "This chat is not with you.")
const handsFull = refused(sessionRules.availability, "You are already in as many chats as the service allows at a time.")
const noCounsellor = refused(sessionRules.availability, "No counsellor is in this chat right now.")
const visitorDeletes = refused(sessionRules.redaction, "Only the visitor can delete what was written.")
const notDue = refused(sessionRules.determinism, "That limit has not been reached.")

/** Why each limit ends a session; the counsellor's grace moves it back to the queue instead. */
const reasonOf = { queue: "nobodyAvailable", visitorGrace: "visitorGone", idle: "idle", length: "tooLong" } as const satisfies Record<
  Exclude<Limit, "counsellorGrace">,
  EndReason
>

/** The limits of a policy in milliseconds. */
interface Limits {
  readonly queue: Period
  readonly visitorGrace: Period
  readonly counsellorGrace: Period
  readonly idle: Period
  readonly length: Period
}

/** A policy's limits as periods, by the name of the limit. */
export const limitsOf = ({ limits }: Pick<Policy, "limits">): Limits => ({
  queue: minutes(limits.queueMinutes),
  visitorGrace: seconds(limits.graceSeconds),
  counsellorGrace: seconds(limits.counsellorGraceSeconds),
  idle: minutes(limits.idleMinutes),
  length: minutes(limits.lengthMinutes)
})

const timer = (at: number, limit: Limit): Timer<Expire> => {
  const due = at as Instant
  return { at: due, command: { _tag: "Expire", at: due, limit } }
}

/** The earliest limit of a state. On a tie the one compared first stands, so that an end goes before a return to the queue. */
const nextLimit = (limits: Limits, state: SessionState): Timer<Expire> | undefined => {
  switch (state._tag) {
    case "Unopened":
    case "Ended":
      return undefined
    case "Waiting": {
      let at: number = state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
      let limit: Limit = "visitorGrace"
      if (state.queuedAt + limits.queue < at) {
        at = state.queuedAt + limits.queue
        limit = "queue"
      }
      return state.openedAt + limits.length < at ? timer(state.openedAt + limits.length, "length") : timer(at, limit)
    }
    case "Active": {
      let at: number = state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
      let limit: Limit = "visitorGrace"
      if (state.lastActivity + limits.idle < at) {
        at = state.lastActivity + limits.idle
        limit = "idle"
      }
      if (state.openedAt + limits.length < at) {
        at = state.openedAt + limits.length
        limit = "length"
      }
      return state.counsellorAway !== null && state.counsellorAway + limits.counsellorGrace < at
        ? timer(state.counsellorAway + limits.counsellorGrace, "counsellorGrace")
        : timer(at, limit)
    }
  }
}

const expire = (first: Timer<Expire> | undefined, command: Expire): Decision => {
  if (first === undefined || first.command.limit !== command.limit || first.at > command.at) return notDue
  const at = first.at
  return command.limit === "counsellorGrace"
    ? happened({ _tag: "Requeued", at, cause: "counsellorGone" })
    : happened({ _tag: "Ended", at, reason: reasonOf[command.limit] })
}

const accept = (state: SessionState, command: Accept, capacity: number): Decision => {
  switch (state._tag) {
    case "Unopened":
      return notOpened
    case "Waiting":
      return command.holding < capacity ? happened({ _tag: "Accepted", at: command.at, counsellor: command.counsellor }) : handsFull
    case "Active":
      return state.counsellor === command.counsellor ? nothing : taken
    case "Ended":
      return over
  }
}

/** Since when a party of a live session is away. A queue has no counsellor, who is then neither away nor back. */
const awaySince = (state: Waiting | Active, party: Party): Instant | null | undefined =>
  party === "visitor" ? state.visitorAway : state._tag === "Active" ? state.counsellorAway : undefined

const presence = (state: SessionState, at: Instant, party: Party, here: boolean): Decision => {
  if (state._tag === "Unopened") return notOpened
  if (state._tag === "Ended") return nothing
  const since = awaySince(state, party)
  if (since === undefined || (since === null) === here) return nothing
  return happened(here ? { _tag: "CameBack", at, party } : { _tag: "WentAway", at, party })
}

/** An end that a live session accepts, an ended one has had already, and an unopened one cannot have. */
const end = (state: SessionState, at: Instant, reason: EndReason): Decision => {
  switch (state._tag) {
    case "Unopened":
      return notOpened
    case "Waiting":
      return reason === "counsellorEnded" ? noCounsellor : happened({ _tag: "Ended", at, reason })
    case "Active":
      return happened({ _tag: "Ended", at, reason })
    case "Ended":
      return nothing
  }
}

/** What needs a counsellor in the chat: refused with the sentence that fits the state, or `undefined` when there is one. */
const withoutCounsellor = (state: Exclude<SessionState, Active>): Decision => {
  switch (state._tag) {
    case "Unopened":
      return notOpened
    case "Waiting":
      return noCounsellor
    case "Ended":
      return over
  }
}

const decideWith = (limits: Limits, capacity: number) => (state: SessionState, command: SessionCommand): Decision => {
  switch (command._tag) {
    case "Open": {
      if (state._tag !== "Unopened") return state._tag === "Ended" ? over : alreadyOpened
      if (!command.serviceOpen) return closed
      const { at, service, noticeVersion, front } = command
      return happened({ _tag: "Opened", at, service, noticeVersion, front })
    }
    case "Accept":
      return accept(state, command, capacity)
    case "Return":
      if (state._tag !== "Active") return withoutCounsellor(state)
      return state.counsellor === command.counsellor ? happened({ _tag: "Requeued", at: command.at, cause: "returned" }) : notYours
    case "Away":
      return presence(state, command.at, command.party, false)
    case "Back":
      return presence(state, command.at, command.party, true)
    case "Activity":
      if (state._tag !== "Active") return withoutCounsellor(state)
      return command.at > state.lastActivity ? happened({ _tag: "WasActive", at: command.at }) : nothing
    case "Redact":
      if (state._tag === "Unopened") return notOpened
      if (state._tag === "Ended") return over
      return command.by === "visitor" ? happened({ _tag: "Redacted", at: command.at }) : visitorDeletes
    case "End":
      return end(state, command.at, command.by === "visitor" ? "visitorEnded" : "counsellorEnded")
    case "Leave":
      return end(state, command.at, "visitorLeft")
    case "Stop":
      return end(state, command.at, "serverStopped")
    case "Expire":
      return expire(nextLimit(limits, state), command)
  }
}

const withPresence = (state: SessionState, party: Party, since: Instant | null): SessionState => {
  if (state._tag === "Active") return party === "visitor" ? { ...state, visitorAway: since } : { ...state, counsellorAway: since }
  return state._tag === "Waiting" && party === "visitor" ? { ...state, visitorAway: since } : state
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event._tag) {
    case "Opened": {
      if (state._tag !== "Unopened") return state
      const { at, service, noticeVersion, front } = event
      return { _tag: "Waiting", service, openedAt: at, noticeVersion, queuedAt: at, front, visitorAway: null }
    }
    case "Accepted": {
      if (state._tag !== "Waiting") return state
      const { service, openedAt, noticeVersion, visitorAway } = state
      const { at, counsellor } = event
      return { _tag: "Active", service, openedAt, noticeVersion, counsellor, acceptedAt: at, lastActivity: at, visitorAway, counsellorAway: null }
    }
    case "Requeued": {
      if (state._tag !== "Active") return state
      const { service, openedAt, noticeVersion, visitorAway } = state
      return { _tag: "Waiting", service, openedAt, noticeVersion, queuedAt: event.at, front: true, visitorAway }
    }
    case "WentAway":
      return withPresence(state, event.party, event.at)
    case "CameBack":
      return withPresence(state, event.party, null)
    case "WasActive":
      return state._tag === "Active" ? { ...state, lastActivity: event.at } : state
    case "Redacted":
      return state
    case "Ended":
      if (state._tag === "Unopened" || state._tag === "Ended") return state
      return { _tag: "Ended", service: state.service, endedAt: event.at, reason: event.reason }
  }
}

/** The machine of one service's sessions. Refusals carry the rule that forbids the command; `evolve` never refuses. */
export const sessionMachine = (policy: Pick<Policy, "limits" | "capacity">): Machine<SessionState, SessionCommand, SessionEvent> => {
  const limits = limitsOf(policy)
  return {
    initial: { _tag: "Unopened" },
    due: (state) => nextLimit(limits, state),
    decide: decideWith(limits, policy.capacity),
    evolve
  }
}

/** Whether a session is over: nothing happens in it any more. */
export const isOver = (state: SessionState): state is Ended => state._tag === "Ended"

/** The queue in the order in which visitors are taken: the front first, then the earliest opening, then the reference so that the order is stable. */
export const queueOrder = <Item extends { readonly ref: SessionRef; readonly state: Waiting }>(waiting: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  waiting.toSorted(
    (a, b) =>
      Number(b.state.front) - Number(a.state.front) || a.state.openedAt - b.state.openedAt || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)
  )
