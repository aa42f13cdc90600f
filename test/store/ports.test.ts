import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { everyCallFails } from "./everyCall.ts"
import { trapped } from "./trap.ts"

/** How many calls of ports one undisturbed run makes, those of the vaults that the stores make among them: a new one is seen here. */
const calls = 213

describe("a store that fails", () => {
  it.effect(`at any of ${calls} calls of ports, before it is done and after it was done, loses nothing before its deadline and leaves at the end what an undisturbed run leaves`, () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* everyCallFails((trap) => ({ gate: trapped(trap) })), calls)
    }), 300_000)
})
