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
  /** Connections of the application at most; 10 where it is left out. The owner has two more. */
  readonly connections?: number
  /** How long an answer is waited for, in milliseconds, before its connection counts as lost; a little longer than PostgreSQL itself works on one where it is left out. */
  readonly patience?: { readonly app: number; readonly owner: number }
}

/**
 * No question takes longer than this, in milliseconds; one that does is stuck behind something, and its caller is told that the store is away. The application's are small; the owner's may
 * count, move or delete an hour's rows.
 */
const statementPatience = { app: 60_000, owner: 15 * 60_000 }

/** How much longer an answer is waited for than PostgreSQL works on it: where the network drops what is sent, nobody says that it will never come. */
const answerPatience = { app: statementPatience.app + 10_000, owner: statementPatience.owner + 10_000 }

/** How long, in milliseconds, a transaction may do nothing before PostgreSQL ends it: whoever began it may be gone, and what it locks is locked for everybody. */
const idlePatience = String(60_000)

/** Opens a realm's database, unless its PostgreSQL is too old, and applies what migrations are missing. A connection that is lost fails what it was doing and is made anew for the next question. Closes with the scope. */
export const postgresDatabase = (
  { connections: max = 10, patience = answerPatience, services, url }: PostgresOptions,
  realm: RealmName
): Effect.Effect<RealmDatabase, DatabaseTooOld | RightsMissing | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const open = (most: number, startup: Startup, forAnswer?: number) =>
      Effect.map(Effect.acquireRelease(Effect.sync(() => makePool(url, most, startup, forAnswer)), ({ close }) => Effect.promise(close)), ({ client }) => drizzle({ client }))
    // Migrations wait for whoever else migrates, and take as long as they take: this connection waits without a limit.
    yield* Effect.scoped(Effect.flatMap(open(1, {}), (db) => Effect.andThen(refuseTooOld(db, realm), migrateRealm(db, realm, (config) => migrate(db, config)))))
    const { app, owner } = realmRoles[realm]
    const limits = (realmRole: "app" | "owner") => ({ statement_timeout: String(statementPatience[realmRole]), idle_in_transaction_session_timeout: idlePatience })
    const db: Database = yield* open(max, { ...limits("app"), "fortrolig.services": services.join(","), role: app }, patience.app)
    // Two: whoever counts for an audit keeps nobody from forgetting.
    const ownerDb: Database = yield* open(2, { ...limits("owner"), role: owner, lock_timeout: String(lockPatience) }, patience.owner)
    return {
      realm,
      db,
      asOwner: (work) => ownerDb.transaction(work),
      askOwner: async (statement) => statement(ownerDb),
      dropLeaf: (parent, leaf) => dropLeaf(ownerDb, realm, parent, leaf)
    }
  })
