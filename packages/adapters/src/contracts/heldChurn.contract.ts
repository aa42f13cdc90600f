/**
 * A process that lives the life of a held record again and again until it is killed, with the row in a file beside the vault.
 */
import { renameSync, writeFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import { vaultFile } from "../keys/vaultFile.ts"
import { heldLife, type HeldRow, orderEnd } from "./heldLife.contract.ts"

const [, , path = "", rowPath = ""] = process.argv

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64")

/** A row is there whole or not at all. */
const save = (row: HeldRow) =>
  Effect.sync(() => {
    const told = row === "gone" ? row : { sealed: base64(row.sealed), by: { ...row.by, wrapped: base64(row.by.wrapped) } }
    writeFileSync(`${rowPath}.new`, JSON.stringify(told))
    renameSync(`${rowPath}.new`, rowPath)
  })

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const vault = yield* vaultFile(path)
  yield* save("gone")
  // What the last process left goes first.
  yield* vault.destroyDue(orderEnd)
  process.stdout.write("ready\n")
  while (true) yield* heldLife(vault, save)
})))
