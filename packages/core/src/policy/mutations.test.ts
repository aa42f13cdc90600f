import { assert, describe, it } from "vitest"
import { bases, type Mutation, mutations, withValue } from "../../../../test/spec/policyMutations.ts"
import { lint } from "./lint.ts"
import { decodePolicy, policyProblems } from "./decode.ts"
import { type Problem } from "./problems.ts"

const today = "2026-11-21"

/** Why a policy is refused, by its shape or else by its meaning; what a named question answers is no refusal. */
const refusals = (input: unknown): ReadonlyArray<Problem> => {
  const problems = policyProblems(input)
  return problems.length > 0 ? problems : lint(decodePolicy(input), today).filter(({ answeredBy }) => answeredBy === null)
}
const spoiled = ({ bad, base, path }: Mutation) => withValue(bases[base], path, bad)

describe("bad policies, one field wrong in each", () => {
  it("are at least 60, and each is told once", () => {
    assert.isAtLeast(mutations.length, 105)
    assert.strictEqual(new Set(mutations.map(({ what }) => what)).size, mutations.length)
  })

  for (const [name, base] of Object.entries(bases)) {
    it(`begin with ${name}, which nothing speaks against`, () => {
      assert.deepStrictEqual(refusals(base), [])
    })
  }

  it.each(mutations)("$what: refused at $field by $rule, and accepted when repaired", (mutation) => {
    const found = refusals(spoiled(mutation))
    assert.deepStrictEqual(found.map(({ field, rule }) => [field, String(rule)]), [[mutation.field, mutation.rule]])
    for (const { remedy, says } of found) assert.match(`${says}\n${remedy}`, /^[A-Z`][^\n]{8,}\.\n[A-Z][^\n]{5,}\.$/u)
    assert.deepStrictEqual(refusals(withValue(spoiled(mutation), mutation.path, mutation.repaired)), [])
  })
})
