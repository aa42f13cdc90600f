/**
 * What every register of held traces does, and the workflow that decides for it.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { type NamedTrace, orderHold, releaseHold } from "@fortrolig/core/app/hold"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { HoldId, type Vault } from "@fortrolig/core/ports/KeyVault"
import { Policies } from "@fortrolig/core/ports/Policies"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { CaseRef, type KeepOrder } from "@fortrolig/core/retention/messages"
import { dueAt, newRef, service, start } from "./fixtures.contract.ts"

/** A register of held traces, and what lies around it. */
export interface HeldWorld {
  readonly held: HeldTraces["Service"]
  readonly vault: Vault
  /** Registers a trace in the bucket of `dueAt`. */
  readonly put: (ref: SessionRef) => Effect.Effect<void, unknown>
  /** The references of the traces in that bucket. */
  readonly inBucket: Effect.Effect<ReadonlyArray<string>, unknown>
}

const day = 86_400_000
const at = (ms: number): Instant => Instant.make(dueAt + ms)
/** A trace of the contract by its name. */
export const named = (sessionRef: SessionRef): NamedTrace => ({ sessionRef, deleteAt: dueAt })
/** An order of the police in one of their cases, until so many milliseconds after the deadline. */
export const from = (text: string, ms: number): KeepOrder => ({ authority: "police", caseRef: CaseRef.make(text), until: at(ms) })

/** Runs work at an instant by both clocks, or by clocks that disagree. */
export const when = ({ held }: Pick<HeldWorld, "held">, now: Instant, latest = now) => {
  const policies = { all: [ifengsel], of: (name: string) => (name === service ? ifengsel : undefined), demonstration: false }
  return Effect.provide(
    Context.make(HeldTraces, held).pipe(
      Context.add(Policies, policies),
      Context.add(TrustedClock, { read: Effect.succeed({ now, latest, suspect: now !== latest }) })
    )
  )
}

/** What a sweep does to the vendor's vault and its held traces. */
const sweepAt = ({ held, vault }: HeldWorld, now: Instant) => Effect.andThen(vault.destroyDue(now), held.forget(now))
const isThere = ({ held }: HeldWorld, ref: SessionRef) => Effect.map(held.find(ref, dueAt), Option.isSome)
const rule = (refused: { readonly _tag: string; readonly rule?: string }) => refused.rule ?? refused._tag

