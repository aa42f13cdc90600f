import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { orderHold, releaseHold } from "@fortrolig/core/app/hold"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { newDisk, openDisk, usedSlots } from "../contracts/disk.contract.ts"
import { dueAt, newRef, service, start } from "../contracts/fixtures.contract.ts"
import { from, named, when } from "../contracts/heldTraces.contract.ts"
import { traceRowsMemory } from "../memory/heldTraces.ts"
import { holding, type TraceRow, type TraceRows } from "./holding.ts"
import { traceContext } from "./traceSeal.ts"

const day = 86_400_000

/** Rows of which the `n`th use fails once: before it did anything, or after it did all of it. */
const failingRows = (rows: TraceRows, n: number, how: "before" | "after"): { readonly rows: TraceRows; readonly used: () => number } => {
  let used = 0
  const failing = <A>(work: Effect.Effect<A, StoreUnavailable>): Effect.Effect<A, StoreUnavailable> =>
    Effect.suspend(() => {
      used += 1
      const failure = Effect.fail(new StoreUnavailable({ operation: "planted" }))
      if (used !== n) return work
      return how === "before" ? failure : Effect.andThen(work, failure)
    })
  return {
    used: () => used,
    rows: {
      inBucket: (ref, deleteAt) => failing(rows.inBucket(ref, deleteAt)),
      held: (ref) => failing(rows.held(ref)),
      hold: (before, row) => failing(rows.hold(before, row)),
      replace: (before, row) => failing(rows.replace(before, row)),
      giveBack: (before, row) => failing(rows.giveBack(before, row)),
      remove: (before) => failing(rows.remove(before)),
      allHeld: failing(rows.allHeld)
    }
  }
}

/** All that an order can do to one trace, and the trace beside it that no order names; each step can be asked for again. */
const steps = (world: { readonly held: HeldTraces["Service"]; readonly vault: Vault }, ref: SessionRef): ReadonlyArray<Effect.Effect<unknown, { readonly _tag: string }>> => [
  orderHold(named(ref), from("case 1", day)).pipe(when(world, start)),
  orderHold(named(ref), from("case 2", 2 * day)).pipe(when(world, start)),
  releaseHold(named(ref), from("case 1", 0)).pipe(when(world, start)),
  releaseHold(named(ref), from("case 2", 0)).pipe(when(world, start)),
  orderHold(named(ref), from("case 3", day)).pipe(when(world, start)),
  world.held.forget(start),
  releaseHold(named(ref), from("case 3", 0)).pipe(when(world, dueAt)),
  world.vault.destroyDue(dueAt),
  world.held.forget(dueAt)
]
/** The steps before the trace's own deadline. */
const early = 6

/** Lives the life with one failure in it, restarting after the failure; answers how many failures there could have been. */
const live = Effect.fnUntraced(function*(where: "rows" | "vault", n: number, how: "before" | "after") {
  const disk = newDisk()
  const [traces, held] = [new Map<SessionRef, Omit<TraceRow, "ref">>(), new Map<SessionRef, Omit<TraceRow, "ref">>()]
  const [ref, other] = [newRef(), newRef()]
  let vault = openDisk(disk)
  for (const one of [ref, other]) traces.set(one, { ...(yield* vault.sealUntil("accessTrace", dueAt, Buffer.from("synthetic"), traceContext(one))), service, deleteAt: dueAt })
  const writesBefore = disk.writes()
  const sound = traceRowsMemory(traces, held)
  const failing = failingRows(sound, where === "rows" ? n : 0, how)
  if (where === "vault") disk.failAt(n, how)

  let world = { held: holding(failing.rows, vault), vault }
  for (const index of steps(world, ref).keys()) {
    const step = () => steps(world, ref)[index] ?? Effect.void
    const failed = yield* Effect.match(step(), {
      onSuccess: () => false,
      onFailure: (error) => {
        assert.strictEqual(error._tag, "StoreUnavailable", `step ${index}`)
        return true
      }
    })
    // A process that starts again knows what is on the disk and in the rows.
    vault = openDisk(disk)
    world = { held: holding(failing.rows, vault), vault }
    if (failed) {
      if (index < early) assert.isTrue(Option.isSome(yield* holding(sound, vault).find(ref, dueAt)), `before its deadline the trace is there, step ${index}`)
      yield* step()
    }
    if (index <= early) assert.isTrue(Option.isSome(yield* holding(sound, vault).find(other, dueAt)), "no other trace is touched")
  }
  assert.deepStrictEqual([held.size, usedSlots(disk)], [0, 0], `${where} ${n} ${how}`)
  for (const one of [ref, other]) assert.deepStrictEqual(yield* holding(sound, vault).find(one, dueAt), Option.none())
  return where === "rows" ? failing.used() : disk.writes() - writesBefore
})

describe("a trace under orders", () => {
  for (const where of ["rows", "vault"] as const) {
    it.effect(`is readable until its deadline and gone after its release, whichever use of the ${where} fails, before or after it was done`, () =>
      Effect.gen(function*() {
        let tried = 0
        for (let n = 1; ; n++) {
          const possible = Math.max(yield* live(where, n, "before"), yield* live(where, n, "after"))
          if (n > possible) break
          tried = n
        }
        assert.strictEqual(tried, where === "rows" ? 24 : 9)
      }), 30_000)
  }
})
