/**
 * A process that claims a folder, says how that went, and holds it until it is killed.
 */
import * as Effect from "effect/Effect"
import { claim } from "../system/owner.ts"

const [, , folder = ""] = process.argv

await Effect.runPromise(
  Effect.scoped(Effect.gen(function*() {
    yield* claim(folder)
    process.stdout.write("owned\n")
    yield* Effect.sleep("60 seconds")
  })).pipe(Effect.catchTag("FolderOwned", ({ pid }) => Effect.sync(() => void process.stdout.write(`owned by ${pid}\n`))))
)
