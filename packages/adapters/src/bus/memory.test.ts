import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Bus, type News } from "@fortrolig/core/ports/Bus"
import { newRef, service, waiting } from "../contracts/fixtures.contract.ts"
import { busMemory } from "./memory.ts"

const news = (): News => ({ ref: newRef(), service, state: waiting(), events: [] })

describe("the bus of one process", () => {
  it.effect("tells every listener what happens from then on, in order, until it stops listening", () =>
    Effect.gen(function*() {
      const bus = yield* Bus
      const heard: Array<readonly [string, News]> = []
      const [first, second, third] = [news(), news(), news()]
      yield* bus.publish(first)
      const stop = yield* bus.subscribe((one) => void heard.push(["a", one]))
      yield* bus.subscribe((one) => void heard.push(["b", one]))
      yield* bus.publish(second)
      stop()
      stop()
      yield* bus.publish(third)
      assert.deepStrictEqual(heard, [["a", second], ["b", second], ["b", third]])
    }).pipe(Effect.provide(busMemory)))

  it.effect("goes on when a listener throws, and when one stops listening while it is told", () =>
    Effect.gen(function*() {
      const bus = yield* Bus
      const heard: Array<News> = []
      yield* bus.subscribe(() => {
        throw new Error("synthetic")
      })
      const stop: () => void = yield* bus.subscribe(() => stop())
      yield* bus.subscribe((one) => void heard.push(one))
      const one = news()
      yield* bus.publish(one)
      assert.deepStrictEqual(heard, [one])
    }).pipe(Effect.provide(busMemory)))
})
