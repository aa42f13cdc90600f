/**
 * Which PostgreSQL a realm's database needs, and how an older one is told apart before anything is changed in it.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { attempt, type Database } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"
import type { RealmName } from "../database/realmDatabase.ts"

/** The oldest PostgreSQL, as its major version. A login is granted its roles `WITH INHERIT FALSE, SET TRUE`, and is asked whether it has them so, which came with 16; leaves leave their tables in a way that came with 14. */
const oldestVersion = 16

/** The database runs on a PostgreSQL that lacks what the product stands on. `found` is its version as it says it itself, such as `15.4`, and `needed` the oldest that will do; nothing was changed. */
export class DatabaseTooOld extends Schema.TaggedError<DatabaseTooOld>()("DatabaseTooOld", {
  realm: Schema.Literals(["service", "custody"]),
  found: Schema.String,
  needed: Schema.Int
}) {}

/** Fails with `DatabaseTooOld` unless the database is new enough. Asks one question and writes nothing. */
export const refuseTooOld = (db: Database, realm: RealmName): Effect.Effect<void, DatabaseTooOld | StoreUnavailable> =>
  Effect.gen(function*() {
    const [found] = yield* attempt(`prepare the ${realm} database`, () =>
      db
        // A distribution writes its own name behind the version.
        .select({ number: sql<number>`current_setting('server_version_num')::int`, version: sql<string>`split_part(current_setting('server_version'), ' ', 1)` })
        .from(sql`(values (1)) as once`))
    if (found === undefined || found.number < oldestVersion * 10_000) return yield* new DatabaseTooOld({ realm, found: found?.version ?? "", needed: oldestVersion })
  })
