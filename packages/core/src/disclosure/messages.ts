/**
 * The words of a case about a danger: its states, what people and timers ask of it, and what follows.
 * No word of a chat, no name and no address has a field in it; a payload is known by the names of its fields only.
 */
import * as Schema from "effect/Schema"
import { SessionRef, StaffId } from "../kernel/identity.ts"
import { Instant, Period } from "../kernel/instant.ts"
import { Recipient, Trigger } from "../policy/duties.ts"
import { Assessment, Belief, Level } from "./assessment.ts"
import { Field } from "./payload.ts"
import { Basis, Channel, ConcernTimer, DeferReason, DissentReason, HandOverCause, Item, Means, NoReason, Proposal, Whom } from "./vocabulary.ts"

/** A case: 128 random bits as 32 hexadecimal digits, unrelated to the reference of any chat. */
export const CaseRef = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/)).pipe(Schema.brand("CaseRef"))
export type CaseRef = typeof CaseRef.Type

/** What a recipient calls the report; `null` when none was given. */
export const Reference = Schema.NullOr(Schema.String.check(Schema.isPattern(/^[\p{L}\p{N} ./-]{1,40}$/u)))
export type Reference = typeof Reference.Type

/** When somebody is called upon, and after how long again; the wait doubles, up to a day. */
export const Alarm = Schema.Struct({ at: Instant, again: Period })
export type Alarm = typeof Alarm.Type

const cases = Schema.Array(CaseRef)
const onItsWay = { recipient: Recipient, cases, covers: cases, alarm: Alarm }

/** The notification of one recipient. `cases` are those that still owe it; `covers` those that the prepared payload speaks for. */
export const Notification = Schema.TaggedUnion({
  Idle: { recipient: Recipient, cases, alarm: Alarm },
  Prepared: onItsWay,
  Sending: { ...onItsWay, channel: Channel },
  Failed: { ...onItsWay, channel: Channel },
  Acknowledged: { recipient: Recipient }
})
export type Notification = typeof Notification.Type

/** What the visitor knows of it. `NotNeeded`: nothing was passed on, and there is nothing to tell. */
export const VisitorInfo = Schema.TaggedUnion({
  Undecided: {},
  Told: { when: Schema.Literals(["before", "after"]) },
  Deferred: { reason: DeferReason },
  NotPossible: {},
  NotNeeded: {}
})
export type VisitorInfo = typeof VisitorInfo.Type

/** A deadline at which something is destroyed, and the warnings that are still to come. */
export const ItemDeadline = Schema.Struct({ item: Item, deadline: Instant, warnAt: Schema.Array(Instant) })
export type ItemDeadline = typeof ItemDeadline.Type

/** A recipient who has acknowledged, and by what reference. */
export const ToldTo = Schema.Struct({ recipient: Recipient, reference: Reference })
export type ToldTo = typeof ToldTo.Type

const open = {
  ref: CaseRef,
  session: SessionRef,
  raisedBy: StaffId,
  /** Who answers for the case now. */
  holder: StaffId,
  trigger: Trigger,
  assessment: Schema.NullOr(Assessment),
  /** Once an assessment was grave, nobody decides alone that there is nothing, whatever a later one says. */
  needsSecond: Schema.Boolean,
  proposal: Schema.NullOr(Proposal),
  opinion: Schema.NullOr(Schema.Struct({ by: StaffId, agrees: Schema.Boolean })),
  bases: Schema.Array(Basis),
  /** Decided by one person at once: call first, the rest after. */
  fast: Schema.Boolean,
  /** Who decided alone or against advice, until somebody else has looked at it. */
  alone: Schema.NullOr(StaffId),
  review: Schema.NullOr(Alarm),
  /** Who found that there is no duty after all, until a second person agrees. */
  retraction: Schema.NullOr(StaffId),
  /** Whether any notification has ever been on its way. */
  sent: Schema.Boolean,
  notify: Schema.Array(Notification),
  told: Schema.Array(ToldTo),
  /** Other cases whose duties this one has taken over. */
  absorbed: cases,
  visitor: VisitorInfo,
  /** When the step that the state waits for has taken too long; the notifications have their own. */
  alarm: Schema.NullOr(Alarm),
  items: Schema.Array(ItemDeadline)
}

