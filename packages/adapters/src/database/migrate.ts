/**
 * Applies the migrations of a realm at the start, on either engine. Several servers may start at once: one migrates and the others find it done.
 */
import { fileURLToPath } from "node:url"
import type { MigrationConfig } from "drizzle-orm/migrator"
import * as Effect from "effect/Effect"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { attempt, type Database } from "./database.ts"
import { readMigrationFiles, sql } from "./drizzle.ts"
import type { RealmName } from "./realmDatabase.ts"
import { missingRights, realmRoles, RightsMissing, takeRoles } from "./roles.ts"

/** One number for both realms, which may share a database: they share the schema of their journals, and two at once would both make it. */
const advisoryLock = 7_064_818_311

/** Where the realm's migrations are and where the database notes which of them it has. */
const configOf = (realm: RealmName) =>
  ({
    migrationsFolder: fileURLToPath(new URL(`../../drizzle/${realm}`, import.meta.url)),
    migrationsSchema: "drizzle",
    migrationsTable: `${realm}_migrations`
  }) satisfies MigrationConfig

/**
 * Makes the realm's roles and applies what migrations are missing, over one connection that stays the same throughout; `apply` is the driver's own.
 * Fails with `RightsMissing` when the login may not, and nothing is half done.
 */
export const migrateRealm = (
  db: Database,
  realm: RealmName,
  apply: (config: MigrationConfig) => Promise<void>
): Effect.Effect<void, RightsMissing | StoreUnavailable> =>
  Effect.gen(function*() {
    const statements = yield* attempt(`prepare the ${realm} database`, () => alone(db, () => prepare(db, realm, apply)))
    if (statements.length > 0) return yield* new RightsMissing({ realm, statements })
  })

const alone = async <A>(db: Database, work: () => Promise<A>): Promise<A> => {
  await db.execute(sql.raw(`select pg_advisory_lock(${advisoryLock})`))
  try {
    return await work()
  } finally {
    await db.execute(sql.raw(`select pg_advisory_unlock(${advisoryLock})`))
  }
}

const prepare = async (db: Database, realm: RealmName, apply: (config: MigrationConfig) => Promise<void>): Promise<ReadonlyArray<string>> => {
  const config = configOf(realm)
  const { migrationsTable: journal } = config
  const withoutRoles = await takeRoles(db, realm)
  const journals = await journalsIn(db)
  const migrations = readMigrationFiles(config)
  const newest = Math.max(...migrations.map(({ folderMillis }) => folderMillis))
  if (withoutRoles.length === 0 && journals.get(journal) === true && (await lastApplied(db, journal)) >= newest) return []
  const missing = [...withoutRoles, ...(await missingRights(db, realm))]
  if (missing.length > 0) return missing
  if (journals.get(firstJournal) === true && !journals.has(journal)) await adopt(db, journal, migrations[0]?.hash ?? "")
  await db.execute(sql.raw(`create schema if not exists ${realm}`))
  // The first migrations name no schema, and a database that others use too may have tables of the same names in `public`, or none that this login may make there.
  // What the first version made lies there; what a migration makes goes to the realm's own schema, and is found there first.
  await db.execute(sql.raw(`set search_path to ${realm}, public`))
  await apply(config)
  await db.execute(sql.raw("reset search_path"))
  await handOver(db, journal, realmRoles[realm].owner)
  return []
}

/** The migrator's own name for a journal: that of the first version of this product, and of many another program. */
const firstJournal = "__drizzle_migrations"

/** The tables in the schema of journals, each with whether this login may read it. */
const journalsIn = async (db: Database): Promise<ReadonlyMap<string, boolean>> => {
  const found = await db
    .select({ name: sql<string>`relname`, readable: sql<boolean>`has_schema_privilege(relnamespace, 'USAGE') and has_table_privilege(pg_class.oid, 'SELECT')` })
    .from(sql`pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace`)
    .where(sql`nspname = 'drizzle' and relkind = 'r'`)
  return new Map(found.map(({ name, readable }) => [name, readable]))
}

/** In a database that others use too, a journal of that name may be theirs: ours begins as ours does. */
const adopt = async (db: Database, journal: string, first: string): Promise<void> => {
  const begun = await db.select({ hash: sql<string>`hash` }).from(sql.raw(`drizzle.${firstJournal}`)).where(sql`hash = ${first}`)
  if (begun.length > 0) await db.execute(sql.raw(`alter table drizzle.${firstJournal} rename to ${journal}`))
}

const lastApplied = async (db: Database, journal: string): Promise<number> => {
  const [last] = await db.select({ at: sql<string | null>`max(created_at)` }).from(sql.raw(`drizzle.${journal}`))
  return Number(last?.at ?? -1)
}

/** The journal belongs to the owner like every other table, so that another login in its place can go on. */
const handOver = async (db: Database, journal: string, owner: string): Promise<void> => {
  const [may] = await db.select({ already: sql<boolean>`has_schema_privilege(${owner}, 'drizzle', 'CREATE')` }).from(sql`(values (1)) as once`)
  if (may?.already !== true) await db.execute(sql.raw(`grant usage, create on schema drizzle to ${owner}`))
  await db.execute(sql.raw(`alter table drizzle.${journal} owner to ${owner}`))
}
