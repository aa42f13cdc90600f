import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { drizzle as drizzlePglite } from "drizzle-orm/pglite/driver"
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { startCluster } from "../../../../test/support/cluster.ts"
import { addressOf, asSuperuser, copiedDatabase, emptyDatabase } from "../contracts/postgres.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { drizzle, migrate } from "../postgres/driver.ts"
import { makePool } from "../postgres/pool.ts"
import { readMigrationFiles, sql } from "./drizzle.ts"
import { openFolder, pgliteDatabase } from "./pglite.ts"
import type { RealmName } from "./realmDatabase.ts"

const realms: ReadonlyArray<RealmName> = ["service", "custody"]
const folderOf = (realm: RealmName): string => fileURLToPath(new URL(`../../drizzle/${realm}`, import.meta.url))
const hashesOf = (realm: RealmName) => readMigrationFiles({ migrationsFolder: folderOf(realm) }).map(({ hash }) => hash)

/** The migrations as the first version shipped them. */
const firstVersion = (realm: RealmName) =>
  Effect.flatMap(temporaryFolder, (folder) =>
    Effect.promise(async () => {
      await cp(folderOf(realm), folder, { recursive: true })
      const journal = join(folder, "meta/_journal.json")
      const whole: { readonly entries: ReadonlyArray<unknown> } = JSON.parse(await readFile(journal, "utf8"))
      await writeFile(journal, JSON.stringify({ ...whole, entries: whole.entries.slice(0, 2) }))
      return folder
    }))

const journalOf = (url: Redacted.Redacted, realm: RealmName, table = `${realm}_migrations`) =>
  Effect.map(asSuperuser(url, `select hash from drizzle.${table} order by id`), (rows) => rows.map(({ hash }) => hash))

const openBoth = (url: Redacted.Redacted) =>
  Effect.all(realms.map((realm) => postgresDatabase({ url, services: ["ifengsel"] }, realm)), { concurrency: "unbounded" })

describe("the migrations", () => {
  it.effect("run once when three servers start at the same moment on one empty database, and all three start", () =>
    Effect.gen(function*() {
      for (let round = 0; round < 3; round += 1) {
        const url = yield* emptyDatabase
        yield* Effect.all(Array.from({ length: 3 }, () => openBoth(url)), { concurrency: "unbounded" })
        for (const realm of realms) assert.deepStrictEqual(yield* journalOf(url, realm), hashesOf(realm))
      }
    }), 60_000)

  it.effect("are not asked for again: a login that may make nothing any more still starts", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const name = new URL(Redacted.value(url)).pathname.slice(1)
      const login = `login_${name}`
      for (const line of [`create role ${login} login`, `grant fortrolig_owner, fortrolig_app to ${login}`]) yield* asSuperuser(url, line)
      const opened = yield* Effect.scoped(postgresDatabase({ url: addressOf(url, name, login), services: ["ifengsel"] }, "service"))
      assert.strictEqual(opened.realm, "service")
      yield* asSuperuser(url, `drop role ${login}`)
    }))

  it.effect("take over the journal of the first version where it is embedded, with what it stored", () =>
    Effect.gen(function*() {
      for (const realm of realms) {
        const folder = join(yield* temporaryFolder, realm)
        const migrationsFolder = yield* firstVersion(realm)
        yield* Effect.promise(async () => {
          const client = await openFolder(folder)
          await migratePglite(drizzlePglite({ client }), { migrationsFolder })
          await client.exec("insert into installation values ('00000000-0000-4000-8000-000000000001', 7)")
          await client.close()
        })
        const database = yield* pgliteDatabase(folder, realm, ["ifengsel"])
        const found = yield* Effect.promise(async () => {
          const { db } = database
          await db.execute(sql.raw("set role postgres"))
          const journal = await db.select({ hash: sql<string>`hash` }).from(sql.raw(`drizzle.${realm}_migrations`)).orderBy(sql`id`)
          const rows = await db.select({ generation: sql<string>`generation::text` }).from(sql.raw(`${realm}.installation`))
          return { journal: journal.map(({ hash }) => hash), rows }
        })
        assert.deepStrictEqual(found, { journal: hashesOf(realm), rows: [{ generation: "7" }] })
      }
    }), 60_000)

  it.effect("take over our own journal in PostgreSQL, and leave that of another program alone", () =>
    Effect.gen(function*() {
      const migrationsFolder = yield* firstVersion("service")
      const [ours, foreign] = [yield* emptyDatabase, yield* emptyDatabase]
      yield* Effect.promise(async () => {
        const { client, close } = makePool(ours, 1, {})
        await migrate(drizzle({ client }), { migrationsFolder })
        await close()
      })
      yield* asSuperuser(foreign, "create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint); insert into drizzle.__drizzle_migrations (hash, created_at) values ('theirs', 9999999999999)")
      for (const url of [ours, foreign]) {
        yield* postgresDatabase({ url, services: ["ifengsel"] }, "service")
        assert.deepStrictEqual(yield* journalOf(url, "service"), hashesOf("service"))
      }
      assert.deepStrictEqual(yield* journalOf(foreign, "service", "__drizzle_migrations"), ["theirs"])
      assert.deepStrictEqual(yield* asSuperuser(ours, "select to_regclass('drizzle.__drizzle_migrations') as old"), [{ old: null }])
    }))
})

