/**
 * Consents in the service realm's database: sealed until the deadline of the session's trace, saved together with the receipt and the note that hang on them.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { Conflict } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { type ConsentChange, consentChange } from "./consentChange.ts"
import { readConsents, readNotes, readReceipt, readSession, takeSession } from "./consentTables.ts"
import { attempt, type Database } from "./database.ts"
import { and, eq, gt } from "./drizzle.ts"
import { eachOf, forgetLeaves, forgetRows } from "./forget.ts"
import { consentLeaves, leavesOf, triageLeaves, whenOvertaken } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { hashBytes, openConsent, openReceipt, sameRow } from "./sealedConsent.ts"
import { consent, receipt, triage } from "./serviceSchema.ts"

/** The consent store over a realm's database and the vault that holds the keys. */
export const consentStore = (realm: RealmDatabase, vault: Vault): ConsentStore["Service"] => {
  const { db } = realm
  const leaves = leavesOf(realm, consentLeaves)
  const noteLeaves = leavesOf(realm, triageLeaves)
  return {
    load: (ref, subject, at) =>
      Effect.gen(function*() {
        const own = and(eq(consent.ref, ref), eq(consent.purpose, subject), gt(consent.deleteAt, at))
        const [row] = yield* attempt("load a consent", () => readConsents(db, own))
        return row === undefined ? Option.none() : yield* openConsent(vault, row)
      }),
    save: Effect.fnUntraced(function*(next) {
      const change = yield* consentChange(vault, yield* readSession(db, next.ref), next)
      const taken = change.receipt === undefined ? undefined : yield* readReceipt(db, change.receipt.hash)
      const owner = taken === undefined ? Option.none() : yield* openReceipt(vault, taken)
      // One secret is of one session: otherwise taking a yes back would take another one with it.
      if (Option.isSome(owner) && owner.value !== next.ref) return yield* new Conflict()
      if (change.note !== undefined) yield* noteLeaves.ensure(change.note.deleteAt)
      const applied = yield* whenOvertaken(leaves.store("save a consent", change.consent.deleteAt, () => db.transaction((tx) => apply(tx, change))))
      // A consent whose deadline is over by now is not kept any more, and neither is anything that hung on it.
      if (Option.isSome(applied) && !applied.value) return yield* new Conflict()
    }),
    findByReceipt: Effect.fnUntraced(function*(hash, at) {
      const row = yield* readReceipt(db, hashBytes(hash))
      const ref = row === undefined || row.deleteAt <= at ? Option.none() : yield* openReceipt(vault, row)
      if (Option.isNone(ref)) return []
      const { consents } = yield* readSession(db, ref.value)
      const opened = yield* Effect.forEach(consents, (one) => openConsent(vault, one))
      return opened.flatMap((one) =>
        Option.isSome(one) && one.value.state._tag === "Granted" && one.value.state.receiptHash === hash && at < one.value.state.deleteAt ? [one.value] : []
      )
    }),
    forget: (at) =>
      Effect.map(eachOf(forgetRows(realm, "consent", receipt, at), forgetLeaves(realm, consentLeaves, at)), ([receipts, consents]) => ({ receipts, consents }))
  }
}

/** Applies a change while what it was worked out from still stands, and answers whether it did. */
const apply = async (tx: Database, { before, consent: row, note, noteBefore, receipt: comes, used }: ConsentChange): Promise<boolean> => {
  await takeSession(tx, row.ref)
  const own = and(eq(consent.ref, row.ref), eq(consent.purpose, row.purpose))
  const [stands] = await readConsents(tx, own, true)
  const [noteStands] = await readNotes(tx, eq(triage.ref, row.ref), { lock: true })
  if (!sameRow(stands, before) || (row.purpose === "triage" && !sameRow(noteStands, noteBefore))) return false
  await tx.delete(consent).where(own)
  await tx.insert(consent).values({ ...row })
  if (noteBefore !== undefined && note !== noteBefore) await tx.delete(triage).where(eq(triage.ref, row.ref))
  if (note !== undefined && note !== noteBefore) await tx.insert(triage).values({ ...note })
  if (used !== undefined) await tx.delete(receipt).where(eq(receipt.hash, used))
  if (comes !== undefined) {
    await tx.delete(receipt).where(eq(receipt.hash, comes.hash))
    await tx.insert(receipt).values({ ...comes })
  }
  return true
}
