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
  /** The service closed: at once for the queue, later for a chat that had begun. */
  "closingTime",
  /** The counsellor of the chat has taken the visitor's call. */
  "continuedByPhone",
  /** The server stopped or was killed. */
  "serverStopped"
])
export type EndReason = typeof EndReason.Type

/** The limits that end or move a session, or something in it, by themselves; each is a period of the policy. */
export const Limit = Schema.Literals(["queue", "visitorGrace", "counsellorGrace", "idle", "length", "closing", "call", "transfer"])
export type Limit = typeof Limit.Type

/** What binds a counsellor to confidentiality: a health professional's duty (DFH-29), a signed declaration (IF-12), or nothing known. */
export const Standing = Schema.Literals(["healthProfessional", "declaredHost", "none"])
export type Standing = typeof Standing.Type

/**
 * A keyed hash of a spoken code, as 64 hexadecimal digits. The key stays with whoever made the code: a plain hash of so few digits could be tried out.
 */
export const CodeHash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)).pipe(Schema.brand("CodeHash"))
export type CodeHash = typeof CodeHash.Type

/** What a visitor does who waits to phone a counsellor that is gone: wait for that one, take any other, or stop (DFH-22, E-08). */
export const Choice = Schema.Literals(["wait", "other", "stop"])
export type Choice = typeof Choice.Type

/** Since when an end has no live connection; `null` while it has one. */
const AwaySince = Schema.NullOr(Instant)

/** Another counsellor, whom the visitor is asked about until `until`; silence is no (E-08). */
const Transfer = Schema.Struct({ to: StaffId, until: Instant })

/** The counsellor of the chat is kept free for the visitor's call until `until`. Nothing of it is ever stored, and no number is known (DFH-22, DFH-23). */
const Call = Schema.Struct({
  until: Instant,
  codeHash: CodeHash,
  /** Whether the visitor wants to keep the chat when the call has begun. */
  keepChat: Schema.Boolean,
  /** Whether the visitor was asked what to do because the counsellor is gone, and has chosen to wait. */
  asked: Schema.Literals(["no", "yes", "waits"])
})

/** What the timers need to know of the evening, once it has been told. */
const evening = {
  /** When the service closes; absent as long as nobody has said so. */
  closesAt: Schema.optionalKey(Instant),
  /** An open concern, which no closing time cuts off (E-14); absent when there is none. */
  concernOpen: Schema.optionalKey(Schema.Literal(true))
}

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
    visitorAway: AwaySince,
    /** Has been with a counsellor, and may therefore finish after closing time; absent before. */
    begun: Schema.optionalKey(Schema.Literal(true)),
    ...evening
  },
  Active: {
    service: ServiceName,
    openedAt: Instant,
    noticeVersion: Schema.String,
    counsellor: StaffId,
    acceptedAt: Instant,
    lastActivity: Instant,
    visitorAway: AwaySince,
    counsellorAway: AwaySince,
    transfer: Schema.optionalKey(Transfer),
    call: Schema.optionalKey(Call),
    ...evening
  },
  Ended: { service: ServiceName, endedAt: Instant, reason: EndReason }
})
export type SessionState = typeof SessionState.Type
/** A session in the queue. */
export type Waiting = Extract<SessionState, { readonly _tag: "Waiting" }>
/** A session with a counsellor. */
export type Active = Extract<SessionState, { readonly _tag: "Active" }>

/** A live session as it may be stored: without what hangs in the air, so that no code outlives its call in a store (DFH-22). */
export type Stored = Waiting | (Omit<Active, "call" | "transfer"> & { readonly call?: never; readonly transfer?: never })

/** A live session without what is never stored. */
export const stored = (state: Waiting | Active): Stored => {
  if (state._tag === "Waiting") return state
  const { call: _call, transfer: _transfer, ...rest } = state
  return rest
}

/** Facts about a counsellor who would get the chat: chats held, what binds to confidentiality, and whether one is kept free for a call. */
const candidate = { holding: Schema.Int, standing: Standing, reserved: Schema.Boolean }

