/**
 * A history to forget from: rows of three classes by the hour in which they are due. As many are due at each of two moments, so that every way is measured twice.
 */
import type { Sql } from "postgres"

/** How much there is. */
export interface History {
  /** Rows in all. */
  readonly rows: number
  /** Rows that are due at each of the two moments, all of them within one hour. */
  readonly due: number
}

const hour = 3_600_000
const bucket = 300_000
/** When the first half of what is due is due, and when all of it is: the ends of two hours. */
export const first = Date.UTC(2026, 0, 7, 11)
export const second = first + hour
/** Hours over which the rest of a history is due later. */
const ahead = 166

/** The tables and the share of each. */
export const shares = { "custody.access_trace": 0.4, "service.content": 0.4, "service.session": 0.2 } as const
type Table = keyof typeof shares

/** Numbers of the hours, since 1970, that a history needs. */
export const hours: ReadonlyArray<number> = Array.from({ length: ahead + 2 }, (_, index) => first / hour - 1 + index)

const sealed = (md5s: number): string => `decode(repeat(md5(random()::text), ${md5s}), 'hex')`
/** What a row of each table has beside its deadline: a reference, and bytes as long as the product's. */
const columns: Readonly<Record<Table, readonly [names: string, values: string]>> = {
  "custody.access_trace": ["ref, service, wrapped, sealed", `gen_random_uuid(), 'detfinneshjelp', ${sealed(4)}, ${sealed(30)}`],
  "service.content": ["ref, tag, service, wrapped, sealed", `gen_random_uuid(), ${sealed(1)}, 'detfinneshjelp', ${sealed(4)}, ${sealed(18)}`],
  "service.session": ["ref, service", "gen_random_uuid(), 'detfinneshjelp'"]
}
/** A deadline within an hour, but not at its very beginning: what is due at the moment of a sweep lies in the hour before it. */
const anyBucket = (from: string): string => `${from} + ${bucket} + floor(random() * 11)::bigint * ${bucket}`

/** Fills the product's own tables, whose leaves stand already, or tables of the same columns under another prefix. */
export const fill = async (sql: Sql, { due, rows }: History, rename: (table: string) => string = (table) => table): Promise<void> => {
  for (const [table, share] of Object.entries(shares) as ReadonlyArray<readonly [Table, number]>) {
    const [names, values] = columns[table]
    const insert = async (deadline: string, count: number): Promise<void> => {
      await sql.unsafe(`insert into ${rename(table)} (${names}, delete_at) select ${values}, ${deadline} from generate_series(1, ${Math.round(count * share)})`)
    }
    await insert(anyBucket(String(first - hour)), due)
    await insert(anyBucket(String(first)), due)
    await insert(anyBucket(`${second} + floor(random() * ${ahead})::bigint * ${hour}`), rows - 2 * due)
  }
}

/** Fills one heap in which the rows of all classes lie mixed, due ones among the others, as where a column names the class. */
export const fillMixed = async (sql: Sql, { due, rows }: History, table: string): Promise<void> => {
  const every = Math.round(rows / due)
  await sql.unsafe(`insert into ${table} (ref, class, service, wrapped, sealed, delete_at)
    select gen_random_uuid(), (array['trace', 'content', 'session'])[1 + i % 3], 'detfinneshjelp', ${sealed(4)}, ${sealed(18)},
      case i % ${every} when 0 then ${anyBucket(String(first - hour))} when 1 then ${anyBucket(String(first))}
        else ${anyBucket(`${second} + floor(random() * ${ahead})::bigint * ${hour}`)} end
    from generate_series(1, ${rows}) as i`)
}

/** One row that is due in a week, for those who write while others forget. */
export const oneTrace = (table: string): string => {
  const [names, values] = columns["custody.access_trace"]
  return `insert into ${table} (${names}, delete_at) values (${values}, ${second + (ahead - 1) * hour})`
}
