/**
 * What a save does to the rows of one session: worked out and sealed beforehand, then applied whole or not at all by whichever store it is.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { StoredConsent } from "@fortrolig/core/ports/ConsentStore"
import { Conflict, type StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { StoredNote } from "@fortrolig/core/ports/TriageStore"
import { type ConsentRow, hashBytes, type NoteRow, openConsent, openNote, type ReceiptRow, sealConsent, sealNote, sealReceipt } from "./sealedConsent.ts"

/** The rows of one session as they were read. */
export interface SessionRows {
  readonly consents: ReadonlyArray<ConsentRow>
  readonly note: NoteRow | undefined
}

/** A consent's save: applied only while the rows that were read still stand. */
export interface ConsentChange {
  readonly before: ConsentRow | undefined
  readonly consent: ConsentRow
  readonly noteBefore: NoteRow | undefined
  /** The note from now on; `undefined` when there is none, or none any more. */
  readonly note: NoteRow | undefined
  /** The receipt that goes, and the one that comes. */
  readonly used: Uint8Array | undefined
  readonly receipt: ReceiptRow | undefined
}

/** The save of a consent over the rows of its session. Fails with `Conflict` when another version is stored. */
export const consentChange = Effect.fnUntraced(function*(vault: Vault, { consents, note: noteRow }: SessionRows, next: StoredConsent) {
  const { ref, service, state, subject, version } = next
  const before = consents.find(({ purpose }) => purpose === subject)
  // A row that cannot be opened any more is as good as none, and is replaced.
  const old = before === undefined ? Option.none() : yield* openConsent(vault, before)
  if (Option.match(old, { onNone: () => 0, onSome: (stored) => stored.version }) !== version) return yield* new Conflict()
  const oldHash = Option.flatMap(old, ({ state: kept }) => (kept._tag === "Granted" ? Option.some(kept.receiptHash) : Option.none()))
  const hash = state._tag === "Granted" ? state.receiptHash : undefined
  const noteBefore = subject === "triage" ? noteRow : undefined
  const shared = yield* Effect.forEach(consents.filter((row) => row !== before), (row) => openConsent(vault, row))
  const elsewhere = shared.some((one) => Option.isSome(one) && one.value.state._tag === "Granted" && one.value.state.receiptHash === Option.getOrUndefined(oldHash))
  const change: ConsentChange = {
    before,
    consent: yield* sealConsent(vault, { ...next, version: version + 1 }),
    noteBefore,
    note: noteBefore === undefined || hash === undefined ? undefined : yield* movedNote(vault, noteBefore, next),
    used: elsewhere ? undefined : Option.getOrUndefined(Option.map(oldHash, hashBytes)),
    receipt: hash === undefined ? undefined : yield* sealReceipt(vault, { hash, ref, service, deleteAt: state.deleteAt })
  }
  return change
})

/** A note goes where its consent goes: to an earlier deadline under another key, and nowhere when nobody can open it any more. */
const movedNote = (vault: Vault, row: NoteRow, { state }: StoredConsent): Effect.Effect<NoteRow | undefined, StoreUnavailable> =>
  Effect.gen(function*() {
    if (row.deleteAt === state.deleteAt) return row
    const stored = yield* openNote(vault, row)
    if (Option.isNone(stored)) return undefined
    const { value } = stored
    return yield* sealNote(vault, { ...value, note: { ...value.note, deleteAt: state.deleteAt } })
  })

/** Whether a note may be kept under the consent that is stored: the same live yes, of that very version (DFH-13). Answers the row that must still stand. */
export const yesFor = Effect.fnUntraced(function*(vault: Vault, { consents }: SessionRows, { note }: StoredNote, under: number) {
  const row = consents.find(({ purpose }) => purpose === "triage")
  const consent = row === undefined ? Option.none() : yield* openConsent(vault, row)
  if (row === undefined || Option.isNone(consent)) return yield* new Conflict()
  const { state, version } = consent.value
  const same = version === under && state._tag === "Granted" && state.receiptHash === note.receiptHash && state.deleteAt === note.deleteAt
  if (!same) return yield* new Conflict()
  return row
})
