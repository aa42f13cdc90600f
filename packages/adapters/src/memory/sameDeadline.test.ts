/** 2 s. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { patience, runs } from "../../../../test/support/runs.ts"
import { consentsInMemory } from "../contracts/consents.contract.ts"
import { newRef, start } from "../contracts/fixtures.contract.ts"
import { chat, isLinked, sweepService } from "../contracts/sameDeadline.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"

const policies = fc.record({ hours: fc.integer({ min: 1, max: 200 }), bucket: fc.constantFrom(1, 5, 7, 60) }).map(
  ({ bucket, hours }): Policy => ({ ...detfinneshjelp, accessTrace: { hoursAfterOpening: hours }, bucketMinutes: bucket })
)
const minute = 60_000

/** A chat with a note in one realm and its trace in the other. Each realm sweeps at instants of its own; `service` first, where both sweep at once, as one server does. */
const together = (traceOf: typeof accessTraceDeleteAt) =>
  fc.asyncProperty(policies, fc.integer({ min: 0, max: 3_600_000 }), fc.array(fc.integer({ min: -90, max: 90 }), { maxLength: 6 }), async (policy, offset, sweeps) => {
    await Effect.runPromise(
      Effect.gen(function*() {
        const openedAt = Instant.make(start + offset)
        const ref = newRef()
        const custody = vaultMemory()
        const deadline = traceOf(policy, openedAt)
        const trace = yield* custody.sealUntil("accessTrace", deadline, Buffer.from("synthetic"), "trace")
        yield* chat(policy, ref, openedAt, "yes")
        for (const offsetOfSweep of [...sweeps, -1, 0, 1].sort((a, b) => a - b)) {
          const at = Instant.make(Math.max(openedAt, accessTraceDeleteAt(policy, openedAt) + offsetOfSweep * minute))
          yield* sweepService(at)
          yield* custody.destroyDue(at)
          const alive = yield* custody.openUntil("accessTrace", deadline, trace, "trace").pipe(Effect.as(true), Effect.catchTag("KeyGone", () => Effect.succeed(false)))
          assert.strictEqual(yield* isLinked(ref), alive, `${offsetOfSweep} minutes from the deadline`)
        }
      }).pipe(Effect.provide(consentsInMemory))
    )
  })

describe("a note and the trace of its session", () => {
  it("lose their link and their key in the same bucket, neither before nor after, with no word between the realms (DFH-17)", async () => {
    await fc.assert(together(accessTraceDeleteAt), runs(200))
  }, patience)

  it.each([
    ["a trace that lives a bucket longer", 1],
    ["a trace that dies a bucket sooner", -1]
  ])("is noticed: %s", async (_, buckets) => {
    const moved: typeof accessTraceDeleteAt = (policy, openedAt) => Instant.make(accessTraceDeleteAt(policy, openedAt) + buckets * policy.bucketMinutes * minute)
    assert.isTrue((await fc.check(together(moved), { numRuns: 50, seed: 7, endOnFailure: true })).failed)
  }, patience)
})
