/**
 * What every store of sessions does. The stores are shared by the tests of one run; each test has sessions of its own.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { ServiceRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import type { Stores, StoresFailure } from "../stores.ts"
import { active, dueAt, justBefore, longOver, newRef, newStaff, service, start, waiting } from "./fixtures.contract.ts"

/** Runs the contract over a layer of stores. */
export const sessionStoreContract = (name: string, stores: Layer.Layer<Stores, StoresFailure>): void => {
  layer(stores, { timeout: "30 seconds" })(name, (it) => {
    it.effect("loads exactly what was saved, under the next version", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const ref = newRef()
        const state = active(newStaff())
        yield* sessions.save({ ref, version: 0, state: waiting(true) })
        assert.deepStrictEqual(yield* sessions.load(ref), Option.some({ ref, version: 1, state: waiting(true) }))
        yield* sessions.save({ ref, version: 1, state })
        assert.deepStrictEqual(yield* sessions.load(ref), Option.some({ ref, version: 2, state }))
      }))

    it.effect("answers nothing for a session that it does not know", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* (yield* SessionStore).load(newRef()), Option.none())
      }))

    it.effect("refuses a save that another save overtook, and a second creation, and keeps the first", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        assert.strictEqual((yield* Effect.flip(sessions.save({ ref, version: 0, state: waiting(true) })))._tag, "Conflict")
        assert.strictEqual((yield* Effect.flip(sessions.save({ ref, version: 2, state: waiting(true) })))._tag, "Conflict")
        assert.strictEqual((yield* Effect.flip(sessions.save({ ref: newRef(), version: 1, state: waiting() })))._tag, "Conflict")
        assert.deepStrictEqual(yield* sessions.load(ref), Option.some({ ref, version: 1, state: waiting() }))
      }))

    it.effect("lets exactly one of many saves of the same version win", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        const states = Array.from({ length: 8 }, () => active(newStaff()))
        const outcomes = yield* Effect.forEach(states, (state) => Effect.isSuccess(sessions.save({ ref, version: 1, state })), { concurrency: "unbounded" })
        assert.strictEqual(outcomes.filter((won) => won).length, 1)
        const stored = Option.getOrUndefined(yield* sessions.load(ref))
        assert.deepStrictEqual(stored?.state, states[outcomes.indexOf(true)])
        assert.strictEqual(stored?.version, 2)
      }))

    it.effect("answers nothing once a session has ended, refuses to save it again, and destroys its key", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const vault = yield* KeyVault
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        assert.include((yield* vault.inventory).live, ref)
        yield* sessions.end(ref, service, dueAt)
        yield* sessions.end(ref, service, dueAt)
        assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
        assert.notInclude((yield* vault.inventory).live, ref)
        assert.strictEqual((yield* Effect.flip(sessions.save({ ref, version: 1, state: waiting() })))._tag, "Conflict")
        assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
        assert.notInclude((yield* vault.inventory).live, ref)
      }))

    it.effect("answers nothing for a session whose key is gone, and still lists it so that it can be ended", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        yield* (yield* KeyVault).end(ref)
        assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
        assert.deepInclude(yield* sessions.live, { ref, service })
      }))

    it.effect("lists the sessions that have not ended, and no other", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const [open, over] = [newRef(), newRef()]
        yield* sessions.save({ ref: open, version: 0, state: waiting() })
        yield* sessions.save({ ref: over, version: 0, state: waiting() })
        yield* sessions.end(over, service, dueAt)
        assert.deepInclude(yield* sessions.live, { ref: open, service })
        assert.notDeepInclude(yield* sessions.live, { ref: over, service })
      }))

    it.effect("forgets the rows that are due, at their deadline and not before, and no live session", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        yield* sessions.forget(dueAt)
        const [open, over] = [newRef(), newRef()]
        yield* sessions.save({ ref: open, version: 0, state: waiting() })
        yield* sessions.save({ ref: over, version: 0, state: waiting() })
        yield* sessions.end(over, service, dueAt)
        assert.strictEqual((yield* sessions.forget(justBefore)).count, 0)
        assert.strictEqual((yield* sessions.forget(dueAt)).count, 1)
        assert.strictEqual((yield* sessions.forget(dueAt)).count, 0)
        assert.isTrue(Option.isSome(yield* sessions.load(open)))
      }))

    it.effect("keeps no row of a session whose deadline is behind what is destroyed already", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const realm = yield* ServiceRealm
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        yield* realm.raise([{ dataClass: "endedSession", through: longOver }])
        const before = yield* realm.measure(start)
        yield* sessions.end(ref, service, longOver)
        yield* sessions.end(ref, service, dueAt)
        const count = (measured: typeof before, of: string) => measured.find(({ dataClass, service: name }) => dataClass === of && name === service)?.count ?? 0
        const afterwards = yield* realm.measure(start)
        assert.strictEqual(count(afterwards, "liveSession") - count(before, "liveSession"), -1)
        assert.strictEqual(count(afterwards, "endedSession") - count(before, "endedSession"), 0)
        assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
      }))

    it.effect("does not move a deadline that is set", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const ref = newRef()
        yield* sessions.save({ ref, version: 0, state: waiting() })
        yield* sessions.end(ref, service, dueAt)
        yield* sessions.end(ref, service, justBefore)
        assert.strictEqual((yield* sessions.forget(justBefore)).count, 0)
        assert.strictEqual((yield* sessions.forget(dueAt)).count, 1)
      }))
  })
}
