/**
 * Triage notes in memory: sealed while they are linked, in plain when they are anonymous.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { Conflict } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { yesFor } from "../database/consentChange.ts"
import { hashBytes, openNote, sameRow, sealNote } from "../database/sealedConsent.ts"
import { forgetDue, isOver, type LedgerMemory } from "./ledgerMemory.ts"
import { consentKey, type ConsentRows, receiptKey, rowsOf } from "./consentRows.ts"

/** The triage store over rows in memory. */
export const triageStoreMemory = (rows: ConsentRows, ledger: LedgerMemory, vault: Vault): TriageStore["Service"] => ({
  write: Effect.fnUntraced(function*(stored, under) {
    const ref = stored.note.session
    const yes = yield* yesFor(vault, rowsOf(rows, ref), stored, under)
    const note = yield* sealNote(vault, stored)
    if (!sameRow(rows.consents.get(consentKey(yes)), yes) || isOver(ledger, "triage", note.deleteAt)) return yield* new Conflict()
    rows.notes.set(ref, note)
  }),
  find: (ref, at) =>
    Effect.suspend(() => {
      const found = rows.notes.get(ref)
      return found === undefined || found.deleteAt <= at ? Effect.succeedNone : openNote(vault, found)
    }),
  due: (at, limit) =>
    Effect.forEach([...rows.notes.values()].filter(({ deleteAt }) => deleteAt <= at).slice(0, limit), (row) =>
      Effect.map(openNote(vault, row), (stored) => ({ ref: row.ref, deleteAt: row.deleteAt, stored: Option.getOrUndefined(stored) }))),
  sever: (batch) =>
    Effect.sync(() => {
      const taken = batch.filter(({ due }) => rows.notes.get(due.ref)?.deleteAt === due.deleteAt)
      for (const { anonymous, due: { ref, stored }, id } of taken) {
        rows.notes.delete(ref)
        rows.consents.delete(consentKey({ ref, purpose: "triage" }))
        if (stored === undefined || anonymous === undefined) continue
        rows.receipts.delete(receiptKey(hashBytes(stored.note.receiptHash)))
        rows.anonymous.set(id, { id, service: stored.service, note: anonymous })
      }
      const lost = taken.filter(({ anonymous }) => anonymous === undefined).length
      return { severed: taken.length - lost, lost }
    }),
  forget: (at) => Effect.sync(() => forgetDue(rows.notes, at))
})

/** What notes have left, over the same rows. */
export const anonymousNotesMemory = ({ anonymous }: Pick<ConsentRows, "anonymous">): AnonymousNotes["Service"] => {
  const of = (service: ServiceName) => [...anonymous.values()].filter((row) => row.service === service)
  return {
    read: (service, purpose) =>
      Effect.sync(() => of(service).filter(({ note }) => note.purposes.includes(purpose)).sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ note }) => note)),
    count: (service) => Effect.sync(() => of(service).length)
  }
}
