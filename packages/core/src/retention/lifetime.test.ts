import { assert, describe, it } from "vitest"
import { hours, minutes, Period, seconds } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import type { Policy } from "../policy/policy.ts"
import { declarations } from "./dataClass.ts"
import { worstCaseLifetime } from "./lifetime.ts"

const of = (policy: Policy, dataClass: string) => {
  const declaration = declarations(policy).find((one) => one.dataClass === dataClass)
  return declaration && worstCaseLifetime(policy, declaration)
}
const slack = { clockSkew: seconds(5), sweepInterval: minutes(1) }
const sum = (...periods: ReadonlyArray<number>) => Period.make(periods.reduce((total, period) => total + period, 65_000))

describe("the longest life of a datum", () => {
  it("is the promise, the clock's error and one sweep, with what nobody can bound said", () => {
    assert.deepStrictEqual(of(detfinneshjelp, "endedSession"), { bounded: sum(hours(24)), promise: hours(24), ...slack, order: hours(0), unbounded: "everyServerOff" })
  })

  it("is longer by the longest order where the policy lets orders keep that kind", () => {
    const order = hours(90 * 24)
    assert.deepStrictEqual(of(detfinneshjelp, "accessTrace"), { bounded: sum(hours(168), order), promise: hours(168), ...slack, order, unbounded: "everyServerOff" })
    assert.deepStrictEqual(of(ifengsel, "content"), { bounded: sum(hours(72), order), promise: hours(72), ...slack, order, unbounded: "everyServerOff" })
    const without = { ...ifengsel, holds: null }
    assert.deepStrictEqual(of(without, "content"), { bounded: sum(hours(72)), promise: hours(72), ...slack, order: hours(0), unbounded: "everyServerOff" })
  })

  it("of what is never stored is the promise itself, and of what has no clock is not a figure", () => {
    const none = hours(0)
    assert.deepStrictEqual(of(detfinneshjelp, "content"), { bounded: none, promise: none, clockSkew: none, sweepInterval: none, order: none, unbounded: null })
    assert.isUndefined(of(detfinneshjelp, "installation"))
  })
})
