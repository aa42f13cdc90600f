/**
 * Triage notes in the service realm's database: one linked row a session, sealed, which becomes an anonymous row in plain that nothing else leads to.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type AnonymousNote, TriageNote } from "@fortrolig/core/consent/triage"
import type { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { Conflict } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { Severed, Severing, TriageStore } from "@fortrolig/core/ports/TriageStore"
import { yesFor } from "./consentChange.ts"
import { readConsents, readNotes, readSession, takeSession } from "./consentTables.ts"
import { attempt, type Database, unavailable } from "./database.ts"
import { and, eq, gt, inArray, lte, sql } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { leavesOf, triageLeaves } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { hashBytes, openNote, sameRow, sealNote } from "./sealedConsent.ts"
import { anonymousNote, consent, receipt, triage } from "./serviceSchema.ts"

const { fields: shape } = TriageNote.cases.Anonymous
const fieldsCodec = Schema.fromJsonString(Schema.toCodecJson(shape.fields))
const encodeFields = Schema.encodeSync(fieldsCodec)
const decodeNote = Schema.decodeUnknownEffect(Schema.Struct({ period: shape.period, purposes: shape.purposes, fields: fieldsCodec }))

/** The columns of an anonymous note: a period, the purposes with commas between them, and the codes as JSON. */
const columnsOf = ({ fields, period, purposes }: AnonymousNote) => ({ period, purposes: purposes.join(","), fields: encodeFields(fields) })

/** The triage store over a realm's database and the vault that holds the keys. */
export const triageStore = (realm: RealmDatabase, vault: Vault): TriageStore["Service"] => {
  const { asOwner, askOwner, db } = realm
  const leaves = leavesOf(realm, triageLeaves)
  return {
    write: Effect.fnUntraced(function*(stored, under) {
      const ref = stored.note.session
      const yes = yield* yesFor(vault, yield* readSession(db, ref), stored, under)
      const row = yield* sealNote(vault, stored)
      const written = yield* leaves.store("write a triage note", row.deleteAt, () =>
        db.transaction(async (tx) => {
          await takeSession(tx, ref)
          const [stands] = await readConsents(tx, and(eq(consent.ref, ref), eq(consent.purpose, "triage")), true)
          if (!sameRow(stands, yes)) return false
          await tx.delete(triage).where(eq(triage.ref, ref))
          await tx.insert(triage).values({ ...row })
          return true
        }))
      if (!Option.getOrElse(written, () => false)) return yield* new Conflict()
    }),
    find: (ref, at) =>
      Effect.gen(function*() {
        const [row] = yield* attempt("find a triage note", () => readNotes(db, and(eq(triage.ref, ref), gt(triage.deleteAt, at))))
        return row === undefined ? Option.none() : yield* openNote(vault, row)
      }),
    due: (at, limit) =>
      Effect.gen(function*() {
        const rows = yield* attempt("list due triage notes", () =>
          askOwner((owner) => readNotes(owner, and(gt(triage.deleteAt, 0), lte(triage.deleteAt, at)), { limit })))
        return yield* Effect.forEach(rows, (row) =>
          Effect.map(openNote(vault, row), (stored) => ({ ref: row.ref, deleteAt: row.deleteAt, stored: Option.getOrUndefined(stored) })))
      }),
    sever: (batch) => (batch.length === 0 ? Effect.succeed(nothing) : attempt("sever triage notes", () => asOwner((tx) => severIn(tx, batch)))),
    forget: (at) => forgetLeaves(realm, triageLeaves, at)
  }
}

/** What notes have left, over the same database. */
export const anonymousNotes = ({ db }: Pick<RealmDatabase, "db">): AnonymousNotes["Service"] => ({
  read: (service, purpose) =>
    Effect.gen(function*() {
      const serves = sql`${purpose} = any(string_to_array(${anonymousNote.purposes}, ','))`
      const rows = yield* attempt("read anonymous notes", () =>
        db.select().from(anonymousNote).where(and(eq(anonymousNote.service, service), serves)).orderBy(anonymousNote.id))
      return yield* Effect.forEach(rows, readNote).pipe(Effect.mapError(() => unavailable("read anonymous notes", undefined)))
    }),
  count: (service) => attempt("count anonymous notes", () => db.$count(anonymousNote, eq(anonymousNote.service, service)))
})

const nothing: Severed = { severed: 0, lost: 0 }

const readNote = ({ fields, period, purposes }: typeof anonymousNote.$inferSelect) =>
  Effect.map(decodeNote({ period, purposes: purposes.split(","), fields }), (note): AnonymousNote => ({ _tag: "Anonymous", ...note }))

/** Both sweeps that race for a note wait for each other at its consent, in the order of references, so that neither waits for the other in a circle. */
const severIn = async (tx: Database, batch: ReadonlyArray<Severing>): Promise<Severed> => {
  const refs = batch.map(({ due }) => due.ref)
  const latest = Math.max(...batch.map(({ due }) => due.deleteAt))
  const consents = and(inArray(consent.ref, refs), eq(consent.purpose, "triage"), lte(consent.deleteAt, latest))
  await tx.select({ ref: consent.ref }).from(consent).where(consents).orderBy(consent.ref).for("update")
  const gone = await tx
    .delete(triage)
    .where(and(inArray(triage.ref, refs), gt(triage.deleteAt, 0), lte(triage.deleteAt, latest)))
    .returning({ ref: triage.ref })
  const taken = batch.filter(({ due }) => gone.some(({ ref }) => ref === due.ref))
  if (taken.length === 0) return nothing
  const anonymous = taken.flatMap(({ anonymous: note, due: { stored }, id }) => (note === undefined || stored === undefined ? [] : [{ id, service: stored.service, ...columnsOf(note) }]))
  const hashes = taken.flatMap(({ due: { stored } }) => (stored === undefined ? [] : [hashBytes(stored.note.receiptHash)]))
  if (anonymous.length > 0) await tx.insert(anonymousNote).values(anonymous)
  await tx.delete(consent).where(and(consents, inArray(consent.ref, taken.map(({ due }) => due.ref))))
  if (hashes.length > 0) await tx.delete(receipt).where(inArray(receipt.hash, hashes))
  return { severed: anonymous.length, lost: taken.length - anonymous.length }
}
