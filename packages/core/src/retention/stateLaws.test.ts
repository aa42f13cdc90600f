import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { declarations } from "./dataClass.ts"
import { heldLaws, nothingOverdue, nothingUnkept } from "./stateLaws.ts"

const held = fc
  .record({ declaration: fc.constantFrom(...declarations(detfinneshjelp), ...declarations(ifengsel)), count: fc.nat(5), due: fc.nat(5) })
  .map(({ declaration, count, due }) => ({ declaration, count, overdue: Math.min(count, due) }))

describe("the laws of what a service holds", () => {
  it(`${nothingUnkept.says}, and a single one is noticed`, () => {
    fc.assert(
      fc.property(held, (one) => {
        assert.deepStrictEqual(nothingUnkept.broken(one), !one.declaration.stored && one.count > 0 ? [`${one.declaration.dataClass}: ${one.count} held`] : [])
      }),
      runs(500)
    )
  })

  it(`${nothingOverdue.says}, and a single one is noticed`, () => {
    fc.assert(
      fc.property(held, (one) => {
        assert.deepStrictEqual(nothingOverdue.broken(one), one.declaration.stored && one.overdue > 0 ? [`${one.declaration.dataClass}: ${one.overdue} overdue`] : [])
      }),
      runs(500)
    )
  })

  it("are two, each with the rule that it keeps", () => {
    assert.deepStrictEqual(heldLaws.map(({ rule }) => String(rule)), ["DFH-07", "X-03"])
  })
})
