import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { TestClock } from "effect/testing"
import { Period } from "@fortrolig/core/kernel/instant"
import { declaredLogger } from "./log.ts"
import type { Health } from "./routes/metrics.ts"
import { sweeping } from "./sweeping.ts"

const health = (): Health => ({ ready: true, startedAt: 0, sweeps: 1, failedSweeps: 0, lateness: Period.make(0), sockets: () => 0 })
const swept = Effect.succeed({ paused: false, lateness: Period.make(7), lost: 0 })

describe("sweeping", () => {
  it.effect("counts each sweep, a minute apart, and is not ready while one fails", () =>
    Effect.gen(function*() {
      const now = health()
      let fails = false
      yield* Effect.forkChild(sweeping(Effect.suspend(() => (fails ? Effect.fail("planted") : swept)), now, () => false))
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual([now.sweeps, now.ready], [1, true])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([now.sweeps, now.lateness, now.ready], [2, 7, true])
      fails = true
      yield* TestClock.adjust("60 seconds")
      assert.deepStrictEqual([now.sweeps, now.failedSweeps, now.ready], [2, 1, false])
      fails = false
      yield* TestClock.adjust("60 seconds")
      assert.deepStrictEqual([now.sweeps, now.failedSweeps, now.ready], [3, 1, true])
    }))

  it.effect("gives up one that gets no answer, and begins the next a minute after it began", () =>
    Effect.gen(function*() {
      const now = health()
      const begun: Array<number> = []
      const waiting = Effect.andThen(Effect.map(Clock.currentTimeMillis, (at) => void begun.push(at / 1000)), Effect.never)
      yield* Effect.forkChild(sweeping(waiting, now, () => false))
      yield* TestClock.adjust("109 seconds")
      assert.deepStrictEqual([begun, now.failedSweeps, now.ready], [[60], 0, true])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([now.failedSweeps, now.ready], [1, false])
      yield* TestClock.adjust("70 seconds")
      assert.deepStrictEqual([begun, now.sweeps, now.failedSweeps, now.ready], [[60, 120, 180], 1, 2, false])
    }))

  it.effect("is not ready either while one cannot even be given up for two minutes, and is again when it is done", () =>
    Effect.gen(function*() {
      const now = health()
      const answer = yield* Deferred.make<void>()
      yield* Effect.forkChild(sweeping(Effect.uninterruptible(Effect.andThen(Deferred.await(answer), swept)), now, () => false))
      yield* TestClock.adjust("179 seconds")
      assert.deepStrictEqual([now.sweeps, now.ready], [1, true])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([now.sweeps, now.failedSweeps, now.ready], [1, 0, false])
      yield* Deferred.succeed(answer, undefined)
      yield* TestClock.adjust("2 minutes")
      assert.isTrue(now.ready)
    }))

  it.effect("counts none that paused, and keeps what the last one said", () =>
    Effect.gen(function*() {
      const now = { ...health(), lateness: Period.make(7) }
      yield* Effect.forkChild(sweeping(Effect.succeed({ paused: true, lateness: Period.make(0), lost: 0 }), now, () => false))
      yield* TestClock.adjust("5 minutes")
      assert.deepStrictEqual([now.sweeps, now.failedSweeps, now.lateness, now.ready], [1, 0, 7, true])
    }))

  it.effect("says when notes were lost, and not how many", () =>
    Effect.gen(function*() {
      const said: Array<string> = []
      const recorder: Console.Console = { ...console, error: (...parts: ReadonlyArray<unknown>) => void said.push(parts.join(" ")) }
      for (const lost of [0, 17]) {
        const once = Effect.succeed({ paused: false, lateness: Period.make(0), lost })
        yield* Effect.forkChild(sweeping(once, health(), () => false).pipe(Effect.provide(Logger.layer([declaredLogger])), Effect.provideService(Console.Console, recorder)))
        yield* TestClock.adjust("60 seconds")
        assert.deepStrictEqual(said.map((line) => line.slice(line.indexOf("level="))), lost === 0 ? [] : ['level=ERROR message="Triage notes could not be made anonymous in time; they are gone."'])
      }
    }))

  it.effect("does not call a server ready that is stopping", () =>
    Effect.gen(function*() {
      const now = { ...health(), ready: false }
      yield* Effect.forkChild(sweeping(swept, now, () => true))
      yield* TestClock.adjust("60 seconds")
      assert.deepStrictEqual([now.sweeps, now.ready], [2, false])
    }))
})
