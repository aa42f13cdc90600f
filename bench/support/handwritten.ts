/**
 * What a careful developer writes without any of the product's kernel: one switch that decides, one that applies. The floor that the session machine is measured against.
 * It answers plain arrays and frozen refusals, knows no Result type and no rule catalogue, and uses the session's words for its types only.
 */
import type { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"

export interface No {
  readonly no: string
}

const no = (text: string): No => Object.freeze({ no: text })
const unopened = no("not started")
const over = no("over")
const closed = no("closed")
const taken = no("taken")
const full = no("full")
const notYours = no("not yours")
const nobody = no("no counsellor")
const onlyVisitor = no("only the visitor")
const early = no("not due")
const same: ReadonlyArray<SessionEvent> = []

const reasons = { queue: "nobodyAvailable", visitorGrace: "visitorGone", idle: "idle", length: "tooLong" } as const

/** The limits that the switch closes over, in milliseconds. */
export interface Limits {
  readonly queue: number
  readonly visitorGrace: number
  readonly counsellorGrace: number
  readonly idle: number
  readonly length: number
  readonly capacity: number
}

const dueAt = (limits: Limits, state: SessionState, limit: Extract<SessionCommand, { _tag: "Expire" }>["limit"]): number => {
  if (state._tag !== "Waiting" && state._tag !== "Active") return Infinity
  switch (limit) {
    case "queue":
      return state._tag === "Waiting" ? state.queuedAt + limits.queue : Infinity
    case "visitorGrace":
      return state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
    case "counsellorGrace":
      return state._tag === "Active" && state.counsellorAway !== null ? state.counsellorAway + limits.counsellorGrace : Infinity
    case "idle":
      return state._tag === "Active" ? state.lastActivity + limits.idle : Infinity
    case "length":
      return state.openedAt + limits.length
  }
}

/** Decides by one switch. */
export const decideByHand = (limits: Limits, state: SessionState, command: SessionCommand): ReadonlyArray<SessionEvent> | No => {
  switch (command._tag) {
    case "Open":
      if (state._tag !== "Unopened") return over
      if (!command.serviceOpen) return closed
      return [{ _tag: "Opened", at: command.at, service: command.service, noticeVersion: command.noticeVersion, front: command.front }]
    case "Accept":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return over
      if (state._tag === "Active") return state.counsellor === command.counsellor ? same : taken
      return command.holding < limits.capacity ? [{ _tag: "Accepted", at: command.at, counsellor: command.counsellor }] : full
    case "Return":
      if (state._tag !== "Active") return nobody
      return state.counsellor === command.counsellor ? [{ _tag: "Requeued", at: command.at, cause: "returned" }] : notYours
    case "Away":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return same
      if (command.party === "visitor") return state.visitorAway === null ? [{ _tag: "WentAway", at: command.at, party: "visitor" }] : same
      return state._tag === "Active" && state.counsellorAway === null ? [{ _tag: "WentAway", at: command.at, party: "counsellor" }] : same
    case "Back":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return same
      if (command.party === "visitor") return state.visitorAway !== null ? [{ _tag: "CameBack", at: command.at, party: "visitor" }] : same
      return state._tag === "Active" && state.counsellorAway !== null ? [{ _tag: "CameBack", at: command.at, party: "counsellor" }] : same
    case "Activity":
      if (state._tag !== "Active") return nobody
      return command.at > state.lastActivity ? [{ _tag: "WasActive", at: command.at }] : same
    case "Redact":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return over
      return command.by === "visitor" ? [{ _tag: "Redacted", at: command.at }] : onlyVisitor
    case "End":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return same
      if (command.by === "visitor") return [{ _tag: "Ended", at: command.at, reason: "visitorEnded" }]
      return state._tag === "Active" ? [{ _tag: "Ended", at: command.at, reason: "counsellorEnded" }] : nobody
    case "Leave":
      if (state._tag === "Unopened") return unopened
      return state._tag === "Ended" ? same : [{ _tag: "Ended", at: command.at, reason: "visitorLeft" }]
    case "Stop":
      if (state._tag === "Unopened") return unopened
      return state._tag === "Ended" ? same : [{ _tag: "Ended", at: command.at, reason: "serverStopped" }]
    case "Expire": {
      const at = dueAt(limits, state, command.limit)
      if (at > command.at) return early
      return command.limit === "counsellorGrace"
        ? [{ _tag: "Requeued", at: at as Instant, cause: "counsellorGone" }]
        : [{ _tag: "Ended", at: at as Instant, reason: reasons[command.limit] }]
    }
  }
}

/** Applies by one switch. */
export const evolveByHand = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event._tag) {
    case "Opened":
      return { _tag: "Waiting", service: event.service, openedAt: event.at, noticeVersion: event.noticeVersion, queuedAt: event.at, front: event.front, visitorAway: null }
    case "Accepted":
      if (state._tag !== "Waiting") return state
      return {
        _tag: "Active",
        service: state.service,
        openedAt: state.openedAt,
        noticeVersion: state.noticeVersion,
        counsellor: event.counsellor,
        acceptedAt: event.at,
        lastActivity: event.at,
        visitorAway: state.visitorAway,
        counsellorAway: null
      }
    case "Requeued":
      if (state._tag !== "Active") return state
      return {
        _tag: "Waiting",
        service: state.service,
        openedAt: state.openedAt,
        noticeVersion: state.noticeVersion,
        queuedAt: event.at,
        front: true,
        visitorAway: state.visitorAway
      }
    case "WentAway":
    case "CameBack": {
      const since = event._tag === "WentAway" ? event.at : null
      if (state._tag === "Active") return event.party === "visitor" ? { ...state, visitorAway: since } : { ...state, counsellorAway: since }
      return state._tag === "Waiting" ? { ...state, visitorAway: since } : state
    }
    case "WasActive":
      return state._tag === "Active" ? { ...state, lastActivity: event.at } : state
    case "Redacted":
      return state
    case "Ended":
      return state._tag === "Waiting" || state._tag === "Active"
        ? { _tag: "Ended", service: state.service, endedAt: event.at, reason: event.reason }
        : state
  }
}

