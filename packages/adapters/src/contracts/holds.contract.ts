/**
 * What every vault does with a record that an authority's order keeps, whatever keeps its slots.
 */
import { randomBytes } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HoldId, type SealedUntil, type Vault } from "@fortrolig/core/ports/KeyVault"
import { dueAt, justBefore } from "./fixtures.contract.ts"

const plain = Buffer.from("synthetic words")
const note = Buffer.from("a note of the order")
const until = Instant.make(dueAt + 86_400_000)
const justBeforeEnd = Instant.make(until - 1)
const newHold = (): HoldId => HoldId.make(randomBytes(16).toString("hex"))
const inBucket = ({ wrapped }: SealedUntil) => ({ dataClass: "accessTrace", deleteAt: dueAt, wrapped }) as const

/** Runs the contract over a fresh vault for each test. */
export const holdsContract = (name: string, fresh: () => Effect.Effect<Vault, StoreUnavailable, Scope.Scope>): void => {
  describe(name, () => {
    it.effect("keeps one record past its bucket, with its note, and no other record of that bucket", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const [kept, other] = [yield* vault.sealUntil("accessTrace", dueAt, plain, "one"), yield* vault.sealUntil("accessTrace", dueAt, plain, "two")]
        const id = newHold()
        const wrapped = yield* vault.hold(id, inBucket(kept), until, note)
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [dueAt], holds: [{ id, until }] })
        assert.strictEqual(yield* vault.destroyDue(dueAt), 1)
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [{ id, until }] })
        assert.deepStrictEqual(Buffer.from(yield* vault.openHeld(id, { sealed: kept.sealed, wrapped }, "one")), plain)
        assert.deepStrictEqual(Buffer.from(yield* vault.noteOf(id, wrapped)), note)
        assert.strictEqual((yield* Effect.flip(vault.openHeld(id, { sealed: kept.sealed, wrapped }, "two")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openHeld(id, { sealed: other.sealed, wrapped }, "two")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openHeld(id, other, "two")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openUntil("accessTrace", dueAt, kept, "one")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openUntil("accessTrace", dueAt, other, "two")))._tag, "KeyGone")
      }))

    it.effect("ends a hold at its end and not before, and leaves nothing to open", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const kept = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const id = newHold()
        const wrapped = yield* vault.hold(id, inBucket(kept), until, note)
        assert.strictEqual(yield* vault.destroyDue(justBeforeEnd), 1)
        assert.deepStrictEqual(Buffer.from(yield* vault.openHeld(id, { ...kept, wrapped }, "")), plain)
        assert.strictEqual(yield* vault.destroyDue(until), 1)
        assert.strictEqual((yield* Effect.flip(vault.openHeld(id, { ...kept, wrapped }, "")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.noteOf(id, wrapped)))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.giveBack(id, wrapped, "accessTrace", dueAt)))._tag, "KeyGone")
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [] })
      }))

    it.effect("releases a hold at once and twice alike, and every other hold stays", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const [id, other] = [newHold(), newHold()]
        const wrapped = yield* vault.hold(id, inBucket(sealed), until, note)
        const otherWrapped = yield* vault.hold(other, inBucket(sealed), justBeforeEnd, note)
        assert.deepStrictEqual((yield* vault.inventory).holds, [{ id: other, until: justBeforeEnd }, { id, until }])
        yield* vault.release(id)
        yield* vault.release(id)
        assert.strictEqual((yield* Effect.flip(vault.openHeld(id, { ...sealed, wrapped }, "")))._tag, "KeyGone")
        assert.deepStrictEqual(Buffer.from(yield* vault.openHeld(other, { ...sealed, wrapped: otherWrapped }, "")), plain)
        assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, sealed, "")), plain)
      }))

    it.effect("gives a record back to the bucket of its own deadline, which is made again where it is gone, and dies with it", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const id = newHold()
        const wrapped = yield* vault.hold(id, inBucket(sealed), until, note)
        const back = yield* vault.giveBack(id, wrapped, "accessTrace", dueAt)
        yield* vault.release(id)
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [dueAt], holds: [] })
        assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, { ...sealed, wrapped: back }, "")), plain)
        yield* vault.destroyDue(justBefore)
        assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, { ...sealed, wrapped: back }, "")), plain)
        yield* vault.destroyDue(dueAt)
        for (const each of [back, sealed.wrapped]) {
          assert.strictEqual((yield* Effect.flip(vault.openUntil("accessTrace", dueAt, { ...sealed, wrapped: each }, "")))._tag, "KeyGone")
        }
      }))

    it.effect("moves a record from one hold to the next when an order is replaced, and the first can go", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const [first, second] = [newHold(), newHold()]
        const wrapped = yield* vault.hold(first, inBucket(sealed), until, note)
        const next = yield* vault.hold(second, { hold: first, wrapped }, justBeforeEnd, Buffer.from("another note"))
        yield* vault.release(first)
        yield* vault.destroyDue(dueAt)
        assert.deepStrictEqual(Buffer.from(yield* vault.openHeld(second, { ...sealed, wrapped: next }, "")), plain)
        assert.strictEqual(Buffer.from(yield* vault.noteOf(second, next)).toString(), "another note")
        assert.strictEqual((yield* Effect.flip(vault.openHeld(second, { ...sealed, wrapped }, "")))._tag, "KeyGone")
      }))

    it.effect("keeps the first key and the first end of a hold that is made again", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const id = newHold()
        const wrapped = yield* vault.hold(id, inBucket(sealed), until, note)
        const again = yield* vault.hold(id, inBucket(sealed), justBefore, note)
        assert.deepStrictEqual((yield* vault.inventory).holds, [{ id, until }])
        for (const each of [wrapped, again]) assert.deepStrictEqual(Buffer.from(yield* vault.openHeld(id, { ...sealed, wrapped: each }, "")), plain)
      }))

    it.effect("holds nothing whose key is gone or was never there, and makes no slot for it", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const [id, gone] = [newHold(), newHold()]
        const wrapped = yield* vault.hold(id, inBucket(sealed), until, note)
        assert.strictEqual((yield* Effect.flip(vault.hold(newHold(), { ...inBucket(sealed), dataClass: "content" }, until, note)))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.hold(newHold(), { hold: gone, wrapped }, until, note)))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.hold(newHold(), { hold: id, wrapped: sealed.wrapped }, until, note)))._tag, "KeyGone")
        yield* vault.destroyDue(dueAt)
        assert.strictEqual((yield* Effect.flip(vault.hold(newHold(), inBucket(sealed), until, note)))._tag, "KeyGone")
        assert.deepStrictEqual((yield* vault.inventory).holds, [{ id, until }])
      }))

    it.effect("holds nothing that is destroyed while the hold is being made", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const sealed = yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        const [destroyed, refused] = yield* Effect.all(
          [vault.destroyDue(dueAt), Effect.flip(vault.hold(newHold(), inBucket(sealed), until, note))],
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual([destroyed, refused._tag], [1, "KeyGone"])
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [] })
      }))
  })
}
