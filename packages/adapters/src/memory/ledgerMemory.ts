/**
 * The ledger of a realm in memory, and forgetting by it.
 */
import { earlier, type Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { Forgotten } from "@fortrolig/core/ports/Forgotten"

/** Up to which deadline everything of a class is destroyed. */
export type LedgerMemory = Map<DataClass, Instant>

/** Whether everything with this deadline is destroyed already, so that nothing may be stored with it. */
export const isOver = (ledger: LedgerMemory, dataClass: DataClass, deleteAt: Instant): boolean => deleteAt <= (ledger.get(dataClass) ?? 0)

/** Deletes what is due at or before `at`. */
export const forgetDue = <K>(rows: Map<K, { readonly deleteAt: Instant | null }>, at: Instant): Forgotten => {
  const due = [...rows].filter(([, { deleteAt }]) => deleteAt !== null && deleteAt <= at)
  for (const [key] of due) rows.delete(key)
  const deadlines = due.flatMap(([, { deleteAt }]) => (deleteAt === null ? [] : [deleteAt]))
  return { count: due.length, earliest: deadlines.length === 0 ? null : deadlines.reduce(earlier), through: at, stayed: 0 }
}
