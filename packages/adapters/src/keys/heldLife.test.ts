import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { HoldId } from "@fortrolig/core/ports/KeyVault"
import { type Failing, newDisk, openDisk, usedSlots } from "../contracts/disk.contract.ts"
import { dueAt } from "../contracts/fixtures.contract.ts"
import { heldLife, type HeldRow, openRow, orderEnd, words } from "../contracts/heldLife.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { slotBytes } from "./slot.ts"
import type { OpenVault } from "./vault.ts"
import { vaultFile } from "./vaultFile.ts"

/** Before its end the record opens as its row says; afterwards nothing opens, and no slot holds a key. */
const opensAndEnds = Effect.fnUntraced(function*(vault: OpenVault, row: HeldRow, when: string) {
  if (row !== "gone") assert.deepStrictEqual(Buffer.from(yield* openRow(vault, row)), words, when)
  yield* vault.destroyDue(dueAt)
  if (row !== "gone" && "hold" in row.by) assert.deepStrictEqual(Buffer.from(yield* openRow(vault, row)), words, `${when}, past its bucket`)
  yield* vault.destroyDue(orderEnd)
  if (row !== "gone") assert.strictEqual((yield* Effect.flip(openRow(vault, row)))._tag, "KeyGone", when)
  assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [] }, when)
})

describe("a held record", () => {
  for (const how of ["before", "half", "after"] satisfies ReadonlyArray<Failing>) {
    it.effect(`opens as its row says until its end, whichever of the 8 writes of its life fails (${how})`, () =>
      Effect.gen(function*() {
        let failed = 0
        for (let n = 1; ; n++) {
          for (const restarts of [true, false]) {
            const disk = newDisk()
            let row: HeldRow = "gone"
            const save = (next: HeldRow) => Effect.sync(() => void (row = next))
            const vault = openDisk(disk)
            disk.failAt(n, how)
            const ended = yield* Effect.result(heldLife(vault, save))
            if (ended._tag === "Success") return assert.strictEqual(failed, 8)
            assert.strictEqual(ended.failure._tag, "StoreUnavailable")
            yield* opensAndEnds(restarts ? openDisk(disk) : vault, row, `write ${n}, ${restarts ? "after a restart" : "going on"}`)
            assert.strictEqual(usedSlots(disk), 0)
          }
          failed = n
        }
      }))
  }

  it.effect("opens as its row says until its end, after its process was killed at some moment of its life, six times over", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const [path, rowPath] = [join(folder, "keys", "custody.vault"), join(folder, "row")]
      const child = fileURLToPath(new URL("../contracts/heldChurn.contract.ts", import.meta.url))
      for (let round = 0; round < 6; round++) {
        yield* Effect.promise(async () => {
          const running = spawn(process.execPath, ["--conditions=@fortrolig/source", child, path, rowPath], { stdio: ["ignore", "pipe", "inherit"] })
          await once(running.stdout, "data")
          await new Promise((resolve) => setTimeout(resolve, 15 + round * 7))
          running.kill("SIGKILL")
          await once(running, "exit")
        })
        const told = JSON.parse(yield* Effect.promise(() => readFile(rowPath, "utf8")))
        yield* Effect.scoped(Effect.flatMap(vaultFile(path), (vault) => opensAndEnds(vault, rowOf(told), `round ${round}`)))
        const bytes = yield* Effect.promise(() => readFile(path))
        assert.isTrue(bytes.subarray(slotBytes).every((byte) => byte === 0))
      }
    }), 60_000)
})

const rowOf = (told: "gone" | { readonly sealed: string; readonly by: { readonly wrapped: string; readonly hold?: string } }): HeldRow => {
  if (told === "gone") return told
  const wrapped = Buffer.from(told.by.wrapped, "base64")
  const by = told.by.hold === undefined ? ({ dataClass: "accessTrace", deleteAt: dueAt, wrapped } as const) : { hold: HoldId.make(told.by.hold), wrapped }
  return { sealed: Buffer.from(told.sealed, "base64"), by }
}
