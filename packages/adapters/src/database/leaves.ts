/**
 * Leaves: the parts of a table of which each holds one hour of deadlines, so that what is due goes as a whole. A leaf's name says its hour and nothing else.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { attempt, type Database } from "./database.ts"
import { sql } from "./drizzle.ts"
import { destroyedThrough } from "./ledger.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"

/** A table that consists of leaves, and the data class whose deadlines they follow. */
export interface LeafTable {
  readonly name: string
  readonly dataClass: DataClass
}

/** Sessions: live ones together, ended ones by their deadline. */
export const sessionLeaves: LeafTable = { name: "session", dataClass: "endedSession" }
/** Kept ciphertext. */
export const contentLeaves: LeafTable = { name: "content", dataClass: "content" }
/** Answers to a question of consent. */
export const consentLeaves: LeafTable = { name: "consent", dataClass: "consent" }
/** Triage notes that are still tied to their session. */
export const triageLeaves: LeafTable = { name: "triage", dataClass: "triage" }
/** Access traces. */
export const traceLeaves: LeafTable = { name: "access_trace", dataClass: "accessTrace" }

/** All of them. */
export const leafTables: Readonly<Record<RealmName, ReadonlyArray<LeafTable>>> = {
  service: [contentLeaves, sessionLeaves, triageLeaves, consentLeaves],
  custody: [traceLeaves]
}

/** Milliseconds of deadlines that one leaf holds. */
export const leafWidth = 3_600_000

/** The hour since 1970 in whose leaf a deadline lies. */
export const hourOf = (deleteAt: number): number => Math.floor(deleteAt / leafWidth)

/** A leaf as the catalogue has it: in its table, on its way out, or out and not dropped yet. */
export interface Leaf {
  readonly name: string
  readonly hour: number
  /** It takes no room in the heap: nothing was stored, or all of it is truncated. */
  readonly empty: boolean
}

/** The leaves of tables up to those of an hour, the earliest first, without those of the living; from the catalogue alone, whatever they hold. Only their sizes cost a look at each. */
export const leavesIn = async (db: Database, realm: RealmName, tables: ReadonlyArray<LeafTable>, upTo = Number.MAX_SAFE_INTEGER): Promise<ReadonlyArray<Leaf>> => {
  const among = tables.map(({ name }) => {
    const [first, last] = [`${name}_`, `${name}_${upTo}`]
    // Compared as text, of which a longer one is later: a pattern would be tried on the name of every index as well.
    const before = sql`(length(relname::text) < length(${last}::text) or length(relname::text) = length(${last}::text) and relname <= ${last})`
    return sql`relname > ${first} and relname < ${`${first}:`} and ${before}`
  })
  const found = await db
    .select({ name: sql<string>`relname`, empty: sql<boolean>`coalesce(pg_relation_size(oid), 0) = 0` })
    .from(sql`pg_catalog.pg_class`)
    .where(sql`relnamespace = (select ${realm}::regnamespace) and relkind = 'r' and (${sql.join(among, sql` or `)})`)
  return found
    .map((leaf) => ({ ...leaf, hour: Number(leaf.name.slice(leaf.name.lastIndexOf("_") + 1)) }))
    .filter(({ hour }) => Number.isSafeInteger(hour))
    .sort((a, b) => a.hour - b.hour)
}

/** The name of the leaf of an hour. */
export const leafName = ({ name }: Pick<LeafTable, "name">, hour: number): string => `${name}_${hour}`

/** The leaves out of these that stand. */
export const standingOf = async (db: Database, realm: RealmName, names: ReadonlyArray<string>): Promise<ReadonlySet<string>> => {
  if (names.length === 0) return new Set()
  const list = sql.join(names.map((name) => sql`${name}`), sql`, `)
  const found = await db.select({ name: sql<string>`relname` }).from(sql`pg_catalog.pg_class`).where(sql`relnamespace = (select ${realm}::regnamespace) and relname in (${list})`)
  return new Set(found.map(({ name }) => name))
}

