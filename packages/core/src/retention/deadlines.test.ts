import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { hours, Instant, Period } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { accessTraceDeleteAt, contentDeleteAt, deadlines, deleteAt, sessionRowDeleteAt } from "./deadlines.ts"

const utc = (text: string) => Instant.make(Date.parse(text))

describe("a deadline", () => {
  it("is never later than the promise, earlier by less than one bucket, and a whole number of buckets", () => {
    const instants = fc.integer({ min: 0, max: 4e12 }).map((n) => Instant.make(n))
    const periods = fc.integer({ min: 0, max: 366 * 24 * 3_600_000 }).map((n) => Period.make(n))
    fc.assert(
      fc.property(instants, periods, fc.integer({ min: 1, max: 1440 }), (start, period, bucketMinutes) => {
        const due = deleteAt(start, period, { bucketMinutes })
        const early = start + period - due
        assert.isAtLeast(early, 0)
        assert.isBelow(early, bucketMinutes * 60_000)
        assert.strictEqual(due % (bucketMinutes * 60_000), 0)
      }),
      runs(2000)
    )
  }, patience)

  it("does not depend on what happens between opening and end, and the trace's not on the end at all", () => {
    const instants = fc.integer({ min: 0, max: 4e12 })
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 4 * 3_600_000 }), fc.constantFrom(detfinneshjelp, ifengsel), (start, length, policy) => {
        const startedAt = Instant.make(start)
        const endedAt = Instant.make(start + length)
        const all = deadlines(policy, { startedAt, endedAt })
        assert.strictEqual(all.ip, deadlines(policy, { startedAt, endedAt: startedAt }).ip)
        assert.deepStrictEqual(all, {
          text: contentDeleteAt(policy, endedAt),
          ip: accessTraceDeleteAt(policy, startedAt),
          session: sessionRowDeleteAt(policy, endedAt)
        })
      }),
      runs(500)
    )
  }, patience)

  it("counts 168 elapsed hours across both changes of the clock (E-01)", () => {
    const opened = [utc("2026-03-27T12:00:00+01:00"), utc("2026-10-23T12:00:00+02:00")]
    assert.deepStrictEqual(
      opened.map((at) => accessTraceDeleteAt(detfinneshjelp, at)),
      [utc("2026-04-03T13:00:00+02:00"), utc("2026-10-30T11:00:00+01:00")]
    )
  })

  it("is not seven days of the calendar, which would be 167 or 169 hours (E-01)", () => {
    const hour = 3_600_000
    const noons = [
      ["2026-03-27T12:00:00+01:00", "2026-04-03T12:00:00+02:00", 167],
      ["2026-10-23T12:00:00+02:00", "2026-10-30T12:00:00+01:00", 169]
    ] as const
    for (const [opened, noon, calendar] of noons) {
      assert.strictEqual((utc(noon) - utc(opened)) / hour, calendar)
      assert.strictEqual((accessTraceDeleteAt(detfinneshjelp, utc(opened)) - utc(opened)) / hour, 168)
    }
  })

  it("of I fengsel is 72 hours: of the text from the end, of the trace from the opening", () => {
    const startedAt = utc("2026-03-27T15:00:00+01:00")
    const endedAt = utc("2026-03-27T16:32:10+01:00")
    assert.deepStrictEqual(deadlines(ifengsel, { startedAt, endedAt }), {
      text: utc("2026-03-30T17:30:00+02:00"),
      ip: utc("2026-03-30T16:00:00+02:00"),
      session: utc("2026-03-28T16:30:00+01:00")
    })
  })

  it("of text that lives in two browsers only is the end itself", () => {
    const endedAt = utc("2026-03-27T16:32:10+01:00")
    assert.strictEqual(contentDeleteAt(detfinneshjelp, endedAt), endedAt)
  })
})

describe("a period", () => {
  it("is refused when it is no whole, non-negative number of milliseconds", () => {
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e-7]) assert.throws(() => hours(wrong))
    assert.strictEqual(hours(168), 604_800_000)
  })
})
