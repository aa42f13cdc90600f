import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { copiedDatabase } from "../contracts/postgres.contract.ts"
import { attempt, sqlState } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { postgresDatabase } from "./connect.ts"
import { drizzle } from "./driver.ts"
import { makePool } from "./pool.ts"

const hour = 3_600_000
/** Three leaves of a table: the first has a row, the last is stored into. */
const leaves = [500_000, 500_001, 500_002] as const
const [first, second, third] = leaves.map((at) => `session_${at}`) as [string, string, string]

const makeLeaves = ({ asOwner }: RealmDatabase) =>
  Effect.promise(() => asOwner(async (tx) => {
    for (const at of leaves) {
      await tx.execute(sql.raw(`create table service.session_${at} partition of service.session for values from (${at * hour}) to (${(at + 1) * hour})`))
    }
    await tx.execute(sql.raw(`insert into service.session (ref, service, delete_at) values (gen_random_uuid(), 'ifengsel', ${leaves[0] * hour})`))
  }))

const tablesOf = ({ asOwner }: RealmDatabase) =>
  Effect.promise(() => asOwner(async (tx) => {
    const rows = await tx
      .select({ name: sql<string>`relname || coalesce((select case when inhdetachpending then ' on its way out' else '' end from pg_inherits where inhrelid = pg_class.oid), ' on its own')` })
      .from(sql`pg_class`)
      .where(sql`relname ~ '^session_5' and relkind = 'r'`)
    return rows.map(({ name }) => name).sort()
  }))

/** A reader that reads `of` and stays in its transaction, as a report does, until it is let go. */
const reader = (url: Redacted.Redacted, of: string): Effect.Effect<() => Promise<void>> =>
  Effect.promise(async () => {
    const { client, close } = makePool(url, 1, {})
    let letGo: () => void = () => undefined
    let reading: () => void = () => undefined
    const started = new Promise<void>((resolve) => (reading = resolve))
    const done = drizzle({ client }).transaction(async (tx) => {
      await tx.execute(sql.raw(`select count(*) from ${of}`))
      reading()
      await new Promise<void>((resolve) => (letGo = resolve))
    })
    await started
    return async () => {
      letGo()
      await done
      await close()
    }
  })

/** Stores without a pause while `work` runs, with less patience for a lock than the owner has; answers what each of the others said and the SQLSTATE of every refusal. */
const storingMeanwhile = <A, E>(url: Redacted.Redacted, work: Effect.Effect<A, E>): Effect.Effect<{ readonly answer: A; readonly stored: number; readonly refusals: ReadonlySet<string> }, E, Scope.Scope> =>
  Effect.gen(function*() {
    const { client, close } = yield* Effect.acquireRelease(
      Effect.sync(() => makePool(url, 2, { role: "fortrolig_app", "fortrolig.services": "ifengsel", lock_timeout: "100" })),
      (pool) => Effect.promise(pool.close)
    )
    const db = drizzle({ client })
    const refusals = new Set<string>()
    let stored = 0
    let over = false
    const store = async (): Promise<void> => {
      while (!over) {
        await db
          .execute(sql`insert into service.session (ref, service, version, sealed, delete_at) values (gen_random_uuid(), ${"ifengsel"}, 1, ${"x"}, ${leaves[2] * hour})`)
          .then(() => (stored += 1), (error) => refusals.add(sqlState(error) ?? String(error)))
      }
    }
    const storing = yield* Effect.forkChild(Effect.promise(() => Promise.all([store(), store()])))
    const answer = yield* work
    over = true
    yield* Fiber.join(storing)
    yield* Effect.promise(close)
    return { answer, stored, refusals }
  })

const drop = ({ dropLeaf }: RealmDatabase, leaf: string) => attempt("drop a leaf", () => dropLeaf("session", leaf))

const opened = Effect.gen(function*() {
  const url = yield* copiedDatabase
  const database = yield* postgresDatabase({ url, services: ["ifengsel"] }, "service")
  yield* makeLeaves(database)
  return { url, database }
})

describe("a leaf", () => {
  it.effect("is gone at once when nobody reads, and again is no harm", () =>
    Effect.gen(function*() {
      const { database, url } = yield* opened
      const { answer, refusals, stored } = yield* storingMeanwhile(url, drop(database, first))
      assert.deepStrictEqual([answer, [...refusals]], [true, []])
      assert.isAbove(stored, 0)
      assert.deepStrictEqual(yield* tablesOf(database), [second, third])
      assert.isTrue(yield* drop(database, first))
      assert.isTrue(yield* drop(database, "session_1"))
    }))

  const within = (at: number): string => `service.session where delete_at >= ${at * hour} and delete_at < ${(at + 1) * hour}`
  it.effect.each<readonly [string, string, ReadonlyArray<boolean>]>([
    ["the leaf itself", within(leaves[0]), [false, false, false]],
    ["another leaf", within(leaves[1]), [false, true, false]],
    ["all of its table", "service.session", [false, false, false]]
  ])("waits for a reader of %s while everybody goes on storing, and is gone with the first call after the reader", ([, of, gone]) =>
    Effect.gen(function*() {
      const { database, url } = yield* opened
      const release = yield* reader(url, of)
      const { answer, refusals, stored } = yield* storingMeanwhile(url, Effect.all([drop(database, first), drop(database, first), drop(database, second)]))
      assert.deepStrictEqual([answer, [...refusals]], [gone, []])
      assert.isAbove(stored, 0)
      yield* Effect.promise(release)
      assert.deepStrictEqual(yield* Effect.all([drop(database, first), drop(database, second)]), [true, true])
      assert.deepStrictEqual(yield* tablesOf(database), [third])
    }))

  it.effect("that is dropped or detached plainly keeps everybody waiting: the same measure sees it", () =>
    Effect.gen(function*() {
      const { database, url } = yield* opened
      const release = yield* reader(url, "service.session")
      for (const plain of [`drop table service.${first}`, `alter table service.session detach partition service.${first}`]) {
        const owner = attempt("drop plainly", () => database.asOwner((tx) => tx.execute(sql.raw(plain))))
        const { refusals } = yield* storingMeanwhile(url, Effect.all([Effect.flip(owner), Effect.flip(owner), Effect.flip(owner)]))
        assert.deepStrictEqual([...refusals], ["55P03"])
      }
      yield* Effect.promise(release)
    }))

  it.effect("that an attempt left half way is finished by the next, whichever leaf that is for", () =>
    Effect.gen(function*() {
      const { database, url } = yield* opened
      const release = yield* reader(url, "service.session")
      assert.isFalse(yield* drop(database, first))
      yield* Effect.promise(release)
      assert.isTrue(yield* drop(database, second))
      assert.deepStrictEqual(yield* tablesOf(database), [`${first} on its own`, third])
      assert.isTrue(yield* drop(database, first))
      assert.deepStrictEqual(yield* tablesOf(database), [third])
    }))

  it.effect("goes once when several take it out at the same moment", () =>
    Effect.gen(function*() {
      const { database, url } = yield* opened
      const others = yield* Effect.all(Array.from({ length: 3 }, () => postgresDatabase({ url, services: ["ifengsel"] }, "service")))
      const all = [database, ...others].flatMap((one) => [drop(one, first), drop(one, second)])
      yield* Effect.all(all, { concurrency: "unbounded" })
      assert.deepStrictEqual(yield* Effect.all([drop(database, first), drop(database, second)]), [true, true])
      assert.deepStrictEqual(yield* tablesOf(database), [third])
    }))
})
