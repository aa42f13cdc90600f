/**
 * The worlds can fail: each planted bug is found within 300 of them.
 */
import { assert, describe, it } from "vitest"
import { type Finder, bugs } from "./bugs.ts"
import { Coverage } from "./coverage.ts"
import { accessWith, answers, deletionOf, elsewhere, realmsWith, scriptOf } from "./pairs.ts"
import { run } from "./run.ts"
import type { Wiring } from "./wiring.ts"
import { addresses } from "./world.ts"

const finds: Readonly<Record<Finder, (seed: number, wires: Wiring) => boolean>> = {
  laws: (seed, wires) => run(seed, new Coverage(), wires).wrong.length > 0,
  answers: (seed, wires) => {
    const scripted = scriptOf(seed, wires)
    return (["triage", "referral"] as const).some((name) => new Set(answers.map((answer) => accessWith(scripted, name, answer)?.views.join("\n"))).size > 1)
  },
  addresses: (seed, wires) => {
    const scripted = scriptOf(seed, wires)
    return realmsWith(scripted, addresses).service.join("\n") !== realmsWith(scripted, elsewhere).service.join("\n")
  },
  deletion: (seed, wires) => {
    const { withIt, without, left } = deletionOf(scriptOf(seed, wires))
    return withIt !== without || left.length > 0
  }
}

describe("a world that is wired wrongly is found", () => {
  it.each(Object.entries(bugs))("%s", (_, { wires, found }) => {
    const first = 1
    for (let seed = first; seed < first + 300; seed++) if (finds[found](seed, wires)) return
    assert.fail("not found in 300 worlds")
  })
})
