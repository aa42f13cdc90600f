/**
 * Where consents are kept until the deadline of their session's access trace: state, never history, sealed under a key that dies then.
 * What a yes brings with it, the receipt and the triage note, is never kept longer than the yes (DFH-13, DFH-17, E-03).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { ConsentState, ReceiptHash } from "../consent/messages.ts"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Conflict, StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** The two things that a visitor can be asked to agree to: a triage note, and the information in a referral. */
export const consentSubjects = ["triage", "referral"] as const
/** One of them. */
export type ConsentSubject = (typeof consentSubjects)[number]

/** A consent that has something to keep: before the notice is shown and from the deadline on there is nothing. */
export type KeptConsent = Exclude<ConsentState, { readonly _tag: "NotShown" | "Expired" }>

/** The consent of one session to one thing, with the version that the next save must name. */
export interface StoredConsent {
  readonly ref: SessionRef
  readonly subject: ConsentSubject
  readonly service: ServiceName
  readonly version: number
  readonly state: KeptConsent
}

export class ConsentStore extends Context.Service<
  ConsentStore,
  {
    /** The consent, or nothing when there is none, its deadline is at or before `at`, or its key is gone. */
    readonly load: (ref: SessionRef, subject: ConsentSubject, at: Instant) => Effect.Effect<Option.Option<StoredConsent>, StoreUnavailable>
    /**
     * Saves the state under `version + 1` if the stored version is still `version`; version 0 creates it. In the same transaction a state that is no live yes
     * takes its receipt and its note away, and an earlier deadline moves both with it.
     */
    readonly save: (consent: StoredConsent) => Effect.Effect<void, Conflict | StoreUnavailable>
    /** The consents that a receipt can take back at `at`; none for a receipt that is unknown, used, or past its deadline. Opens no other row. */
    readonly findByReceipt: (receipt: ReceiptHash, at: Instant) => Effect.Effect<ReadonlyArray<StoredConsent>, StoreUnavailable>
    /** Destroys the consents and receipts whose deadline is at or before `at`. */
    readonly forget: (at: Instant) => Effect.Effect<{ readonly consents: Forgotten; readonly receipts: Forgotten }, StoreUnavailable>
  }
>()("@fortrolig/core/ports/ConsentStore") {}
