/**
 * What a careful developer writes without any of the product's kernel: one switch that decides, one that applies. The floor that the session machine is measured against.
 * It answers plain arrays and frozen refusals, knows no Result type and no rule catalogue, and uses the session's words for its types only.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Active, SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"

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
const unbound = no("no standing")
const reserved = no("kept free for a call")
const asked = no("asked already")
const notAsked = no("not asked")
const noPhone = no("no phone")
const noCall = no("no call")
const wrongCode = no("wrong code")
const here = no("the counsellor is here")
const same: ReadonlyArray<SessionEvent> = []

const reasons = { queue: "nobodyAvailable", visitorGrace: "visitorGone", idle: "idle", length: "tooLong", closing: "closingTime" } as const

/** The limits that the switch closes over, in milliseconds. */
export interface Limits {
  readonly queue: number
  readonly visitorGrace: number
  readonly counsellorGrace: number
  readonly idle: number
  readonly length: number
  readonly closing: number
  /** How long a counsellor is kept free for a call; 0 where there is no phone. */
  readonly call: number
  readonly capacity: number
  readonly standing: "healthProfessional" | "declaredHost"
}

const dueAt = (limits: Limits, state: SessionState, limit: Extract<SessionCommand, { _tag: "Expire" }>["limit"]): number => {
  if (state._tag !== "Waiting" && state._tag !== "Active") return Infinity
  switch (limit) {
    case "queue":
      return state._tag === "Waiting" ? state.queuedAt + limits.queue : Infinity
    case "visitorGrace":
      return state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
    case "counsellorGrace":
      if (state._tag !== "Active" || state.counsellorAway === null || (state.call !== undefined && state.call.asked !== "no")) return Infinity
      return state.counsellorAway + limits.counsellorGrace
    case "idle":
      return state._tag === "Active" ? state.lastActivity + limits.idle : Infinity
    case "length":
      return state.openedAt + limits.length
    case "closing":
      if (state.closesAt === undefined || state.concernOpen === true) return Infinity
      return state._tag === "Active" || state.begun === true ? state.closesAt + limits.closing : state.closesAt
    case "call":
      return state._tag === "Active" && state.call !== undefined ? state.call.until : Infinity
    case "transfer":
      return state._tag === "Active" && state.transfer !== undefined ? state.transfer.until : Infinity
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
      if (command.standing !== limits.standing) return unbound
      if (command.reserved) return reserved
      return command.holding < limits.capacity ? [{ _tag: "Accepted", at: command.at, counsellor: command.counsellor }] : full
    case "OfferTransfer":
      if (state._tag !== "Active") return nobody
      if (state.counsellor !== command.counsellor) return notYours
      if (command.to === state.counsellor || command.to === state.transfer?.to) return same
      if (state.transfer !== undefined) return asked
      if (command.standing !== limits.standing) return unbound
      if (command.reserved) return reserved
      return command.holding < limits.capacity
        ? [{ _tag: "TransferOffered", at: command.at, to: command.to, until: (command.at + limits.visitorGrace) as Instant }]
        : full
    case "AnswerTransfer":
      if (state._tag !== "Active") return nobody
      if (state.transfer?.to !== command.to) return !command.yes || state.counsellor === command.to ? same : notAsked
      if (!command.yes) return [{ _tag: "TransferDropped", at: command.at, cause: "declined" }]
      if (command.standing !== limits.standing) return unbound
      if (command.reserved) return reserved
      return command.holding < limits.capacity ? [{ _tag: "Transferred", at: command.at, counsellor: command.to }] : full
    case "WithdrawTransfer":
      if (state._tag !== "Active") return nobody
      if (state.counsellor !== command.counsellor) return notYours
      return state.transfer === undefined ? same : [{ _tag: "TransferDropped", at: command.at, cause: "withdrawn" }]
    case "RequestPhone":
      if (state._tag !== "Active") return nobody
      if (limits.call === 0) return noPhone
      if (state.call !== undefined) return state.call.codeHash === command.codeHash ? same : asked
      if (command.reserved) return reserved
      return [{ _tag: "CallReserved", at: command.at, until: (command.at + limits.call) as Instant, codeHash: command.codeHash, keepChat: command.keepChat }]
    case "TakeCall":
      if (state._tag !== "Active") return nobody
      if (state.counsellor !== command.counsellor) return notYours
      if (state.call === undefined) return noCall
      if (state.call.codeHash !== command.codeHash) return wrongCode
      return state.call.keepChat && command.keepChat ? [{ _tag: "CallTaken", at: command.at }] : [{ _tag: "Ended", at: command.at, reason: "continuedByPhone" }]
    case "Choose":
      if (state._tag !== "Active") return nobody
      if (state.call === undefined) return noCall
      if (state.call.asked === "no") return here
      if (command.choice === "other") return [{ _tag: "Requeued", at: command.at, cause: "visitorChose" }]
      if (command.choice === "stop") return [{ _tag: "Ended", at: command.at, reason: "visitorEnded" }]
      return state.call.asked === "waits" ? same : [{ _tag: "CallerWaits", at: command.at }]
    case "Close": {
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended") return same
      const closesAt = command.closesAt < command.at ? command.at : command.closesAt
      return state.closesAt !== undefined && state.closesAt <= closesAt ? same : [{ _tag: "ClosingSet", at: command.at, closesAt }]
    }
    case "Concern":
      if (state._tag === "Unopened") return unopened
      if (state._tag === "Ended" || (state.concernOpen === true) === command.open) return same
      return [{ _tag: command.open ? "ConcernOpened" : "ConcernClosed", at: command.at }]
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
      const due = at as Instant
      const call = state._tag === "Active" ? state.call : undefined
      if (command.limit === "transfer") return [{ _tag: "TransferDropped", at: due, cause: "silence" }]
      if (command.limit === "counsellorGrace") return [call === undefined ? { _tag: "Requeued", at: due, cause: "counsellorGone" } : { _tag: "CallerAsked", at: due }]
      if (command.limit !== "call") return [{ _tag: "Ended", at: due, reason: reasons[command.limit] }]
      return call?.asked === "no" ? [{ _tag: "CallExpired", at: due }] : [{ _tag: "CallExpired", at: due }, { _tag: "Requeued", at: due, cause: "counsellorGone" }]
    }
  }
}

