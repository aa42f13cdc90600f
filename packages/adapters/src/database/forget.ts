/**
 * Forgetting rows: leaves that are wholly due are dropped as they are, and only the one that is partly due is deleted from. Keys have gone before.
 */
import type { SQLWrapper } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import * as Effect from "effect/Effect"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { elsewhere, type Forgotten } from "@fortrolig/core/ports/Forgotten"
import { attempt } from "./database.ts"
import { lte, sql } from "./drizzle.ts"
import type { LeafTable } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

/** A table with deadlines. */
type Dated = PgTable & { readonly deleteAt: PgColumn }

/**
 * Destroys the rows of a table of leaves that are due at `at`, of every service. Where nobody is in the table at that moment the leaves are dropped at once; where
 * somebody is, they are emptied and then taken out step by step, so that nobody waits. A leaf that a reader holds is left for the next time; a crash at any point too.
 */
export const forgetLeaves = (realm: RealmDatabase, { dataClass, name }: LeafTable, at: Instant): Effect.Effect<Forgotten, StoreUnavailable> =>
  attempt(`forget ${dataClass}`, async () => {
    let all: Forgotten | undefined
    for (let more = true; more;) {
      const [done] = await realm.askOwner((db) =>
        db.select(answered).from(sql`${sql.identifier(realm.realm)}.forget_leaves(${name}, ${dataClass}, ${String(at)}::bigint)`)
      )
      if (done === undefined) return all ?? elsewhere
      let stayed = done.stuck
      for (const leaf of done.remaining) {
        // Whoever keeps one leaf from leaving its table keeps them all: it reads the table.
        if (stayed > done.stuck || !(await realm.dropLeaf(name, leaf))) stayed += 1
      }
      const { count, earliest } = sumOf(done)
      all = { count: count + (all?.count ?? 0), earliest: all?.earliest ?? earliest, through: Number(done.through) as Instant, stayed }
      more = done.more && stayed === 0
    }
    return all ?? elsewhere
  })

/** What the database's own function says of one round: see the migration that makes it. */
const answered = {
  count: sql<number>`count`,
  earliest: sql<string | number | null>`earliest`,
  through: sql<string | number>`through`,
  remaining: sql<ReadonlyArray<string>>`to_json(remaining)`,
  stuck: sql<number>`stuck`,
  more: sql<boolean>`more`
}

/** Destroys the rows of a table without leaves that are due at `at`, of every service; few are ever in it. Whoever else is at it has destroyed them when this answers, or this has. */
export const forgetRows = (realm: RealmDatabase, dataClass: DataClass, table: Dated, at: Instant): Effect.Effect<Forgotten, StoreUnavailable> =>
  attempt(`forget ${dataClass}`, async () => {
    const [found] = await realm.askOwner((db) => {
      const gone = db.$with("gone").as(db.delete(table).where(lte(table.deleteAt, at)).returning({ deleteAt: table.deleteAt }))
      return db.with(gone).select(summed(gone)).from(gone)
    })
    return { ...(found === undefined ? { count: 0, earliest: null } : sumOf(found)), through: at, stayed: 0 }
  })

/** Forgets in one table and then in another, whatever becomes of the first: what one refuses must not lie on in the other. Fails when either did. */
export const eachOf = <A, B>(
  one: Effect.Effect<A, StoreUnavailable>,
  other: Effect.Effect<B, StoreUnavailable>
): Effect.Effect<readonly [A, B], StoreUnavailable> =>
  Effect.gen(function*() {
    const first = yield* Effect.result(one)
    const second = yield* other
    return [yield* Effect.fromResult(first), second]
  })

const summed = ({ deleteAt }: { readonly deleteAt: SQLWrapper }) => ({ count: sql<number>`count(*)::int`, earliest: sql<string | number | null>`min(${deleteAt})` })

const sumOf = ({ count, earliest }: { readonly count: number; readonly earliest: string | number | null }): Pick<Forgotten, "count" | "earliest"> => ({
  count,
  earliest: earliest === null ? null : (Number(earliest) as Instant)
})
