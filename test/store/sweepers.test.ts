import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import { type Swept, sweep } from "@fortrolig/core/app/sweep"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { allDue, crowd, fill } from "./crowd.ts"
import { openEyes } from "./dump.ts"
import { ground, Hands } from "./ground.ts"
import { startOf } from "./lane.ts"
import { databases, stack } from "./stack.ts"

const sum = (rounds: ReadonlyArray<Swept>, what: "content" | "accessTrace" | "endedSession" | "staff" | "severed" | "lost" | "keys") =>
  rounds.reduce((total, round) => total + round[what], 0)

describe("servers that sweep at the same moment", () => {
  for (const sweepers of [2, 3]) {
    it.effect(`${sweepers} of them destroy each row once between them, sever each note once, and none waits for another for ever`, () =>
      Effect.gen(function*() {
        const url = yield* copiedDatabase
        const vaults = { service: vaultMemory(), custody: vaultMemory() }
        const eyes = yield* openEyes(url)
        const servers = yield* Effect.forEach(Array.from({ length: sweepers }), () => Effect.flatMap(databases(url), (on) => stack(on, vaults)))
        const hands = new Hands(startOf(0))
        const [first] = servers
        if (first === undefined) return assert.fail("there is a server")
        yield* fill(first, hands.start)
        const { buckets, holds } = yield* vaults.service.inventory
        const custody = yield* vaults.custody.inventory
        const keys = buckets.length + holds.length + custody.buckets.length + custody.holds.length
        const grounds = yield* ground(hands, "sweepers")
        const rounds: Array<Swept> = []
        // At each instant all of them at once: some leaves are wholly due, one is partly due, and more become due from one to the next.
        for (const minute of [70, 135, 200, allDue]) {
          hands.to(minute)
          rounds.push(...(yield* Effect.all(servers.map((server) => sweep.pipe(Effect.provide(server), Effect.provide(grounds))), { concurrency: "unbounded" })))
        }
        rounds.push(yield* sweep.pipe(Effect.provide(first), Effect.provide(grounds)))
        const counted = {
          content: sum(rounds, "content"), accessTrace: sum(rounds, "accessTrace"), endedSession: sum(rounds, "endedSession"), staff: sum(rounds, "staff"),
          severed: sum(rounds, "severed"), lost: sum(rounds, "lost"), keys: sum(rounds, "keys")
        }
        assert.deepStrictEqual(counted, { content: crowd.chats, accessTrace: crowd.traces, endedSession: crowd.chats, staff: crowd.invitations, severed: crowd.notes, lost: 0, keys })
        const end = yield* eyes.dump(hands.start, vaults)
        assert.strictEqual(end.filter((line) => line.startsWith("service.anonymous_note")).length, crowd.notes)
        assert.deepStrictEqual(end.filter((line) => / (sealed|empty)| key /.test(line)), [])
        const ledger = end.filter((line) => line.includes("bucket_ledger"))
        assert.isTrue(ledger.length === 7 && ledger.every((line) => line.endsWith(` ${allDue} min`)))
      }), 120_000)
  }
})
