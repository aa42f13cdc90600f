/**
 * The consents, receipts and notes of a store in memory, which change together or not at all.
 */
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { AnonymousNote } from "@fortrolig/core/consent/triage"
import type { ConsentRow, NoteRow, ReceiptRow } from "../database/sealedConsent.ts"
import type { SessionRows } from "../database/consentChange.ts"

/** What is left of a note. */
export interface AnonymousRow {
  readonly id: string
  readonly service: ServiceName
  readonly note: AnonymousNote
}

/** All rows: consents by session and subject, notes by session, receipts by their hash, anonymous notes by their id. */
export interface ConsentRows {
  readonly consents: Map<string, ConsentRow>
  readonly notes: Map<SessionRef, NoteRow>
  readonly receipts: Map<string, ReceiptRow>
  readonly anonymous: Map<string, AnonymousRow>
}

/** No rows. */
export const noConsentRows = (): ConsentRows => ({ consents: new Map(), notes: new Map(), receipts: new Map(), anonymous: new Map() })

/** The key of a consent. */
export const consentKey = ({ purpose, ref }: Pick<ConsentRow, "purpose" | "ref">): string => `${ref}|${purpose}`
/** The key of a receipt. */
export const receiptKey = (hash: Uint8Array): string => Buffer.from(hash).toString("hex")

/** The rows of one session. */
export const rowsOf = ({ consents, notes }: ConsentRows, ref: SessionRef): SessionRows => ({
  consents: [...consents.values()].filter((row) => row.ref === ref),
  note: notes.get(ref)
})
