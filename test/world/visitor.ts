/**
 * One visitor of a simulated world: what the service has of a chat, what the vendor has, and what the visitor alone knows.
 */
import type { BookingCommand, BookingEvent, BookingState, DraftId, HandOverKey, SealedPayload } from "@fortrolig/core/booking/messages"
import type { ConsentCommand, ConsentEvent, ConsentState, ReceiptHash } from "@fortrolig/core/consent/messages"
import type { TriageNote } from "@fortrolig/core/consent/triage"
import type { NoteStep } from "@fortrolig/core/consent/triageLaws"
import type { IpAddress } from "@fortrolig/core/custody/ipAddress"
import type { ConcernCommand, ConcernEvent, ConcernState } from "@fortrolig/core/disclosure/messages"
import type { ReferralCommand, ReferralEvent, ReferralState } from "@fortrolig/core/guidance/messages"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { RetentionCommand, RetentionEvent, RetentionState } from "@fortrolig/core/retention/messages"
import type { CodeHash, SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"
import type { ContactCommand, ContactEvent, ContactState } from "@fortrolig/core/statistics/messages"
import { Actor } from "./actor.ts"
import type { Coverage } from "./coverage.ts"
import type { Random } from "./random.ts"
import { guided, type Service } from "./services.ts"

/** The two consents of a visitor. */
export type ConsentName = "triage" | "referral"
/** A case about the visitor's chat. */
export type Case = Actor<ConcernState, ConcernCommand, ConcernEvent>
/** A retention clock. */
export type Clock = Actor<RetentionState, RetentionCommand, RetentionEvent>

/** One visitor. What stands beside `ip` is kept in different realms; only this test sees it together. */
export interface Visitor {
  readonly index: number
  readonly ref: SessionRef
  readonly ip: IpAddress
  readonly session: Actor<SessionState, SessionCommand, SessionEvent>
  readonly trace: Clock
  readonly content: Clock
  readonly consents: { readonly [Name in ConsentName]: Actor<ConsentState, ConsentCommand, ConsentEvent> }
  readonly contact: Actor<ContactState, ContactCommand, ContactEvent>
  readonly booking: Actor<BookingState, BookingCommand, BookingEvent>
  readonly referral: Actor<ReferralState, ReferralCommand, ReferralEvent>
  readonly cases: Array<Case>
  readonly noteSteps: Array<NoteStep>
  note: TriageNote | undefined
  /** The lowest age that the visitor has stated, as the page of the chat remembers it while it is open. */
  statedAge: number | null
  /** How many things the visitor was told or shown anew. */
  outputs: number
  /** What only the visitor's browser has. */
  readonly receipts: { readonly [Name in ConsentName]: ReceiptHash }
  readonly codes: readonly [CodeHash, CodeHash]
  /** Made for the booking alone. */
  readonly keys: readonly [HandOverKey, HandOverKey]
  readonly payload: SealedPayload
  readonly drafts: readonly [DraftId, DraftId]
}

/** Somebody who has not opened anything yet. The address comes from elsewhere, so that a world can be run again with another one. */
export const newVisitor = (index: number, random: Random, ip: IpAddress, service: Service, coverage: Coverage): Visitor => ({
  index,
  ref: random.hex(32) as SessionRef,
  ip,
  session: new Actor("session", service.session, coverage),
  trace: new Actor("retention", service.retention, coverage),
  content: new Actor("retention", service.retention, coverage),
  consents: { triage: new Actor("consent", service.triage, coverage), referral: new Actor("consent", service.referral, coverage) },
  contact: new Actor("contact", service.contact, coverage),
  booking: new Actor("booking", service.booking, coverage),
  referral: new Actor("referral", guided, coverage),
  cases: [],
  noteSteps: [],
  note: undefined,
  statedAge: null,
  outputs: 0,
  receipts: { triage: random.hex(64) as ReceiptHash, referral: random.hex(64) as ReceiptHash },
  codes: [random.hex(64) as CodeHash, random.hex(64) as CodeHash],
  keys: [random.hex(32) as HandOverKey, random.hex(32) as HandOverKey],
  payload: random.hex(32) as SealedPayload,
  drafts: [random.hex(32) as DraftId, random.hex(32) as DraftId]
})

/** Whether the chat is in the queue or with a counsellor. */
export const isLive = ({ session }: Visitor): boolean => session.state._tag === "Waiting" || session.state._tag === "Active"
