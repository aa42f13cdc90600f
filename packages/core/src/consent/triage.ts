/**
 * The triage note: written under a live yes, deleted when the yes is taken back, anonymous from the deadline of the access trace on.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { SessionRef } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import type { Refusal, Rule } from "../kernel/rule.ts"
import { type TriagePurpose, type TriageTerms, TriagePurpose as TriagePurposeSchema } from "../policy/care.ts"
import { coarsePeriod } from "./coarse.ts"
import { type ConsentEvent, type ConsentPurpose, type ConsentState, ReceiptHash } from "./messages.ts"
import { consentRules } from "./rules.ts"
import { TriageFields } from "./triageFields.ts"

/** A triage note. What an anonymous one has is all that anybody ever reads of either (DFH-17, DFH-18). */
export const TriageNote = Schema.TaggedUnion({
  /** Still tied to its session, so that the visitor can take it back; `deleteAt` is when that tie is cut. */
  Linked: {
    session: SessionRef,
    receiptHash: ReceiptHash,
    writtenAt: Instant,
    deleteAt: Instant,
    purposes: Schema.NonEmptyArray(TriagePurposeSchema),
    fields: TriageFields
  },
  /** Not the version of the notice either: one that was valid for two days would tell the day. */
  Anonymous: { period: Schema.String.check(Schema.isPattern(/^\d{4}-(?:W\d{2}|\d{2}|Q[1-4])$/)), purposes: Schema.NonEmptyArray(TriagePurposeSchema), fields: TriageFields }
})
export type TriageNote = typeof TriageNote.Type
/** A note before its deadline. */
export type LinkedNote = Extract<TriageNote, { readonly _tag: "Linked" }>
/** A note that nothing ties to anybody. */
export type AnonymousNote = Extract<TriageNote, { readonly _tag: "Anonymous" }>

const refused = (rule: Rule, says: string) => Result.fail<Refusal>({ rule: rule.id, says })

const noYes = refused(consentRules.asking, "A note can be written only after the visitor has said yes, and only until its deadline.")
const anotherPurpose = refused(consentRules.bound, "The visitor did not say yes to this use of the note.")

const isTriagePurpose = (purpose: ConsentPurpose): purpose is TriagePurpose => purpose !== "treatment"

/**
 * Writes a note under the consent of the same session, or writes it anew. Refused without a live yes at `at`.
 * The caller gives the consent that belongs to `session`; nothing said in the chat is copied, the codes are chosen by hand (DFH-13).
 */
export const writeNote = (
  consent: ConsentState,
  { at, session, fields }: { readonly at: Instant; readonly session: SessionRef; readonly fields: TriageFields }
): Result.Result<LinkedNote, Refusal> => {
  if (consent._tag !== "Granted" || consent.deleteAt <= at) return noYes
  const [first, ...rest] = consent.purposes.filter(isTriagePurpose)
  if (first === undefined) return noYes
  const { receiptHash, deleteAt } = consent
  return Result.succeed({ _tag: "Linked", session, receiptHash, writtenAt: at, deleteAt, purposes: [first, ...rest], fields })
}

/** Cuts all that ties a note to a session, in one step: reference, receipt and exact times go together, and a period stays (DFH-17). */
export const sever = ({ writtenAt, purposes, fields }: LinkedNote, { grain }: Pick<TriageTerms, "grain">): AnonymousNote => ({
  _tag: "Anonymous",
  period: coarsePeriod(writtenAt, grain),
  purposes,
  fields
})

/**
 * The note after an event of its consent: gone when the yes is withdrawn, void or no longer used, severed when it expires, sooner when it is shortened.
 * An anonymous note stays as it is, whatever happens: nothing can be found in it (E-03).
 */
export const noteAfter = (note: TriageNote, event: ConsentEvent, terms: Pick<TriageTerms, "grain">): TriageNote | undefined => {
  if (note._tag === "Anonymous") return note
  switch (event._tag) {
    case "Withdrawn":
    case "Invalidated":
    case "Halted":
      return undefined
    case "Expired":
      return sever(note, terms)
    case "Shortened":
      return { ...note, deleteAt: event.deleteAt }
    case "NoticeShown":
    case "Asked":
    case "Granted":
    case "Declined":
      return note
  }
}

/**
 * Reads a note for a purpose. Refused unless the visitor said yes to that very purpose (DFH-16, X-10). What is read is the anonymous form,
 * also before the deadline: no reader ever needs to know whose note it is (DFH-18).
 */
export const readNote = (note: TriageNote, purpose: ConsentPurpose, terms: Pick<TriageTerms, "grain">): Result.Result<AnonymousNote, Refusal> => {
  if (!isTriagePurpose(purpose) || !note.purposes.includes(purpose)) return anotherPurpose
  return Result.succeed(note._tag === "Linked" ? sever(note, terms) : note)
}
