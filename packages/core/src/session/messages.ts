/**
 * The words of a chat session: its states, the commands that people and timers give, and the events that follow.
 * No event carries content, an address or a count of messages (DFH-07, DFH-10).
 */
import * as Schema from "effect/Schema"
import { ServiceName, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"

/** The two ends of a chat. */
export const Party = Schema.Literals(["visitor", "counsellor"])
export type Party = typeof Party.Type

/** Why a session is over. */
export const EndReason = Schema.Literals([
  "visitorEnded",
  "counsellorEnded",
  /** Quick exit. */
  "visitorLeft",
  /** The visitor's browser stayed away past the grace period. */
  "visitorGone",
  /** Nobody accepted within the queue limit. */
  "nobodyAvailable",
  "idle",
  "tooLong",
  /** The server stopped or was killed. */
  "serverStopped"
])
export type EndReason = typeof EndReason.Type

/** The limits that end or move a session by themselves; each is a period of the policy. */
export const Limit = Schema.Literals(["queue", "visitorGrace", "counsellorGrace", "idle", "length"])
export type Limit = typeof Limit.Type

/** Since when an end has no live connection; `null` while it has one. */
const AwaySince = Schema.NullOr(Instant)

/** A session as it stands. `Waiting` and `Active` carry what the timers need, and nothing about what is said. */
export const SessionState = Schema.TaggedUnion({
  Unopened: {},
  Waiting: {
    service: ServiceName,
    openedAt: Instant,
    noticeVersion: Schema.String,
    queuedAt: Instant,
    /** Returned from a counsellor, or cut off by a server stop: goes before everyone who was not. */
    front: Schema.Boolean,
    visitorAway: AwaySince
  },
  Active: {
    service: ServiceName,
    openedAt: Instant,
    noticeVersion: Schema.String,
    counsellor: StaffId,
    acceptedAt: Instant,
    lastActivity: Instant,
    visitorAway: AwaySince,
    counsellorAway: AwaySince
  },
  Ended: { service: ServiceName, endedAt: Instant, reason: EndReason }
})
export type SessionState = typeof SessionState.Type
/** A session in the queue. */
export type Waiting = Extract<SessionState, { readonly _tag: "Waiting" }>
/** A session with a counsellor. */
export type Active = Extract<SessionState, { readonly _tag: "Active" }>

/** What a person, a connection or a timer asks of a session. Facts that the session cannot know itself arrive in the command. */
export const SessionCommand = Schema.TaggedUnion({
  /** The visitor pressed Start, once. `serviceOpen` is the verdict of the opening hours at `at`; the payload has no field about the visitor (DFH-05). */
  Open: { at: Instant, service: ServiceName, noticeVersion: Schema.String, serviceOpen: Schema.Boolean, front: Schema.Boolean },
  /** A counsellor takes the visitor; `holding` is how many chats the counsellor has already. */
  Accept: { at: Instant, counsellor: StaffId, holding: Schema.Int },
  /** The assigned counsellor gives the visitor back to the front of the queue. */
  Return: { at: Instant, counsellor: StaffId },
  /** A connection of one end is lost, or is back. */
  Away: { at: Instant, party: Party },
  Back: { at: Instant, party: Party },
  /** Somebody wrote; moves the idle limit. */
  Activity: { at: Instant },
  /** Remove something written earlier, by either side, from both browsers (DFH-09). What is removed never enters the session. */
  Redact: { at: Instant, by: Party },
  End: { at: Instant, by: Party },
  /** Quick exit. */
  Leave: { at: Instant },
  /** The server stops or has been killed. */
  Stop: { at: Instant },
  /** A limit is reached; given by `due` only. */
  Expire: { at: Instant, limit: Limit }
})
export type SessionCommand = typeof SessionCommand.Type

/** What happened to a session. */
export const SessionEvent = Schema.TaggedUnion({
  Opened: { at: Instant, service: ServiceName, noticeVersion: Schema.String, front: Schema.Boolean },
  Accepted: { at: Instant, counsellor: StaffId },
  /** Back to the front of the queue, because the counsellor gave the visitor back or is gone. */
  Requeued: { at: Instant, cause: Schema.Literals(["returned", "counsellorGone"]) },
  WentAway: { at: Instant, party: Party },
  CameBack: { at: Instant, party: Party },
  WasActive: { at: Instant },
  Redacted: { at: Instant },
  Ended: { at: Instant, reason: EndReason }
})
export type SessionEvent = typeof SessionEvent.Type

/** The events after which the stored aggregate is saved; presence and activity live in memory only. */
export const isStored = (event: SessionEvent): boolean => {
  switch (event._tag) {
    case "Opened":
    case "Accepted":
    case "Requeued":
    case "Redacted":
    case "Ended":
      return true
    case "WentAway":
    case "CameBack":
    case "WasActive":
      return false
  }
}
