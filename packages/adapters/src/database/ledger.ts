/**
 * The ledger of a realm: up to which deadline everything of each class is destroyed, key and row. It says what the clock says, and nothing of anybody.
 */
import type * as Effect from "effect/Effect"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Destroyed } from "@fortrolig/core/ports/Inspection"
import { bucketLedger as custodyLedger } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import { gt, sql } from "./drizzle.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { bucketLedger as serviceLedger } from "./serviceSchema.ts"

const tables = { service: serviceLedger, custody: custodyLedger } as const

/** Every line, in the order of the names of the classes. */
export const destroyedThrough = ({ db, realm }: Pick<RealmDatabase, "db" | "realm">): Effect.Effect<ReadonlyArray<Destroyed>, StoreUnavailable> =>
  attempt("read the ledger", () => readLedger(db, realm))

/** The lines as they stand in a transaction. */
export const readLedger = async (db: Database, realm: RealmDatabase["realm"]): Promise<ReadonlyArray<Destroyed>> => {
  const table = tables[realm]
  const lines = await db.select().from(table).orderBy(table.dataClass)
  return lines.map(({ dataClass, through }) => ({ dataClass: dataClass as DataClass, through: through as Instant }))
}

/** Raises lines; one that stands higher already stays. */
export const raiseLedger = ({ askOwner, realm }: RealmDatabase, lines: ReadonlyArray<Destroyed>): Effect.Effect<void, StoreUnavailable> => {
  const table = tables[realm]
  const raise = (db: Database) =>
    db
      .insert(table)
      .values([...lines])
      .onConflictDoUpdate({ target: table.dataClass, set: { through: sql`excluded.through` }, setWhere: sql`excluded.through > ${table.through}` })
  return attempt("write the ledger", async () => void (lines.length === 0 || (await askOwner(raise))))
}

/** Lowers every line that lies after `at` to it; the others stay. */
export const correctLedger = ({ askOwner, realm }: RealmDatabase, at: Instant): Effect.Effect<void, StoreUnavailable> => {
  const table = tables[realm]
  return attempt("correct the ledger", async () => void (await askOwner((db) => db.update(table).set({ through: at }).where(gt(table.through, at)))))
}
