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
import { lte, pgSchema } from "./drizzle.ts"
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
      const due = async (table: Dated): Promise<number> => tx.$count(table, lte(table.deleteAt, at))
      let [overdueLeaves, emptyLeaves, overdueRows] = [0, 0, 0]
      for (const table of leafTables[realm]) {
        for (const { empty, hour, name } of await leavesIn(tx, realm, table, hourOf(at))) {
          if ((hour + 1) * leafWidth <= at) {
            if (empty) emptyLeaves += 1
            else overdueLeaves += 1
          } else if (!empty && hour * leafWidth <= at) {
            overdueRows += await due(pgSchema(realm).table(name, { deleteAt: deadline() }))
          }
        }
      }
      for (const table of plain[realm]) overdueRows += await due(table)
      return { ledger: await readLedger(tx, realm), overdueLeaves, emptyLeaves, overdueRows }
    }))
