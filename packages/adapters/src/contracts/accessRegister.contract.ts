/**
 * What every register of openings does.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { AccessRegister, type AccessTrace, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { VendorRealm } from "@fortrolig/core/ports/Inspection"
import type { Stores, StoresFailure } from "../stores.ts"
import { dueAt, justBefore, longOver, newRef, service, start } from "./fixtures.contract.ts"

const trace = (): AccessTrace => ({ sessionRef: newRef(), service, ip: ipAddress("127.0.0.77"), openedAt: start, deleteAt: dueAt })

const count = Effect.gen(function*() {
  const measured = yield* (yield* VendorRealm).measure(start)
  return measured.find(({ dataClass }) => dataClass === "accessTrace")?.count ?? 0
})

/** Runs the contract over a layer of stores. */
export const accessRegisterContract = (name: string, stores: Layer.Layer<Stores, StoresFailure>): void => {
  layer(stores, { timeout: "30 seconds" })(name, (it) => {
    it.effect("records one opening once, under the key of its deadline", () =>
      Effect.gen(function*() {
        const register = yield* AccessRegister
        const opening = trace()
        const before = yield* count
        yield* register.register(opening)
        yield* register.register(opening)
        yield* register.register(trace())
        assert.strictEqual((yield* count) - before, 2)
        assert.deepStrictEqual((yield* (yield* CustodyVault).inventory).buckets, [dueAt])
      }))

    it.effect("records nothing whose deadline is behind what is destroyed already, and leaves no key for it", () =>
      Effect.gen(function*() {
        const register = yield* AccessRegister
        const before = yield* count
        yield* (yield* VendorRealm).raise([{ dataClass: "accessTrace", through: longOver }])
        assert.strictEqual((yield* Effect.flip(register.register({ ...trace(), deleteAt: longOver })))._tag, "StoreUnavailable")
        assert.strictEqual(yield* count, before)
        assert.notInclude((yield* (yield* CustodyVault).inventory).buckets, longOver)
      }))

    it.effect("forgets the traces that are due, at their deadline and not before", () =>
      Effect.gen(function*() {
        const register = yield* AccessRegister
        yield* register.forget(dueAt)
        yield* register.register(trace())
        yield* register.register({ ...trace(), deleteAt: justBefore })
        assert.strictEqual((yield* register.forget(justBefore)).count, 1)
        assert.strictEqual((yield* register.forget(dueAt)).count, 1)
        assert.strictEqual(yield* count, 0)
      }))
  })
}