const whole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 8.64e15
const hex = /^[0-9a-f]{32}$/
const serviceName = /^[a-z][a-z0-9-]{1,30}$/
const party = (value: unknown): value is "visitor" | "counsellor" => value === "visitor" || value === "counsellor"

/** Checks by hand what the schema checks; answers the command, with nothing but its own fields, or nothing. */
export const checkByHand = (input: unknown): SessionCommand | undefined => {
  if (typeof input !== "object" || input === null) return undefined
  const { _tag, at, service, noticeVersion, serviceOpen, front, counsellor, holding, party: who, by, limit } = input as Record<string, unknown>
  if (!whole(at)) return undefined
  const instant = at as Instant
  switch (_tag) {
    case "Open":
      if (typeof service !== "string" || !serviceName.test(service) || typeof noticeVersion !== "string") return undefined
      if (typeof serviceOpen !== "boolean" || typeof front !== "boolean") return undefined
      return { _tag, at: instant, service: service as ServiceName, noticeVersion, serviceOpen, front }
    case "Accept":
      if (typeof counsellor !== "string" || !hex.test(counsellor) || typeof holding !== "number" || !Number.isInteger(holding)) return undefined
      return { _tag, at: instant, counsellor: counsellor as StaffId, holding }
    case "Return":
      return typeof counsellor === "string" && hex.test(counsellor) ? { _tag, at: instant, counsellor: counsellor as StaffId } : undefined
    case "Away":
    case "Back":
      return party(who) ? { _tag, at: instant, party: who } : undefined
    case "Redact":
    case "End":
      return party(by) ? { _tag, at: instant, by } : undefined
    case "Activity":
    case "Leave":
    case "Stop":
      return { _tag, at: instant }
    case "Expire":
      if (limit !== "queue" && limit !== "visitorGrace" && limit !== "counsellorGrace" && limit !== "idle" && limit !== "length") return undefined
      return { _tag, at: instant, limit }
    default:
      return undefined
  }
}
