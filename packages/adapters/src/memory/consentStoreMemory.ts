/**
 * Consents in memory, sealed like everywhere else.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ConsentStore, ConsentSubject } from "@fortrolig/core/ports/ConsentStore"
import { Conflict } from "@fortrolig/core/ports/errors"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { consentChange } from "../database/consentChange.ts"
import { hashBytes, openConsent, openReceipt, sameRow } from "../database/sealedConsent.ts"
import { consentKey, type ConsentRows, receiptKey, rowsOf } from "./consentRows.ts"
import { forgetDue, isOver, type LedgerMemory } from "./ledgerMemory.ts"

/** The consent store over rows in memory. */
export const consentStoreMemory = (rows: ConsentRows, ledger: LedgerMemory, vault: Vault): ConsentStore["Service"] => {
  const row = (ref: SessionRef, purpose: ConsentSubject) => rows.consents.get(consentKey({ ref, purpose }))
  return {
    load: (ref, subject, at) =>
      Effect.suspend(() => {
        const found = row(ref, subject)
        return found === undefined || found.deleteAt <= at ? Effect.succeedNone : openConsent(vault, found)
      }),
    save: Effect.fnUntraced(function*(next) {
      const { before, consent, note, noteBefore, receipt, used } = yield* consentChange(vault, rowsOf(rows, next.ref), next)
      const taken = receipt === undefined ? undefined : rows.receipts.get(receiptKey(receipt.hash))
      const owner = taken === undefined ? Option.none() : yield* openReceipt(vault, taken)
      const foreign = Option.isSome(owner) && owner.value !== next.ref
      // From here on nothing else runs: what was read still stands, or nothing is done.
      const stands = sameRow(row(next.ref, next.subject), before) && (next.subject !== "triage" || sameRow(rows.notes.get(next.ref), noteBefore))
      if (!stands || foreign) return yield* new Conflict()
      // A consent whose deadline is over by now is not kept any more, and neither is anything that hung on it.
      if (isOver(ledger, "consent", consent.deleteAt)) return
      rows.consents.set(consentKey(consent), consent)
      if (used !== undefined) rows.receipts.delete(receiptKey(used))
      if (receipt !== undefined) rows.receipts.set(receiptKey(receipt.hash), receipt)
      if (note !== undefined) rows.notes.set(next.ref, note)
      else if (noteBefore !== undefined) rows.notes.delete(next.ref)
    }),
    findByReceipt: Effect.fnUntraced(function*(receipt, at) {
      const found = rows.receipts.get(receiptKey(hashBytes(receipt)))
      const ref = found === undefined || found.deleteAt <= at ? Option.none() : yield* openReceipt(vault, found)
      if (Option.isNone(ref)) return []
      const opened = yield* Effect.forEach(rowsOf(rows, ref.value).consents, (one) => openConsent(vault, one))
      return opened.flatMap((one) =>
        Option.isSome(one) && one.value.state._tag === "Granted" && one.value.state.receiptHash === receipt && at < one.value.state.deleteAt ? [one.value] : []
      )
    }),
    forget: (at) => Effect.sync(() => ({ receipts: forgetDue(rows.receipts, at), consents: forgetDue(rows.consents, at) }))
  }
}