/** Makes the leaf of an hour; answers whether it stands now. It does not when everything of that hour is destroyed already: nothing is stored in the past. */
export const makeLeaf = ({ asOwner, realm }: RealmDatabase, { dataClass, name }: LeafTable, hour: number): Promise<boolean> =>
  asOwner(async (tx) => {
    const [made] = await tx
      .select({ stands: sql<boolean>`${sql.identifier(realm)}.make_leaf(${name}, ${dataClass}, ${String(hour)}::bigint)` })
      .from(sql`(values (1)) as once`)
    return made?.stands === true
  })

/** The leaves of one table as a store sees them. */
export interface Leaves {
  /** Makes the leaf that a row with this deadline needs; answers whether it stands. */
  readonly ensure: (deleteAt: number) => Effect.Effect<boolean, StoreUnavailable>
  /** Whether everything with this deadline is destroyed already: asked where a key would be made before a row is refused. */
  readonly isOver: (deleteAt: number) => Effect.Effect<boolean, StoreUnavailable>
  /** Runs a write of rows with this deadline, making their leaf when it is missing; nothing when that deadline is behind what is destroyed already. */
  readonly store: <A>(operation: string, deleteAt: number, write: () => PromiseLike<A>) => Effect.Effect<Option.Option<A>, StoreUnavailable>
}

/** No leaf for the row, and refused by the rule that nothing is stored in the past or for a service that is not served. */
const noLeaf = "23514"
const refused = "42501"
/** So many hours are remembered at most; then the memory begins anew. */
const mostKnown = 10_000

/** The leaves of a table, remembered once they are known to stand. */
export const leavesOf = (realm: RealmDatabase, table: LeafTable): Leaves => {
  const known = new Set<number>()
  const ensure = Effect.fnUntraced(function*(deleteAt: number) {
    const hour = hourOf(deleteAt)
    if (known.has(hour)) return true
    const stands = yield* attempt(`make room for ${table.dataClass}`, () => makeLeaf(realm, table, hour))
    if (known.size >= mostKnown) known.clear()
    if (stands) known.add(hour)
    return stands
  })
  const once = <A>(operation: string, deleteAt: number, write: () => PromiseLike<A>): Effect.Effect<Option.Option<A>, StoreUnavailable> =>
    Effect.gen(function*() {
      return (yield* ensure(deleteAt)) ? Option.some(yield* attempt(operation, write)) : Option.none()
    })
  const isOver = (deleteAt: number): Effect.Effect<boolean, StoreUnavailable> =>
    Effect.map(destroyedThrough(realm), (ledger) => deleteAt <= (ledger.find(({ dataClass }) => dataClass === table.dataClass)?.through ?? 0))
  return {
    ensure,
    isOver,
    store: (operation, deleteAt, write) =>
      Effect.catchTag(once(operation, deleteAt, write), "StoreUnavailable", (error) => {
        if (failedWith(error, noLeaf)) {
          // Another server has dropped it since; it is made again, or it is over.
          known.delete(hourOf(deleteAt))
          return once(operation, deleteAt, write)
        }
        if (!failedWith(error, refused)) return Effect.fail(error)
        return Effect.flatMap(isOver(deleteAt), (over) => (over ? Effect.succeedNone : Effect.fail(error)))
      })
  }
}

/** Whether a query failed with this SQLSTATE. */
export const failedWith = ({ cause }: StoreUnavailable, state: string): boolean => cause instanceof Error && cause.message === `SQLSTATE ${state}`

/** The row was moved to another leaf, or changed, by somebody else at the same moment. */
export const overtaken = "40001"

/** Asks again, a few times, when somebody else moved the same rows at that moment. */
export const whenOvertaken = <A, E>(effect: Effect.Effect<A, E | StoreUnavailable>): Effect.Effect<A, E | StoreUnavailable> =>
  Effect.retry(effect, { times: 5, while: (error) => error instanceof StoreUnavailable && failedWith(error, overtaken) })
