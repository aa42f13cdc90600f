import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { beginning, type Moment, moments, otherClass, otherSession, terms, trace } from "../../../../test/spec/retentionLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { hours, Instant } from "../kernel/instant.ts"
import type { Trusted } from "../kernel/trustedClock.ts"
import { retentionMachine } from "./machine.ts"
import { CaseRef, type Item } from "./messages.ts"
import { keyOf, type Register, shows, sweep, tell } from "./register.ts"

const items: ReadonlyArray<Item> = [trace, otherSession, otherClass]
const trusted = (now: number): Trusted => ({ now: Instant.make(now), latest: Instant.make(now), suspect: false })
const empty: Register = new Map()

type Told = readonly [Item, Moment]
const told = (only?: Item): fc.Arbitrary<ReadonlyArray<Told>> => fc.array(fc.tuple(only === undefined ? fc.constantFrom(...items) : fc.constant(only), moments), { maxLength: 30, size: "max" })

/** Every datum's own history on one clock, an order naming the datum that it is given to, with a sweep after each command and one long after all of them. */
const lived = (machine: ReturnType<typeof retentionMachine>, history: ReadonlyArray<Told>, without?: Item): Register => {
  let register = empty
  let now = beginning
  for (const [item, { gap, wish }] of history) {
    now += Math.abs(gap)
    const command = wish(now, register.get(keyOf(item)) ?? machine.initial)
    if (item !== without) register = tell(machine, register, item, "item" in command ? { ...command, item } : command)
    register = sweep(machine, register, trusted(now))
  }
  return register
}

describe("the clocks of many data", () => {
  it("are the same with and without one datum, from its destruction on: nothing in them tells that it was there", () => {
    fc.assert(
      fc.property(terms, told(), fc.constantFrom(...items), (holds, history, one) => {
        const machine = retentionMachine(holds)
        const both = lived(machine, history)
        const without = lived(machine, history, one)
        const rest = new Map([...both].filter(([key]) => key !== keyOf(one)))
        assert.deepStrictEqual(rest, new Map(without))
        // Long after, every period and every order has run out, and all that has begun to count is gone.
        const later = trusted(beginning + 400 * 24 * 3_600_000)
        assert.deepStrictEqual([sweep(machine, both, later), sweep(machine, without, later)], [empty, empty])
      }),
      runs(500)
    )
  }, patience)

  it("show a datum that is counting, not one that never was, and not one that is gone", () => {
    const machine = retentionMachine(null)
    const at = Instant.make(beginning)
    const counting = tell(machine, empty, trace, { _tag: "Start", at, item: trace, startedAt: at, period: hours(1), bucketMinutes: 1 })
    assert.deepStrictEqual([trace, otherSession].map((item) => shows(counting, item, at)), [true, false])
    const due = Instant.make(beginning + 3_600_000)
    assert.deepStrictEqual([shows(counting, trace, Instant.make(due - 1)), shows(counting, trace, due)], [true, false])
    assert.strictEqual(sweep(machine, counting, trusted(due - 1)).size, 1)
    assert.strictEqual(sweep(machine, counting, trusted(due)).size, 0)
    assert.strictEqual(sweep(machine, counting, { ...trusted(due), suspect: true }), counting)
  })

  it("keep the datum when a sweep and an order meet at the same instant, whichever comes first before the deadline", () => {
    const machine = retentionMachine({ items: ["accessTrace"], maximumDays: 1 })
    const at = Instant.make(beginning)
    const counting = tell(machine, empty, trace, { _tag: "Start", at, item: trace, startedAt: at, period: hours(1), bucketMinutes: 1 })
    const last = Instant.make(beginning + 3_599_999)
    const order = { _tag: "Order", at: last, authority: "police", caseRef: CaseRef.make("case 1"), item: trace, until: Instant.make(beginning + 7_200_000) } as const
    const first = sweep(machine, tell(machine, counting, trace, order), trusted(last))
    const second = tell(machine, sweep(machine, counting, trusted(last)), trace, order)
    assert.deepStrictEqual(first, second)
    const held = sweep(machine, first, trusted(beginning + 7_199_999))
    assert.strictEqual(held.size, 1)
    // It survives being written down and read again, and goes at the first sweep after it is taken back.
    const restored: Register = new Map(JSON.parse(JSON.stringify([...held])))
    const released = tell(machine, restored, trace, { _tag: "Release", at: Instant.make(beginning + 4_000_000), authority: "police", caseRef: order.caseRef })
    assert.strictEqual(sweep(machine, released, trusted(beginning + 4_000_000)).size, 0)
  })
})
