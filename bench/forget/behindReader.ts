/**
 * The same behind somebody who has read the table and stays: what a plain DROP does to those who write, and what a sweep does.
 */
import postgres, { type Sql } from "postgres"
import { startWriters } from "./figures.ts"
import { type History, oneTrace } from "./history.ts"
import { ours } from "./ours.ts"

const patience = 3_000

/** Lines for people: the 99th percentile of inserts at rest, behind a DROP, and behind a sweep, and when the keys were gone. */
export const behindReader = async (sql: Sql, url: string, base: string, history: History, at: number): Promise<ReadonlyArray<string>> => {
  const product = await ours(sql, url, base, history)
  await sql.unsafe("create schema bare")
  await sql.unsafe("create table bare.access_trace (like custody.access_trace including all) partition by range (delete_at)")
  await sql.unsafe(`create table bare.due partition of bare.access_trace for values from (minvalue) to (${at})`)
  await sql.unsafe(`create table bare.later partition of bare.access_trace for values from (${at}) to (maxvalue)`)

  const plain = await felt(url, "bare.access_trace", async () => {
    await sql.unsafe(`set lock_timeout = ${patience}`)
    await sql.unsafe("drop table bare.due").catch(() => undefined)
    await sql.unsafe("set lock_timeout = 0")
  })
  const swept = await felt(url, "custody.access_trace", () => product.forget(at))
  const keys = product.keysAfter()
  const began = performance.now()
  await product.forget(at)
  const afterwards = performance.now() - began
  await product.close()
  return [
    `plain DROP     insert p99 ${plain.atRest.toFixed(1)} ms at rest, ${plain.meanwhile.toFixed(1)} ms meanwhile`,
    `Fortrolig      insert p99 ${swept.atRest.toFixed(1)} ms at rest, ${swept.meanwhile.toFixed(1)} ms meanwhile; unreadable after ${keys.toFixed(1)} ms (target 1 s: ${keys <= 1_000 ? "met" : "NOT met"})`,
    `the next sweep, with the reader gone, finishes in ${afterwards.toFixed(1)} ms`
  ]
}

/** What writers feel at rest and while some work goes on, behind a reader of the whole table. */
const felt = async (url: string, table: string, work: () => Promise<void>): Promise<{ readonly atRest: number; readonly meanwhile: number }> => {
  const reader = postgres(url, { max: 1, onnotice: () => undefined })
  const writers = await startWriters(url, oneTrace(table))
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3_000))
  await writers.lap()
  await rest()
  const atRest = await writers.lap()
  await reader.unsafe("begin; select count(*) from " + table)
  await work()
  const meanwhile = await writers.lap()
  await writers.stop()
  await reader.unsafe("commit")
  await reader.end()
  return { atRest, meanwhile }
}

