import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { patience, runs } from "../../../../test/support/runs.ts"
import { vaultBugs } from "../contracts/vaultBugs.contract.ts"
import { livesLikeItsModel, rightOpening, vaultLives } from "../contracts/vaultModel.contract.ts"

describe("a vault and a list of names", () => {
  it("agree after every step of every life: what must open opens, what must be gone is gone, and the disk holds no key but the living", async () => {
    await fc.assert(fc.asyncProperty(vaultLives, (life) => livesLikeItsModel(rightOpening, life)), runs(200))
  }, patience)

  for (const [what, opening] of Object.entries(vaultBugs)) {
    it(`notice that ${what}`, async () => {
      const found = await fc.check(fc.asyncProperty(vaultLives, (life) => livesLikeItsModel(opening, life)), { numRuns: 5000, endOnFailure: true })
      assert.isTrue(found.failed)
    }, patience)
  }
})
