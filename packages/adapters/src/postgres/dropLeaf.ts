/**
 * How a leaf leaves its table on PostgreSQL. A plain DROP or DETACH would wait for the oldest reader, and every insert would wait behind it; this way only the sweep waits, and not for long.
 */
import { type Database, sqlState } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"

/** A reader holds what is needed (`lock_timeout` has passed), or waiting for it would have been for ever. */
const held = new Set(["55P03", "40P01"])

/** Another sweeper took the same step in between: the relation is no leaf any more, is gone, or changed under our hands. */
const overtaken = new Set(["55000", "42P01", "42809", "XX000"])

/** Every leaf takes three steps at most, and so does one that another attempt left half way. */
const mostSteps = 8

/** Takes the steps that `leaf` still lacks, each outside of any transaction; answers whether it is gone. `db` works as the owner, over one connection with a short `lock_timeout`. */
export const dropLeaf = async (db: Database, schema: string, parent: string, leaf: string): Promise<boolean> => {
  for (let step = 0; step < mostSteps; step += 1) {
    const next = await nextStep(db, schema, parent, leaf)
    if (next === undefined) return true
    try {
      await db.execute(sql.raw(next))
    } catch (error) {
      const state = sqlState(error) ?? ""
      if (held.has(state)) return false
      if (!overtaken.has(state)) throw error
    }
  }
  return false
}

const quoted = (schema: string, name: string): string => `"${schema}"."${name.replaceAll("\"", "\"\"")}"`

/** The statement that brings the leaf further, or `undefined` when it is gone. */
const nextStep = async (db: Database, schema: string, parent: string, leaf: string): Promise<string | undefined> => {
  const alter = (name: string, how: string): string => `alter table ${quoted(schema, parent)} detach partition ${quoted(schema, name)} ${how}`
  const [there] = await db.select({ attached: sql<boolean>`relispartition` }).from(sql`pg_catalog.pg_class`).where(sql`oid = to_regclass(${quoted(schema, leaf)})`)
  if (there === undefined) return undefined
  if (!there.attached) return `drop table ${quoted(schema, leaf)}`
  // A table detaches one leaf at a time: what an interrupted attempt left pending, this leaf or another, is finished first.
  const [pending] = await db
    .select({ name: sql<string>`relname` })
    .from(sql`pg_catalog.pg_inherits join pg_catalog.pg_class on pg_class.oid = inhrelid`)
    .where(sql`inhparent = to_regclass(${quoted(schema, parent)}) and inhdetachpending`)
  return pending === undefined ? alter(leaf, "concurrently") : alter(pending.name, "finalize")
}
