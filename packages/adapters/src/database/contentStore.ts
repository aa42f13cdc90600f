/**
 * Kept ciphertext in the service realm's database: each piece sealed again under its session's record key, which the end moves to a bucket.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { ContentStore, Kept } from "@fortrolig/core/ports/ContentStore"
import { elsewhere } from "@fortrolig/core/ports/Forgotten"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { live } from "./columns.ts"
import { attempt } from "./database.ts"
import { and, eq, exists, inArray, not, sql } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { contentLeaves, leavesOf, whenOvertaken } from "./leaves.ts"
import { contentContext, decodePiece, encodePiece, pieceName } from "./piece.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { content, session } from "./serviceSchema.ts"

/** The leaf of the living, by name, so that nothing else is looked at. */
const unsettledAny = sql`${content.deleteAt} = ${sql.raw(String(live))}`
const unsettled = (ref: SessionRef) => and(eq(content.ref, ref), unsettledAny)

/** The content store over a realm's database and the vault that holds the record keys. What arrives after its session's key has moved is dropped. */
export const contentStore = (realm: RealmDatabase, vault: Vault): ContentStore["Service"] => {
  const { db } = realm
  const leaves = leavesOf(realm, contentLeaves)
  /** A piece is kept before the end or not at all: it must not slip in between the move of the key and the row that shrinks. */
  const turn = Semaphore.makeUnsafe(1)

  const sealPiece = Effect.fnUntraced(function*(ref: SessionRef, service: string, piece: Kept) {
    const tag = yield* vault.tag(ref, pieceName(piece))
    const sealed = yield* vault.seal(ref, encodePiece(piece), contentContext(ref, tag))
    return { ref, tag, service, sealed, deleteAt: live }
  })

  const discard = (ref: SessionRef) => attempt("settle content", () => db.delete(content).where(unsettled(ref)))

  return {
    keep: (permit, ref, batch) =>
      Effect.gen(function*() {
        if (batch.length === 0) return
        const rows = yield* Effect.forEach(batch, (piece) => sealPiece(ref, permit.policy.service, piece))
        yield* attempt("keep content", () => db.insert(content).values(rows).onConflictDoNothing())
      }).pipe(Effect.catchTag("KeyGone", () => Effect.void), turn.withPermit),
    redact: (_permit, ref, items) =>
      Effect.gen(function*() {
        const tags = items === "all" ? undefined : yield* Effect.forEach(items, (item) => vault.tag(ref, pieceName(item)))
        if (tags?.length === 0) return
        const named = tags === undefined ? undefined : inArray(content.tag, tags)
        yield* whenOvertaken(attempt("redact content", () => db.delete(content).where(and(unsettled(ref), named))))
      }).pipe(Effect.catchTag("KeyGone", () => Effect.void), turn.withPermit),
    lastKeptAt: (_permit, ref) =>
      Effect.gen(function*() {
        const rows = yield* attempt("read content", () =>
          db.select({ tag: content.tag, sealed: content.sealed }).from(content).where(unsettled(ref)))
        const pieces = yield* Effect.forEach(rows, ({ sealed, tag }) => Effect.map(vault.open(ref, sealed, contentContext(ref, tag)), decodePiece))
        return pieces.length === 0 ? Option.none() : Option.some(pieces.reduce((latest, { at }) => (at > latest ? at : latest), 0 as Instant))
      }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone)),
    settle: (_permit, ref, deleteAt) =>
      Effect.gen(function*() {
        const move = (wrapped: Uint8Array) =>
          whenOvertaken(leaves.store("settle content", deleteAt, () => db.update(content).set({ wrapped, deleteAt }).where(unsettled(ref))))
        const kept = (yield* leaves.isOver(deleteAt)) ? Option.none() : yield* Effect.flatMap(vault.wrap(ref, "content", deleteAt), move)
        if (Option.isNone(kept)) yield* discard(ref)
        yield* vault.end(ref)
      }).pipe(
        // Ended before it was settled: nobody can open it any more.
        Effect.catchTag("KeyGone", () => discard(ref)),
        Effect.asVoid,
        turn.withPermit
      ),
    forget: Effect.fnUntraced(function*(at) {
      const forgotten = yield* forgetLeaves(realm, contentLeaves, at)
      if (forgotten === elsewhere) return elsewhere
      const strays = yield* attempt("forget content", () =>
        realm.askOwner((owner) => {
          const alive = owner.select({ ref: session.ref }).from(session).where(and(eq(session.ref, content.ref), sql`${session.deleteAt} = ${sql.raw(String(live))}`))
          return owner.delete(content).where(and(unsettledAny, not(exists(alive)))).returning({ service: content.service })
        }))
      return { ...forgotten, count: forgotten.count + strays.length }
    })
  }
}
