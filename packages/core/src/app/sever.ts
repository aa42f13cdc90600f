/**
 * Severing: at the deadline of its session's access trace a triage note loses all that ties it to the session, and what is left is about nobody (DFH-17, DFH-18).
 */
import * as Effect from "effect/Effect"
import { sever as cut } from "../consent/triage.ts"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import { StoreUnavailable } from "../ports/errors.ts"
import { Randomness } from "../ports/Randomness.ts"
import { type DueNote, type Severed, TriageStore } from "../ports/TriageStore.ts"

/** How many notes one transaction severs at most, unless somebody says otherwise. */
export const severBatch = 200

/** How often in a row the same notes may come again without anybody taking one of them. While another sweep takes them, others come. */
const patience = 5

/**
 * Severs every linked note whose deadline is at or before `at`, and answers when none is left, whoever severed it: only then may the keys of their buckets be
 * destroyed. Safe to run again, after a kill at any point, and beside another sweep. It hears nothing of the traces: both realms count from the same opening.
 * Fails when the store does, or when notes stay that it cannot take.
 */
export const sever = Effect.fnUntraced(function*(at: Instant, atOnce = severBatch) {
  const notes = yield* TriageStore
  const { id } = yield* Randomness
  const severing = Effect.fnUntraced(function*(due: DueNote) {
    const { stored } = due
    return { due, id: yield* id, anonymous: stored === undefined ? undefined : cut(stored.note, stored) }
  })
  let total: Severed = { severed: 0, lost: 0 }
  const asked = new Set<SessionRef>()
  let idle = 0
  while (true) {
    const due = yield* notes.due(at, atOnce)
    if (due.length === 0) return total
    // In the order of their random ids: the order in which they are stored must not be the order in which people came.
    const batch = (yield* Effect.forEach(due, severing)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const done = yield* notes.sever(batch)
    total = { severed: total.severed + done.severed, lost: total.lost + done.lost }
    idle = done.severed + done.lost === 0 && due.every(({ ref }) => asked.has(ref)) ? idle + 1 : 0
    for (const { ref } of due) asked.add(ref)
    if (idle > patience) return yield* new StoreUnavailable({ operation: "sever triage notes" })
  }
})