/** Runs the contract over a fresh world for each test. */
export const heldTracesContract = (name: string, fresh: Effect.Effect<HeldWorld, unknown, Scope.Scope>): void => {
  describe(name, () => {
    it.effect("holds one trace past its bucket until the order's end, and no other one", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const [one, other] = [newRef(), newRef()]
        yield* world.put(one)
        yield* world.put(other)
        assert.deepStrictEqual(yield* orderHold(named(one), from("case 1", 2 * day)).pipe(when(world, start)), { keptUntil: at(2 * day) })
        assert.deepStrictEqual(yield* world.inBucket, [other])
        assert.strictEqual(yield* world.held.count, 1)
        yield* sweepAt(world, dueAt)
        assert.deepStrictEqual([yield* isThere(world, one), yield* isThere(world, other)], [true, false])
        assert.deepStrictEqual((yield* world.vault.inventory).buckets, [])
        yield* sweepAt(world, at(2 * day - 1))
        assert.strictEqual(yield* isThere(world, one), true)
        yield* sweepAt(world, at(2 * day))
        assert.strictEqual(yield* isThere(world, one), false)
        assert.strictEqual(yield* world.held.count, 0)
        assert.deepStrictEqual((yield* world.vault.inventory).holds, [])
      }))

    it.effect("tells the orders in force, each under its authority's case, and the trace's own deadline", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        yield* orderHold(named(ref), from("case 1", day)).pipe(when(world, start))
        yield* orderHold(named(ref), { ...from("case 2", 2 * day), authority: "court" }).pipe(when(world, start))
        const found = Option.getOrThrow(yield* world.held.find(ref, dueAt))
        assert.deepStrictEqual(found.orders, [from("case 1", day), { ...from("case 2", 2 * day), authority: "court" }])
        assert.deepStrictEqual([found.sessionRef, found.service, found.deleteAt], [ref, service, dueAt])
        assert.deepStrictEqual((yield* world.vault.inventory).holds.map(({ until }) => until), [at(2 * day)])
        assert.deepStrictEqual(yield* world.held.find(ref, at(day)), Option.none())
        assert.deepStrictEqual(yield* releaseHold(named(ref), { authority: "court", caseRef: CaseRef.make("case 2") }).pipe(when(world, at(1))), { keptUntil: at(day) })
        assert.deepStrictEqual((yield* world.vault.inventory).holds.map(({ until }) => until), [at(day)])
      }))

    it.effect("floors an order's end to its bucket, and an order again changes nothing", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        const order = orderHold(named(ref), from("case 1", day + 299_999)).pipe(when(world, start))
        assert.deepStrictEqual(yield* order, { keptUntil: at(day) })
        const { version } = Option.getOrThrow(yield* world.held.find(ref, dueAt))
        assert.deepStrictEqual(yield* order, { keptUntil: at(day) })
        assert.deepStrictEqual(Option.getOrThrow(yield* world.held.find(ref, dueAt)).version, version)
      }))

    it.effect("puts a released trace back into its bucket with its old deadline, while that has not passed", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        yield* orderHold(named(ref), from("case 1", day)).pipe(when(world, start))
        assert.deepStrictEqual(yield* releaseHold(named(ref), from("case 1", 0)).pipe(when(world, at(-1))), { keptUntil: undefined })
        assert.deepStrictEqual(yield* world.inBucket, [ref])
        assert.strictEqual(yield* world.held.count, 0)
        assert.deepStrictEqual(yield* world.vault.inventory, { live: [], buckets: [dueAt], holds: [] })
        assert.deepStrictEqual(Option.getOrThrow(yield* world.held.find(ref, dueAt)).orders, [])
        assert.deepStrictEqual(yield* releaseHold(named(ref), from("case 1", 0)).pipe(when(world, at(-1))), { keptUntil: undefined })
        assert.deepStrictEqual(yield* orderHold(named(ref), from("case 1", day)).pipe(when(world, at(-1))), { keptUntil: at(day) })
        yield* releaseHold(named(ref), from("case 1", 0)).pipe(when(world, at(-1)))
        yield* sweepAt(world, dueAt)
        assert.strictEqual(yield* isThere(world, ref), false)
      }))

    it.effect("destroys a trace that is released past its own deadline at once, or at the next sweep when the clock is in doubt", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const [one, two] = [newRef(), newRef()]
        for (const ref of [one, two]) {
          yield* world.put(ref)
          yield* orderHold(named(ref), from("case 1", day)).pipe(when(world, start))
        }
        assert.deepStrictEqual(yield* releaseHold(named(one), from("case 1", 0)).pipe(when(world, dueAt)), { keptUntil: undefined })
        assert.strictEqual(yield* isThere(world, one), false)
        assert.strictEqual(yield* world.held.count, 1)
        assert.strictEqual((yield* world.vault.inventory).holds.length, 1)
        assert.deepStrictEqual(yield* releaseHold(named(two), from("case 1", 0)).pipe(when(world, dueAt, at(1))), { keptUntil: undefined })
        assert.deepStrictEqual((yield* world.vault.inventory).holds.map(({ until }) => until), [dueAt])
        assert.strictEqual(rule(yield* Effect.flip(orderHold(named(two), from("case 1", day)).pipe(when(world, dueAt)))), "E-05")
        assert.strictEqual(yield* world.held.forget(dueAt), 1)
        assert.deepStrictEqual((yield* world.vault.inventory).holds, [])
      }))

    it.effect("refuses, with the rule, what comes too late by either clock, lasts too long, or names nothing", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        const refused = (name: NamedTrace, ms: number, now: Instant, latest = now) =>
          Effect.map(Effect.flip(orderHold(name, from("case 1", ms)).pipe(when(world, now, latest))), rule)
        assert.strictEqual(yield* refused(named(ref), day, dueAt), "E-05")
        assert.strictEqual(yield* refused(named(ref), day, start, dueAt), "E-05")
        assert.strictEqual(yield* refused(named(newRef()), day, start), "E-05")
        assert.strictEqual(yield* refused({ sessionRef: ref, deleteAt: at(day) }, day, start), "E-05")
        assert.strictEqual(yield* refused(named(ref), 90 * day + 300_000, start), "X-02")
        assert.strictEqual(yield* world.held.count, 0)
        assert.deepStrictEqual(yield* orderHold(named(ref), from("case 1", 90 * day)).pipe(when(world, start)), { keptUntil: at(90 * day) })
        yield* sweepAt(world, at(90 * day))
        assert.strictEqual(yield* refused(named(ref), 91 * day, at(90 * day)), "E-05")
      }))

    it.effect("keeps every order of several that come at once", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        const orders = ["case 1", "case 2", "case 3"].map((text, index) => orderHold(named(ref), from(text, (index + 1) * day)).pipe(when(world, start)))
        yield* Effect.all(orders, { concurrency: "unbounded" })
        const { orders: kept } = Option.getOrThrow(yield* world.held.find(ref, dueAt))
        assert.deepStrictEqual(kept.map(({ caseRef }) => String(caseRef)).sort(), ["case 1", "case 2", "case 3"])
        assert.deepStrictEqual((yield* world.vault.inventory).holds.map(({ until }) => until), [at(3 * day)])
      }))

    it.effect("refuses what was decided on an older version, and changes nothing for it", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const ref = newRef()
        yield* world.put(ref)
        const before = Option.getOrThrow(yield* world.held.find(ref, dueAt))
        const orders = [from("case 1", day)]
        yield* world.held.keep(before, orders, at(day))
        const held = Option.getOrThrow(yield* world.held.find(ref, dueAt))
        yield* world.held.keep(held, orders, at(2 * day))
        for (const stale of [world.held.keep(before, [], at(3 * day)), world.held.keep(held, [], at(3 * day)), world.held.giveBack(held), world.held.destroy(held)]) {
          assert.strictEqual((yield* Effect.flip(stale))._tag, "Conflict")
        }
        yield* world.held.giveBack(before)
        yield* world.held.destroy(before)
        assert.deepStrictEqual((yield* world.vault.inventory).holds.map(({ until }) => until), [at(2 * day)])
        assert.strictEqual(yield* isThere(world, ref), true)
      }))

    it.effect("forgets what a change that was cut short left: a key without a row, and a row without a key", () =>
      Effect.gen(function*() {
        const world = yield* fresh
        const [one, two] = [newRef(), newRef()]
        for (const ref of [one, two]) {
          yield* world.put(ref)
          yield* orderHold(named(ref), from("case 1", day)).pipe(when(world, start))
        }
        const held = Option.getOrThrow(yield* world.held.find(one, dueAt))
        yield* world.held.destroy(held)
        const left = (yield* world.vault.inventory).holds
        assert.strictEqual(left.length, 1)
        yield* Effect.forEach(left, ({ id }) => world.vault.release(id))
        assert.strictEqual(yield* isThere(world, two), false)
        assert.strictEqual(yield* world.held.forget(start), 1)
        assert.strictEqual(yield* world.held.count, 0)

        yield* world.put(one)
        const { version } = Option.getOrThrow(yield* world.held.find(one, dueAt))
        yield* world.vault.hold(HoldId.make(newRef()), { dataClass: "accessTrace", deleteAt: dueAt, wrapped: version }, at(day), version)
        assert.strictEqual(yield* world.held.forget(start), 0)
        assert.deepStrictEqual((yield* world.vault.inventory).holds, [])
        assert.strictEqual(yield* isThere(world, one), true)
      }))
  })
}
