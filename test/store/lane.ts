/**
 * Runs of the scenario, one after the other in one database, each forty days after the one before: what a run leaves behind would be seen in the next.
 */
import { assert } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import { after, hours, Instant } from "@fortrolig/core/kernel/instant"
import { type Dump, openEyes } from "./dump.ts"
import { ground, Hands } from "./ground.ts"
import { begin, type Step, steps } from "./scenario.ts"
import { databases, stack, type Vaults } from "./stack.ts"
import { type Gate, openGate, type Spring, type Trap } from "./trap.ts"

/** The middle of a month: whole hours, and whole buckets. */
const first = Instant.make(Date.UTC(2026, 0, 7, 15))

/** When a run begins. */
export const startOf = (run: number): Instant => after(first, hours(run * 24 * 40))

/** How one run is to be disturbed. */
export interface Disturbance {
  readonly vaults?: Vaults
  readonly gate?: Gate
  /** Set anew before each step, and where it springs there; at a sweep it is set before each try, and springs once in each. */
  readonly trap?: Trap
  readonly springs?: (step: Step) => ReadonlyArray<Spring>
  /** Told before and after each step. */
  readonly begun?: (step: Step) => Effect.Effect<void>
  readonly heard?: (step: Step) => Effect.Effect<void>
}

/** A database, and runs in it. */
export const openLane = Effect.fnUntraced(function*(url: Redacted.Redacted, statements?: Trap) {
  const on = yield* databases(url, statements)
  const eyes = yield* openEyes(url)
  let runs = 0
  /** One run, disturbed or not; answers what was there just before the first deadlines, and at the end. */
  const run = Effect.fnUntraced(function*({ begun, gate = openGate, heard, springs = () => [], trap, vaults = { service: vaultMemory(), custody: vaultMemory() } }: Disturbance = {}) {
    const hands = new Hands(startOf(runs))
    runs += 1
    const stores = yield* stack(on, vaults, gate)
    const dumps = new Map<number, Dump>()
    yield* Effect.gen(function*() {
      let tries: Array<Spring> = []
      let sweeping = false
      const life = yield* begin(hands, () => {
        if (sweeping) trap?.set(tries.splice(0, 1))
      })
      for (const step of steps) {
        tries = [...springs(step)]
        sweeping = step.sweeps
        trap?.set(step.sweeps ? [] : tries)
        hands.to(step.minute)
        if (begun !== undefined) yield* begun(step)
        yield* step.run(life).pipe(Effect.mapError((error) => new Error(`${step.name}: ${String(error)}`, { cause: error })))
        // A fault that a sweep got over by itself: the next sweep of that minute meets the next one.
        while (step.sweeps && tries.length > 0) yield* step.run(life)
        assert.strictEqual(yield* eyes.denied, 0, `rows that the ledger denies after ${step.name}`)
        if (heard !== undefined) yield* heard(step)
        trap?.set([])
        if (step.minute === 75 || step.minute === 1800) dumps.set(step.minute, yield* eyes.dump(hands.start, vaults))
      }
    }).pipe(Effect.provide(Context.merge(stores, yield* ground(hands, String(runs)))), Effect.scoped)
    yield* eyes.clear
    return { before: dumps.get(75) ?? [], end: dumps.get(1800) ?? [] }
  })
  return { run, eyes, on }
})
