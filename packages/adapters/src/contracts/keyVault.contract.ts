/**
 * What every vault does, whatever keeps its slots.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type * as Scope from "effect/Scope"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { dueAt, justBefore, newRef, start } from "./fixtures.contract.ts"

const plain = Buffer.from("synthetic words")

/** Runs the contract over a fresh vault for each test. */
export const keyVaultContract = (name: string, fresh: () => Effect.Effect<Vault, StoreUnavailable, Scope.Scope>): void => {
  describe(name, () => {
    it.effect("opens what it sealed, under the same session and context only", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const [ref, other] = [newRef(), newRef()]
        yield* vault.begin(ref)
        yield* vault.begin(other)
        const sealed = yield* vault.seal(ref, plain, "here")
        assert.deepStrictEqual(Buffer.from(yield* vault.open(ref, sealed, "here")), plain)
        assert.strictEqual((yield* Effect.flip(vault.open(ref, sealed, "there")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.open(other, sealed, "here")))._tag, "KeyGone")
        const bent = Buffer.from(sealed)
        bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1
        assert.strictEqual((yield* Effect.flip(vault.open(ref, bent, "here")))._tag, "KeyGone")
      }))

    it.effect("never seals the same bytes to the same ciphertext", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const ref = newRef()
        yield* vault.begin(ref)
        assert.notDeepEqual(yield* vault.seal(ref, plain, ""), yield* vault.seal(ref, plain, ""))
      }))

    it.effect("keeps the first live key when a session begins again", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const ref = newRef()
        yield* vault.begin(ref)
        const sealed = yield* vault.seal(ref, plain, "")
        yield* vault.begin(ref)
        assert.deepStrictEqual(Buffer.from(yield* vault.open(ref, sealed, "")), plain)
        assert.deepStrictEqual((yield* vault.inventory).live, [ref])
      }))

    it.effect("forgets for ever what a session sealed once it ended, also when a new key is made for it", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const ref = newRef()
        yield* vault.begin(ref)
        const sealed = yield* vault.seal(ref, plain, "")
        yield* vault.end(ref)
        yield* vault.end(ref)
        assert.strictEqual((yield* Effect.flip(vault.open(ref, sealed, "")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.seal(ref, plain, "")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.wrap(ref, "content", dueAt)))._tag, "KeyGone")
        assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [] })
        yield* vault.begin(ref)
        assert.strictEqual((yield* Effect.flip(vault.open(ref, sealed, "")))._tag, "KeyGone")
      }))

    it.effect("opens what a live session sealed through its wrapped key, until the bucket is due and no longer", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const ref = newRef()
        yield* vault.begin(ref)
        const sealed = yield* vault.seal(ref, plain, "here")
        const wrapped = yield* vault.wrap(ref, "content", dueAt)
        yield* vault.end(ref)
        const open = vault.openUntil("content", dueAt, { sealed, wrapped }, "here")
        assert.deepStrictEqual(Buffer.from(yield* open), plain)
        assert.strictEqual(yield* vault.destroyDue(justBefore), 0)
        assert.deepStrictEqual(Buffer.from(yield* open), plain)
        assert.strictEqual(yield* vault.destroyDue(dueAt), 1)
        assert.strictEqual((yield* Effect.flip(open))._tag, "KeyGone")
        assert.strictEqual(yield* vault.destroyDue(dueAt), 0)
      }))

    it.effect("has one bucket for each class and deadline, and opens none with the key of another", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const later = Instant.make(dueAt + 300_000)
        const one = yield* vault.sealUntil("accessTrace", dueAt, plain, "here")
        yield* vault.sealUntil("accessTrace", dueAt, plain, "here")
        yield* vault.sealUntil("accessTrace", later, plain, "here")
        yield* vault.sealUntil("content", dueAt, plain, "here")
        assert.deepStrictEqual((yield* vault.inventory).buckets, [dueAt, dueAt, later])
        assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, one, "here")), plain)
        assert.strictEqual((yield* Effect.flip(vault.openUntil("accessTrace", later, one, "here")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openUntil("content", dueAt, one, "here")))._tag, "KeyGone")
        assert.strictEqual((yield* Effect.flip(vault.openUntil("accessTrace", dueAt, one, "there")))._tag, "KeyGone")
        assert.strictEqual(yield* vault.destroyDue(dueAt), 2)
        assert.deepStrictEqual((yield* vault.inventory).buckets, [later])
      }))

    it.effect("makes one bucket when many seal at once, and keeps all of them readable", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const seal = vault.sealUntil("accessTrace", dueAt, plain, "")
        const all = yield* Effect.all(Array.from({ length: 20 }, () => seal), { concurrency: "unbounded" })
        assert.deepStrictEqual((yield* vault.inventory).buckets, [dueAt])
        for (const sealed of all) assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, sealed, "")), plain)
      }))

    it.effect("names a text the same for one session, and differently for another session or text", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        const [ref, other] = [newRef(), newRef()]
        yield* vault.begin(ref)
        yield* vault.begin(other)
        const tag = yield* vault.tag(ref, "visitor|1")
        assert.strictEqual(tag.length, 16)
        assert.deepStrictEqual(yield* vault.tag(ref, "visitor|1"), tag)
        assert.notDeepEqual(yield* vault.tag(ref, "visitor|2"), tag)
        assert.notDeepEqual(yield* vault.tag(other, "visitor|1"), tag)
      }))

    it.effect("raises its mark and never lowers it, unless it is corrected", () =>
      Effect.gen(function*() {
        const vault = yield* fresh()
        assert.strictEqual(yield* vault.mark, 0)
        yield* vault.raiseMark(dueAt)
        yield* vault.raiseMark(start)
        assert.strictEqual(yield* vault.mark, dueAt)
        yield* vault.correctMark(start)
        assert.strictEqual(yield* vault.mark, start)
      }))
  })
}
