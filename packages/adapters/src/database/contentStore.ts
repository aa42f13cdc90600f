/**
 * Kept ciphertext in the service realm's database: each piece sealed again under its session's record key, which the end moves to a bucket.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { ContentStore, Kept } from "@fortrolig/core/ports/ContentStore"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { attempt, type Database } from "./database.ts"
import { and, eq, exists, inArray, isNull, lte, not, or } from "./drizzle.ts"
import { contentContext, decodePiece, encodePiece, pieceName } from "./piece.ts"
import { content, session } from "./serviceSchema.ts"

/** The content store over a database and the vault that holds the record keys. What arrives after its session's key has moved is dropped. */
export const contentStore = (db: Database, vault: Vault): ContentStore["Service"] => {
  /** A piece is kept before the end or not at all: it must not slip in between the move of the key and the row that shrinks. */
  const turn = Semaphore.makeUnsafe(1)
  const unsettled = (ref: SessionRef) => and(eq(content.ref, ref), isNull(content.deleteAt))

  const sealPiece = Effect.fnUntraced(function*(ref: SessionRef, service: string, piece: Kept) {
    const tag = yield* vault.tag(ref, pieceName(piece))
    const sealed = yield* vault.seal(ref, encodePiece(piece), contentContext(ref, tag))
    return { ref, tag, service, sealed }
  })

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
        yield* attempt("redact content", () => db.delete(content).where(and(unsettled(ref), named)))
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
        const wrapped = yield* vault.wrap(ref, "content", deleteAt)
        yield* attempt("settle content", () => db.update(content).set({ wrapped, deleteAt }).where(unsettled(ref)))
        yield* vault.end(ref)
      }).pipe(
        // Ended before it was settled: nobody can open it any more, and it goes with the next sweep.
        Effect.catchTag("KeyGone", () =>
          attempt("settle content", () => db.update(content).set({ deleteAt }).where(unsettled(ref))).pipe(Effect.asVoid)),
        turn.withPermit
      ),
    forget: (at) =>
      Effect.map(
        attempt("forget content", () => {
          const alive = db.select({ ref: session.ref }).from(session).where(and(eq(session.ref, content.ref), isNull(session.deleteAt)))
          return db
            .delete(content)
            .where(or(lte(content.deleteAt, at), and(isNull(content.deleteAt), not(exists(alive)))))
            .returning({ ref: content.ref })
        }),
        ({ length }) => length
      )
  }
}
