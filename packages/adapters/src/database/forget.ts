/**
 * Forgetting rows: leaves that are wholly due are emptied and dropped as they are, and only the one that is partly due is deleted from. Keys have gone before.
 */
import type { SQLWrapper } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import type * as Effect from "effect/Effect"
import { earlier, type Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { elsewhere, type Forgotten } from "@fortrolig/core/ports/Forgotten"
import { deadline } from "./columns.ts"
import { attempt, type Database, sqlState } from "./database.ts"
import { lte, pgSchema, sql } from "./drizzle.ts"
import { hourOf, type Leaf, type LeafTable, leafWidth, leavesIn } from "./leaves.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"

/** A table with deadlines. */
type Dated = PgTable & { readonly deleteAt: PgColumn }

/** Somebody reads the leaf, and would have to be waited for. */
const held = "55P03"

/** Destroys the rows of a table of leaves that are due at `at`, of every service. A leaf that a reader holds is left for the next time; a crash at any point too. */
export const forgetLeaves = (realm: RealmDatabase, table: LeafTable, at: Instant): Effect.Effect<Forgotten, StoreUnavailable> =>
  attempt(`forget ${table.dataClass}`, async () => {
    const emptied = await realm.asOwner((tx) => alone(tx, realm.realm, table.dataClass, () => emptyLeaves(tx, realm.realm, table, at)))
    if (emptied === undefined) return elsewhere
    const { gone, stuck, sum } = emptied
    let stayed = stuck.length
    for (const { name } of gone) {
      // Whoever keeps one leaf from leaving its table keeps them all: it reads the table.
      if (stayed > stuck.length || !(await realm.dropLeaf(table.name, name))) stayed += 1
    }
    const first = stuck[0]
    return { ...sum, through: first === undefined ? at : (Math.min(at, first.hour * leafWidth - 1) as Instant), stayed }
  })

/** Destroys the rows of a table without leaves that are due at `at`, of every service; few are ever in it. */
export const forgetRows = (
  realm: RealmDatabase,
  dataClass: DataClass,
  table: Dated,
  at: Instant
): Effect.Effect<Forgotten, StoreUnavailable> =>
  attempt(`forget ${dataClass}`, async () => {
    const sum = await realm.asOwner((tx) => alone(tx, realm.realm, dataClass, () => deleteDue(tx, table, at)))
    return sum === undefined ? elsewhere : { ...sum, through: at, stayed: 0 }
  })

/** Runs the work of one sweeper; nothing when another one is at this class. The lock goes with the transaction. */
const alone = async <A>(tx: Database, realm: RealmName, dataClass: DataClass, work: () => Promise<A>): Promise<A | undefined> => {
  const [lock] = await tx
    .select({ mine: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${`fortrolig.forget.${realm}.${dataClass}`}, 0))` })
    .from(sql`(values (1)) as once`)
  return lock?.mine === true ? work() : undefined
}

/** Rows that are gone, and the earliest deadline among them. */
type Sum = Pick<Forgotten, "count" | "earliest">

const nothing: Sum = { count: 0, earliest: null }

const added = (one: Sum, other: Sum): Sum => ({
  count: one.count + other.count,
  earliest: one.earliest === null || other.earliest === null ? one.earliest ?? other.earliest : earlier(one.earliest, other.earliest)
})

interface Emptied {
  readonly sum: Sum
  /** Empty now, and to be dropped. */
  readonly gone: ReadonlyArray<Leaf>
  /** Due, and full still; the earliest first. */
  readonly stuck: ReadonlyArray<Leaf>
}

const emptyLeaves = async (tx: Database, realm: RealmName, table: LeafTable, at: Instant): Promise<Emptied> => {
  const leaves = await leavesIn(tx, realm, table, hourOf(at))
  const due = leaves.filter(({ hour }) => (hour + 1) * leafWidth <= at)
  const partly = leaves.find(({ hour, empty }) => !empty && hour * leafWidth <= at && at < (hour + 1) * leafWidth)
  const gone: Array<Leaf> = []
  const stuck: Array<Leaf> = []
  let sum = nothing
  for (const leaf of due) {
    const found = leaf.empty ? nothing : await empty(tx, realm, leaf, stuck.length === 0)
    if (found === undefined) stuck.push(leaf)
    else gone.push(leaf)
    sum = added(sum, found ?? nothing)
  }
  if (partly !== undefined) sum = added(sum, await deleteDue(tx, leafAsTable(realm, partly), at))
  return { sum, gone, stuck }
}

const leafAsTable = (realm: RealmName, { name }: Leaf) => pgSchema(realm).table(name, { deleteAt: deadline() })

/** Empties a leaf and answers what it had; nothing when a reader holds it. Once one reader has been waited for in vain, no other is. */
const empty = async (tx: Database, realm: RealmName, leaf: Leaf, patient: boolean): Promise<Sum | undefined> => {
  const name = sql`${sql.identifier(realm)}.${sql.identifier(leaf.name)}`
  try {
    return await tx.transaction(async (inner) => {
      await inner.execute(sql`lock table only ${name} in access exclusive mode ${sql.raw(patient ? "" : "nowait")}`)
      const table = leafAsTable(realm, leaf)
      const [found] = await inner.select(summed(table)).from(table)
      await inner.execute(sql`truncate ${name}`)
      return found === undefined ? nothing : sumOf(found)
    })
  } catch (error) {
    if (sqlState(error) === held) return undefined
    throw error
  }
}

const deleteDue = async (tx: Database, table: Dated, at: Instant): Promise<Sum> => {
  const gone = tx.$with("gone").as(tx.delete(table).where(lte(table.deleteAt, at)).returning({ deleteAt: table.deleteAt }))
  const [found] = await tx.with(gone).select(summed(gone)).from(gone)
  return found === undefined ? nothing : sumOf(found)
}

const summed = ({ deleteAt }: { readonly deleteAt: SQLWrapper }) => ({ count: sql<number>`count(*)::int`, earliest: sql<string | number | null>`min(${deleteAt})` })

const sumOf = ({ count, earliest }: { readonly count: number; readonly earliest: string | number | null }): Sum => ({
  count,
  earliest: earliest === null ? null : (Number(earliest) as Instant)
})
