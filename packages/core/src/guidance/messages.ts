/**
 * The words of a referral that somebody prepares here: what it asks for, its states, the commands, and the events that follow.
 */
import * as Schema from "effect/Schema"
import { Instant } from "../kernel/instant.ts"
import { Competence, EntryType, LanguageTag, Referrer, Slug, Therapist } from "../policy/guideEntries.ts"
import { LocalDate } from "../policy/values.ts"

/** What a referral asks for, and keeps asking for until it is assessed (DUV-10, DUV-16, DUV-19). */
export const ReferralRequest = Schema.Struct({
  /** The id of a service of the guide. */
  to: Slug,
  /** A psychologist or a psychiatrist; `null` for either. */
  therapist: Schema.NullOr(Therapist),
  /** What the therapist should know: none, one or both of the wordings. */
  competences: Schema.Array(Competence).check(
    Schema.makeFilter((tags: ReadonlyArray<string>) => new Set(tags).size === tags.length || "must not ask for the same thing twice")
  ),
  /** The language to interpret to and from; `null` when no interpreter is needed. */
  interpreter: Schema.NullOr(Schema.Struct({ language: LanguageTag }))
})
export type ReferralRequest = typeof ReferralRequest.Type

/** Everything that somebody writes before asking for a referral, each field theirs to fill or leave (DUV-25). */
export const ReferralDraft = Schema.Struct({
  referrer: Referrer,
  request: ReferralRequest,
  /** In their own words, 2000 characters at most; may be empty. */
  words: Schema.String.check(Schema.isMaxLength(2000))
})
export type ReferralDraft = typeof ReferralDraft.Type

/** A referral as it stands. Once it has been accepted, the own words are no longer part of it. */
export const ReferralState = Schema.TaggedUnion({
  Empty: {},
  Draft: { draft: ReferralDraft, type: EntryType },
  /** Shown exactly as it would be sent. */
  Previewed: { draft: ReferralDraft, type: EntryType },
  Sent: { draft: ReferralDraft, type: EntryType, sentAt: Instant },
  Accepted: {
    request: ReferralRequest,
    receivedOn: LocalDate,
    /** The last day on which it is to be assessed (DUV-24). */
    assessBy: LocalDate,
    /** When the patient pathway started; `null` where the service has none (DUV-23). */
    pathwayStartedAt: Schema.NullOr(Instant)
  },
  Declined: { declinedAt: Instant }
})
export type ReferralState = typeof ReferralState.Type

/** What the person, or the service that is written to, does with a referral. */
export const ReferralCommand = Schema.TaggedUnion({
  Write: { at: Instant, draft: ReferralDraft },
  Preview: { at: Instant },
  Send: { at: Instant },
  Discard: { at: Instant },
  /** The service took the referral in; `receivedOn` is the day on which it arrived, by Norwegian clocks. */
  Accept: { at: Instant, receivedOn: LocalDate },
  Decline: { at: Instant }
})
export type ReferralCommand = typeof ReferralCommand.Type

/** What happened to a referral. */
export const ReferralEvent = Schema.TaggedUnion({
  Written: { at: Instant, draft: ReferralDraft, type: EntryType },
  Previewed: { at: Instant },
  Sent: { at: Instant },
  Discarded: { at: Instant },
  Accepted: { at: Instant, receivedOn: LocalDate, assessBy: LocalDate },
  PathwayStarted: { at: Instant },
  Declined: { at: Instant }
})
export type ReferralEvent = typeof ReferralEvent.Type