/** How a case ended. */
export const Outcome = Schema.Literals(["fulfilled", "nothing", "merged"])

/** A case as it stands. */
export const ConcernState = Schema.TaggedUnion({
  None: {},
  Raised: open,
  Assessed: open,
  Consulting: open,
  Consulted: open,
  ConsultTimedOut: open,
  DutyDecided: open,
  RightDecided: open,
  ConsentDecided: open,
  NoDuty: open,
  Fulfilled: open,
  Closed: {
    ref: CaseRef,
    session: SessionRef,
    trigger: Trigger,
    outcome: Outcome,
    bases: Schema.Array(Basis),
    told: Schema.Array(ToldTo),
    visitor: VisitorInfo,
    into: Schema.NullOr(CaseRef),
    keepUntil: Instant
  },
  Gone: {}
})
export type ConcernState = typeof ConcernState.Type
/** A case that somebody answers for. */
export type Open = Exclude<ConcernState, { readonly _tag: "None" | "Closed" | "Gone" }>

/** Whether a case is open. */
export const isOpen = (state: ConcernState): state is Open => state._tag !== "None" && state._tag !== "Closed" && state._tag !== "Gone"

/** Whether the police have acknowledged this case about this chat: what a custodian asks before an address may be released (DFH-34). */
export const policeWereTold = (state: ConcernState, session: SessionRef): boolean =>
  (isOpen(state) || state._tag === "Closed") && state.session === session && state.told.some(({ recipient }) => recipient === "police")

const step = { at: Instant, by: StaffId }
const recipients = Schema.Array(Recipient)
const duty = { ...step, bases: Schema.Array(Basis), recipients, shiftEndsAt: Instant }

/** What is asked of a case. Who someone is, and when the shift or a datum ends, arrives with it. */
export const ConcernCommand = Schema.TaggedUnion({
  /** `flaggedBy` says whether a person or some software noticed; `endedAt` is when the chat ended, `null` while it lives. */
  Raise: {
    ...step,
    ref: CaseRef,
    session: Schema.NullOr(Schema.Struct({ ref: SessionRef, endedAt: Schema.NullOr(Instant) })),
    flaggedBy: Schema.Literals(["person", "software"]),
    trigger: Trigger,
    belief: Belief,
    visitorAsks: Schema.Boolean
  },
  Assess: { ...step, assessment: Assessment },
  DeclareImminent: { ...step, level: Level, minutesMatter: Schema.Boolean, bases: Schema.Array(Basis), recipients },
  RequestConsult: { ...step, proposes: Proposal },
  GiveOpinion: { ...step, agrees: Schema.Boolean },
  DecideDuty: duty,
  ProceedDespiteDissent: { ...duty, reason: DissentReason },
  DecideRight: { ...step, recipients, shiftEndsAt: Instant },
  DecideConsent: { ...step, recipients, shiftEndsAt: Instant, visitorAgreed: Schema.Boolean },
  DecideNone: { ...step, reason: NoReason },
  /** New facts: the first person proposes, the second one retracts. A visitor's own yes is taken back at once. */
  Retract: { ...step, assessment: Assessment },
  RecordAverted: { ...step, means: Means, stillAvertable: Schema.Boolean },
  Prepare: { ...step, recipient: Recipient, fields: Schema.Array(Field), covers: cases },
  Send: { ...step, recipient: Recipient },
  Fail: { ...step, recipient: Recipient },
  Acknowledge: { ...step, recipient: Recipient, reference: Reference },
  TellVisitor: step,
  DeferTelling: { ...step, reason: DeferReason },
  CannotTell: { ...step, connected: Schema.Boolean },
  HandOver: { at: Instant, to: StaffId, cause: HandOverCause },
  /** The chat is over, by anyone or anything. The case is not. */
  ChatEnded: { at: Instant },
  LearnDeadline: { at: Instant, item: Item, deadline: Instant },
  Review: step,
  /** `releaseOpen`: whether a custodian is handling a police request about this case. */
  Close: { ...step, releaseOpen: Schema.Boolean },
  /** This case takes over what another one owes. */
  Absorb: { ...step, from: CaseRef, owes: recipients, bases: Schema.Array(Basis), sent: Schema.Boolean },
  /** This case's duties have been taken over by another. */
  MergeInto: { ...step, into: CaseRef, taken: recipients },
  /** A timer is due; given by `due` only. */
  Expire: { at: Instant, timer: ConcernTimer, about: Schema.NullOr(Schema.Union([Recipient, Item])) }
})
export type ConcernCommand = typeof ConcernCommand.Type
/** One command by its name. */
export type CommandOf<Tag extends ConcernCommand["_tag"]> = Extract<ConcernCommand, { readonly _tag: Tag }>

