import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { after, before, earlier, elapsed, floorTo, hours, Instant, later, minutes, Period, seconds } from "./instant.ts"

const at = (ms: number) => Instant.make(ms)
const last = 8.64e15

describe("periods", () => {
  it("are whole milliseconds, made of seconds, minutes and hours", () => {
    assert.deepStrictEqual([seconds(0), seconds(1.5), minutes(2), hours(24)].map(Number), [0, 1500, 120_000, 86_400_000])
    assert.strictEqual(Number(seconds(last / 1000)), last)
  })

  it.each([-1, 0.0001, last / 1000 + 1, Infinity, Number.NaN])("cannot be %d seconds", (n) => {
    assert.throws(() => seconds(n))
  })

  it("and instants are never negative, broken, or beyond the last date", () => {
    for (const is of [Schema.is(Instant), Schema.is(Period)] as const) {
      assert.deepStrictEqual([0, 1, last, -1, 0.5, last + 2, Number.NaN, "0"].map((value) => is(value)), [true, true, true, false, false, false, false, false])
    }
  })
})

describe("instants", () => {
  it("lie before and after one another, and never before the epoch", () => {
    assert.strictEqual(after(at(5), Period.make(3)), at(8))
    assert.deepStrictEqual([before(at(5), Period.make(3)), before(at(5), Period.make(5)), before(at(5), Period.make(6))], [at(2), at(0), at(0)])
    assert.deepStrictEqual([elapsed(at(3), at(5)), elapsed(at(5), at(5)), elapsed(at(5), at(3))].map(Number), [2, 0, 0])
  })

  it("lie in buckets that begin at the multiples of a width, and a width of zero is none", () => {
    assert.deepStrictEqual([0, 9, 10, 19, 20].map((ms) => Number(floorTo(at(ms), Period.make(10)))), [0, 0, 10, 10, 20])
    assert.strictEqual(floorTo(at(17), Period.make(0)), at(17))
  })

  it("have an earlier and a later of two", () => {
    assert.deepStrictEqual([earlier(at(1), at(2)), earlier(at(2), at(1)), earlier(at(2), at(2))], [at(1), at(1), at(2)])
    assert.deepStrictEqual([later(at(1), at(2)), later(at(2), at(1)), later(at(2), at(2))], [at(2), at(2), at(2)])
  })
})
