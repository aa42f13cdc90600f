import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { keptUntil, tighten } from "@fortrolig/core/app/tighten"
import { after, floorTo, hours, minutes } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { type KeptUntil, Tightening } from "@fortrolig/core/ports/Tightening"
import { wednesday, world } from "./world.ts"

/** Tightens, and answers what the stores were told. */
const told = (turn: Partial<Pick<ReturnType<typeof world>["knobs"], "suspect">> = {}) => {
  const { knobs, layer } = world({ policies: [ifengsel] })
  Object.assign(knobs, turn)
  const heard: Array<readonly [string, ReadonlyArray<KeptUntil>]> = []
  const listening = Tightening.of({
    tighten: (part, kept) =>
      Effect.sync(() => {
        heard.push([part, kept])
        return part === "service" ? { destroyed: 1, shortened: 2 } : { destroyed: 10, shortened: 20 }
      })
  })
  return tighten.pipe(Effect.provideService(Tightening, listening), Effect.map((sum) => ({ sum, heard })), Effect.provide(layer))
}

const latestOf = (policy: Policy, part: "service" | "vendor", dataClass: string) =>
  keptUntil([policy], part, wednesday).find((one) => one.dataClass === dataClass)?.latest

describe("policies that keep less than was kept before", () => {
  it.effect("are told to both realms, each what is kept there and until when", () =>
    Effect.gen(function*() {
      const { heard, sum } = yield* told()
      assert.deepStrictEqual(heard, [["service", keptUntil([ifengsel], "service", wednesday)], ["vendor", keptUntil([ifengsel], "vendor", wednesday)]])
      assert.deepStrictEqual(sum, { destroyed: 11, shortened: 22 })
    }))

  it.effect("are told to nobody while the clock is in doubt", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told({ suspect: true }), { heard: [], sum: { destroyed: 0, shortened: 0 } })
    }))

  it("keep a class until the deadline of what would be stored now, floored to its bucket", () => {
    const bucket = minutes(ifengsel.bucketMinutes)
    assert.strictEqual(latestOf(ifengsel, "service", "content"), floorTo(after(wednesday, hours(72)), bucket))
    assert.strictEqual(latestOf(ifengsel, "vendor", "accessTrace"), floorTo(after(wednesday, hours(ifengsel.accessTrace.hoursAfterOpening)), bucket))
    assert.strictEqual(latestOf(detfinneshjelp, "vendor", "accessTrace"), floorTo(after(wednesday, hours(168)), bucket))
  })

  it("keep nothing of a class that the policy does not store, nor in the realm that is not its own", () => {
    assert.strictEqual(latestOf(detfinneshjelp, "service", "content"), undefined)
    assert.strictEqual(latestOf(ifengsel, "service", "accessTrace"), undefined)
    assert.strictEqual(latestOf(ifengsel, "service", "installation"), undefined)
    assert.deepStrictEqual(keptUntil([], "service", wednesday), [])
  })
})
