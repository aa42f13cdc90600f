import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { deviations, inPublishedWords, published } from "../../../../test/spec/consentLifecycle.ts"
import { edgesOf } from "../kernel/table.ts"
import { consentTable } from "./table.ts"

describe("the life cycle of a consent", () => {
  it("has the edges of the published consent-status life cycle (W3C DPV), but for the deviations that are listed with their reasons", () => {
    const missing = deviations.filter(({ ours }) => ours === "missing").map(({ edge }) => edge)
    const more = deviations.filter(({ ours }) => ours === "more").map(({ edge }) => edge)
    const expected = [...published.filter((edge) => !missing.includes(edge)), ...more]
    assert.deepStrictEqual([...inPublishedWords(edgesOf(consentTable))].toSorted(), expected.toSorted())
  })

  it("lists no deviation that is none", () => {
    assert.deepStrictEqual(
      deviations.filter(({ edge, ours }) => published.includes(edge) !== (ours === "missing")),
      []
    )
  })

  it("explains every deviation in its decision record", () => {
    const record = readFileSync(new URL("../../../../docs/adr/0010-consent-life-cycle.md", import.meta.url), "utf8")
    assert.deepStrictEqual(
      deviations.filter(({ edge, why }) => !record.includes(`\`${edge}\``) || !record.includes(why)),
      []
    )
  })
})
