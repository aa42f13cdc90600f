/**
 * What each event makes of a session. Nothing is refused here: an event that `decide` cannot give in a state leaves the state as it is.
 */
import { type Instant, later } from "../kernel/instant.ts"
import type { Active, Party, SessionEvent, SessionState, Waiting } from "./messages.ts"

type Evening = Pick<Waiting, "closesAt" | "concernOpen">
const untold: Evening = {}

/** What was told of the evening, which a chat takes with it wherever it goes. */
const eveningOf = ({ closesAt, concernOpen }: Evening): Evening => {
  if (closesAt === undefined) return concernOpen === undefined ? untold : { concernOpen }
  return concernOpen === undefined ? { closesAt } : { closesAt, concernOpen }
}

const withPresence = (state: SessionState, party: Party, since: Instant | null): SessionState => {
  if (state._tag === "Active") {
    if (party === "visitor") return { ...state, visitorAway: since }
    // Who is back is no longer missed: should the counsellor go once more, the visitor is asked once more.
    const { call } = state
    return since === null && call !== undefined ? { ...state, counsellorAway: null, call: { ...call, asked: "no" } } : { ...state, counsellorAway: since }
  }
  return state._tag === "Waiting" && party === "visitor" ? { ...state, visitorAway: since } : state
}

const withoutCall = ({ call: _, ...rest }: Active): Active => rest
const withoutTransfer = ({ transfer: _, ...rest }: Active): Active => rest

/** A concern that closes late gives the chat its time to finish from then on. */
const withoutConcern = ({ concernOpen: _, ...rest }: Waiting | Active, at: Instant): Waiting | Active =>
  rest.closesAt === undefined ? rest : { ...rest, closesAt: later(rest.closesAt, at) }

/** Applies an event. */
export const evolve = (state: SessionState, event: SessionEvent): SessionState => {
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
      const accepted: Active = { _tag: "Active", service, openedAt, noticeVersion, counsellor, acceptedAt: at, lastActivity: at, visitorAway, counsellorAway: null }
      const evening = eveningOf(state)
      return evening === untold ? accepted : { ...accepted, ...evening }
    }
    case "Requeued": {
      if (state._tag !== "Active") return state
      const { service, openedAt, noticeVersion, visitorAway } = state
      const queued: Waiting = { _tag: "Waiting", service, openedAt, noticeVersion, queuedAt: event.at, front: true, visitorAway, begun: true }
      const evening = eveningOf(state)
      return evening === untold ? queued : { ...queued, ...evening }
    }
    case "TransferOffered":
      return state._tag === "Active" ? { ...state, transfer: { to: event.to, until: event.until } } : state
    case "TransferDropped":
      return state._tag === "Active" ? withoutTransfer(state) : state
    case "Transferred": {
      if (state._tag !== "Active") return state
      const { at, counsellor } = event
      const moved: Active = { ...withoutTransfer(state), counsellor, acceptedAt: at, lastActivity: at, counsellorAway: null }
      // The visitor's yes is also a yes to this counsellor's taking the call.
      return moved.call === undefined ? moved : { ...moved, call: { ...moved.call, asked: "no" } }
    }
    case "CallReserved": {
      if (state._tag !== "Active") return state
      const { at, until, codeHash, keepChat } = event
      return { ...state, lastActivity: later(state.lastActivity, at), call: { until, codeHash, keepChat, asked: "no" } }
    }
    case "CallerAsked":
    case "CallerWaits":
      if (state._tag !== "Active" || state.call === undefined) return state
      return { ...state, call: { ...state.call, asked: event._tag === "CallerAsked" ? "yes" : "waits" } }
    case "CallTaken":
      // Whoever has just been heard on the phone has not been gone for longer than since then.
      return state._tag === "Active" ? { ...withoutCall(state), counsellorAway: state.counsellorAway === null ? null : event.at } : state
    case "CallExpired":
      return state._tag === "Active" ? withoutCall(state) : state
    case "ClosingSet":
      return state._tag === "Waiting" || state._tag === "Active" ? { ...state, closesAt: event.closesAt } : state
    case "ConcernOpened":
      return state._tag === "Waiting" || state._tag === "Active" ? { ...state, concernOpen: true } : state
    case "ConcernClosed":
      return state._tag === "Waiting" || state._tag === "Active" ? withoutConcern(state, event.at) : state
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