describe("roles", () => {
  it.effect("that a login may not make are asked for in lines for people; once somebody has run them, it starts", () =>
    Effect.gen(function*() {
      const cluster = yield* Effect.acquireRelease(Effect.promise(() => startCluster()), ({ remove }) => Effect.promise(remove))
      const superuser = Redacted.make(cluster.url())
      yield* asSuperuser(superuser, "create role plain login; create role roles login createrole")
      for (const owner of ["postgres", "plain"]) yield* asSuperuser(superuser, `create database of_${owner} owner ${owner}`)
      const open = (login: string, database: string, realm: RealmName) =>
        Effect.scoped(Effect.asVoid(postgresDatabase({ url: Redacted.make(cluster.url(database, login)), services: ["ifengsel"] }, realm)))
      const asked = (login: string, database: string, realm: RealmName) =>
        Effect.map(Effect.flip(open(login, database, realm)), (failure) => (failure._tag === "RightsMissing" ? { realm: failure.realm, lines: failure.message.split("\n") } : failure._tag))

      const service = yield* asked("plain", "of_plain", "service")
      assert.deepStrictEqual(service, {
        realm: "service",
        lines: [
          "CREATE ROLE fortrolig_owner NOLOGIN;",
          "CREATE ROLE fortrolig_app NOLOGIN;",
          "CREATE ROLE fortrolig_audit NOLOGIN;",
          "GRANT fortrolig_owner TO <the login of DATABASE_URL> WITH INHERIT TRUE, SET TRUE;",
          "GRANT fortrolig_app TO <the login of DATABASE_URL> WITH INHERIT FALSE, SET TRUE;"
        ]
      })
      const run = (found: typeof service, login: string) => asSuperuser(Redacted.make(cluster.url("of_postgres")), typeof found === "string" ? found : found.lines.join("").replace(/<.*?>/g, login))
      yield* run(service, "plain")
      yield* open("plain", "of_plain", "service")
      const [tables] = yield* asSuperuser(Redacted.make(cluster.url("of_plain")), "select count(*)::int as count from pg_tables where schemaname = 'service'")
      assert.isAbove(Number(tables?.["count"]), 3)

      const custody = yield* asked("plain", "of_postgres", "custody")
      assert.deepStrictEqual(custody, {
        realm: "custody",
        lines: [
          "CREATE ROLE fortrolig_custody_owner NOLOGIN;",
          "CREATE ROLE fortrolig_custody NOLOGIN;",
          "GRANT fortrolig_custody_owner TO <the login of CUSTODY_DATABASE_URL> WITH INHERIT TRUE, SET TRUE;",
          "GRANT fortrolig_custody TO <the login of CUSTODY_DATABASE_URL> WITH INHERIT FALSE, SET TRUE;",
          "GRANT CREATE ON DATABASE of_postgres TO fortrolig_custody_owner;"
        ]
      })
      yield* run(custody, "plain")
      yield* open("plain", "of_postgres", "custody")

      const second = yield* asked("roles", "of_postgres", "service")
      assert.deepStrictEqual(second, {
        realm: "service",
        lines: [
          "GRANT fortrolig_owner TO <the login of DATABASE_URL> WITH INHERIT TRUE, SET TRUE;",
          "GRANT fortrolig_app TO <the login of DATABASE_URL> WITH INHERIT FALSE, SET TRUE;",
          "GRANT CREATE ON DATABASE of_postgres TO fortrolig_owner;",
          "GRANT USAGE, CREATE ON SCHEMA drizzle TO fortrolig_owner;"
        ]
      })
      yield* run(second, "roles")
      yield* open("roles", "of_postgres", "service")
    }), 60_000)

  it.effect("are made by a login that may, which then takes part in them", () =>
    Effect.gen(function*() {
      const cluster = yield* Effect.acquireRelease(Effect.promise(() => startCluster()), ({ remove }) => Effect.promise(remove))
      const superuser = Redacted.make(cluster.url())
      for (const line of ["create role maker login createrole", "create database made owner maker"]) yield* asSuperuser(superuser, line)
      yield* openBoth(Redacted.make(cluster.url("made", "maker")))
      for (const realm of realms) assert.deepStrictEqual(yield* journalOf(Redacted.make(cluster.url("made")), realm), hashesOf(realm))
    }), 60_000)
})
