/**
 * Kept ciphertext in memory, sealed like everywhere else.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { ContentStore } from "@fortrolig/core/ports/ContentStore"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { contentContext, decodePiece, encodePiece, pieceName } from "../database/piece.ts"
import { forgetDue, isOver, type LedgerMemory } from "./ledgerMemory.ts"
import type { SessionRow } from "./sessionStoreMemory.ts"

/** One kept piece. */
export interface ContentRow {
  readonly ref: SessionRef
  readonly tag: Uint8Array
  readonly service: ServiceName
  readonly sealed: Uint8Array
  readonly wrapped: Uint8Array | undefined
  readonly deleteAt: Instant | null
}

/** The content store over a map from session and piece to the piece. */
export const contentStoreMemory = (
  rows: Map<string, ContentRow>,
  sessions: ReadonlyMap<SessionRef, SessionRow>,
  ledger: LedgerMemory,
  vault: Vault
): ContentStore["Service"] => {
  /** As in the database: a piece is kept before the end or not at all. */
  const turn = Semaphore.makeUnsafe(1)
  const unsettled = (ref: SessionRef) => [...rows].filter(([, row]) => row.ref === ref && row.deleteAt === null)
  return {
    keep: (permit, ref, batch) =>
      Effect.forEach(batch, (piece) =>
        Effect.gen(function*() {
          const tag = yield* vault.tag(ref, pieceName(piece))
          const key = contentContext(ref, tag)
          const sealed = yield* vault.seal(ref, encodePiece(piece), key)
          if (!rows.has(key)) rows.set(key, { ref, tag, service: permit.policy.service, sealed, wrapped: undefined, deleteAt: null })
        }), { discard: true }).pipe(Effect.catchTag("KeyGone", () => Effect.void), turn.withPermit),
    redact: (_permit, ref, items) =>
      Effect.gen(function*() {
        if (items === "all") for (const [key] of unsettled(ref)) rows.delete(key)
        else for (const item of items) rows.delete(contentContext(ref, yield* vault.tag(ref, pieceName(item))))
      }).pipe(Effect.catchTag("KeyGone", () => Effect.void), turn.withPermit),
    lastKeptAt: (_permit, ref) =>
      Effect.gen(function*() {
        const opened = yield* Effect.forEach(unsettled(ref), ([key, { sealed }]) => vault.open(ref, sealed, key))
        const instants = opened.map((bytes) => decodePiece(bytes).at).sort((a, b) => b - a)
        return Option.fromNullishOr(instants[0])
      }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone)),
    settle: (_permit, ref, deleteAt) =>
      Effect.gen(function*() {
        const wrapped = isOver(ledger, "content", deleteAt)
          ? undefined
          : yield* Effect.catchTag(vault.wrap(ref, "content", deleteAt), "KeyGone", () => Effect.succeed(undefined))
        for (const [key, row] of unsettled(ref)) {
          if (wrapped === undefined) rows.delete(key)
          else rows.set(key, { ...row, wrapped, deleteAt })
        }
        yield* vault.end(ref)
      }).pipe(turn.withPermit),
    forget: (at) =>
      Effect.sync(() => {
        const stray = [...rows].filter(([, row]) => row.deleteAt === null && sessions.get(row.ref)?.sealed === undefined)
        for (const [key] of stray) rows.delete(key)
        const due = forgetDue(rows, at)
        return { ...due, count: due.count + stray.length }
      })
  }
}
