/**
 * The words of a booking. An identity passes through and is never here: name, number and what the visitor wants the therapist to know travel as one
 * sealed payload that only the patient record can open, and these messages carry its handle (DFH-19, DFH-24, DFH-26). No word names a chat.
 */
import * as Schema from "effect/Schema"
import { Instant } from "../kernel/instant.ts"
import { LocalDate } from "../policy/values.ts"

const random128 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/))

/** The handle of a sealed payload in the outbox: 128 random bits, made for this booking alone. */
export const SealedPayload = random128.pipe(Schema.brand("SealedPayload"))
export type SealedPayload = typeof SealedPayload.Type
/** The idempotency key of one hand-over: the patient record makes at most one referral of it, and calls the referral by it afterwards. */
export const HandOverKey = random128.pipe(Schema.brand("HandOverKey"))
export type HandOverKey = typeof HandOverKey.Type
/** One exact wording of what is to be sent. Whoever changes a letter makes a new one. */
export const DraftId = random128.pipe(Schema.brand("DraftId"))
export type DraftId = typeof DraftId.Type
/** Somebody who reads a payload, by a name of the booking's own log: not the name that the chats know them by. */
export const ReaderRef = random128.pipe(Schema.brand("ReaderRef"))
export type ReaderRef = typeof ReaderRef.Type

/** One piece of information that might go into the referral, by its place in the list that the visitor sees. */
export const ItemId = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 99 })).pipe(Schema.brand("ItemId"))
export type ItemId = typeof ItemId.Type

/** The two ways to book, offered side by side (DFH-21). */
export const Route = Schema.Literals(["form", "phone"])
export type Route = typeof Route.Type

/** What remains of an identity after it was checked: its kind, the verdict on the age, and the day on which both hold. */
export const CheckedIdentity = Schema.Struct({
  kind: Schema.Literals(["FNR", "DNR"]),
  age: Schema.Literals(["oldEnough", "tooYoung", "unknown"]),
  on: LocalDate
}).pipe(Schema.brand("CheckedIdentity"))
export type CheckedIdentity = typeof CheckedIdentity.Type

/** An appointment: when, where, with whom (DFH-45, DFH-46). */
export const Appointment = Schema.Struct({
  on: LocalDate,
  site: Schema.NonEmptyString,
  performer: Schema.Literals(["clinicalPsychologist", "psychiatrist"])
})
export type Appointment = typeof Appointment.Type

/** What the patient record is asked to set up; it has no field for a priority, which therefore depends on nothing (DFH-28). */
export const Referral = Schema.Struct({
  purpose: Schema.Literal("treatment"),
  /** The expertise that the therapist must have (DFH-50). */
  competence: Schema.Literal("sexualInterestInChildren"),
  appointment: Appointment,
  /** The items of information that the sealed payload holds, each approved by the visitor (DFH-27). */
  info: Schema.Array(ItemId)
})
export type Referral = typeof Referral.Type

/** Whom somebody who cannot book here is pointed to, as codes that a page turns into friendly words. */
export const Routing = Schema.Literals(["alarm116111", "generalPractitioner", "childServices"])
export type Routing = typeof Routing.Type

/** What the visitor has said to each item so far, and the wording that was shown last. */
const filling = {
  answers: Schema.Array(Schema.Struct({ item: ItemId, approved: Schema.Boolean })),
  shown: Schema.NullOr(Schema.Struct({ draft: DraftId, info: Schema.Array(ItemId) }))
}

/** A booking as it stands, kept under a random code that the visitor holds. No state has a field for a name, a number, an age or a chat. */
export const BookingState = Schema.TaggedUnion({
  NotStarted: {},
  Form: filling,
  ByPhone: filling,
  /** Sealed and in the outbox, until the patient record has it or `lapsesAt`. */
  Pending: { key: HandOverKey, sealed: SealedPayload, lapsesAt: Instant },
  /** The patient record has it; nothing else is left here. */
  Acknowledged: { reference: HandOverKey },
  FollowUpOffered: { reference: HandOverKey },
  FollowUpAccepted: { reference: HandOverKey },
  FollowUpDeclined: { reference: HandOverKey },
  /** The patient record could not be reached in time: the payload is gone, and the visitor is asked to book anew. */
  Lapsed: {},
  /** No booking came of it, and nothing of the form is left; why is not kept. */
  NotCreated: {}
})
export type BookingState = typeof BookingState.Type
/** A booking that is being written, by form or on the phone. */
export type Filling = Extract<BookingState, { readonly _tag: "Form" | "ByPhone" }>

