/**
 * The tables of consents, receipts and notes, read as the rows that they hold; and one writer at a time to those of one session.
 */
import type { SQL } from "drizzle-orm"
import * as Effect from "effect/Effect"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { ConsentSubject } from "@fortrolig/core/ports/ConsentStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { SessionRows } from "./consentChange.ts"
import { attempt, type Database } from "./database.ts"
import { eq, sql } from "./drizzle.ts"
import type { ConsentRow, NoteRow, ReceiptRow } from "./sealedConsent.ts"
import { consent, receipt, triage } from "./serviceSchema.ts"

/** What was stored as a reference, a service, a subject or a deadline is read as one. */
const named = ({ deleteAt, service }: { readonly service: string; readonly deleteAt: number }) => ({ service: service as ServiceName, deleteAt: deleteAt as Instant })
const consentOf = (row: typeof consent.$inferSelect): ConsentRow => ({ ...row, ...named(row), ref: row.ref as SessionRef, purpose: row.purpose as ConsentSubject })
const noteOf = (row: typeof triage.$inferSelect): NoteRow => ({ ...row, ...named(row), ref: row.ref as SessionRef })

/** The consents that a condition names; `lock` keeps them as they are until the transaction ends. */
export const readConsents = async (db: Database, where: SQL | undefined, lock = false): Promise<ReadonlyArray<ConsentRow>> => {
  const query = db.select().from(consent).where(where)
  return (await (lock ? query.for("update") : query)).map(consentOf)
}

/** The linked notes that a condition names, at most `limit` of them; `lock` keeps them as they are until the transaction ends. */
export const readNotes = async (
  db: Database,
  where: SQL | undefined,
  { limit, lock = false }: { readonly limit?: number; readonly lock?: boolean } = {}
): Promise<ReadonlyArray<NoteRow>> => {
  const query = db.select().from(triage).where(where).$dynamic()
  if (limit !== undefined) query.limit(limit)
  if (lock) query.for("update")
  return (await query).map(noteOf)
}

/** The receipt with this hash. */
export const readReceipt = (db: Database, hash: Uint8Array): Effect.Effect<ReceiptRow | undefined, StoreUnavailable> =>
  Effect.map(
    attempt("find a receipt", () => db.select().from(receipt).where(eq(receipt.hash, hash))),
    ([row]) => (row === undefined ? undefined : { ...row, ...named(row) })
  )

/** Everything that is stored of one session's consents and of its note. */
export const readSession = (db: Database, ref: SessionRef): Effect.Effect<SessionRows, StoreUnavailable> =>
  attempt("read consents", async () => {
    const consents = await readConsents(db, eq(consent.ref, ref))
    const [note] = await readNotes(db, eq(triage.ref, ref))
    return { consents, note }
  })

/**
 * Waits for a turn on one session's consents, which ends with the transaction: two that make the first row of a consent would otherwise not see each other.
 * The number says nothing of the reference to whoever sees the locks.
 */
export const takeSession = async (tx: Database, ref: SessionRef): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`consent|${ref}`}, 0))`)
}
