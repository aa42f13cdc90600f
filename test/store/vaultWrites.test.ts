import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Disk, newDisk, openDisk, usedSlots } from "../../packages/adapters/src/contracts/disk.contract.ts"
import { everyCallFails } from "./everyCall.ts"
import type { Step } from "./scenario.ts"
import type { Trap } from "./trap.ts"

/** How many writes one undisturbed run makes to the media of both vaults. */
const writes = 40

const over = (disk: Disk, trap: Trap, name: string) =>
  openDisk({
    ...disk,
    medium: {
      write: async (changes) => {
        const how = trap.enter(name)
        if (how !== "before") await disk.medium.write(changes)
        if (how !== undefined) throw new Error("the disk failed")
      }
    }
  })

describe("a vault whose disk fails", () => {
  it.effect(`at any of ${writes} writes, before it is written and after, loses nothing before its deadline and leaves at the end what an undisturbed run leaves`, () =>
    Effect.gen(function*() {
      const lay = (trap: Trap) => {
        const [service, custody] = [newDisk(), newDisk()]
        return {
          vaults: { service: over(service, trap, "the service vault writes"), custody: over(custody, trap, "the custody vault writes") },
          heard: ({ minute }: Step) => Effect.sync(() => {
            if (minute === 1800) assert.deepStrictEqual([usedSlots(service), usedSlots(custody)], [0, 0], "no key is left on a disk, in use or not")
          })
        }
      }
      assert.strictEqual(yield* everyCallFails(lay), writes)
    }), 300_000)
})
