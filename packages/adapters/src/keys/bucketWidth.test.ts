import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { patience, runs } from "../../../../test/support/runs.ts"
import { vaultMemory } from "./vaultMemory.ts"

const minute = 60_000
const promised = ifengsel.accessTrace.hoursAfterOpening * 60 * minute
const plain = Buffer.from("synthetic")

/** Openings of one day, and a sweep a minute whose first falls anywhere within one. */
const lives = fc.record({
  openedAt: fc.array(fc.integer({ min: 0, max: 1440 * minute - 1 }), { minLength: 1, maxLength: 5 }),
  phase: fc.integer({ min: 0, max: minute - 1 })
})

describe("a bucket", () => {
  for (const bucketMinutes of [1, 5, 60]) {
    it(`of ${bucketMinutes} min is destroyed with the first sweep at or after its deadline, which is never after the promise and never a bucket before it`, async () => {
      await fc.assert(
        fc.asyncProperty(lives, ({ openedAt, phase }) =>
          Effect.runPromise(Effect.gen(function*() {
            const vault = vaultMemory()
            const traces = yield* Effect.forEach(openedAt, (ms) => {
              const deleteAt = accessTraceDeleteAt({ ...ifengsel, bucketMinutes }, Instant.make(ms))
              return Effect.map(vault.sealUntil("accessTrace", deleteAt, plain, ""), (sealed) => ({ promise: ms + promised, deleteAt, sealed }))
            })
            const opens = (trace: (typeof traces)[number]) =>
              Effect.map(Effect.result(vault.openUntil("accessTrace", trace.deleteAt, trace.sealed, "")), ({ _tag }) => _tag === "Success")
            for (const { deleteAt, promise } of traces) {
              assert.isAtMost(deleteAt, promise)
              assert.isAbove(deleteAt, promise - bucketMinutes * minute)
            }
            // Only the sweeps around a deadline can make a difference.
            const near = traces.flatMap(({ deleteAt }) => [-1, 0, 1].map((n) => phase + (Math.floor((deleteAt - phase) / minute) + n) * minute))
            for (const now of [...new Set(near)].sort((a, b) => a - b)) {
              yield* vault.destroyDue(Instant.make(now))
              for (const trace of traces) assert.strictEqual(yield* opens(trace), trace.deleteAt > now, `swept at ${now}, due at ${trace.deleteAt}`)
            }
          }))), runs(100))
    }, patience)
  }
})
