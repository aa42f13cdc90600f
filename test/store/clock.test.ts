import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import { trustedClockOver } from "@fortrolig/adapters/system/trustedClock"
import { sweep } from "@fortrolig/core/app/sweep"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant, Period } from "@fortrolig/core/kernel/instant"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { deep } from "../support/runs.ts"
import { drawn, seed } from "./drawn.ts"
import { openEyes } from "./dump.ts"
import { asking, ground, Hands } from "./ground.ts"
import { databases, stack } from "./stack.ts"

const year = 365 * 24 * 60
/** Minutes by which the wall clock is off after a step; most are none. */
const jumps = [-year, -31 * 24 * 60, -181, -60, -6, 6, 60, 181, 31 * 24 * 60, year] as const
const steps = deep ? 400 : 60
/** Nights in Norway in which clocks go forward and back. Instants know nothing of it; a wall clock that was set by hand may. */
const nights = [Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 9, 24, 22)]

const ref = (n: number) => SessionRef.make(n.toString(16).padStart(32, "0"))
const receipt = (n: number) => ReceiptHash.make(n.toString(16).padStart(64, "0"))

describe("a wall clock that is stepped back and forth by up to a year", () => {
  for (const night of nights) {
    it.effect(`from ${new Date(night).toISOString()}, by seed ${seed}: nothing goes before its deadline, nothing is read after it by either clock, and in the end everything is gone`, () =>
      Effect.gen(function*() {
        const url = yield* copiedDatabase
        const vaults = { service: vaultMemory(), custody: vaultMemory() }
        const eyes = yield* openEyes(url)
        const clocks = { wall: night, monotonic: 0 }
        const trusted = Context.get(yield* Layer.build(trustedClockOver(Effect.sync(() => ({ wall: clocks.wall as Instant, monotonic: clocks.monotonic as Period })))), TrustedClock)
        const stores = yield* stack(yield* databases(url), vaults)
        const services = Context.merge(stores, Context.add(yield* ground(new Hands(night as Instant), "clock"), TrustedClock, trusted))
        const consents = Context.get(stores, ConsentStore)
        /** What was kept, with the deadline that it was given. */
        const kept: Array<{ readonly deleteAt: Instant; gone: boolean }> = []
        const random = drawn(seed + nights.indexOf(night))
        const below = (n: number) => Math.floor(random() * n)
        const period = asking.accessTrace.hoursAfterOpening * 60
        const seen = { paused: 0, swept: 0, back: 0 }
        let before = 0 as Instant
        const turn = Effect.gen(function*() {
          const { latest, now, suspect } = yield* trusted.read
          if (now < before) {
            // The clock went down to a wall that was put back: what the ledgers say of times yet to come is taken back, and nothing else is.
            assert.deepStrictEqual([now, suspect], [clocks.wall, false])
            for (const realm of [yield* ServiceRealm, yield* VendorRealm]) yield* realm.correctLedger(now)
            seen.back += 1
          }
          before = now
          const swept = yield* sweep
          seen[swept.paused ? "paused" : "swept"] += 1
          assert.strictEqual(swept.paused, suspect)
          for (const [n, one] of kept.entries()) {
            const found = Option.isSome(yield* consents.load(ref(n), "triage", latest))
            if (latest >= one.deleteAt) assert.isFalse(found, "nothing is read after its deadline by either clock")
            else assert.strictEqual(found, !one.gone, "what is not due is there")
            if (!suspect && now >= one.deleteAt) one.gone = true
            // Back in the past, what a sweep has destroyed stays destroyed.
            if (one.gone) assert.isTrue(Option.isNone(yield* consents.load(ref(n), "triage", 0 as Instant)))
          }
        }).pipe(Effect.provide(services))
        for (let at = 0; at < steps; at += 1) {
          if (at % 3 === 0) clocks.wall += (jumps[below(jumps.length)] ?? 0) * 60_000
          const ran = (1 + below(24)) * 60_000
          clocks.wall = Math.max(night - 2 * year * 60_000, clocks.wall + ran)
          clocks.monotonic += ran
          yield* turn
          const { now, suspect } = yield* trusted.read
          if (suspect && at % 4 !== 0) continue
          const deleteAt = accessTraceDeleteAt(asking, now)
          const state = { _tag: "Granted", deleteAt, timesAsked: 1, notice: { version: "v1", language: "nb" }, purposes: ["quality"], receiptHash: receipt(kept.length), grantedAt: now } as const
          yield* consents.save({ ref: ref(kept.length), subject: "triage", service: asking.service, version: 0, state })
          kept.push({ deleteAt, gone: false })
        }
        // The clock is right from now on: it is believed after a quarter of an hour, and two hours later everything is due.
        for (let n = 0; n < period + 45; n += 15) {
          clocks.wall += 900_000
          clocks.monotonic += 900_000
          yield* turn
        }
        const { now } = yield* trusted.read
        const late = kept.filter(({ gone }) => !gone)
        assert.isTrue(late.every(({ deleteAt }) => deleteAt > now))
        // What was stamped by a clock that ran ahead and was believed goes when that deadline comes, and not before.
        clocks.wall = Math.max(clocks.wall, ...kept.map(({ deleteAt }) => deleteAt)) + year * 60_000
        for (let n = 0; n < 3; n += 1) {
          clocks.wall += 900_000
          clocks.monotonic += 900_000
          yield* turn
        }
        assert.deepStrictEqual([(yield* eyes.owed(0 as Instant))["service.consent"], (yield* vaults.service.inventory).buckets], [undefined, []])
        assert.isTrue(seen.paused > 5 && seen.swept > 5)
        console.log(`${kept.length} kept, ${late.length} not due by a clock that was put back; ${seen.swept} sweeps, ${seen.paused} paused, ${seen.back} steps back`)
      }), 300_000)
  }
})