/** What a person, a connection or a timer asks of a session. Facts that the session cannot know itself arrive in the command. */
export const SessionCommand = Schema.TaggedUnion({
  /** The visitor pressed Start, once. `serviceOpen` is the verdict of the opening hours at `at`; the payload has no field about the visitor (DFH-05). */
  Open: { at: Instant, service: ServiceName, noticeVersion: Schema.String, serviceOpen: Schema.Boolean, front: Schema.Boolean },
  /** A counsellor takes the visitor. */
  Accept: { at: Instant, counsellor: StaffId, ...candidate },
  /** The assigned counsellor gives the visitor back to the front of the queue. */
  Return: { at: Instant, counsellor: StaffId },
  /** The assigned counsellor offers the visitor to another, named counsellor; the facts are about that one. */
  OfferTransfer: { at: Instant, counsellor: StaffId, to: StaffId, ...candidate },
  /** The visitor's answer about that counsellor. The facts are looked up again, for they may have changed meanwhile. */
  AnswerTransfer: { at: Instant, to: StaffId, yes: Schema.Boolean, ...candidate },
  WithdrawTransfer: { at: Instant, counsellor: StaffId },
  /** The visitor wants to phone the counsellor of the chat; `reserved` is whether that one is kept free for another call already. */
  RequestPhone: { at: Instant, codeHash: CodeHash, keepChat: Schema.Boolean, reserved: Schema.Boolean },
  /** The counsellor has the visitor on the phone, who has said the code. The chat ends unless both want to keep it. */
  TakeCall: { at: Instant, counsellor: StaffId, codeHash: CodeHash, keepChat: Schema.Boolean },
  /** The visitor's choice when the counsellor of a coming call is gone. */
  Choose: { at: Instant, choice: Choice },
  /** When the service closes, as the opening hours have it; a later hour than one already told changes nothing. */
  Close: { at: Instant, closesAt: Instant },
  /** Whether a concern about the visitor is open. */
  Concern: { at: Instant, open: Schema.Boolean },
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
  Requeued: { at: Instant, cause: Schema.Literals(["returned", "counsellorGone", "visitorChose"]) },
  /** The visitor must be asked. */
  TransferOffered: { at: Instant, to: StaffId, until: Instant },
  /** The offer is off, and the chat stays where it is. */
  TransferDropped: { at: Instant, cause: Schema.Literals(["declined", "silence", "withdrawn"]) },
  /** The visitor said yes; the new counsellor starts without history. */
  Transferred: { at: Instant, counsellor: StaffId },
  CallReserved: { at: Instant, until: Instant, codeHash: CodeHash, keepChat: Schema.Boolean },
  /** The counsellor of the coming call is gone: the visitor must be told and asked. */
  CallerAsked: { at: Instant },
  CallerWaits: { at: Instant },
  /** The call has begun and the chat goes on beside it. */
  CallTaken: { at: Instant },
  /** Nobody phoned in time; the code is gone. */
  CallExpired: { at: Instant },
  ClosingSet: { at: Instant, closesAt: Instant },
  ConcernOpened: { at: Instant },
  ConcernClosed: { at: Instant },
  WentAway: { at: Instant, party: Party },
  CameBack: { at: Instant, party: Party },
  WasActive: { at: Instant },
  Redacted: { at: Instant },
  Ended: { at: Instant, reason: EndReason }
})
export type SessionEvent = typeof SessionEvent.Type

/** Whether the stored aggregate is saved after an event. Presence, activity, and whatever is asked, expected or told of the evening live in memory only. */
export const isStored = (event: SessionEvent): boolean => {
  switch (event._tag) {
    case "Opened":
    case "Accepted":
    case "Requeued":
    case "Transferred":
    case "Redacted":
    case "Ended":
      return true
    case "TransferOffered":
    case "TransferDropped":
    case "CallReserved":
    case "CallerAsked":
    case "CallerWaits":
    case "CallTaken":
    case "CallExpired":
    case "ClosingSet":
    case "ConcernOpened":
    case "ConcernClosed":
    case "WentAway":
    case "CameBack":
    case "WasActive":
      return false
  }
}
