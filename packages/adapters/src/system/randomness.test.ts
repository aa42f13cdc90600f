import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Randomness } from "@fortrolig/core/ports/Randomness"
import { randomness } from "./randomness.ts"

describe("randomness", () => {
  it.effect("makes ids, secrets and hashes of the promised length, never twice the same", () =>
    Effect.gen(function*() {
      const random = yield* Randomness
      const ids = yield* Effect.all(Array.from({ length: 100 }, () => random.id))
      const secrets = yield* Effect.all(Array.from({ length: 100 }, () => random.secret))
      assert.isTrue(ids.every((id) => /^[0-9a-f]{32}$/.test(id)))
      assert.isTrue(secrets.every((secret) => /^[A-Za-z0-9_-]{43}$/.test(secret)))
      assert.strictEqual(new Set([...ids, ...secrets]).size, 200)
      // The published SHA-256 test vector of "abc".
      assert.strictEqual(yield* random.hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }).pipe(Effect.provide(randomness)))
})
