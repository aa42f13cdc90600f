import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { whole } from "../../../../test/spec/policyMutations.ts"
import { anyPolicy, plants } from "../../../../test/spec/policyPlants.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { explainAll } from "./explain.ts"
import { lint, unservable } from "./lint.ts"
import { decodePolicy } from "./decode.ts"
import { detfinneshjelp } from "./reference/detfinneshjelp.ts"
import { ifengsel } from "./reference/ifengsel.ts"
import { policyRules } from "./rules.ts"

const today = "2026-11-21"
const anyDay = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe("the linter", () => {
  it("finds nothing in the reference policies but what they answer with a named question", () => {
    const found = (policy: typeof ifengsel) =>
      lint(policy, today).map(({ answeredBy, field, rule, severity }) => [severity, field, String(rule), answeredBy])
    assert.deepStrictEqual(found(detfinneshjelp), [
      ["missing", "subProcessors", "DFH-37", "sub-supplier"],
      ["missing", "phone", "DFH-01", "same-counsellor"],
      ["missing", "activities[5].basis", "DFH-39", "cookie-basis"],
      ["missing", "holds", "X-02", "authority-orders"],
      ["missing", "openingHours", "IF-05", "opening-hours"],
      ["missing", "booking.phone", "DFH-21", "phone-number"]
    ])
    assert.deepStrictEqual(found(ifengsel), [
      ["missing", "accessTrace.hoursAfterOpening", "IF-30", "vendor-ip-period"],
      ["missing", "holds", "X-02", "authority-orders"]
    ])
    assert.deepStrictEqual([detfinneshjelp, ifengsel].flatMap(unservable), [])
  })

  it("finds nothing but the cookies' basis in a policy that has everything", () => {
    const answered = lint(decodePolicy(whole), today).map(({ answeredBy, field }) => [field, answeredBy])
    assert.deepStrictEqual(answered, [["activities[5].basis", "cookie-basis"]])
  })

  it.each(plants)("finds $what ($severity, $rule), whatever else stands in the policy", ({ field, plant, rule, severity }) => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const found = unservable(plant(policy)).filter((finding) => finding.field === field && finding.rule === rule)
        assert.include(found.map((finding) => finding.severity), severity)
      }),
      runs(40)
    )
  }, patience)

  it("never lets the day decide whether a policy may be served: only what is stale depends on it", () => {
    fc.assert(
      fc.property(anyPolicy, anyDay, (policy, day) => {
        const found = lint(policy, day)
        const timeless = (findings: ReturnType<typeof lint>) => findings.filter(({ severity }) => severity !== "stale")
        assert.deepStrictEqual(timeless(found), timeless(lint(policy, today)))
        assert.deepStrictEqual(unservable(policy), found.filter(({ answeredBy, severity }) => severity !== "stale" && answeredBy === null))
      }),
      runs(200)
    )
  }, patience)

  it("says each thing once, in a sentence with a remedy, and nothing longer than the policy's own words", () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const found = lint(policy, today)
        assert.strictEqual(new Set(found.map(({ field, says }) => `${field} ${says}`)).size, found.length)
        for (const { remedy, says } of found) assert.match(`${says}\n${remedy}`, /^[A-Z][^\n]{8,160}\.\n[A-Z][^\n]{3,160}\.$/)
      }),
      runs(200)
    )
  }, patience)

  it("trusts what somebody looked at for 183 days, and no day that has not come", () => {
    const read = { ...ifengsel, published: { ...ifengsel.published, readOn: "2026-11-01" } }
    const seen = (day: string) => lint(read, day).filter(({ severity }) => severity === "stale")
    const all = ["links.privacy.lastVerified", "links.whoAnswers.lastVerified", "links.duty.lastVerified", "published.readOn"]
    assert.deepStrictEqual(seen("2027-05-03").map(({ field }) => field), [])
    assert.deepStrictEqual(seen("2027-05-04").map(({ field, rule, says }) => [field, String(rule), says]), all.map((field, at) => [
      field,
      ["DFH-04", "IF-11", "IF-21", "X-12"][at],
      "Nobody has looked at this for more than 183 days."
    ]))
    assert.deepStrictEqual(seen("2026-11-01").map(({ field }) => field), [])
    assert.deepStrictEqual(seen("2026-10-31").map(({ field, says }) => [field, says]), all.map((field) => [field, "This day has not come yet."]))
  })

  it("and the explanations of the fields answer to every rule that a policy is held to", () => {
    const answered = new Set([
      ...plants.map(({ rule }) => rule),
      ...explainAll().map(({ rule }) => String(rule)),
      ...lint(detfinneshjelp, today).map(({ rule }) => String(rule))
    ])
    assert.deepStrictEqual(Object.values(policyRules).map(({ id }) => String(id)).filter((id) => !answered.has(id)), ["DFH-43"])
  })

  it("counts a contract as ended on the day after its last", () => {
    const ended = (day: string) =>
      lint(decodePolicy(whole), day).filter(({ rule }) => rule === "DFH-37").map(({ field, severity }) => [field, severity])
    assert.deepStrictEqual(ended("2027-12-31"), [])
    assert.deepStrictEqual(ended("2028-01-01"), [["subProcessors[0].contractUntil", "stale"]])
  })
})
