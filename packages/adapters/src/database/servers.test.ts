import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { before, Period } from "@fortrolig/core/kernel/instant"
import { addressOf, asSuperuser, copiedDatabase } from "../contracts/postgres.contract.ts"
import { deadlines, ended, minute, standing } from "../contracts/leaves.contract.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { makePool } from "../postgres/pool.ts"
import { attempt, sqlState } from "./database.ts"
import { sql } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { serviceRealm } from "./inspection.ts"
import { makeLeaf, hourOf, sessionLeaves } from "./leaves.ts"
import { raiseLedger } from "./ledger.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

const open = (url: Redacted.Redacted) => postgresDatabase({ url, services: ["ifengsel"] }, "service")

/** Somebody who has begun to read and does not end until told. */
const reading = (url: Redacted.Redacted, what: string): Effect.Effect<() => Promise<void>, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const pool = makePool(url, 1, {})
      const begun = Promise.withResolvers<void>()
      const over = Promise.withResolvers<void>()
      const read = pool.client.begin(async (tx) => {
        await tx.unsafe(`select count(*) from ${what}`)
        begun.resolve()
        await over.promise
      })
      await begun.promise
      let done = false
      return async () => {
        if (done) return
        done = true
        over.resolve()
        await read
        await pool.close()
      }
    }),
    (end) => Effect.promise(end)
  )

const forget = (realm: RealmDatabase, at: ReturnType<typeof minute>) => forgetLeaves(realm, sessionLeaves, at)

describe("leaves, with several servers and long readers", () => {
  it.effect("three servers that forget at the same moment destroy each row once, over and over", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const servers = yield* Effect.all([open(url), open(url), open(url)])
      const [first] = servers
      for (let round = 0; round < 8; round += 1) {
        const rows = [5, 10, 65, 125, 130].map((minutes) => minute(round * 3, minutes))
        yield* ended(first, rows)
        const at = minute(round * 3, 150)
        const rounds = yield* Effect.all(servers.map((realm) => forget(realm, at)), { concurrency: "unbounded" })
        assert.strictEqual(rounds.reduce((sum, { count }) => sum + count, 0), rows.length)
        for (const { count, through } of rounds) assert.isTrue(through === at || (through === null && count === 0))
        yield* forget(first, at)
        assert.deepStrictEqual(yield* deadlines(first), [])
        assert.deepStrictEqual(yield* standing(first), [round * 3 + 2])
      }
    }), 30_000)

  it.effect("a server that was away for three weeks forgets every hour of it, in more than one transaction, since each locks all that it drops", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const realm = yield* open(url)
      const [from, hours] = [hourOf(minute(0, 0)), 504]
      const filled = [
        sql`select service.make_leaf('session', 'endedSession', hour) from generate_series(${sql.raw(`${from}::bigint, ${from + hours - 1}`)}) as hour`,
        sql`insert into service.session (ref, service, delete_at) select gen_random_uuid(), 'ifengsel', hour * 3600000 from generate_series(${sql.raw(`${from}::bigint, ${from + hours - 1}`)}) as hour`
      ]
      for (const statement of filled) yield* attempt("fill", () => realm.asOwner((tx) => tx.execute(statement)))
      const at = minute(hours, 0)
      assert.deepStrictEqual(yield* forget(realm, at), { count: hours, earliest: minute(0, 0), through: at, stayed: 0 })
      assert.deepStrictEqual(yield* standing(realm), [])
    }), 60_000)

  it.effect("three servers that need the same leaf at the same moment all get it", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const servers = yield* Effect.all([open(url), open(url), open(url)])
      for (let n = 0; n < 8; n += 1) {
        const made = yield* Effect.all(servers.map((realm) => Effect.promise(() => makeLeaf(realm, sessionLeaves, hourOf(minute(n, 0))))), { concurrency: "unbounded" })
        assert.deepStrictEqual(made, [true, true, true])
      }
    }))

  it.effect("a leaf that is read stays, the ledger stays before it, and whoever stores is not kept waiting; afterwards it goes", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const realm = yield* open(url)
      yield* ended(realm, [minute(0, 5), minute(1, 5), minute(2, 5), minute(3, 5)])
      const end = yield* reading(url, `service.session_${hourOf(minute(1, 0))}`)
      const [forgotten] = yield* Effect.all([forget(realm, minute(3, 10)), ended(realm, Array.from({ length: 20 }, (_, n) => minute(3, 20 + n)))], { concurrency: "unbounded" })
      assert.deepStrictEqual(forgotten, { count: 3, earliest: minute(0, 5), through: before(minute(1, 0), Period.make(1)), stayed: 1 })
      assert.deepStrictEqual(yield* standing(realm), [1, 3])
      assert.deepStrictEqual((yield* serviceRealm(realm).prove(minute(3, 10))).overdueLeaves, 1)
      yield* Effect.promise(end)
      assert.deepStrictEqual(yield* forget(realm, minute(3, 10)), { count: 1, earliest: minute(1, 5), through: minute(3, 10), stayed: 0 })
      assert.deepStrictEqual(yield* standing(realm), [3])
    }))

  it.effect("behind somebody who reads another leaf, what is due is gone at once and only its empty leaf stays a while", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const realm = yield* open(url)
      yield* ended(realm, [minute(0, 5), minute(1, 5), minute(5, 0)])
      const end = yield* reading(url, `service.session where delete_at >= ${minute(5, 0)}`)
      assert.deepStrictEqual(yield* forget(realm, minute(2, 0)), { count: 2, earliest: minute(0, 5), through: minute(2, 0), stayed: 2 })
      assert.deepStrictEqual(yield* deadlines(realm), [minute(5, 0)])
      assert.deepStrictEqual(yield* Effect.map(serviceRealm(realm).prove(minute(2, 0)), ({ ledger: _, ...rest }) => rest), { overdueLeaves: 0, emptyLeaves: 2, overdueRows: 0 })
      yield* raiseLedger(realm, [{ dataClass: "endedSession", through: minute(2, 0) }])
      yield* ended(realm, [minute(6, 0)])
      yield* Effect.promise(end)
      assert.deepStrictEqual(yield* forget(realm, minute(2, 0)), { count: 0, earliest: null, through: minute(2, 0), stayed: 0 })
      assert.deepStrictEqual(yield* standing(realm), [5, 6])
    }))
})

