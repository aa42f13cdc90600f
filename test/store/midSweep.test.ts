import { randomInt } from "node:crypto"
import { cpSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { vaultFile } from "@fortrolig/adapters/keys/vaultFile"
import { sweep } from "@fortrolig/core/app/sweep"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { temporaryFolder } from "../../packages/adapters/src/contracts/temporary.contract.ts"
import { deep } from "../support/runs.ts"
import { allDue, copyOf, crowd, fill } from "./crowd.ts"
import { openEyes } from "./dump.ts"
import { ground, Hands } from "./ground.ts"
import { children } from "./killed.ts"
import { startOf } from "./lane.ts"
import { databases, stack } from "./stack.ts"
import { Trap, trapped } from "./trap.ts"

const kills = deep ? 100 : 20
const start = startOf(0)

const vaultsIn = (keys: string) => Effect.all({ service: vaultFile(join(keys, "service.vault")), custody: vaultFile(join(keys, "custody.vault")) })

describe("a sweep that is killed", () => {
  it.live(`in the middle of several hundred due rows, ${kills} times: the next sweep finishes it all, and each note is anonymous once`, () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const full = yield* copiedDatabase
      const filled = join(folder, "filled")
      mkdirSync(filled)
      yield* Effect.scoped(
        Effect.gen(function*() {
          yield* fill(yield* stack(yield* databases(full), yield* vaultsIn(filled)), start)
        })
      )
      // A sweep that nobody disturbs: how long it takes, and the calls that do more than open one note.
      const { calls, took } = yield* Effect.scoped(
        Effect.gen(function*() {
          const keys = join(folder, "dry")
          cpSync(filled, keys, { recursive: true })
          const trap = new Trap()
          const stores = yield* stack(yield* databases(yield* copyOf(full)), yield* vaultsIn(keys), trapped(trap))
          const hands = new Hands(start)
          hands.to(allDue)
          const begun = performance.now()
          yield* sweep.pipe(Effect.provide(stores), Effect.provide(yield* ground(hands, "dry")))
          const points = trap.calls.flatMap((name, at) => (name.includes("openUntil") ? [] : [at]))
          return { calls: points, took: Math.ceil(performance.now() - begun) }
        })
      )
      const run = yield* children
      const left = { rows: 0, unseen: 0 }
      const todo = Array.from({ length: kills }, (_, n) => n)
      const once = (n: number) =>
        Effect.gen(function*() {
          const keys = join(folder, String(n))
          cpSync(filled, keys, { recursive: true })
          const url = yield* copyOf(full)
          const eyes = yield* openEyes(url)
          const told = { url: Redacted.value(url), keys, start, sweepAt: allDue }
          yield* run(n % 2 === 0 ? { ...told, call: calls[randomInt(calls.length)] ?? 0 } : { ...told, call: -1, within: randomInt(took) })
          yield* eyes.quiet
          assert.strictEqual(yield* eyes.denied, 0)
          const vaults = yield* vaultsIn(keys)
          const before = yield* eyes.dump(start, vaults)
          left.rows += before.filter((line) => /sealed|empty|invitation/.test(line)).length
          const hands = new Hands(start)
          hands.to(allDue)
          const swept = yield* sweep.pipe(Effect.provide(yield* stack(yield* databases(url), vaults)), Effect.provide(yield* ground(hands, String(n))))
          assert.strictEqual(swept.stayed, 0)
          const end = yield* eyes.dump(start, vaults)
          const notes = end.filter((line) => line.startsWith("service.anonymous_note"))
          const ledger = ["service", "custody"].flatMap((realm) => end.filter((line) => line.startsWith(`${realm}.bucket_ledger`)))
          const leaves = end.filter((line) => line.startsWith("a leaf of "))
          assert.strictEqual(notes.length, crowd.notes)
          assert.isTrue(ledger.length === 7 && ledger.every((line) => line.endsWith(` ${allDue} min`)))
          assert.isTrue(leaves.every((line) => Number(/ (\d+) min$/.exec(line)?.[1]) > allDue - 60))
          assert.deepStrictEqual(end.filter((line) => ![...notes, ...ledger, ...leaves].includes(line)), [`custody vault: reached ${allDue} min`, `service vault: reached ${allDue} min`])
        }).pipe(Effect.scoped)
      const work = Effect.gen(function*() {
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) yield* once(next)
      })
      yield* Effect.all([work, work], { concurrency: "unbounded" })
      console.log(`${kills} sweeps killed, with ${left.rows} rows left to the next`)
      assert.isAbove(left.rows, 0, "some were killed before they were done")
    }), 900_000)
})
