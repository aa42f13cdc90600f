/**
 * The quick proof that nothing is overdue: from the ledger, the catalogue, and the one hour of each class that is partly due. Its cost does not depend on history.
 */
import type * as Effect from "effect/Effect"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Proof } from "@fortrolig/core/ports/Inspection"
import { deadline } from "./columns.ts"
import { heldTrace } from "./custodySchema.ts"
import { attempt } from "./database.ts"
import { lte, pgSchema, sql } from "./drizzle.ts"
import { hourOf, leafTables, leafWidth, leavesIn } from "./leaves.ts"
import { readLedger } from "./ledger.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"
import { invitation, receipt, staffSession } from "./serviceSchema.ts"

type Dated = PgTable & { readonly deleteAt: PgColumn }

/** The tables with deadlines that have no leaves; few rows are ever in them. */
const plain: Readonly<Record<RealmName, ReadonlyArray<Dated>>> = { service: [invitation, staffSession, receipt], custody: [heldTrace] }

/** What is due at `at`, of every service. A leaf that is over is counted, not read: whatever takes room in it is overdue. */
export const prove = ({ asOwner, realm }: RealmDatabase, at: Instant): Effect.Effect<Proof, StoreUnavailable> =>
  attempt("prove that nothing is overdue", () =>
    asOwner(async (tx) => {
      const leaves = await leavesIn(tx, realm, leafTables[realm], hourOf(at))
      const over = leaves.filter(({ hour }) => (hour + 1) * leafWidth <= at)
      const overdueLeaves = over.filter(({ empty }) => !empty).length
      const partly = leaves.filter((leaf) => !leaf.empty && !over.includes(leaf)).map(({ name }) => pgSchema(realm).table(name, { deleteAt: deadline() }))
      const due = [...partly, ...plain[realm]].map((table) => sql`(select count(*) from ${table} where ${lte(table.deleteAt, at)})`)
      const [sum] = await tx.select({ rows: sql<number>`(${sql.join(due, sql` + `)})::int` }).from(sql`(values (1)) as once`)
      return { ledger: await readLedger(tx, realm), overdueLeaves, emptyLeaves: over.length - overdueLeaves, overdueRows: sum?.rows ?? 0 }
    }))
