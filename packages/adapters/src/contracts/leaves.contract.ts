/**
 * What leaves, the ledger and the roles do on every engine, seen from below the stores.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { ServiceName } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Destroyed } from "@fortrolig/core/ports/Inspection"
import { attempt } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"
import { forgetLeaves, forgetRows } from "../database/forget.ts"
import { serviceRealm } from "../database/inspection.ts"
import { failedWith, hourOf, leavesIn, leavesOf, leafWidth, makeLeaf, sessionLeaves } from "../database/leaves.ts"
import { destroyedThrough, raiseLedger } from "../database/ledger.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { invitation, session } from "../database/serviceSchema.ts"
import { newHash, newRef, start } from "./fixtures.contract.ts"

/** Opens a service realm of its own that serves `ifengsel` and `detfinneshjelp`. */
export type OpenService = Effect.Effect<RealmDatabase, unknown, Scope.Scope>

const hour = hourOf(start)
const served = ServiceName.make("ifengsel")
const another = ServiceName.make("another")
/** So many minutes after the start of the n-th hour from `start`. */
export const minute = (n: number, minutes: number): Instant => Instant.make((hour + n) * leafWidth + minutes * 60_000)

/** Stores ended sessions with these deadlines, each in the leaf of its hour. */
export const ended = Effect.fnUntraced(function*(realm: RealmDatabase, deadlines: ReadonlyArray<Instant>, service = "ifengsel") {
  const leaves = leavesOf(realm, sessionLeaves)
  for (const deleteAt of deadlines) {
    const stored = yield* leaves.store("end a session", deleteAt, () => realm.db.insert(session).values({ ref: newRef(), service, deleteAt }))
    assert.isTrue(Option.isSome(stored))
  }
})

/** The deadlines of the rows that there are, of every service, in order. */
export const deadlines = ({ asOwner }: RealmDatabase): Effect.Effect<ReadonlyArray<number>, StoreUnavailable> =>
  Effect.map(attempt("look", () => asOwner((tx) => tx.select({ at: session.deleteAt }).from(session))), (rows) => rows.map(({ at }) => at).sort((a, b) => a - b))

/** The hours, from that of `start`, whose leaves stand. */
export const standing = ({ asOwner }: RealmDatabase): Effect.Effect<ReadonlyArray<number>, StoreUnavailable> =>
  Effect.map(attempt("look", () => asOwner((tx) => leavesIn(tx, "service", [sessionLeaves]))), (leaves) => leaves.map((leaf) => leaf.hour - hour))

const refusedWith = <A>(effect: Effect.Effect<A, StoreUnavailable>, state: string) =>
  Effect.map(Effect.flip(effect), (error) => assert.isTrue(failedWith(error, state), String(error.cause)))

const forgetSessions = (realm: RealmDatabase, at: Instant) => forgetLeaves(realm, sessionLeaves, at)

