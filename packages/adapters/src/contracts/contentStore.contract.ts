/**
 * What every store of kept ciphertext does.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { ServiceRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import type { Stores, StoresFailure } from "../stores.ts"
import { dueAt, justBefore, longOver, newRef, permit, piece, service, start, waiting } from "./fixtures.contract.ts"

const begun = Effect.gen(function*() {
  const ref = newRef()
  yield* (yield* SessionStore).save({ ref, version: 0, state: waiting() })
  return ref
})

/** How many pieces are kept in all. */
const kept = Effect.gen(function*() {
  const measured = yield* (yield* ServiceRealm).measure(start)
  return measured.find(({ dataClass }) => dataClass === "content")?.count ?? 0
})

/** Runs the contract over a layer of stores. */
export const contentStoreContract = (name: string, stores: Layer.Layer<Stores, StoresFailure>): void => {
  layer(stores, { timeout: "30 seconds" })(name, (it) => {
    it.effect("keeps a piece once, however often it arrives", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const ref = yield* begun
        const before = yield* kept
        yield* contents.keep(permit, ref, [piece("visitor", 1), piece("counsellor", 1), piece("visitor", 2)])
        yield* contents.keep(permit, ref, [piece("visitor", 2), piece("escrow", 1)])
        yield* contents.keep(permit, ref, [])
        assert.strictEqual((yield* kept) - before, 4)
      }))

    it.effect("knows when the last piece of a live session was kept, whatever the order", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const ref = yield* begun
        const last = Instant.make(start + 5_000)
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, ref), Option.none())
        yield* contents.keep(permit, ref, [piece("visitor", 1, last), piece("counsellor", 1, start)])
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, ref), Option.some(last))
      }))

    it.effect("removes what is redacted by author and number, and nothing else", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const [ref, other] = [yield* begun, yield* begun]
        const late = Instant.make(start + 9_000)
        for (const one of [ref, other]) yield* contents.keep(permit, one, [piece("visitor", 1, late), piece("counsellor", 1), piece("visitor", 2)])
        const before = yield* kept
        yield* contents.redact(permit, ref, [{ by: "visitor", n: 1 }])
        yield* contents.redact(permit, ref, [{ by: "visitor", n: 1 }, { by: "visitor", n: 99 }])
        yield* contents.redact(permit, ref, [])
        assert.strictEqual(before - (yield* kept), 1)
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, ref), Option.some(start))
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, other), Option.some(late))
      }))

    it.effect("removes everything of one session when everything is redacted", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const [ref, other] = [yield* begun, yield* begun]
        for (const one of [ref, other]) yield* contents.keep(permit, one, [piece("visitor", 1), piece("counsellor", 1)])
        const before = yield* kept
        yield* contents.redact(permit, ref, "all")
        assert.strictEqual(before - (yield* kept), 2)
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, other), Option.some(start))
      }))

    it.effect("moves the record key to the bucket at the end and destroys the live one; a second time changes nothing", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const vault = yield* KeyVault
        const ref = yield* begun
        yield* contents.keep(permit, ref, [piece("visitor", 1)])
        yield* contents.settle(permit, ref, dueAt)
        assert.notInclude((yield* vault.inventory).live, ref)
        assert.include((yield* vault.inventory).buckets, dueAt)
        yield* contents.settle(permit, ref, justBefore)
        assert.notInclude((yield* vault.inventory).buckets, justBefore)
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, ref), Option.none())
      }))

    it.effect("keeps nothing of a session whose deadline is behind what is destroyed already, and makes no key for it", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const ref = yield* begun
        const before = yield* kept
        yield* contents.keep(permit, ref, [piece("visitor", 1), piece("visitor", 2)])
        yield* (yield* ServiceRealm).raise([{ dataClass: "content", through: longOver }])
        yield* contents.settle(permit, ref, longOver)
        assert.strictEqual(yield* kept, before)
        const { buckets, live } = yield* (yield* KeyVault).inventory
        assert.notInclude(live, ref)
        assert.notInclude(buckets, longOver)
      }))

    it.effect("keeps nothing that arrives after the end", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const ref = yield* begun
        yield* contents.settle(permit, ref, dueAt)
        const before = yield* kept
        yield* contents.keep(permit, ref, [piece("visitor", 1)])
        yield* contents.keep(permit, newRef(), [piece("visitor", 1)])
        assert.strictEqual(yield* kept, before)
      }))

    it.effect("loses no piece and leaves none without a deadline when pieces arrive while a session is settled", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const sessions = yield* SessionStore
        yield* contents.forget(dueAt)
        const before = yield* kept
        const ref = yield* begun
        const keeps = Array.from({ length: 20 }, (_, n) => contents.keep(permit, ref, [piece("visitor", n + 1)]))
        yield* Effect.all([...keeps.slice(0, 10), contents.settle(permit, ref, dueAt), ...keeps.slice(10)], { concurrency: "unbounded", discard: true })
        yield* sessions.end(ref, service, dueAt)
        const stayed = (yield* kept) - before
        assert.isAtLeast(stayed, 10)
        assert.strictEqual((yield* contents.forget(justBefore)).count, 0)
        assert.strictEqual((yield* contents.forget(dueAt)).count, stayed)
      }))

    it.effect("forgets what is due, at its deadline and not before, and nothing of a live session", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        yield* contents.forget(dueAt)
        const [open, over] = [yield* begun, yield* begun]
        for (const one of [open, over]) yield* contents.keep(permit, one, [piece("visitor", 1), piece("counsellor", 1)])
        yield* contents.settle(permit, over, dueAt)
        assert.strictEqual((yield* contents.forget(justBefore)).count, 0)
        assert.strictEqual((yield* contents.forget(dueAt)).count, 2)
        assert.deepStrictEqual(yield* contents.lastKeptAt(permit, open), Option.some(start))
      }))

    it.effect("forgets at once what nobody can open any more, because its session ended before it was settled", () =>
      Effect.gen(function*() {
        const contents = yield* ContentStore
        const ref = yield* begun
        yield* contents.keep(permit, ref, [piece("visitor", 1)])
        yield* (yield* SessionStore).end(ref, service, dueAt)
        assert.strictEqual((yield* contents.forget(start)).count, 1)
      }))
  })
}
