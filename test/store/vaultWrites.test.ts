import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { newDisk, openDisk } from "../../packages/adapters/src/contracts/disk.contract.ts"
import { everyCallFails } from "./everyCall.ts"
import type { Trap } from "./trap.ts"

/** How many writes one undisturbed run makes to the media of both vaults. */
const writes = 40

const vault = (trap: Trap, name: string) => {
  const disk = newDisk()
  return openDisk({
    ...disk,
    medium: {
      write: async (changes) => {
        const how = trap.enter(name)
        if (how !== "before") await disk.medium.write(changes)
        if (how !== undefined) throw new Error("the disk failed")
      }
    }
  })
}

describe("a vault whose disk fails", () => {
  it.effect(`at any of ${writes} writes, before it is written and after, loses nothing before its deadline and leaves at the end what an undisturbed run leaves`, () =>
    Effect.gen(function*() {
      const lay = (trap: Trap) => ({ vaults: { service: vault(trap, "the service vault writes"), custody: vault(trap, "the custody vault writes") } })
      assert.strictEqual(yield* everyCallFails(lay), writes)
    }), 300_000)
})
