/**
 * Consents, receipts and linked notes as rows: everything but reference, service and deadline is sealed until that deadline, and filled up with spaces, so that
 * the length of a ciphertext does not tell a yes from a no.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ConsentState, type ReceiptHash } from "@fortrolig/core/consent/messages"
import { TriageNote } from "@fortrolig/core/consent/triage"
import { type ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { TriageTerms } from "@fortrolig/core/policy/care"
import type { ConsentSubject, StoredConsent } from "@fortrolig/core/ports/ConsentStore"
import { KeyGone, StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { SealedUntil, Vault } from "@fortrolig/core/ports/KeyVault"
import type { StoredNote } from "@fortrolig/core/ports/TriageStore"
import { padded } from "../keys/padding.ts"

/** A consent as it is stored. The version is sealed too: how often it changed would tell how often somebody was asked. */
export interface ConsentRow extends SealedUntil {
  readonly ref: SessionRef
  readonly purpose: ConsentSubject
  readonly service: ServiceName
  readonly deleteAt: Instant
}

/** A linked note as it is stored. */
export type NoteRow = Omit<ConsentRow, "purpose">

/** A receipt as it is stored: which session it is of stands in it only sealed. */
export interface ReceiptRow extends SealedUntil {
  readonly hash: Uint8Array
  readonly service: ServiceName
  readonly deleteAt: Instant
}

const { NoticeShown, Asked, Granted, Declined, Withdrawn, Invalidated, Halted } = ConsentState.cases
const kept = Schema.Union([NoticeShown, Asked, Granted, Declined, Withdrawn, Invalidated, Halted])
const consentCodec = Schema.fromJsonString(Schema.toCodecJson(Schema.Struct({ version: Schema.Int, state: kept })))
const noteCodec = Schema.fromJsonString(Schema.toCodecJson(Schema.Struct({ grain: TriageTerms.fields.grain, note: TriageNote.cases.Linked })))
const encodeConsent = Schema.encodeSync(consentCodec)
const encodeNote = Schema.encodeSync(noteCodec)
const decodeConsent = Schema.decodeUnknownEffect(consentCodec)
const decodeNote = Schema.decodeUnknownEffect(noteCodec)
const step = 512

const textOf = (plain: Uint8Array): string => Buffer.from(plain).toString("utf8")
const consentContext = (ref: SessionRef, subject: ConsentSubject): string => `consent|${ref}|${subject}`
const noteContext = (ref: SessionRef): string => `triage|${ref}`
const receiptContext = (hash: Uint8Array): string => `receipt|${Buffer.from(hash).toString("hex")}`

/** The bytes of a receipt's hash. */
export const hashBytes = (hash: ReceiptHash): Buffer => Buffer.from(hash, "hex")

/** Whether two sealed rows are the same: every sealing has a nonce of its own, so equal bytes mean that nobody has saved in between. */
export const sameRow = (a: SealedUntil | undefined, b: SealedUntil | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a.sealed, b.sealed) === 0

/** What a consent is stored as, under the version that is its own. */
export const sealConsent = (vault: Vault, { ref, subject, service, version, state }: StoredConsent): Effect.Effect<ConsentRow, StoreUnavailable> =>
  Effect.map(vault.sealUntil("consent", state.deleteAt, padded(encodeConsent({ version, state }), step), consentContext(ref, subject)), (sealed) => ({
    ...sealed,
    ref,
    purpose: subject,
    service,
    deleteAt: state.deleteAt
  }))

/** The consent in a row, or nothing when its key is gone. */
export const openConsent = (vault: Vault, row: ConsentRow): Effect.Effect<Option.Option<StoredConsent>, StoreUnavailable> =>
  opened(
    Effect.gen(function*() {
      const { deleteAt, purpose, ref, service } = row
      const plain = yield* vault.openUntil("consent", deleteAt, row, consentContext(ref, purpose))
      const { state, version } = yield* decodeConsent(textOf(plain))
      return { ref, subject: purpose, service, version, state }
    }),
    "read a consent"
  )

/** What a linked note is stored as. */
export const sealNote = (vault: Vault, { grain, note, service }: StoredNote): Effect.Effect<NoteRow, StoreUnavailable> =>
  Effect.map(vault.sealUntil("triage", note.deleteAt, padded(encodeNote({ grain, note }), step), noteContext(note.session)), (sealed) => ({
    ...sealed,
    ref: note.session,
    service,
    deleteAt: note.deleteAt
  }))

/** The note in a row, or nothing when its key is gone or what it sealed is no note: one that nobody can read must not keep the others of its batch from being severed. */
export const openNote = (vault: Vault, row: NoteRow): Effect.Effect<Option.Option<StoredNote>, StoreUnavailable> =>
  opened(
    Effect.gen(function*() {
      const plain = yield* vault.openUntil("triage", row.deleteAt, row, noteContext(row.ref))
      return { ...(yield* decodeNote(textOf(plain)).pipe(Effect.mapError(() => new KeyGone()))), service: row.service }
    }),
    "read a triage note"
  )

/** What a receipt of a session is stored as. */
export const sealReceipt = (
  vault: Vault,
  { hash, ref, service, deleteAt }: { readonly hash: ReceiptHash; readonly ref: SessionRef; readonly service: ServiceName; readonly deleteAt: Instant }
): Effect.Effect<ReceiptRow, StoreUnavailable> => {
  const bytes = hashBytes(hash)
  return Effect.map(vault.sealUntil("consent", deleteAt, Buffer.from(ref, "hex"), receiptContext(bytes)), (sealed) => ({ ...sealed, hash: bytes, service, deleteAt }))
}

/** The session that a receipt is of, or nothing when its key is gone. */
export const openReceipt = (vault: Vault, row: ReceiptRow): Effect.Effect<Option.Option<SessionRef>, StoreUnavailable> =>
  opened(
    Effect.map(vault.openUntil("consent", row.deleteAt, row, receiptContext(row.hash)), (plain) => SessionRef.make(Buffer.from(plain).toString("hex"))),
    "read a receipt"
  )

const opened = <A, E extends { readonly _tag: string }>(reading: Effect.Effect<A, E>, operation: string): Effect.Effect<Option.Option<A>, StoreUnavailable> =>
  reading.pipe(
    Effect.map(Option.some),
    Effect.catch((error): Effect.Effect<Option.Option<A>, StoreUnavailable> => {
      if (error._tag === "KeyGone") return Effect.succeedNone
      return Effect.fail(error instanceof StoreUnavailable ? error : new StoreUnavailable({ operation }))
    })
  )