/** The SQLSTATE that a statement fails with for a login in a role, or how many rows it answers. */
const tried = (url: Redacted.Redacted, role: string | undefined, statement: string) =>
  Effect.acquireUseRelease(
    Effect.sync(() => makePool(url, 1, role === undefined ? {} : { role })),
    ({ client }) => Effect.promise(() => client.unsafe(statement).then((rows) => rows.length, (error: unknown) => sqlState(error))),
    ({ close }) => Effect.promise(close)
  )

describe("what each role may", () => {
  it.effect("the stores of the service realm reach nothing of the vendor realm, and the other way round", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      assert.strictEqual(yield* tried(url, "fortrolig_app", "select * from custody.access_trace"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_owner", "select * from custody.access_trace"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_custody", "select * from service.session"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_custody", "select * from custody.access_trace"), 0)
      const [members] = yield* asSuperuser(url, "select count(*)::int as n from pg_auth_members where member in ('fortrolig_app'::regrole, 'fortrolig_owner'::regrole, 'fortrolig_audit'::regrole)")
      assert.deepStrictEqual(members, { n: 0 })
    }))

  it.effect("a login that is given the stores' role alone can take no other one", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const name = new URL(Redacted.value(url)).pathname.slice(1)
      const login = `only_${name}`
      for (const line of [`create role ${login} login`, `grant fortrolig_app to ${login}`]) yield* asSuperuser(url, line)
      const theirs = addressOf(url, name, login)
      assert.strictEqual(yield* tried(theirs, undefined, "set role fortrolig_app"), 0)
      for (const role of ["fortrolig_owner", "fortrolig_custody", "fortrolig_custody_owner", "fortrolig_audit"]) {
        assert.strictEqual(yield* tried(theirs, undefined, `set role ${role}`), "42501")
        assert.strictEqual(yield* tried(theirs, undefined, `grant ${role} to ${login}`), "42501")
      }
      yield* asSuperuser(url, `drop role ${login}`)
    }))

  it.effect("the audit counts every row by service and deadline, and reads no sealed byte, no reference and no key", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const realm = yield* open(url)
      yield* ended(realm, [minute(0, 5)])
      yield* attempt("store", () => realm.asOwner((tx) => tx.execute(sql.raw(`insert into service.session (ref, service, delete_at) values (gen_random_uuid(), 'another', ${minute(0, 6)})`))))
      assert.strictEqual(yield* tried(url, "fortrolig_audit", "select service, delete_at from service.session"), 2)
      for (const table of ["service.session", "service.content", "service.consent", "service.triage", "service.receipt", "custody.access_trace", "custody.held_trace"]) {
        assert.strictEqual(yield* tried(url, "fortrolig_audit", `select count(*), max(delete_at) from ${table}`), 1)
        assert.strictEqual(yield* tried(url, "fortrolig_audit", `select sealed from ${table}`), "42501")
        assert.strictEqual(yield* tried(url, "fortrolig_audit", `delete from ${table}`), "42501")
      }
      assert.strictEqual(yield* tried(url, "fortrolig_audit", "select ref from service.session"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_audit", "select secret from service.invitation"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_audit", "select fields from service.anonymous_note"), "42501")
      assert.strictEqual(yield* tried(url, "fortrolig_audit", "select through from service.bucket_ledger"), 6)
    }))
})
