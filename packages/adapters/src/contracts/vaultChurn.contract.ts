/**
 * A process that makes and destroys keys as fast as it can until it is killed.
 */
import { randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { vaultFile } from "../keys/vaultFile.ts"

const [, , path = ""] = process.argv

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const vault = yield* vaultFile(path)
  // What the last process left goes first, so that the file does not only grow.
  for (const ref of (yield* vault.inventory).live) yield* vault.end(ref)
  process.stdout.write("ready\n")
  while (true) {
    const refs = Array.from({ length: 8 }, () => SessionRef.make(randomBytes(16).toString("hex")))
    yield* Effect.forEach(refs, vault.begin, { concurrency: 4, discard: true })
    yield* Effect.forEach(refs, vault.end, { concurrency: 4, discard: true })
  }
})))