/** Runs the contract over an engine. */
export const leavesContract = (name: string, open: OpenService): void => {
  describe(name, () => {
    it.effect("makes the leaf of an hour once however many ask, with no statistics, an index by deadline, and no rights for anybody but its owner", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const made = yield* Effect.all(Array.from({ length: 8 }, () => Effect.promise(() => makeLeaf(realm, sessionLeaves, hour))), { concurrency: "unbounded" })
        assert.deepStrictEqual(made, Array.from({ length: 8 }, () => true))
        assert.deepStrictEqual(yield* standing(realm), [0])
        const leaf = `service.session_${hour}`
        const facts = yield* attempt("look", () =>
          realm.db
            .select({
              owner: sql<string>`pg_get_userbyid(relowner)`,
              open: sql<boolean>`relacl is not null and exists (select from aclexplode(relacl) where grantee <> relowner)`,
              analysed: sql<number>`(select count(*)::int from pg_attribute where attrelid = pg_class.oid and attnum > 0 and attstattarget is distinct from 0)`,
              indexes: sql<number>`(select count(*)::int from pg_index where indrelid = pg_class.oid)`
            })
            .from(sql`pg_class`)
            .where(sql`oid = ${leaf}::regclass`))
        assert.deepStrictEqual(facts, [{ owner: "fortrolig_owner", open: false, analysed: 0, indexes: 2 }])
      }))

    it.effect("finds leaves by their hour, whatever the number of its digits, and nothing else whose name begins like theirs", () =>
      Effect.gen(function*() {
        const realm = yield* open
        for (const of of [9, 10, 99, 100]) yield* Effect.promise(() => makeLeaf(realm, sessionLeaves, of))
        yield* attempt("make", () => realm.asOwner((tx) => tx.execute(sql`create table service.session_10b ()`)))
        const upTo = (last: number) => Effect.map(attempt("look", () => realm.asOwner((tx) => leavesIn(tx, "service", [sessionLeaves], last))), (found) => found.map((leaf) => leaf.hour))
        assert.deepStrictEqual([yield* upTo(9), yield* upTo(10), yield* upTo(99), yield* upTo(490_000)], [[9], [9, 10], [9, 10, 99], [9, 10, 99, 100]])
      }))

    it.effect("destroys the leaves that are due as a whole, and of the one that is partly due what is due; nothing else", () =>
      Effect.gen(function*() {
        const realm = yield* open
        yield* ended(realm, [minute(0, 5), minute(0, 55), minute(1, 0), minute(1, 30), minute(1, 31), minute(2, 0)])
        assert.deepStrictEqual(yield* forgetSessions(realm, minute(0, 4)), { count: 0, earliest: null, through: minute(0, 4), stayed: 0 })
        assert.deepStrictEqual(yield* standing(realm), [0, 1, 2])
        assert.deepStrictEqual(yield* forgetSessions(realm, minute(1, 30)), { count: 4, earliest: minute(0, 5), through: minute(1, 30), stayed: 0 })
        assert.deepStrictEqual(yield* standing(realm), [1, 2])
        assert.deepStrictEqual(yield* deadlines(realm), [minute(1, 31), minute(2, 0)])
        assert.deepStrictEqual(yield* forgetSessions(realm, minute(2, 0)), { count: 2, earliest: minute(1, 31), through: minute(2, 0), stayed: 0 })
        assert.deepStrictEqual(yield* standing(realm), [2])
      }))

    it.effect("destroys each row once when several forget at the same moment", () =>
      Effect.gen(function*() {
        const realm = yield* open
        yield* ended(realm, [minute(0, 5), minute(0, 10), minute(1, 5), minute(2, 5)])
        const rounds = yield* Effect.all(Array.from({ length: 4 }, () => forgetSessions(realm, minute(2, 30))), { concurrency: "unbounded" })
        assert.strictEqual(rounds.reduce((sum, { count }) => sum + count, 0), 4)
        assert.deepStrictEqual(yield* forgetSessions(realm, minute(2, 30)), { count: 0, earliest: null, through: minute(2, 30), stayed: 0 })
        assert.deepStrictEqual(yield* deadlines(realm), [])
        assert.deepStrictEqual(yield* standing(realm), [2])
      }))

    it.effect("forgets what belongs to a service that is not served, which nobody sees any more and nobody can store", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const leaves = leavesOf(realm, sessionLeaves)
        const foreign = { ref: newRef(), service: another, deleteAt: minute(0, 5) }
        yield* refusedWith(leaves.store("end a session", foreign.deleteAt, () => realm.db.insert(session).values(foreign)), "42501")
        yield* attempt("store", () => realm.asOwner((tx) => tx.insert(session).values(foreign)))
        yield* ended(realm, [minute(0, 6)])
        const seen = yield* attempt("look", () => realm.db.select({ at: session.deleteAt }).from(session))
        assert.deepStrictEqual(seen, [{ at: minute(0, 6) }])
        assert.deepStrictEqual((yield* serviceRealm(realm).measure(minute(0, 5))).filter(({ dataClass }) => dataClass === "endedSession"), [
          { dataClass: "endedSession", service: another, count: 1, earliestDeleteAt: minute(0, 5), overdue: 1 },
          { dataClass: "endedSession", service: served, count: 1, earliestDeleteAt: minute(0, 6), overdue: 0 }
        ])
        assert.strictEqual((yield* forgetSessions(realm, minute(0, 6))).count, 2)
      }))

    it.effect("keeps a ledger that never falls, whoever writes it", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const line = Effect.map(destroyedThrough(realm), (lines) => lines.find(({ dataClass }) => dataClass === "endedSession")?.through)
        assert.strictEqual(yield* line, 0)
        const instants = [3, 9, 1, 7, 5].map((n) => minute(0, n))
        yield* Effect.all(instants.map((at) => raiseLedger(realm, [{ dataClass: "endedSession", through: at }])), { concurrency: "unbounded" })
        assert.strictEqual(yield* line, minute(0, 9))
        yield* raiseLedger(realm, [{ dataClass: "endedSession", through: minute(0, 2) }])
        assert.strictEqual(yield* line, minute(0, 9))
        yield* refusedWith(attempt("write", () => realm.db.execute(sql`update service.bucket_ledger set through = 0`)), "42501")
      }))

    it.effect("stores nothing in the past: not in an hour that is over, and not before the ledger in the hour that runs", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const leaves = leavesOf(realm, sessionLeaves)
        yield* ended(realm, [minute(0, 30), minute(1, 30)])
        yield* forgetSessions(realm, minute(1, 10))
        yield* raiseLedger(realm, [{ dataClass: "endedSession", through: minute(1, 10) }])
        const store = (deleteAt: Instant) => leaves.store("end a session", deleteAt, () => realm.db.insert(session).values({ ref: newRef(), service: "ifengsel", deleteAt }))
        assert.deepStrictEqual(yield* store(minute(0, 59)), Option.none())
        assert.deepStrictEqual(yield* store(minute(1, 10)), Option.none())
        assert.isTrue(Option.isSome(yield* store(minute(1, 11))))
        assert.deepStrictEqual(yield* Effect.promise(() => makeLeaf(realm, sessionLeaves, hour)), false)
        assert.deepStrictEqual(yield* standing(realm), [1])
        yield* refusedWith(attempt("write", () => realm.db.insert(session).values({ ref: newRef(), service: "ifengsel", deleteAt: minute(1, 9) })), "42501")
        yield* refusedWith(attempt("write", () => realm.db.insert(session).values({ ref: newRef(), service: "ifengsel", deleteAt: minute(0, 9) })), "23514")
        assert.deepStrictEqual(yield* deadlines(realm), [minute(1, 11), minute(1, 30)])
      }))

    it.effect("stores again what a clock that ran ahead had put into the past, once that is corrected; and nothing that is over by the right clock", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const inspected = serviceRealm(realm)
        const leaves = leavesOf(realm, sessionLeaves)
        const store = (deleteAt: Instant) => leaves.store("end a session", deleteAt, () => realm.db.insert(session).values({ ref: newRef(), service: "ifengsel", deleteAt }))
        yield* ended(realm, [minute(1, 30), minute(800, 0)])
        yield* forgetSessions(realm, minute(720, 10))
        yield* inspected.raise([{ dataClass: "endedSession", through: minute(720, 10) }, { dataClass: "invitation", through: minute(0, 20) }])
        for (const deleteAt of [minute(2, 0), minute(720, 9)]) assert.deepStrictEqual(yield* store(deleteAt), Option.none())
        yield* inspected.correctLedger(minute(1, 10))
        const raised = Effect.map(destroyedThrough(realm), (lines) => lines.filter(({ through }) => through > 0))
        const corrected: ReadonlyArray<Destroyed> = [{ dataClass: "endedSession", through: minute(1, 10) }, { dataClass: "invitation", through: minute(0, 20) }]
        assert.deepStrictEqual(yield* raised, corrected)
        for (const deleteAt of [minute(1, 11), minute(2, 0), minute(720, 9)]) assert.isTrue(Option.isSome(yield* store(deleteAt)))
        for (const deleteAt of [minute(0, 59), minute(1, 10)]) assert.deepStrictEqual(yield* store(deleteAt), Option.none())
        assert.deepStrictEqual(yield* deadlines(realm), [minute(1, 11), minute(2, 0), minute(720, 9), minute(800, 0)])
        // A clock that is right, or ahead of what is destroyed, has nothing to correct.
        yield* inspected.correctLedger(minute(5, 0))
        assert.deepStrictEqual(yield* raised, corrected)
      }))

    it.effect("proves from the ledger and the catalogue that nothing is overdue, and sees what is", () =>
      Effect.gen(function*() {
        const realm = yield* open
        const inspected = serviceRealm(realm)
        yield* ended(realm, [minute(0, 5), minute(1, 5), minute(1, 10), minute(1, 20)])
        yield* attempt("store", () => realm.db.insert(invitation).values({ secret: Buffer.from(newHash(), "hex"), service: "ifengsel", deleteAt: minute(0, 1) }))
        const proof = (at: Instant) => Effect.map(inspected.prove(at), ({ ledger: _, ...rest }) => rest)
        assert.deepStrictEqual(yield* proof(minute(0, 0)), { overdueLeaves: 0, emptyLeaves: 0, overdueRows: 0 })
        assert.deepStrictEqual(yield* proof(minute(0, 5)), { overdueLeaves: 0, emptyLeaves: 0, overdueRows: 2 })
        assert.deepStrictEqual(yield* proof(minute(1, 10)), { overdueLeaves: 1, emptyLeaves: 0, overdueRows: 3 })
        yield* forgetSessions(realm, minute(1, 10))
        yield* forgetRows(realm, "invitation", invitation, minute(1, 10))
        yield* inspected.raise([{ dataClass: "endedSession", through: minute(1, 10) }])
        const clean = yield* inspected.prove(minute(1, 10))
        assert.deepStrictEqual({ ...clean, ledger: clean.ledger.filter(({ through }) => through > 0) }, {
          ledger: [{ dataClass: "endedSession", through: minute(1, 10) }],
          overdueLeaves: 0,
          emptyLeaves: 0,
          overdueRows: 0
        })
      }))

    it.effect("makes room ahead, once, and passes by what is over and what needs no room", () =>
      Effect.gen(function*() {
        const realm = yield* open
        yield* raiseLedger(realm, [{ dataClass: "endedSession", through: minute(1, 0) }])
        const needed = [minute(0, 30), minute(1, 5), minute(1, 50), minute(3, 0)].map((deleteAt) => ({ dataClass: "endedSession", deleteAt }) as const)
        yield* serviceRealm(realm).prepare([...needed, ...needed, { dataClass: "invitation", deleteAt: minute(5, 0) }])
        assert.deepStrictEqual(yield* standing(realm), [1, 3])
      }))

    it.effect("keeps the stores away from leaves, from other tables and from what is not theirs to change", () =>
      Effect.gen(function*() {
        const realm = yield* open
        yield* ended(realm, [minute(0, 5)])
        const refused = [
          sql`select 1 from ${sql.raw(`service.session_${hour}`)}`,
          sql`truncate service.session`,
          sql`drop table service.session`,
          sql`update service.invitation set delete_at = 1`,
          sql`delete from service.anonymous_note`,
          sql`select service.make_leaf('session', 'endedSession', 1::bigint)`
        ]
        for (const statement of refused) yield* refusedWith(attempt("try", () => realm.db.execute(statement)), "42501")
      }))
  })
}
