import { setTimeout as sleep } from "node:timers/promises"
import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { startCluster } from "../support/cluster.ts"

const askers = 14

describe("whoever asks a PostgreSQL that is restarted and killed", () => {
  it("is answered or told that it failed, and never waits for ever", async () => {
    const cluster = await startCluster()
    const { client, close } = makePool(Redacted.make(cluster.url()), 10, {})
    const counts = { answered: 0, failed: 0, waiting: 0 }
    let over = false
    const ask = async (question: () => PromiseLike<unknown>): Promise<void> => {
      counts.waiting += 1
      try {
        await question()
        counts.answered += 1
      } catch {
        counts.failed += 1
        await sleep(20)
      }
      counts.waiting -= 1
    }
    const asking = async (): Promise<void> => {
      while (!over) {
        await ask(() => client.unsafe("select 1"))
        await ask(() => client.begin(async (tx) => {
          await tx.unsafe("select 1")
          await tx.unsafe("select pg_sleep(0.005)")
        }))
      }
    }
    const all = Promise.all(Array.from({ length: askers }, asking))
    try {
      for (let round = 0; round < 3; round += 1) {
        await sleep(300)
        await cluster.restart()
        await sleep(300)
        await cluster.kill()
        await sleep(100)
        await cluster.restart()
      }
      await sleep(300)
      over = true
      await Promise.race([all, sleep(8_000)])
      assert.strictEqual(counts.waiting, 0)
      assert.isTrue(counts.answered > 100 && counts.failed > 0)
      console.log(`${counts.answered} answered, ${counts.failed} failed`)
    } finally {
      await close()
      await cluster.remove()
    }
  }, 60_000)
})
