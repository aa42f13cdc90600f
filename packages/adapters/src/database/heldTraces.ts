/**
 * Held traces in the vendor realm's database: a plain table beside the leaves of the traces, since orders are few and each ends on its own.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { holding, type TraceRow } from "../custody/holding.ts"
import { accessTrace, heldTrace } from "./custodySchema.ts"
import { attempt } from "./database.ts"
import { and, eq } from "./drizzle.ts"
import { leavesOf, traceLeaves } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

const rowOf = (row: typeof heldTrace.$inferSelect | undefined): TraceRow | undefined =>
  row === undefined
    ? undefined
    : { ref: row.ref as SessionRef, service: row.service as ServiceName, wrapped: row.wrapped, sealed: row.sealed, deleteAt: row.deleteAt as Instant }

const stillHeld = ({ ref, wrapped }: Pick<TraceRow, "ref" | "wrapped">) => and(eq(heldTrace.ref, ref), eq(heldTrace.wrapped, Buffer.from(wrapped)))

/** The register of held traces over the vendor realm's database and its vault. */
export const heldTraces = (realm: RealmDatabase, vault: Vault): HeldTraces["Service"] => {
  const { asOwner, askOwner, db } = realm
  const leaves = leavesOf(realm, traceLeaves)
  return holding(
    {
      inBucket: (ref, deleteAt) =>
        Effect.map(
          attempt("find a trace", () => db.select().from(accessTrace).where(and(eq(accessTrace.ref, ref), eq(accessTrace.deleteAt, deleteAt)))),
          ([row]) => rowOf(row)
        ),
      held: (ref) => Effect.map(attempt("find a held trace", () => db.select().from(heldTrace).where(eq(heldTrace.ref, ref))), ([row]) => rowOf(row)),
      hold: ({ deleteAt, ref, wrapped }, row) =>
        attempt("hold a trace", () =>
          db.transaction(async (tx) => {
            const same = and(eq(accessTrace.ref, ref), eq(accessTrace.deleteAt, deleteAt), eq(accessTrace.wrapped, Buffer.from(wrapped)))
            const taken = await tx.delete(accessTrace).where(same).returning({ service: accessTrace.service })
            if (taken.length > 0) await tx.insert(heldTrace).values(row)
            return taken.length > 0
          })),
      replace: (before, { deleteAt, wrapped }) =>
        attempt("hold a trace", async () => {
          const changed = await db.update(heldTrace).set({ deleteAt, wrapped }).where(stillHeld(before)).returning({ service: heldTrace.service })
          return changed.length > 0
        }),
      giveBack: (before, row) =>
        Effect.gen(function*() {
          const moved = yield* leaves.store("give a trace back", row.deleteAt, () =>
            db.transaction(async (tx) => {
              const taken = await tx.delete(heldTrace).where(stillHeld(before)).returning({ service: heldTrace.service })
              if (taken.length > 0) await tx.insert(accessTrace).values(row).onConflictDoNothing()
              return taken.length > 0
            }))
          // There is no room for what is over already: it stays held until it is decided again.
          return Option.isSome(moved) ? moved.value : yield* new StoreUnavailable({ operation: "give a trace back" })
        }),
      remove: (before) =>
        attempt("remove a held trace", () =>
          asOwner(async (tx) => {
            const gone = await tx.delete(heldTrace).where(stillHeld(before)).returning({ service: heldTrace.service })
            return gone.length > 0
          })),
      allHeld: Effect.map(
        attempt("list held traces", () => askOwner((db) => db.select({ ref: heldTrace.ref, wrapped: heldTrace.wrapped, deleteAt: heldTrace.deleteAt }).from(heldTrace))),
        (rows) => rows.map(({ deleteAt, ref, wrapped }) => ({ ref: ref as SessionRef, wrapped, deleteAt: deleteAt as Instant }))
      )
    },
    vault
  )
}
