/**
 * A history to forget from: rows of three classes by the hour in which they are due. As many are due at each of a few moments, so that every way is measured as often.
 */
import type { Sql } from "postgres"

/** How much there is. */
export interface History {
  /** Rows in all. */
  readonly rows: number
  /** Rows that are due at each of the moments, all of them within one hour. */
  readonly due: number
}

const hour = 3_600_000
const bucket = 300_000
const first = Date.UTC(2026, 0, 7, 11)
/** When something is due, while nobody else is there: the ends of three hours. */
export const alone: ReadonlyArray<number> = [0, 1, 2].map((n) => first + n * hour)
/** When something is due for the last time, while others write. */
export const last = first + 3 * hour
const moments = [...alone, last]
/** A moment before all of them. */
export const before = first - 2 * hour
/** Hours over which the rest of a history is due later. */
const ahead = 166

/** The tables and the share of each. */
export const shares = { "custody.access_trace": 0.4, "service.content": 0.4, "service.session": 0.2 } as const
type Table = keyof typeof shares

/** Numbers of the hours, since 1970, that a history needs. */
export const hours: ReadonlyArray<number> = Array.from({ length: ahead + moments.length }, (_, index) => first / hour - 1 + index)

const sealed = (md5s: number): string => `decode(repeat(md5(random()::text), ${md5s}), 'hex')`
/** What a row of each table has beside its deadline: a reference, and bytes as long as the product's. */
const columns: Readonly<Record<Table, readonly [names: string, values: string]>> = {
  "custody.access_trace": ["ref, service, wrapped, sealed", `gen_random_uuid(), 'detfinneshjelp', ${sealed(4)}, ${sealed(30)}`],
  "service.content": ["ref, tag, service, wrapped, sealed", `gen_random_uuid(), ${sealed(1)}, 'detfinneshjelp', ${sealed(4)}, ${sealed(18)}`],
  "service.session": ["ref, service", "gen_random_uuid(), 'detfinneshjelp'"]
}
/** A deadline within an hour, but not at its very beginning: what is due at the moment of a sweep lies in the hour before it. */
const anyBucket = (from: string): string => `${from} + ${bucket} + floor(random() * 11)::bigint * ${bucket}`

const later = `${last} + floor(random() * ${ahead})::bigint * ${hour}`

/** Fills the product's own tables, whose leaves stand already, or tables of the same columns under another prefix. */
export const fill = async (sql: Sql, { due, rows }: History, rename: (table: string) => string = (table) => table): Promise<void> => {
  for (const [table, share] of Object.entries(shares) as ReadonlyArray<readonly [Table, number]>) {
    const [names, values] = columns[table]
    const insert = async (deadline: string, count: number): Promise<void> => {
      await sql.unsafe(`insert into ${rename(table)} (${names}, delete_at) select ${values}, ${deadline} from generate_series(1, ${Math.round(count * share)})`)
    }
    for (const moment of moments) await insert(anyBucket(String(moment - hour)), due)
    await insert(anyBucket(later), rows - moments.length * due)
  }
}

/** Fills one heap in which the rows of all classes lie mixed, due ones among the others, as where a column names the class. */
export const fillMixed = async (sql: Sql, { due, rows }: History, table: string): Promise<void> => {
  const every = Math.round(rows / due)
  await sql.unsafe(`insert into ${table} (ref, class, service, wrapped, sealed, delete_at)
    select gen_random_uuid(), (array['trace', 'content', 'session'])[1 + i % 3], 'detfinneshjelp', ${sealed(4)}, ${sealed(18)},
      case i % ${every} ${moments.map((moment, n) => `when ${n} then ${anyBucket(String(moment - hour))}`).join(" ")} else ${anyBucket(later)} end
    from generate_series(1, ${rows}) as i`)
}

/** One row that is due in a week, for those who write while others forget. */
export const oneTrace = (table: string): string => {
  const [names, values] = columns["custody.access_trace"]
  return `insert into ${table} (${names}, delete_at) values (${values}, ${last + (ahead - 1) * hour})`
}
