/**
 * What forgetting costs on PostgreSQL, in one run: this product against DELETE, batched DELETE and a bare drop of partitions, over histories of two sizes; behind a long
 * reader; an audit of everything; and opening a session against a bare insert. Run with `node --conditions=@fortrolig/source bench/forget.ts`; `--quick` takes a tenth.
 */
import postgres from "postgres"
import { startCluster } from "../test/support/cluster.ts"
import { behindReader } from "./forget/behindReader.ts"
import { type Figures, measure, median } from "./forget/figures.ts"
import { type History, last } from "./forget/history.ts"
import { bareDrop, batchedDelete, naiveDelete } from "./forget/naive.ts"
import { openings } from "./forget/openings.ts"
import { ours } from "./forget/ours.ts"

const part = process.argv.includes("--quick") ? 10 : 1
const sizes: ReadonlyArray<History> = [1_000_000, 5_000_000].map((rows) => ({ rows: rows / part, due: 50_000 / part }))

const base = process.env["TMPDIR"] ?? "/tmp"
// As an install has it: on a disk, and waiting for it.
const cluster = await startCluster({ base, fsync: true, settings: { shared_buffers: "512MB", max_wal_size: "4GB", autovacuum: "off", max_locks_per_transaction: "512" } })
const admin = postgres(cluster.url(), { max: 1, onnotice: () => undefined })
console.log(`node ${process.version}, PostgreSQL ${(await admin`show server_version`)[0]?.["server_version"]}, fsync on, no autovacuum`)

/** A database of its own for one way, so that none pays for another's rows. */
const within = async <A>(name: string, work: (sql: postgres.Sql, url: string) => Promise<A>): Promise<A> => {
  await admin.unsafe(`create database ${name}`)
  const sql = postgres(cluster.url(name), { max: 1, onnotice: () => undefined })
  try {
    return await work(sql, cluster.url(name))
  } finally {
    await sql.end()
    await admin.unsafe(`drop database ${name} with (force)`)
  }
}

const millis = (figure: number): string => `${figure.toFixed(figure < 100 ? 1 : 0)} ms`
const print = ({ alone, atRest, busy, deadRows, meanwhile, name, walBytes, whole }: Figures): void =>
  console.log(
    `  ${name.padEnd(28)} ${millis(alone).padStart(9)} alone (${millis(whole)} until nothing is left), ${millis(busy).padStart(9)} beside writers   log ${(walBytes / 1e6).toFixed(2).padStart(8)} MB   dead rows ${
      String(deadRows).padStart(7)}   insert p99 ${millis(atRest)} -> ${millis(meanwhile)}`)
const target = (what: string, figure: number, wanted: string, met: boolean): void =>
  console.log(`  ${what.padEnd(64)} ${figure.toFixed(2).padStart(9)}   target ${wanted}: ${met ? "met" : "NOT met"}`)

const sweeps: Array<number> = []
for (const history of sizes) {
  console.log(`\n${history.due} rows due, four times, out of ${history.rows}, of three classes`)
  const others: Array<Figures> = []
  for (const [name, way] of [["naive", naiveDelete], ["batched", batchedDelete]] as const) {
    others.push(await within(name, async (sql, url) => measure(sql, url, await way(sql, history))))
  }
  const { audits, bare, figures, keys } = await within("ours", async (sql, url) => {
    const product = await ours(sql, url, base, history)
    const measured = await measure(sql, url, product)
    const timed = async (full: boolean) => {
      const began = performance.now()
      const report = await product.audit(full)
      return { milliseconds: performance.now() - began, how: report.how }
    }
    await timed(false)
    const overdue: Array<number> = []
    for (let n = 0; n < 21; n += 1) {
      const began = performance.now()
      if (await product.overdue()) throw new Error("something is overdue")
      overdue.push(performance.now() - began)
    }
    const checked = { quick: await timed(false), full: await timed(true), overdue: median(overdue) }
    const after = product.keysAfter()
    await product.close()
    // The bare drop copies the columns of the product's tables, so it is measured beside them.
    return { figures: measured, keys: after, audits: checked, bare: await measure(sql, url, await bareDrop(sql, history)) }
  })
  for (const one of [...others, bare, figures]) print(one)
  const [naive] = others
  if (naive === undefined) throw new Error("nothing to compare with")
  target("times faster than DELETE and its VACUUM", naive.whole / figures.alone, ">= 20", naive.whole / figures.alone >= 20)
  target("times faster than DELETE, which leaves all rows in the files", naive.alone / figures.alone, "printed", true)
  target("times less log than DELETE", naive.walBytes / figures.walBytes, ">= 500", naive.walBytes / figures.walBytes >= 500)
  target("times the bare drop", figures.alone / bare.alone, "<= 1.5", figures.alone / bare.alone <= 1.5)
  target("keys destroyed after, ms", keys, "<= 10", keys <= 10)
  target("p99 of inserts meanwhile, over 1.5 times at rest + 5 ms", figures.meanwhile / (1.5 * figures.atRest + 5), "<= 1", figures.meanwhile <= 1.5 * figures.atRest + 5)
  target(`audit that counts every row, s (${audits.full.how})`, audits.full.milliseconds / 1000, "< 5", audits.full.milliseconds < 5_000)
  target("nothing is overdue, by ledger and catalogue, ms", audits.overdue, "< 5", audits.overdue < 5)
  target(`audit by ledger and catalogue, ms (${audits.quick.how})`, audits.quick.milliseconds, "printed", true)
  sweeps.push(figures.alone)
}
const [small = 1, large = 1] = sweeps
console.log("")
target("sweep at the larger history, times the smaller", large / small, "flat (<= 1.2)", large / small <= 1.2)

console.log("\nbehind a reader who stays")
for (const one of await within("reader", (sql, url) => behindReader(sql, url, base, { rows: 200_000 / part, due: 20_000 / part }, last))) console.log(`  ${one}`)

console.log("\nopening a session: its row and its trace, sealed and wrapped, against one bare prepared insert")
for (const one of await within("openings", (sql, url) => openings(sql, url, base))) console.log(`  ${one}`)

await admin.end()
await cluster.remove()
