/**
 * What every store of invitations and sign-ins does.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import type { Stores, StoresFailure } from "../stores.ts"
import { dueAt, justBefore, newHash, newStaff, service, start } from "./fixtures.contract.ts"

const invited = Effect.gen(function*() {
  const secret = newHash()
  yield* (yield* StaffStore).invite({ secret, service, deleteAt: dueAt })
  return secret
})
const signIn = () => ({ token: newHash(), staff: newStaff(), deleteAt: dueAt })

/** Runs the contract over a layer of stores. */
export const staffStoreContract = (name: string, stores: Layer.Layer<Stores, StoresFailure>): void => {
  layer(stores, { timeout: "30 seconds" })(name, (it) => {
    it.effect("signs the holder of an invitation in, once", () =>
      Effect.gen(function*() {
        const staff = yield* StaffStore
        const secret = yield* invited
        const [first, second] = [signIn(), signIn()]
        const who = Option.some({ staff: first.staff, service })
        assert.deepStrictEqual(yield* staff.redeem(secret, start, first), who)
        assert.deepStrictEqual(yield* staff.redeem(secret, start, second), Option.none())
        assert.deepStrictEqual(yield* staff.find(first.token, start), who)
        assert.deepStrictEqual(yield* staff.find(second.token, start), Option.none())
      }))

    it.effect("lets exactly one of many redeem the same invitation", () =>
      Effect.gen(function*() {
        const staff = yield* StaffStore
        const secret = yield* invited
        const all = Array.from({ length: 8 }, signIn)
        const outcomes = yield* Effect.forEach(all, (one) => staff.redeem(secret, start, one), { concurrency: "unbounded" })
        assert.strictEqual(outcomes.filter(Option.isSome).length, 1)
        const found = yield* Effect.forEach(all, ({ token }) => staff.find(token, start))
        assert.deepStrictEqual(found, outcomes)
      }))

    it.effect("refuses an invitation and a sign-in at their deadline, and accepts both just before", () =>
      Effect.gen(function*() {
        const staff = yield* StaffStore
        const secret = yield* invited
        const one = signIn()
        assert.deepStrictEqual(yield* staff.redeem(secret, dueAt, one), Option.none())
        assert.isTrue(Option.isSome(yield* staff.redeem(secret, justBefore, one)))
        assert.isTrue(Option.isSome(yield* staff.find(one.token, justBefore)))
        assert.deepStrictEqual(yield* staff.find(one.token, dueAt), Option.none())
      }))

    it.effect("finds nobody after signing out, which may be done twice", () =>
      Effect.gen(function*() {
        const staff = yield* StaffStore
        const one = signIn()
        yield* staff.redeem(yield* invited, start, one)
        yield* staff.signOut(one.token)
        yield* staff.signOut(one.token)
        assert.deepStrictEqual(yield* staff.find(one.token, start), Option.none())
      }))

    it.effect("forgets invitations and sign-ins that are due, and no other", () =>
      Effect.gen(function*() {
        const staff = yield* StaffStore
        yield* staff.forget(dueAt)
        const one = signIn()
        yield* staff.redeem(yield* invited, start, one)
        yield* invited
        const nothing = { count: 0, earliest: null, through: justBefore, stayed: 0 }
        assert.deepStrictEqual(yield* staff.forget(justBefore), { invitations: nothing, signIns: nothing })
        assert.isTrue(Option.isSome(yield* staff.find(one.token, start)))
        const each = { count: 1, earliest: dueAt, through: dueAt, stayed: 0 }
        assert.deepStrictEqual(yield* staff.forget(dueAt), { invitations: each, signIns: each })
        assert.deepStrictEqual(yield* staff.find(one.token, start), Option.none())
      }))
  })
}
