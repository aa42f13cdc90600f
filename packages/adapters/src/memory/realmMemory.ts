/**
 * Inspection of stores in memory.
 */
import * as Effect from "effect/Effect"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import { earlier, type Instant } from "@fortrolig/core/kernel/instant"
import type { Measured, Realm } from "@fortrolig/core/ports/Inspection"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { LedgerMemory } from "./ledgerMemory.ts"

/** What a row must tell to be counted. */
export interface Countable {
  readonly service: ServiceName
  readonly deleteAt: Instant | null
}

/** A realm over functions that list the rows of each data class. */
export const realmMemory = (ledger: LedgerMemory, holdings: ReadonlyArray<readonly [DataClass, () => Iterable<Countable>]>): Realm => ({
  measure: (at) => Effect.sync(() => holdings.flatMap(([dataClass, rows]) => measure(dataClass, [...rows()], at))),
  holds: (dataClass, service) => Effect.sync(() => holdings.some(([of, rows]) => of === dataClass && [...rows()].some((row) => row.service === service))),
  undeclared: Effect.succeed([]),
  prove: (at) =>
    Effect.sync(() => ({
      ledger: [...ledger].map(([dataClass, through]) => ({ dataClass, through })).sort((a, b) => (a.dataClass < b.dataClass ? -1 : 1)),
      overdueLeaves: 0,
      emptyLeaves: 0,
      overdueRows: holdings.flatMap(([, rows]) => [...rows()]).filter(({ deleteAt }) => deleteAt !== null && deleteAt <= at).length
    })),
  raise: (lines) => Effect.sync(() => lines.forEach(({ dataClass, through }) => ledger.set(dataClass, Math.max(through, ledger.get(dataClass) ?? 0) as Instant))),
  correctLedger: (at) => Effect.sync(() => ledger.forEach((through, dataClass) => ledger.set(dataClass, earlier(through, at)))),
  prepare: () => Effect.void
})

const measure = (dataClass: DataClass, rows: ReadonlyArray<Countable>, at: Instant): ReadonlyArray<Measured> =>
  [...new Set(rows.map(({ service }) => service))].sort().map((service) => {
    const own = rows.filter((row) => row.service === service)
    const deadlines = own.flatMap(({ deleteAt }) => (deleteAt === null ? [] : [deleteAt])).sort((a, b) => a - b)
    return {
      dataClass,
      service,
      count: own.length,
      earliestDeleteAt: deadlines[0] ?? null,
      overdue: deadlines.filter((deleteAt) => deleteAt <= at).length
    }
  })
