/**
 * Synthetic consents and notes, and the stores that hold them, for the contracts of both.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import type { KeptConsent, StoredConsent } from "@fortrolig/core/ports/ConsentStore"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import { type StoredNote, TriageStore } from "@fortrolig/core/ports/TriageStore"
import { type Granted, ReceiptHash } from "@fortrolig/core/consent/messages"
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { type ConsentRows, noConsentRows } from "../memory/consentRows.ts"
import { consentStoreMemory } from "../memory/consentStoreMemory.ts"
import { anonymousNotesMemory, triageStoreMemory } from "../memory/triageStoreMemory.ts"
import { randomness } from "../system/randomness.ts"
import { dueAt, newHash, start } from "./fixtures.contract.ts"

/** The service that asks for triage. */
export const triageService: ServiceName = detfinneshjelp.service
export const newReceipt = (): ReceiptHash => ReceiptHash.make(newHash())
const notice = { version: "1", language: "nb" } as const

export const shown = (deleteAt = dueAt): KeptConsent => ({ _tag: "NoticeShown", deleteAt, timesAsked: 0, notice })
export const asked = (deleteAt = dueAt): KeptConsent => ({ _tag: "Asked", deleteAt, timesAsked: 1, notice })
export const declined = (deleteAt = dueAt): KeptConsent => ({ _tag: "Declined", deleteAt, timesAsked: 1 })
export const granted = (receiptHash: ReceiptHash, deleteAt: Instant = dueAt): Granted => ({
  _tag: "Granted",
  deleteAt,
  timesAsked: 1,
  notice,
  purposes: ["quality", "research"],
  receiptHash,
  grantedAt: start
})

/** A consent to triage of a session, about to be saved over `version`. */
export const consentOf = (ref: SessionRef, version: number, state: KeptConsent): StoredConsent => ({ ref, subject: "triage", service: triageService, version, state })

export const fields: TriageFields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" }

/** A note under a yes. */
export const noteOf = (session: SessionRef, { deleteAt, receiptHash }: Granted, over: Partial<StoredNote["note"]> = {}): StoredNote => ({
  service: triageService,
  grain: "month",
  note: { _tag: "Linked", session, receiptHash, writtenAt: start, deleteAt, purposes: ["quality", "research"], fields, ...over }
})

/** A yes of a session and its note, stored. */
export const yesAndNote = Effect.fnUntraced(function*(ref: SessionRef, deleteAt: Instant = dueAt) {
  const state = granted(newReceipt(), deleteAt)
  yield* (yield* ConsentStore).save(consentOf(ref, 0, state))
  yield* (yield* TriageStore).write(noteOf(ref, state), 1)
  return state
})

/** What the contracts of consents and notes stand on. */
export type ConsentStores = ConsentStore | TriageStore | AnonymousNotes | KeyVault | Randomness

/** The stores over rows in memory. */
export const consentsOver = (rows: ConsentRows): Layer.Layer<ConsentStores> =>
  Layer.merge(
    randomness,
    Layer.effectContext(
      Effect.sync(() => {
        const [ledger, vault] = [new Map(), vaultMemory()]
        return Context.make(ConsentStore, consentStoreMemory(rows, ledger, vault)).pipe(
          Context.add(TriageStore, triageStoreMemory(rows, ledger, vault)),
          Context.add(AnonymousNotes, anonymousNotesMemory(rows)),
          Context.add(KeyVault, vault)
        )
      })
    )
  )

/** The stores in memory, fresh each time. */
export const consentsInMemory: Layer.Layer<ConsentStores> = Layer.suspend(() => consentsOver(noConsentRows()))
