/**
 * All that a realm's database says to whoever may read everything, without the bytes that are random in every sealing: two databases that went the same way give
 * the same dump.
 */
import type { Pool } from "@fortrolig/adapters/postgres/pool"

/** Lines by what they tell. */
export type Dump = Readonly<Record<string, ReadonlyArray<string>>>

const ours = "n.nspname in ('service', 'custody', 'drizzle')"

/** How a column is shown: sealed bytes by their length, and the random id of an anonymous note not at all. */
const shown = (table: string, column: string, type: string): string => {
  if (table === "service.anonymous_note" && column === "id") return "'an id'"
  return type === "bytea" ? `length(${column})::text` : `${column}::text`
}

/** Everything at this moment. ANALYZE runs first, as it does by itself sooner or later. */
export const dumpOf = async (sql: Pool["client"]): Promise<Dump> => {
  await sql.unsafe("analyze")
  const lines = async (query: string): Promise<ReadonlyArray<string>> => (await sql.unsafe(query)).map((row) => JSON.stringify(row))
  const tables = await sql.unsafe<Array<{ name: string; columns: Array<{ name: string; type: string }> }>>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       json_agg(json_build_object('name', format('%I', a.attname), 'type', format_type(a.atttypid, null)) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where ${ours} and c.relkind in ('r', 'p') and not c.relispartition group by 1 order by 1`
  )
  const rows: Record<string, ReadonlyArray<string>> = {}
  for (const { columns, name } of tables) {
    const list = columns.map((column) => `${shown(name, column.name, column.type)} as ${column.name}`).join(", ")
    rows[`rows of ${name}`] = await lines(`select ${list} from ${name} order by ${columns.map((_, at) => at + 1).join(", ")}`)
  }
  return {
    ...rows,
    relations: await lines(
      `select n.nspname, c.relname, c.relkind, c.relispartition, pg_get_expr(c.relpartbound, c.oid) as bound, c.reloptions
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} order by 1, 2`
    ),
    columns: await lines(
      `select n.nspname, c.relname, a.attname, a.attstattarget from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where ${ours} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by 1, 2, 3`
    ),
    sequences: await lines("select schemaname, sequencename, last_value from pg_sequences order by 1, 2"),
    statistics: await lines("select schemaname, tablename, attname, most_common_vals::text, histogram_bounds::text, n_distinct from pg_stats where schemaname in ('service', 'custody') order by 1, 2, 3"),
    "statistics of nothing": await lines("select staattnum from pg_statistic where starelid not in (select oid from pg_class)")
  }
}

/** What stands in the first dump and not in the second, line by line; each line counts as often as it is there. */
export const beyond = (one: Dump, other: Dump): ReadonlyArray<string> =>
  Object.entries(one).flatMap(([about, lines]) => {
    const rest = [...(other[about] ?? [])]
    return lines.flatMap((line) => {
      const at = rest.indexOf(line)
      if (at < 0) return [`${about}: ${line}`]
      rest.splice(at, 1)
      return []
    })
  })
