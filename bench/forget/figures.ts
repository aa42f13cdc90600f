/**
 * What one way of forgetting costs: time and write-ahead log when it is alone, and what people feel who write at that moment.
 */
import { Worker } from "node:worker_threads"
import type { Sql } from "postgres"
import { alone, last } from "./history.ts"

/** A way of forgetting everything that is due at a moment. */
export interface Way {
  readonly name: string
  /** The insert that others make meanwhile, without a parameter. */
  readonly insert: string
  /** Its tables, as a pattern of `schema.table`. */
  readonly tables: string
  readonly forget: (at: number) => Promise<void>
  /** What is to be done after that until nothing of it is left in the files of the tables, where that is more. */
  readonly cleanse?: () => Promise<void>
}

/** What was measured of one way. Times in milliseconds, the median where it was done several times; the 99th percentiles are of one insert. */
export interface Figures {
  readonly name: string
  readonly alone: number
  /** The same until nothing is left in the files. */
  readonly whole: number
  readonly walBytes: number
  readonly deadRows: number
  readonly busy: number
  readonly atRest: number
  readonly meanwhile: number
}

/** Forgets alone a few times, then once more while eight others write. */
export const measure = async (sql: Sql, url: string, { cleanse, forget, insert, name, tables }: Way): Promise<Figures> => {
  // What was filled, and what an earlier way left behind, is still on its way to the disk.
  await sql.unsafe("checkpoint")
  await pause(15_000)
  const rounds: Array<{ readonly bytes: number; readonly milliseconds: number; readonly cleansing: number }> = []
  for (const at of alone) {
    const round = await walOf(sql, () => forget(at))
    const began = performance.now()
    await cleanse?.()
    rounds.push({ ...round, cleansing: performance.now() - began })
  }
  const writers = await startWriters(url, insert)
  await pause(1_000)
  await writers.lap()
  await pause(4_000)
  const atRest = await writers.lap()
  const began = performance.now()
  await forget(last)
  const busy = performance.now() - began
  // A way that is over at once is still felt by those who had to wait for it.
  await pause(Math.max(0, 300 - busy))
  const meanwhile = await writers.lap()
  await writers.stop()
  await sql.unsafe("select pg_stat_force_next_flush()")
  const [dead] = await sql.unsafe(`select coalesce(sum(n_dead_tup), 0)::int as dead from pg_stat_user_tables where schemaname || '.' || relname like '${tables}'`)
  const of = (figure: (round: (typeof rounds)[number]) => number): number => median(rounds.map(figure))
  return {
    name,
    alone: of(({ milliseconds }) => milliseconds),
    whole: of(({ cleansing, milliseconds }) => milliseconds + (cleanse === undefined ? 0 : cleansing)),
    walBytes: of(({ bytes }) => bytes),
    deadRows: Number(dead?.["dead"]),
    busy,
    atRest,
    meanwhile
  }
}

/** The middle one of an odd number of figures. */
export const median = (figures: ReadonlyArray<number>): number => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN

/** Bytes of write-ahead log that some work writes, and its time; nobody else may write meanwhile. */
export const walOf = async (sql: Sql, work: () => Promise<void>): Promise<{ readonly bytes: number; readonly milliseconds: number }> => {
  await sql.unsafe("checkpoint")
  const at = async (): Promise<number> => Number((await sql.unsafe("select pg_current_wal_insert_lsn() - '0/0' as at"))[0]?.["at"])
  const before = await at()
  const began = performance.now()
  await work()
  const milliseconds = performance.now() - began
  return { bytes: (await at()) - before, milliseconds }
}

/** Starts eight who write, in a thread of their own. `lap` answers the 99th percentile of their inserts since it was asked last. */
export const startWriters = async (url: string, statement: string): Promise<{ readonly lap: () => Promise<number>; readonly stop: () => Promise<void> }> => {
  const worker = new Worker(new URL("writers.ts", import.meta.url), { workerData: { url, statement } })
  const heard = <A>(): Promise<A> => new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject))
  await heard()
  return {
    lap: () => {
      const answer = heard<number>()
      worker.postMessage("lap")
      return answer
    },
    stop: async () => void await worker.terminate()
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
