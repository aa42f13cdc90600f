/**
 * The thread of the writers: eight connections, each one insert after the other, a few hundred a second in all.
 */
import { parentPort, workerData } from "node:worker_threads"
import postgres from "postgres"

const { statement, url } = workerData as { readonly url: string; readonly statement: string }
const sql = postgres(url, { max: 8, onnotice: () => undefined })
let times: Array<number> = []

const write = async (): Promise<never> => {
  for (;;) {
    const began = performance.now()
    await sql.unsafe(statement, [], { prepare: true })
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

await sql.unsafe("select 1")
parentPort?.on("message", () => {
  const sorted = times.toSorted((a, b) => a - b)
  times = []
  parentPort?.postMessage(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN)
})
parentPort?.postMessage("ready")
await Promise.all(Array.from({ length: 8 }, write))
