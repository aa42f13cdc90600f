import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { coarsePeriod } from "./coarse.ts"

const at = (text: string) => Instant.make(Date.parse(text))

describe("the period of an anonymous note", () => {
  it.each([
    ["1970-01-01T00:00:00Z", "1970-W01", "1970-01", "1970-Q1"],
    ["2020-12-31T23:59:59.999Z", "2020-W53", "2020-12", "2020-Q4"],
    ["2021-01-01T00:00:00Z", "2020-W53", "2021-01", "2021-Q1"],
    ["2026-01-01T00:00:00Z", "2026-W01", "2026-01", "2026-Q1"],
    ["2021-01-03T23:59:59.999Z", "2020-W53", "2021-01", "2021-Q1"],
    ["2021-01-04T00:00:00Z", "2021-W01", "2021-01", "2021-Q1"],
    ["2024-02-29T12:00:00Z", "2024-W09", "2024-02", "2024-Q1"],
    ["2024-12-30T00:00:00Z", "2025-W01", "2024-12", "2024-Q4"],
    ["2026-03-31T23:59:59.999Z", "2026-W14", "2026-03", "2026-Q1"],
    ["2026-04-01T00:00:00Z", "2026-W14", "2026-04", "2026-Q2"],
    ["2026-09-30T00:00:00Z", "2026-W40", "2026-09", "2026-Q3"]
  ])("of %s is %s, %s or %s", (text, week, month, quarter) => {
    assert.deepStrictEqual([coarsePeriod(at(text), "week"), coarsePeriod(at(text), "month"), coarsePeriod(at(text), "quarter")], [week, month, quarter])
  })

  it("agrees with the calendar of the platform for every moment from 1970 to 2999", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(3000, 0, 1) - 1 }), (ms) => {
        const date = new Date(ms)
        const month = date.toISOString().slice(0, 7)
        const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - (date.getUTCDay() || 7)))
        const week = Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7)
        assert.deepStrictEqual(coarsePeriod(Instant.make(ms), "month"), month)
        assert.deepStrictEqual(coarsePeriod(Instant.make(ms), "quarter"), `${month.slice(0, 4)}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`)
        assert.deepStrictEqual(coarsePeriod(Instant.make(ms), "week"), `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`)
      }),
      runs(2000)
    )
  })
})
