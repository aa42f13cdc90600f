/** About 8 s. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { type Proxy, proxyFrom } from "../../../../test/support/proxy.ts"
import { asSuperuser, copiedDatabase, emptyDatabase } from "../contracts/postgres.contract.ts"
import { attempt } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { postgresDatabase } from "./connect.ts"
import { makePool } from "./pool.ts"

/** A way to a database over a network that can fall silent. */
const over = (url: Redacted.Redacted) =>
  Effect.gen(function*() {
    const address = new URL(Redacted.value(url))
    const network = yield* Effect.acquireRelease(Effect.promise(() => proxyFrom("127.0.0.1", Number(address.port))), (proxy: Proxy) => Effect.promise(proxy.close))
    address.port = String(network.port)
    return { network, url: Redacted.make(address.href) }
  })

const once = sql`(values (1)) as once`
const role = { role: sql<string>`current_user` }
const asApp = ({ db }: RealmDatabase) => attempt("ask", () => db.select(role).from(once))
const asOwner = (database: RealmDatabase) => attempt("ask as owner", () => database.asOwner((tx) => tx.select(role).from(once)))
const within = ({ db }: RealmDatabase) => attempt("ask in a transaction", () => db.transaction((tx) => tx.select(role).from(once)))
const refused = (question: ReturnType<typeof asApp>) => Effect.map(Effect.flip(question), ({ _tag, operation }) => [_tag, operation])

describe("a network that falls silent", () => {
  it.effect("fails every question after a while, and the next one is answered once the network is back", () =>
    Effect.gen(function*() {
      const { network, url } = yield* over(yield* copiedDatabase)
      const database = yield* postgresDatabase({ url, services: ["ifengsel"], connections: 2, patience: { app: 700, owner: 700 } }, "service")
      yield* Effect.all([asApp(database), asApp(database), asOwner(database)], { concurrency: "unbounded" })
      yield* Effect.sync(network.hush)
      const all = [asApp(database), within(database), asApp(database), asOwner(database)]
      assert.deepStrictEqual(yield* Effect.all(all.map(refused), { concurrency: "unbounded" }), [
        ["StoreUnavailable", "ask"], ["StoreUnavailable", "ask in a transaction"], ["StoreUnavailable", "ask"], ["StoreUnavailable", "ask as owner"]
      ])
      yield* Effect.sync(network.mend)
      assert.deepStrictEqual(yield* Effect.all([asApp(database), within(database), asOwner(database)]), [[{ role: "fortrolig_app" }], [{ role: "fortrolig_app" }], [{ role: "fortrolig_owner" }]])
    }), 20_000)

  it.effect("fails the rest of a transaction too, and nothing of it stays", () =>
    Effect.gen(function*() {
      const straight = yield* copiedDatabase
      const { network, url } = yield* over(straight)
      const { db } = yield* postgresDatabase({ url, services: ["ifengsel"], connections: 1, patience: { app: 700, owner: 700 } }, "service")
      const store = (given: typeof db) => given.execute(sql`insert into service.invitation (secret, service, delete_at) values (${Buffer.from("x")}, ${"ifengsel"}, ${4_102_444_800_000})`)
      const ended = yield* Effect.promise(() =>
        db.transaction(async (tx) => {
          await store(tx)
          network.hush()
          await store(tx).catch(() => undefined)
          network.mend()
          await store(tx)
        }).then(() => "committed", () => "refused"))
      assert.deepStrictEqual([ended, yield* asSuperuser(straight, "select count(*)::int as n from service.invitation")], ["refused", [{ n: 0 }]])
    }), 20_000)

  it.effect("is not taken for one where an answer takes its time", () =>
    Effect.gen(function*() {
      const database = yield* postgresDatabase({ url: yield* copiedDatabase, services: ["ifengsel"], connections: 1, patience: { app: 3_000, owner: 3_000 } }, "service")
      const slow = attempt("wait", () => database.db.execute(sql`select pg_sleep(1)`))
      yield* slow
      yield* slow
      yield* slow
      yield* slow
      assert.deepStrictEqual(yield* asApp(database), [{ role: "fortrolig_app" }])
    }), 20_000)
})

describe("a start", () => {
  it.effect("waits for as long as another one migrates", () =>
    Effect.gen(function*() {
      const url = yield* emptyDatabase
      const { client, close } = yield* Effect.acquireRelease(Effect.sync(() => makePool(url, 1, {})), (pool) => Effect.promise(pool.close))
      yield* Effect.promise(() => client.unsafe("select pg_advisory_lock(7064818311)"))
      const starting = yield* Effect.forkChild(postgresDatabase({ url, services: ["ifengsel"], patience: { app: 500, owner: 500 } }, "service"))
      yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 1_500)))
      assert.deepStrictEqual(yield* asSuperuser(url, "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted"), [{ n: 1 }])
      yield* Effect.promise(close)
      assert.deepStrictEqual(yield* asApp(yield* Fiber.join(starting)), [{ role: "fortrolig_app" }])
    }), 20_000)
})
