/**
 * A realm's database in PostgreSQL: a pool that works as the application, and one connection that works as the owner.
 */
import type { Redacted } from "effect/Redacted"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Database } from "../database/database.ts"
import { migrateRealm } from "../database/migrate.ts"
import { lockPatience, type RealmDatabase, type RealmName } from "../database/realmDatabase.ts"
import { realmRoles, type RightsMissing } from "../database/roles.ts"
import { drizzle, migrate, type Startup } from "./driver.ts"
import { dropLeaf } from "./dropLeaf.ts"
import { makePool } from "./pool.ts"
import { type DatabaseTooOld, refuseTooOld } from "./version.ts"

/** Where a realm's database is, and for whom. */
export interface PostgresOptions {
  /** `postgres://login:password@host:port/database`. */
  readonly url: Redacted
  /** The services whose rows the stores see. */
  readonly services: ReadonlyArray<string>
  /** Connections of the application at most; 10 where it is left out. The owner has one more. */
  readonly connections?: number
}

/** No question of a store takes longer than this, in milliseconds; one that does is stuck behind something, and its caller is told that the store is away. */
const statementPatience = 60_000

/** Opens a realm's database, unless its PostgreSQL is too old, and applies what migrations are missing. A connection that is lost fails what it was doing and is made anew for the next question. Closes with the scope. */
export const postgresDatabase = (
  { connections: max = 10, services, url }: PostgresOptions,
  realm: RealmName
): Effect.Effect<RealmDatabase, DatabaseTooOld | RightsMissing | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const open = (most: number, startup: Startup) =>
      Effect.map(Effect.acquireRelease(Effect.sync(() => makePool(url, most, startup)), ({ close }) => Effect.promise(close)), ({ client }) => drizzle({ client }))
    yield* Effect.scoped(Effect.flatMap(open(1, {}), (db) => Effect.andThen(refuseTooOld(db, realm), migrateRealm(db, realm, (config) => migrate(db, config)))))
    const { app, owner } = realmRoles[realm]
    const seen = { "fortrolig.services": services.join(","), statement_timeout: String(statementPatience), idle_in_transaction_session_timeout: String(statementPatience) }
    const db: Database = yield* open(max, { ...seen, role: app })
    const ownerDb: Database = yield* open(1, { role: owner, lock_timeout: String(lockPatience) })
    return {
      realm,
      db,
      asOwner: (work) => ownerDb.transaction(work),
      dropLeaf: (parent, leaf) => dropLeaf(ownerDb, realm, parent, leaf)
    }
  })