const notify = Schema.Array(Notification)

/** What happened to a case. Every timer that it starts is in it, so that applying it needs no policy. */
export const ConcernEvent = Schema.TaggedUnion({
  Raised: { ...step, ref: CaseRef, session: SessionRef, trigger: Trigger, alarm: Alarm },
  Assessed: { ...step, assessment: Assessment, needsSecond: Schema.Boolean, alarm: Alarm },
  ConsultRequested: { ...step, proposes: Proposal, alarm: Alarm },
  OpinionGiven: { ...step, agrees: Schema.Boolean, alarm: Alarm },
  ConsultTimedOut: { at: Instant, alarm: Alarm },
  DutyDecided: {
    ...step,
    how: Schema.Literals(["fast", "consulted", "timedOut", "dissent"]),
    reason: Schema.NullOr(DissentReason),
    bases: Schema.Array(Basis),
    notify,
    review: Schema.NullOr(Alarm)
  },
  RightDecided: { ...step, notify },
  ConsentDecided: { ...step, notify },
  NoDutyDecided: { ...step, reason: NoReason, alarm: Alarm },
  RetractionProposed: step,
  DutyRetracted: { ...step, alarm: Alarm },
  ConsentTakenBack: { ...step, alarm: Alarm },
  AvertedByOther: { ...step, means: Means, alarm: Alarm },
  Prepared: { ...step, recipient: Recipient, fields: Schema.Array(Field), covers: cases },
  SendingStarted: { ...step, recipient: Recipient, channel: Channel, alarm: Alarm },
  /** `by` is `null` when nobody answered in time. */
  SendingFailed: { at: Instant, by: Schema.NullOr(StaffId), recipient: Recipient, alarm: Alarm },
  Acknowledged: { ...step, recipient: Recipient, reference: Reference, alarm: Alarm },
  Fulfilled: { at: Instant, alarm: Alarm },
  VisitorTold: { ...step, when: Schema.Literals(["before", "after"]) },
  TellingDeferred: { ...step, reason: DeferReason },
  TellingNotPossible: step,
  HandedOver: { at: Instant, to: StaffId, cause: HandOverCause },
  DeadlineLearned: { at: Instant, item: Item, deadline: Instant, warnAt: Schema.Array(Instant) },
  Warned: { at: Instant, item: Item, whom: Whom },
  Paged: { at: Instant, timer: ConcernTimer, about: Schema.NullOr(Recipient), whom: Whom, alarm: Alarm },
  Reviewed: step,
  Absorbed: { ...step, from: CaseRef, bases: Schema.Array(Basis), sent: Schema.Boolean, owes: recipients, alarm: Alarm },
  MergedInto: { ...step, into: CaseRef, keepUntil: Instant },
  Closed: { ...step, keepUntil: Instant },
  Forgotten: { at: Instant }
})
export type ConcernEvent = typeof ConcernEvent.Type
