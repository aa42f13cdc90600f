/**
 * Held traces in memory.
 */
import * as Effect from "effect/Effect"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { holding, type TraceRow, type TraceRows } from "../custody/holding.ts"

type Rows = Map<SessionRef, Omit<TraceRow, "ref">>

const get = (from: Rows, ref: SessionRef): TraceRow | undefined => {
  const row = from.get(ref)
  return row === undefined ? undefined : { ref, ...row }
}

/** Takes a row out of one map, if it is as it was, and puts one into another. */
const move = (from: Rows, { ref, wrapped }: Pick<TraceRow, "ref" | "wrapped">, to?: Rows, row?: TraceRow) =>
  Effect.sync(() => {
    const now = from.get(ref)
    if (now === undefined || !Buffer.from(now.wrapped).equals(wrapped)) return false
    from.delete(ref)
    if (row !== undefined) to?.set(ref, { service: row.service, wrapped: row.wrapped, sealed: row.sealed, deleteAt: row.deleteAt })
    return true
  })

/** The rows of traces in two maps: those in their buckets, and those held. */
export const traceRowsMemory = (traces: Rows, held: Rows): TraceRows => ({
  inBucket: (ref, deleteAt) =>
    Effect.sync(() => {
      const row = get(traces, ref)
      return row?.deleteAt === deleteAt ? row : undefined
    }),
  held: (ref) => Effect.sync(() => get(held, ref)),
  hold: (before, row) => move(traces, before, held, row),
  replace: (before, row) => move(held, before, held, row),
  giveBack: (before, row) => move(held, before, traces, row),
  remove: (before) => move(held, before),
  allHeld: Effect.sync(() => [...held].map(([ref, row]) => ({ ref, ...row })))
})

/** The register of held traces over the maps of traces in their buckets and of held ones. */
export const heldTracesMemory = (traces: Rows, held: Rows, vault: Vault): HeldTraces["Service"] => holding(traceRowsMemory(traces, held), vault)
