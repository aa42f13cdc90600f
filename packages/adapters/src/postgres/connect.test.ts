import { inspect } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { startCluster } from "../../../../test/support/cluster.ts"
import { asSuperuser, copiedDatabase } from "../contracts/postgres.contract.ts"
import { attempt } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"
import { pgliteDatabase } from "../database/pglite.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { postgresDatabase } from "./connect.ts"

const who = ({ db }: Pick<RealmDatabase, "db">) =>
  attempt("ask who works", () =>
    db.select({ role: sql<string>`current_user`, services: sql<string>`current_setting('fortrolig.services')`, program: sql<string>`current_setting('application_name')` })
      .from(sql`(values (1)) as once`))

const open = (realm: "service" | "custody") => Effect.flatMap(copiedDatabase, (url) => postgresDatabase({ url, services: ["ifengsel", "another"] }, realm))

describe("a realm's database", () => {
  it.effect("is used by the application, and by the owner where the tables themselves are changed", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      for (const [realm, app, owner] of [["service", "fortrolig_app", "fortrolig_owner"], ["custody", "fortrolig_custody", "fortrolig_custody_owner"]] as const) {
        const database = yield* postgresDatabase({ url, services: ["ifengsel", "another"] }, realm)
        assert.strictEqual(database.realm, realm)
        assert.deepStrictEqual(yield* who(database), [{ role: app, services: "ifengsel,another", program: "fortrolig" }])
        const limits = { statement: sql<string>`current_setting('statement_timeout')`, idle: sql<string>`current_setting('idle_in_transaction_session_timeout')` }
        assert.deepStrictEqual(yield* attempt("ask for limits", () => database.db.select(limits).from(sql`(values (1)) as once`)), [{ statement: "1min", idle: "1min" }])
        const asOwner = yield* attempt("ask as owner", () => database.asOwner((tx) => tx.select({ role: sql<string>`current_user`, lock: sql<string>`current_setting('lock_timeout')`, ...limits }).from(sql`(values (1)) as once`)))
        assert.deepStrictEqual(asOwner, [{ role: owner, lock: "200ms", statement: "15min", idle: "1min" }])
        assert.deepStrictEqual((yield* who(database)).map(({ role }) => role), [app])
      }
    }))

  it.effect("is used in the same way where it is embedded", () =>
    Effect.gen(function*() {
      const database = yield* pgliteDatabase(undefined, "service", ["ifengsel", "another"])
      const { db, asOwner } = database
      const roleOf = (given: RealmDatabase["db"]) => given.select({ role: sql<string>`current_user` }).from(sql`(values (1)) as once`)
      const services = yield* attempt("ask", () => db.select({ services: sql<string>`current_setting('fortrolig.services')` }).from(sql`(values (1)) as once`))
      const [before, during, failed, after] = yield* Effect.promise(async () => [
        await roleOf(db),
        await asOwner(roleOf),
        await asOwner(() => Promise.reject(new Error("planted"))).then(() => "kept", () => "rolled back"),
        await roleOf(db)
      ])
      assert.deepStrictEqual([services, before, during, failed, after], [
        [{ services: "ifengsel,another" }], [{ role: "fortrolig_app" }], [{ role: "fortrolig_owner" }], "rolled back", [{ role: "fortrolig_app" }]
      ])
    }))

  it.effect("takes back what an owner's transaction did when it fails", () =>
    Effect.gen(function*() {
      const { asOwner } = yield* open("service")
      const failed = yield* Effect.promise(() => asOwner(async (tx) => {
        await tx.execute(sql`create table service.planted (at bigint)`)
        throw new Error("planted")
      }).then(() => "kept", () => "rolled back"))
      const [there] = yield* Effect.promise(() => asOwner((tx) => tx.select({ name: sql`to_regclass('service.planted')` }).from(sql`(values (1)) as once`)))
      assert.deepStrictEqual([failed, there?.name], ["rolled back", null])
    }))

  it.effect("prepares each statement once per connection, in transactions too, and none of many shapes", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const { db } = yield* postgresDatabase({ url, services: ["ifengsel"], connections: 1 }, "service")
      const one = (given: typeof db, value: number) => given.select({ value: sql<number>`${value}::int` }).from(sql`(values (1)) as once`)
      const wide = Array.from({ length: 65 }, (_, index) => sql`(${index}::int)`)
      const counts = yield* Effect.promise(async () => {
        for (const value of [1, 2, 3]) assert.deepStrictEqual(await one(db, value), [{ value }])
        await db.transaction(async (tx) => assert.deepStrictEqual(await one(tx, 4), [{ value: 4 }]))
        await db.select({ n: sql`n` }).from(sql`(values ${sql.join(wide, sql`, `)}) as many(n)`)
        return db.select({ uses: sql<string>`(generic_plans + custom_plans)::text` }).from(sql`pg_prepared_statements`).where(sql`${1} = 1 and statement like 'select $_::int%'`)
      })
      assert.deepStrictEqual(counts, [{ uses: "4" }])
    }))
})

