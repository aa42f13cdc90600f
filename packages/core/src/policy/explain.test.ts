import { readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { schemaFields } from "../../../../test/spec/policyFields.ts"
import { directions } from "./diff/direction.ts"
import { explain, explainAll } from "./explain.ts"
import { explanationAt, isField, patternOf } from "./explanations/fields.ts"
import { policyPage } from "./page.ts"

const pageFile = join(import.meta.dirname, "../../../../docs/policy.md")

describe("the explanations of a policy", () => {
  it("are of exactly the fields that the schema has, and so are the directions of the diff", () => {
    const fields = schemaFields.map(({ path }) => path).toSorted()
    assert.isAbove(fields.length, 130)
    assert.deepStrictEqual(explainAll().map(({ field }) => field).toSorted(), fields)
    assert.deepStrictEqual(Object.keys(directions).toSorted(), fields)
  })

  it("name the bounds that the schema sets", () => {
    const bounded = schemaFields.filter(({ bounds }) => bounds.length > 0)
    assert.isAbove(bounded.length, 30)
    for (const { bounds, path } of bounded) {
      const { remedy = "" } = explanationAt(path) ?? {}
      for (const number of bounds.flat()) assert.match(remedy, new RegExp(`\\b${number}\\b`), path)
    }
  })

  it("are one plain sentence each, with a remedy", () => {
    for (const { decides, field, remedy } of explainAll()) {
      assert.match(decides, /^[A-Z][^\n]{5,110}\.$/, field)
      assert.match(remedy, /^[A-Z][^\n]{5,}\.$/, field)
    }
  })

  it("are told of one field", () => {
    assert.deepStrictEqual({ ...explain("limits.idleMinutes") }, {
      decides: "How long a chat may be silent before it ends.",
      unit: "whole minutes",
      rule: explain("content.hoursAfterEnd").rule,
      remedy: "Write a whole number of minutes from 1 to 1440."
    })
    assert.strictEqual(String(explain("limits.idleMinutes").rule), "IF-17")
  })

  it("are found for places in lists, and for what lies within a field that has no parts of its own", () => {
    const at = (path: string) => explainAll().find(({ decides }) => decides === explanationAt(path)?.decides)?.field
    const places = ["activities[2].basis[0]", "name.en", "disclosure.recipients[3]", "openingHours.exceptions[1].windows[0].opens", "nowhere.at.all"]
    assert.deepStrictEqual(places.map(at), [
      "activities[].basis",
      "name",
      "disclosure.recipients",
      "openingHours.exceptions[].windows[].opens",
      undefined
    ])
    assert.deepStrictEqual(["activities[].basis", "activities[0].basis", "basis", ""].map(isField), [true, false, false, false])
    assert.strictEqual(patternOf("a[0].b[12]"), "a[].b[]")
  })

  it("are the page docs/policy.md: run `npm run docs` when this fails", () => {
    assert.strictEqual(readFileSync(pageFile, "utf8"), policyPage())
  })
})