const none = {}
const withoutCall = ({ call: _, ...rest }: Active): Active => rest
const withoutTransfer = ({ transfer: _, ...rest }: Active): Active => rest

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
        counsellorAway: null,
        ...(state.closesAt === undefined ? none : { closesAt: state.closesAt }),
        ...(state.concernOpen === undefined ? none : { concernOpen: state.concernOpen })
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
        visitorAway: state.visitorAway,
        begun: true,
        ...(state.closesAt === undefined ? none : { closesAt: state.closesAt }),
        ...(state.concernOpen === undefined ? none : { concernOpen: state.concernOpen })
      }
    case "TransferOffered":
      return state._tag === "Active" ? { ...state, transfer: { to: event.to, until: event.until } } : state
    case "TransferDropped":
      return state._tag === "Active" ? withoutTransfer(state) : state
    case "Transferred": {
      if (state._tag !== "Active") return state
      const moved = { ...withoutTransfer(state), counsellor: event.counsellor, acceptedAt: event.at, lastActivity: event.at, counsellorAway: null }
      return moved.call === undefined ? moved : { ...moved, call: { ...moved.call, asked: "no" } }
    }
    case "CallReserved":
      if (state._tag !== "Active") return state
      return {
        ...state,
        lastActivity: event.at > state.lastActivity ? event.at : state.lastActivity,
        call: { until: event.until, codeHash: event.codeHash, keepChat: event.keepChat, asked: "no" }
      }
    case "CallerAsked":
    case "CallerWaits":
      return state._tag === "Active" && state.call !== undefined ? { ...state, call: { ...state.call, asked: event._tag === "CallerAsked" ? "yes" : "waits" } } : state
    case "CallTaken":
    case "CallExpired":
      return state._tag === "Active" ? withoutCall(state) : state
    case "ClosingSet":
      return state._tag === "Waiting" || state._tag === "Active" ? { ...state, closesAt: event.closesAt } : state
    case "ConcernOpened":
      return state._tag === "Waiting" || state._tag === "Active" ? { ...state, concernOpen: true } : state
    case "ConcernClosed": {
      if (state._tag !== "Waiting" && state._tag !== "Active") return state
      const { concernOpen: _, ...rest } = state
      return rest.closesAt === undefined ? rest : { ...rest, closesAt: rest.closesAt > event.at ? rest.closesAt : event.at }
    }
    case "WentAway":
    case "CameBack": {
      const since = event._tag === "WentAway" ? event.at : null
      if (state._tag === "Active" && event.party === "counsellor" && since === null && state.call !== undefined) {
        return { ...state, counsellorAway: null, call: { ...state.call, asked: "no" } }
      }
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