describe("a failure", () => {
  it.effect("carries nothing but the five characters of its SQLSTATE: no value, no detail, no statement", () =>
    Effect.gen(function*() {
      const service = "planted-service"
      const secret = "PLANTEDbytes"
      const { db } = yield* open("service")
      const insert = attempt("store", () => db.execute(sql`insert into service.invitation (secret, service, delete_at) values (${Buffer.from(secret)}, ${service}, ${4_102_444_800_000})`))
      const failure = yield* Effect.flip(insert)
      let told = `${JSON.stringify(failure)}${failure.stack}${failure.message}`
      for (let at: unknown = failure; at instanceof Error; at = at.cause) {
        for (const key of Reflect.ownKeys(at)) told += `${String(key)}=${inspect(Reflect.get(at, key), { depth: 20, showHidden: true })}`
      }
      assert.strictEqual(failure._tag, "StoreUnavailable")
      assert.strictEqual(failure.cause instanceof Error ? failure.cause.message : undefined, "SQLSTATE 42501")
      for (const planted of [service, secret, Buffer.from(secret).toString("hex"), "4102444800000", "insert", "invitation", "row-level"]) assert.notInclude(told, planted)
    }))

  it.effect("of the system underneath is no SQLSTATE, even where its name has five letters", () =>
    Effect.gen(function*() {
      const broken = Object.assign(new Error("planted"), { code: "EPIPE" })
      assert.deepStrictEqual((yield* Effect.flip(attempt("write", () => Promise.reject(broken)))).cause, undefined)
    }))

  it.effect("says nothing on any stream, also of notices", () =>
    Effect.gen(function*() {
      const said: Array<unknown> = []
      const before = { log: console.log, error: console.error, warn: console.warn, info: console.info }
      const listen = (...words: ReadonlyArray<unknown>) => void said.push(words)
      Object.assign(console, { log: listen, error: listen, warn: listen, info: listen })
      yield* Effect.gen(function*() {
        const { asOwner, db } = yield* open("service")
        yield* Effect.promise(() => asOwner((tx) => tx.execute(sql`drop table if exists service.nothing_like_it`)))
        yield* Effect.promise(() => asOwner((tx) => tx.execute(sql`do $$ begin raise warning 'planted'; end $$`)))
        yield* Effect.flip(attempt("fail", () => db.execute(sql`select ${"planted"}::int`)))
      }).pipe(Effect.ensuring(Effect.sync(() => Object.assign(console, before))))
      assert.deepStrictEqual(said, [])
    }))
})

describe("a database that goes away", () => {
  it.effect("fails what is asked meanwhile, and answers again when it is back, without anybody's help", () =>
    Effect.gen(function*() {
      const cluster = yield* Effect.acquireRelease(Effect.promise(() => startCluster()), (made) => Effect.promise(made.remove))
      const url = Redacted.make(cluster.url())
      const database = yield* postgresDatabase({ url, services: ["ifengsel"] }, "service")
      const asOwner = attempt("work as owner", () => database.asOwner((tx) => tx.select({ role: sql<string>`current_user` }).from(sql`(values (1)) as once`)))
      for (const stop of [cluster.stop, cluster.kill]) {
        yield* who(database)
        const waiting = yield* Effect.forkChild(Effect.flip(attempt("wait", () => database.db.execute(sql`select pg_sleep(60)`))))
        const within = yield* Effect.forkChild(Effect.flip(attempt("wait", () => database.asOwner((tx) => tx.execute(sql`select pg_sleep(60)`)))))
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 200)))
        yield* Effect.promise(stop)
        const { join } = yield* Effect.promise(() => import("effect/Fiber"))
        assert.deepStrictEqual([(yield* join(waiting))._tag, (yield* join(within))._tag], ["StoreUnavailable", "StoreUnavailable"])
        for (const question of [who(database), who(database), asOwner]) assert.strictEqual((yield* Effect.flip(question))._tag, "StoreUnavailable")
        yield* Effect.promise(cluster.restart)
        assert.deepStrictEqual((yield* who(database)).map(({ role }) => role), ["fortrolig_app"])
        assert.deepStrictEqual(yield* asOwner, [{ role: "fortrolig_owner" }])
      }
    }), 60_000)

  it.effect("lets nothing of a transaction run outside of it: not after its connection was lost, and not after a failure that nobody heeded", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const { db } = yield* postgresDatabase({ url, services: ["ifengsel"], connections: 1 }, "service")
      const store = (given: typeof db) => given.execute(sql`insert into service.invitation (secret, service, delete_at) values (${Buffer.from("x")}, ${"ifengsel"}, ${4_102_444_800_000})`)
      const count = () => db.select({ count: sql<number>`count(*)::int` }).from(sql`service.invitation`)
      const outcomes = yield* Effect.promise(async () => {
        const lost = await db.transaction(async (tx) => {
          const [me] = await tx.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(values (1)) as once`)
          await Effect.runPromise(asSuperuser(url, `select pg_terminate_backend(${me?.pid}, 5000)`))
          await store(tx).catch(() => undefined)
          await store(tx)
        }).then(() => "committed", () => "refused")
        const unheeded = await db.transaction(async (tx) => {
          await store(tx)
          await tx.execute(sql`select ${"x"}::int`).catch(() => undefined)
        }).then(() => "committed", () => "refused")
        const inner = await db.transaction(async (tx) => {
          await tx.transaction(async (nested) => {
            await store(nested)
            throw new Error("planted")
          }).catch(() => undefined)
          return tx.select({ count: sql<number>`count(*)::int` }).from(sql`service.invitation`)
        })
        return [lost, unheeded, inner, await count()]
      })
      assert.deepStrictEqual(outcomes, ["refused", "refused", [{ count: 0 }], [{ count: 0 }]])
    }))

  it.effect("gives back every connection with its scope", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const database = new URL(Redacted.value(url)).pathname.slice(1)
      const open = () => asSuperuser(url, `select count(*)::int as open from pg_stat_activity where datname = '${database}' and application_name = 'fortrolig' and pid <> pg_backend_pid()`)
      yield* Effect.scoped(Effect.gen(function*() {
        const opened = yield* postgresDatabase({ url, services: ["ifengsel"] }, "service")
        yield* Effect.all(Array.from({ length: 20 }, () => who(opened)), { concurrency: "unbounded" })
        assert.isAbove(Number((yield* open())[0]?.["open"]), 1)
      }))
      assert.deepStrictEqual(yield* open(), [{ open: 0 }])
    }))
})
