/**
 * What the policies in force keep no longer, or not for so long, is held to them. A bucket's key is shared: whoever shares it with what has to go gets another, a
 * millisecond earlier, and the old one is destroyed, so that no older copy of a row can be read by it.
 */
import type { SQL } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { earlier, type Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { KeptUntil, Tightened, Tightening } from "@fortrolig/core/ports/Tightening"
import { live } from "./columns.ts"
import { accessTrace } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import { and, eq, gt, inArray, lte, not, or, sql } from "./drizzle.ts"
import { hourOf, leafTables, makeLeaf } from "./leaves.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"
import { consent, content, invitation, receipt, session, staffSession, triage } from "./serviceSchema.ts"

type Plain = PgTable & { readonly service: PgColumn; readonly deleteAt: PgColumn }
type Keyed = Plain & { readonly wrapped: PgColumn }

/** A class and its tables. */
type Filed = readonly [DataClass, ReadonlyArray<Keyed>]

/** The tables whose rows lie under the keys of buckets, by class. Classes in one group keep one deadline for what they have of one session: their buckets are reopened together. */
const keyed: Readonly<Record<RealmName, ReadonlyArray<ReadonlyArray<Filed>>>> = {
  service: [[["content", [content]]], [["triage", [triage]], ["consent", [consent, receipt]]]],
  custody: [[["accessTrace", [accessTrace]]]]
}

/** The tables whose rows have no key, or that of their session. */
const unkeyed: Readonly<Record<RealmName, ReadonlyArray<readonly [DataClass, Plain]>>> = {
  service: [["endedSession", session], ["invitation", invitation], ["staffSession", staffSession]],
  custody: []
}

/** A realm's database and the vault of its keys. */
interface Opened {
  readonly database: RealmDatabase
  readonly vault: Vault
}

/** Both realms' stores. */
export const tightening = (service: Opened, custody: Opened): Tightening["Service"] => ({
  tighten: (part, kept) => {
    const { database, vault } = part === "service" ? service : custody
    return tighten(database, vault, kept)
  }
})

const tighten = (realm: RealmDatabase, vault: Vault, kept: ReadonlyArray<KeptUntil>): Effect.Effect<Tightened, StoreUnavailable> =>
  Effect.gen(function*() {
    let [destroyed, shortened] = [0, 0]
    if (realm.realm === "service") destroyed += yield* discardLiving(realm, vault, kept)
    for (const [dataClass, table] of unkeyed[realm.realm]) {
      const own = kept.filter((one) => one.dataClass === dataClass)
      destroyed += yield* attempt(`tighten ${dataClass}`, () => realm.asOwner((tx) => removed(tx, table, and(gt(table.deleteAt, live), notKept(table, own)))))
      for (const { latest, service } of own) shortened += yield* shorten(realm, dataClass, table, service, latest)
    }
    for (const group of keyed[realm.realm]) {
      const own = (dataClass: DataClass) => kept.filter((one) => one.dataClass === dataClass)
      const found = yield* Effect.forEach(group, ([dataClass, tables]) =>
        attempt(`tighten ${dataClass}`, () => realm.asOwner((tx) => affected(tx, tables, own(dataClass)))))
      for (const at of [...new Set(found.flat())].sort((a, b) => a - b)) {
        const buckets = yield* Effect.forEach(group, ([dataClass, tables]) => reopening(realm, vault, dataClass, tables, own(dataClass), at))
        for (const { moveUnharmed } of buckets) destroyed += yield* moveUnharmed
        // Where all are unharmed the key goes first: the bucket of another class is what finds this one again after a crash.
        for (const { moveOthers } of buckets.toSorted((a, b) => a.others - b.others)) {
          const done = yield* moveOthers
          destroyed += done.destroyed
          shortened += done.shortened
        }
      }
    }
    return { destroyed, shortened }
  })

/** Sessions that live under no policy in force, and what a service keeps of conversations that it no longer may: there is no deadline to wait for. */
const discardLiving = Effect.fnUntraced(function*(realm: RealmDatabase, vault: Vault, kept: ReadonlyArray<KeptUntil>) {
  const of = (dataClass: DataClass) => kept.filter((one) => one.dataClass === dataClass)
  const ofNobody = and(eq(session.deleteAt, live), notKept(session, of("liveSession")))
  const refs = yield* attempt("tighten liveSession", () => realm.asOwner((tx) => tx.select({ ref: session.ref }).from(session).where(ofNobody)))
  yield* Effect.forEach(refs, ({ ref }) => vault.end(SessionRef.make(ref)), { discard: true })
  return yield* attempt("tighten liveSession", () =>
    realm.asOwner(async (tx) =>
      (await removed(tx, session, ofNobody)) + (await removed(tx, content, and(eq(content.deleteAt, live), notKept(content, of("content")))))))
})

const notKept = (table: Plain, kept: ReadonlyArray<KeptUntil>): SQL => (kept.length === 0 ? sql`true` : not(inArray(table.service, kept.map(({ service }) => service))))

const removed = async (tx: Database, table: Plain, which: SQL | undefined): Promise<number> =>
  (await tx.delete(table).where(which).returning({ service: table.service })).length

/** Room for a deadline where the table needs any; none when everything of that hour is destroyed already. */
const hasRoom = async (realm: RealmDatabase, dataClass: DataClass, at: Instant): Promise<boolean> => {
  const table = leafTables[realm.realm].find((one) => one.dataClass === dataClass)
  return table === undefined || makeLeaf(realm, table, hourOf(at))
}

const shorten = (realm: RealmDatabase, dataClass: DataClass, table: Plain, service: string, latest: Instant): Effect.Effect<number, StoreUnavailable> =>
  attempt(`tighten ${dataClass}`, async () => {
    const late = and(eq(table.service, service), gt(table.deleteAt, latest))
    const [found] = await realm.asOwner((tx) => tx.select({ service: table.service }).from(table).where(late).limit(1))
    if (found === undefined) return 0
    if (!(await hasRoom(realm, dataClass, latest))) return realm.asOwner((tx) => removed(tx, table, late))
    const moved = sql`update ${table} set delete_at = ${String(latest)}::bigint where ${late}`
    return realm.asOwner(async (tx) => {
      const count = await tx.$count(table, late)
      await tx.execute(moved)
      return count
    })
  })

/** The deadlines at which something lies that is not kept, or not for so long. */
const affected = async (tx: Database, tables: ReadonlyArray<Keyed>, kept: ReadonlyArray<KeptUntil>): Promise<ReadonlyArray<Instant>> => {
  const found = new Set<Instant>()
  for (const table of tables) {
    const fits = or(...kept.map(({ latest, service }) => and(eq(table.service, service), lte(table.deleteAt, latest))))
    const rows = await tx.selectDistinct({ at: sql<string | number>`${table.deleteAt}` }).from(table).where(and(gt(table.deleteAt, live), fits === undefined ? sql`true` : not(fits)))
    for (const { at } of rows) found.add(Number(at) as Instant)
  }
  return [...found]
}

/** A row of the bucket: where it lies, and where it goes; nowhere when it is not kept. */
interface Row {
  readonly table: Keyed
  readonly place: string
  readonly wrapped: Uint8Array | null
  readonly to: Instant | undefined
}

/**
 * The two steps that give every row of a bucket that is kept another bucket and destroy the old one's key. First those that nothing is wrong with move: until the others
 * have moved, the bucket is found again after a crash. The key goes before the last move is final; a row that loses it then is as good as destroyed, and is removed the next time.
 */
const reopening = Effect.fnUntraced(function*(
  realm: RealmDatabase,
  vault: Vault,
  dataClass: DataClass,
  tables: ReadonlyArray<Keyed>,
  kept: ReadonlyArray<KeptUntil>,
  at: Instant
) {
  const latestOf = new Map<string, Instant>(kept.map(({ latest, service }) => [service, latest]))
  const justBefore = (at - 1) as Instant
  const rows = yield* attempt(`tighten ${dataClass}`, () => realm.asOwner((tx) => rowsAt(tx, tables, latestOf, at)))
  const unharmed = rows.filter(({ to }) => to === at).map((row) => ({ ...row, to: justBefore }))
  const others = rows.filter(({ to }) => to !== at)

  const sealed = new Map<string, Option.Option<Uint8Array>>()
  /** The record key for the new bucket, once for all pieces of one conversation; nothing when it is gone. */
  const rewrapped = Effect.fnUntraced(function*({ to, wrapped }: Row) {
    if (to === undefined || wrapped === null || !(yield* attempt(`tighten ${dataClass}`, () => hasRoom(realm, dataClass, to)))) return Option.none()
    const key = Buffer.from(wrapped).toString("hex")
    const known = sealed.get(key)
    if (known !== undefined) return known
    const made = yield* Effect.catchTag(Effect.asSome(vault.rewrap(dataClass, at, wrapped, to)), "KeyGone", () => Effect.succeedNone)
    sealed.set(key, made)
    return made
  })
  const move = Effect.fnUntraced(function*(moving: ReadonlyArray<Row>, beforeItIsFinal: () => Promise<void>) {
    const ready = yield* Effect.forEach(moving, (row) => Effect.map(rewrapped(row), (wrapped) => ({ row, wrapped })))
    yield* attempt(`tighten ${dataClass}`, () =>
      realm.asOwner(async (tx) => {
        for (const { row, wrapped } of ready) await tx.execute(moved(row, at, wrapped))
        await beforeItIsFinal()
      }))
    return ready.filter(({ wrapped }) => Option.isNone(wrapped)).length
  })

  return {
    others: others.length,
    moveUnharmed: move(unharmed, async () => undefined),
    moveOthers: Effect.map(move(others, () => Effect.runPromise(vault.destroyBucket(dataClass, at))), (destroyed) => ({ destroyed, shortened: others.length - destroyed }))
  }
})

const rowsAt = async (tx: Database, tables: ReadonlyArray<Keyed>, latestOf: ReadonlyMap<string, Instant>, at: Instant): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  for (const table of tables) {
    const found = await tx
      .select({ place: sql<string>`ctid::text`, service: sql<string>`${table.service}`, wrapped: sql<Uint8Array | null>`${table.wrapped}` })
      .from(table)
      .where(eq(table.deleteAt, at))
    for (const { place, service, wrapped } of found) {
      const latest = latestOf.get(service)
      rows.push({ table, place, wrapped, to: latest === undefined ? undefined : earlier(at, latest) })
    }
  }
  return rows
}

const moved = ({ place, table, to }: Row, at: Instant, wrapped: Option.Option<Uint8Array>): SQL => {
  const there = sql`delete_at = ${String(at)}::bigint and ctid = ${place}::tid`
  return Option.isNone(wrapped) || to === undefined
    ? sql`delete from ${table} where ${there}`
    : sql`update ${table} set wrapped = ${Buffer.from(wrapped.value)}, delete_at = ${String(to)}::bigint where ${there}`
}
