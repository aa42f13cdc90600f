/**
 * One realm's database as the stores and the forgetting see it, whichever engine is below.
 */
import type { Database } from "./database.ts"

/** The two realms, each with its own schema of the same name, its own migrations and its own login where there are two. */
export type RealmName = "service" | "custody"

/** A realm's database, opened and migrated. */
export interface RealmDatabase {
  readonly realm: RealmName
  /** Every query of the stores: as the realm's application role, which owns nothing and sees the rows of the services that this install serves. */
  readonly db: Database
  /** One transaction as the role that owns the tables: leaves, and forgetting whatever the service. Locks wait for `lockPatience` at most, then the transaction fails with SQLSTATE 55P03. */
  readonly asOwner: <A>(work: (tx: Database) => Promise<A>) => Promise<A>
  /** One statement as that role, in a transaction of its own. */
  readonly askOwner: <A>(statement: (db: Database) => PromiseLike<A>) => Promise<A>
  /** Takes an emptied leaf out of its table and drops it, so that no insert and no reader waits; answers whether it is gone. Again is safe, also after a crash half way. */
  readonly dropLeaf: (parent: string, leaf: string) => Promise<boolean>
}

/** How long, in milliseconds, a statement that needs a table for itself waits for others before it gives up until the next sweep. */
export const lockPatience = 200
