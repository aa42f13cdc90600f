/**
 * How others forget: DELETE, DELETE in batches, and the drop of a partition that holds nothing else.
 */
import type { Sql } from "postgres"
import type { Way } from "./figures.ts"
import { fill, fillMixed, type History, hours, oneTrace, shares } from "./history.ts"

const hour = 3_600_000
const batch = 5_000

const mixedHeap = async (sql: Sql, history: History, schema: string): Promise<string> => {
  await sql.unsafe(`create schema ${schema}`)
  const table = `${schema}.stored`
  await sql.unsafe(`create table ${table} (ref uuid not null, class text not null default 'trace', service text not null, wrapped bytea not null, sealed bytea not null, delete_at bigint not null)`)
  await fillMixed(sql, history, table)
  await sql.unsafe(`alter table ${table} add primary key (ref)`)
  await sql.unsafe(`create index on ${table} (delete_at)`)
  await sql.unsafe(`vacuum analyze ${table}`)
  return table
}

/** One DELETE of all that is due, of classes that lie mixed in one heap. */
export const naiveDelete = async (sql: Sql, history: History): Promise<Way> => {
  const table = await mixedHeap(sql, history, "naive")
  return { name: "DELETE", insert: oneTrace(table), tables: "naive.%", forget: async (at) => void await sql.unsafe(`delete from ${table} where delete_at < ${at}`), cleanse: async () => void await sql.unsafe(`vacuum ${table}`) }
}

/** The same in batches of 5,000, each in a transaction of its own, passing by what others have locked. */
export const batchedDelete = async (sql: Sql, history: History): Promise<Way> => {
  const table = await mixedHeap(sql, history, "batched")
  return {
    name: "DELETE in batches of 5,000",
    insert: oneTrace(table),
    tables: "batched.%",
    forget: async (at) => {
      for (let gone = batch; gone === batch;) {
        const { count } = await sql.unsafe(`delete from ${table} where ref in (select ref from ${table} where delete_at < ${at} limit ${batch} for update skip locked)`)
        gone = count
      }
    },
    cleanse: async () => void await sql.unsafe(`vacuum ${table}`)
  }
}

/** What no way of dropping can beat: one plain DROP for each table's leaf of that hour, with nobody reading. */
export const bareDrop = async (sql: Sql, history: History): Promise<Way> => {
  const renamed = (table: string): string => `bare.${table.split(".")[1]}`
  const tables = Object.keys(shares)
  await sql.unsafe("create schema bare")
  for (const table of tables) {
    await sql.unsafe(`create table ${renamed(table)} (like ${table} including all) partition by range (delete_at)`)
    for (const at of hours) await sql.unsafe(`create table ${renamed(table)}_${at} partition of ${renamed(table)} for values from (${at * hour}) to (${(at + 1) * hour})`)
  }
  await fill(sql, history, renamed)
  await sql.unsafe("vacuum analyze")
  return {
    name: "bare drop of partitions",
    insert: oneTrace("bare.access_trace"),
    tables: "bare.%",
    forget: async (at) => void await sql.unsafe(tables.map((table) => `drop table ${renamed(table)}_${at / hour - 1}`).join("; "))
  }
}
