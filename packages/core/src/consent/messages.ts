/**
 * The words of a consent: its states, what the visitor, the counsellor and the timers ask of it, and what happened.
 * No message has room for free text, and none says why there is no yes: a no, silence and leaving are one and the same (DFH-14).
 */
import * as Schema from "effect/Schema"
import { Instant } from "../kernel/instant.ts"
import { triagePurposes } from "../policy/care.ts"
import { Party } from "../session/messages.ts"

/** What a visitor can say yes to: two purposes of the triage note (DFH-16), and the treatment that a referral is for (DFH-27). */
export const ConsentPurpose = Schema.Literals([...triagePurposes, "treatment"])
export type ConsentPurpose = typeof ConsentPurpose.Type

/** One or more purposes. There is no consent to nothing. */
export const Purposes = Schema.NonEmptyArray(ConsentPurpose)
export type Purposes = typeof Purposes.Type

/** SHA-256 of the secret that only the visitor's browser holds, as 64 hexadecimal digits: whoever has the secret may withdraw, without a name (E-03). */
export const ReceiptHash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)).pipe(Schema.brand("ReceiptHash"))
export type ReceiptHash = typeof ReceiptHash.Type

/** The text that was on the visitor's screen: which version of the notice, and in which language. */
export const ShownNotice = Schema.Struct({ version: Schema.String.check(Schema.isPattern(/^[0-9A-Za-z.-]{1,64}$/)), language: Schema.Literals(["nb", "en"]) })
export type ShownNotice = typeof ShownNotice.Type

/** How many times the question has been put; it also names the question that an answer answers. */
const Asking = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 }))

/** The lowest age in whole years that the visitor has stated in this session, or `null` where none was; never stored (E-11). */
const StatedAge = Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 120 })))

/** Where one consent of one session stands. `deleteAt` is the deadline of that session's access trace; from then on nothing is left. */
export const ConsentState = Schema.TaggedUnion({
  NotShown: {},
  NoticeShown: { deleteAt: Instant, timesAsked: Asking, notice: ShownNotice },
  Asked: { deleteAt: Instant, timesAsked: Asking, notice: ShownNotice },
  Granted: { deleteAt: Instant, timesAsked: Asking, notice: ShownNotice, purposes: Purposes, receiptHash: ReceiptHash, grantedAt: Instant },
  Declined: { deleteAt: Instant, timesAsked: Asking },
  Withdrawn: { deleteAt: Instant },
  /** The visitor turned out to be too young to have said yes. */
  Invalidated: { deleteAt: Instant },
  /** The service no longer uses what the yes was for. */
  Halted: { deleteAt: Instant },
  /** The deadline has passed. Whether there ever was a yes can no longer be told. */
  Expired: {}
})
export type ConsentState = typeof ConsentState.Type
/** A live yes. */
export type Granted = Extract<ConsentState, { readonly _tag: "Granted" }>

/** What is asked of a consent. Facts about the session arrive in the command; nothing of a consent ever goes to the session (DFH-15). */
export const ConsentCommand = Schema.TaggedUnion({
  /** The counsellor has the notice shown. `chatActive` is the verdict of the session at `at`: the visitor is with a counsellor. */
  ShowNotice: { at: Instant, openedAt: Instant, notice: ShownNotice, chatActive: Schema.Boolean, statedAge: StatedAge },
  /** The counsellor has the question put, under the notice that was shown. */
  Ask: { at: Instant, notice: ShownNotice, chatActive: Schema.Boolean, statedAge: StatedAge },
  /** Yes, to these purposes, to question number `question`, with this text on the screen; an act of the visitor and of nobody else. */
  Grant: { at: Instant, by: Party, question: Asking, notice: ShownNotice, purposes: Purposes, receiptHash: ReceiptHash },
  /** No, to question number `question`. */
  Decline: { at: Instant, by: Party, question: Asking },
  /** Whoever holds the receipt takes the yes back. */
  Withdraw: { at: Instant, receiptHash: ReceiptHash },
  /** The session is over, in whatever way, quick exit included. */
  SessionOver: { at: Instant },
  /** The visitor states an age, in whole years. */
  StateAge: { at: Instant, years: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 120 })) },
  /** The service stops using what the consent is for. */
  Halt: { at: Instant },
  /** A stricter policy: the deadline becomes the earlier of the two. */
  Shorten: { at: Instant, deleteAt: Instant },
  /** The deadline is reached; given by `due` only. */
  Expire: { at: Instant }
})
export type ConsentCommand = typeof ConsentCommand.Type

/** What happened to a consent. `Declined` is also what silence and leaving become. */
export const ConsentEvent = Schema.TaggedUnion({
  NoticeShown: { at: Instant, deleteAt: Instant, notice: ShownNotice },
  Asked: { at: Instant, question: Asking },
  Granted: { at: Instant, purposes: Purposes, receiptHash: ReceiptHash },
  Declined: { at: Instant },
  Withdrawn: { at: Instant },
  Invalidated: { at: Instant },
  Halted: { at: Instant },
  Shortened: { at: Instant, deleteAt: Instant },
  Expired: { at: Instant }
})
export type ConsentEvent = typeof ConsentEvent.Type
