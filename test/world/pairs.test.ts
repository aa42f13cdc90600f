/**
 * Hyperproperties over pairs of worlds: what must not make a difference makes none, at any step, to the letter.
 */
import { assert, describe, it } from "vitest"
import { deep } from "../support/runs.ts"
import { accessWith, answers, deletionOf, elsewhere, realmsWith, scriptOf } from "./pairs.ts"
import { firstSeed } from "./seed.ts"
import { wiring } from "./wiring.ts"
import { addresses } from "./world.ts"

const pairs = deep ? 2000 : 200
const patience = 240_000

describe("two worlds", () => {
  it("X-05: whether one visitor says yes to either consent, takes it back, says no, stays silent or is never asked, everybody gets the same at every step", () => {
    const reached = new Set<string>()
    const first = firstSeed()
    for (let seed = first; seed < first + pairs / 2; seed++) {
      const scripted = scriptOf(seed, wiring)
      for (const name of ["triage", "referral"] as const) {
        const [one, ...others] = answers.map((answer) => ({ answer, access: accessWith(scripted, name, answer) }))
        for (const { answer, access } of others) {
          assert.strictEqual(access?.views.join("\n"), one?.access?.views.join("\n"), `seed ${seed}, ${name}: ${answer}`)
          if (access !== undefined) reached.add(`${answer}: ${access.state}`)
        }
        if (one?.access !== undefined) reached.add(`${one.answer}: ${one.access.state}`)
      }
    }
    for (const way of ["granted: Granted", "withdrawn: Withdrawn", "declined: Declined", "ignored: Asked", "not asked: NotShown"]) assert.isTrue(reached.has(way), way)
  }, patience)

  it("X-06: whatever address each visitor has, the service's own realm keeps and shows the same to the letter, and only the vendor's register differs", () => {
    const first = firstSeed()
    let differed = 0
    for (let seed = first; seed < first + pairs; seed++) {
      const scripted = scriptOf(seed, wiring)
      const [one, other] = [realmsWith(scripted, addresses), realmsWith(scripted, elsewhere)]
      assert.strictEqual(one.service.join("\n"), other.service.join("\n"), `seed ${seed}`)
      assert.isFalse(/198\.51\.100\.|2001:db8/.test(one.service.join("")), `seed ${seed}`)
      if (one.vendor.join() !== other.vendor.join()) differed += 1
    }
    assert.isAbove(differed, pairs / 2)
  }, patience)

  it("X-04: the same history with and without one conversation leaves equal states after its deadline, and of the conversation nothing that leads to it", () => {
    const first = firstSeed()
    let been = 0
    for (let seed = first; seed < first + pairs; seed++) {
      const { withIt, without, left, hadBeen } = deletionOf(scriptOf(seed, wiring))
      assert.strictEqual(withIt, without, `seed ${seed}`)
      assert.deepStrictEqual(left, [], `seed ${seed}`)
      been += Number(hadBeen)
    }
    assert.isAbove(been, pairs / 2)
  }, patience)
})
