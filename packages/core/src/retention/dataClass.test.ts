import { assert, describe, it } from "vitest"
import { Period } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { clockSkew, declarations, invitationPeriod, staffSessionPeriod, sweepInterval, worstCase } from "./dataClass.ts"

const hour = 3_600_000
/** Each data class with its rule, realm, clock, period in hours, and whether it is stored. */
const declared = (policy: Policy) =>
  declarations(policy).map(({ dataClass, rule, realm, clock, period, stored }) => [dataClass, String(rule), realm, clock, period === undefined ? period : period / hour, stored])

const everywhere = [
  ["endedSession", "X-03", "service", "ended", 24, true],
  ["invitation", "X-03", "service", "issued", 24, true],
  ["staffSession", "X-03", "service", "issued", 12, true],
  ["installation", "X-12", "service", "none", undefined, true]
]

describe("the data classes", () => {
  it("of Det finnes hjelp are these, each with its rule, place, clock and period", () => {
    assert.deepStrictEqual(declared(detfinneshjelp), [
      ["content", "DFH-07", "service", "ended", 0, false],
      ["accessTrace", "DFH-11", "vendor", "opened", 168, true],
      ["liveSession", "DFH-08", "service", "opened", 4, true],
      ...everywhere,
      ["triage", "DFH-17", "service", "opened", 168, true],
      ["consent", "DFH-14", "service", "opened", 168, true],
      ["anonymousNote", "DFH-17", "service", "none", undefined, true],
      ["booking", "DFH-24", "service", "issued", 24, true],
      ["concern", "X-08", "service", "closed", 2160, true],
      ["webLog", "DFH-44", "service", "issued", 336, true]
    ])
  })

  it("of I fengsel are these", () => {
    assert.deepStrictEqual(declared(ifengsel), [
      ["content", "IF-17", "service", "ended", 72, true],
      ["accessTrace", "IF-30", "vendor", "opened", 72, true],
      ["liveSession", "IF-17", "service", "opened", 4, true],
      ...everywhere,
      ["concern", "X-08", "service", "closed", 2160, true],
      ["ageCount", "IF-32", "service", "none", undefined, true]
    ])
  })

  it("of a service with a telephone have its calls, and without cases about danger have none of these", () => {
    const [first, ...rest] = ifengsel.activities.map((activity) => ({ ...activity, dataClasses: ["content"] as const }))
    if (first === undefined) return assert.fail("there is an activity")
    const calling = { ...ifengsel, statistics: null, phone: { number: "80000000", reservedMinutes: 45, codeDigits: 6 }, activities: [first, ...rest] as const }
    assert.deepStrictEqual(declared(calling).slice(7), [["phoneCall", "DFH-22", "service", "issued", 0.75, true]])
  })
})

describe("the periods that no policy sets", () => {
  it("are these, and the longest that anything exists is its period, the clock's error and a sweep more", () => {
    assert.deepStrictEqual([invitationPeriod, staffSessionPeriod, sweepInterval, clockSkew].map(Number), [24 * hour, 12 * hour, 60_000, 5000])
    assert.strictEqual(Number(worstCase(Period.make(hour))), hour + 65_000)
  })
})