/** What a visitor, a member of staff, the patient record or a timer asks of a booking. */
export const BookingCommand = Schema.TaggedUnion({
  /** Book by form, or by phone; also to change from one to the other. */
  Choose: { at: Instant, route: Route },
  /** The visitor's own answer about one item (DFH-27). */
  AnswerItem: { at: Instant, item: ItemId, approved: Schema.Boolean },
  /** No item at all. */
  DeclineInfo: { at: Instant },
  /** The visitor has seen, or on the phone heard, this wording letter by letter; `info` and `characters` are what it holds of items (DFH-26). */
  Show: { at: Instant, draft: DraftId, info: Schema.Array(ItemId), characters: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })) },
  Submit: { at: Instant, checked: CheckedIdentity, appointment: Appointment, draft: DraftId, key: HandOverKey, sealed: SealedPayload },
  /** Quick exit, or the form was closed. */
  Leave: { at: Instant },
  /** Somebody wants to see what is in the outbox (DFH-20, DFH-25). */
  Read: {
    at: Instant,
    reader: ReaderRef,
    role: Schema.Literals(["bookingClerk", "assignedCounsellor", "otherCounsellor", "lead", "vendor"]),
    purpose: Schema.Literals(["treatment", "quality", "research", "statistics", "disclosure"])
  },
  /** The patient record did not answer, or refused; it will be tried again with the same key. */
  Fail: { at: Instant, key: HandOverKey },
  Acknowledge: { at: Instant, key: HandOverKey },
  /** The outbox has kept it as long as it may; given by `due` only. */
  Lapse: { at: Instant },
  /** One more appointment of the therapy; how many there are and how often is nobody's rule (DFH-52). */
  Schedule: { at: Instant, appointment: Appointment },
  EndTreatment: { at: Instant },
  AnswerFollowUp: { at: Instant, accept: Schema.Boolean },
  /** Staff want to get in touch after the treatment (DFH-54). */
  Contact: { at: Instant }
})
export type BookingCommand = typeof BookingCommand.Type

/** What happened to a booking. */
export const BookingEvent = Schema.TaggedUnion({
  Chosen: { at: Instant, route: Route },
  /** What had been written so far is to be wiped from the page. */
  Discarded: { at: Instant },
  ItemAnswered: { at: Instant, item: ItemId, approved: Schema.Boolean },
  InfoDeclined: { at: Instant },
  Shown: { at: Instant, draft: DraftId, info: Schema.Array(ItemId) },
  Submitted: { at: Instant, key: HandOverKey, sealed: SealedPayload, lapsesAt: Instant, referral: Referral },
  /** Not by this service; the visitor is pointed onwards, and nobody else is told (E-10, X-01). */
  NotCreated: { at: Instant, routing: Schema.NonEmptyArray(Routing) },
  /** For the log of readings, once for each (DFH-25). */
  PayloadRead: { at: Instant, reader: ReaderRef },
  /** Still being tried; the visitor's status page says so. */
  Retrying: { at: Instant, key: HandOverKey },
  Acknowledged: { at: Instant, key: HandOverKey },
  /** Not delivered in time; the visitor is told to book anew. */
  Lapsed: { at: Instant },
  /** The sealed payload is to be destroyed now. */
  PayloadDestroyed: { at: Instant, sealed: SealedPayload },
  Scheduled: { at: Instant, reference: HandOverKey, appointment: Appointment },
  FollowUpOffered: { at: Instant, reference: HandOverKey },
  FollowUpAnswered: { at: Instant, accepted: Schema.Boolean },
  Contacted: { at: Instant, reference: HandOverKey }
})
export type BookingEvent = typeof BookingEvent.Type
