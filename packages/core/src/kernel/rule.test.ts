import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { rule, RuleId } from "./rule.ts"

describe("a rule", () => {
  it("has an id, what it says, where it comes from, and what more is known of it", () => {
    assert.deepStrictEqual(rule("DFH-11", "text", "citation"), { id: RuleId.make("DFH-11"), text: "text", citation: "citation" })
    assert.deepStrictEqual(rule("E-07", "text", "citation", { since: "2023-01-01", gap: "gap" }), {
      id: RuleId.make("E-07"),
      text: "text",
      citation: "citation",
      since: "2023-01-01",
      gap: "gap"
    })
  })

  it("has an id of one of the five kinds, with two digits", () => {
    const is = Schema.is(RuleId)
    const ids = ["DFH-01", "IF-17", "DUV-05", "X-03", "E-99", "DFH-1", "DFH-111", "ABC-01", "XDFH-01", "DFH-1a", ""]
    assert.deepStrictEqual(ids.map((id) => is(id)), [true, true, true, true, true, false, false, false, false, false, false])
    assert.throws(() => rule("DFH-1", "text", "citation"))
  })
})
