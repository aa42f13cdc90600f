import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { claim, ownerOf } from "./owner.ts"

const program = fileURLToPath(new URL("../contracts/ownFolder.contract.ts", import.meta.url))
const data = Effect.map(temporaryFolder, (folder) => join(folder, "data"))

/** Another process that claims `folder`, with the first line that it says and everything on stderr. */
const other = (folder: string): Effect.Effect<{ readonly child: ChildProcess; readonly says: string; readonly warned: () => string }, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const child = spawn(process.execPath, ["--conditions=@fortrolig/source", program, folder], { stdio: ["ignore", "pipe", "pipe"] })
      const errors: Array<string> = []
      child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()))
      const [chunk] = await once(child.stdout, "data")
      return { child, says: String(chunk).trim(), warned: () => errors.join("") }
    }),
    ({ child }) => Effect.promise(() => end(child))
  )

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill("SIGKILL")
  await gone
}

/** The process that a refused claim names. */
const refusedBy = (folder: string) =>
  Effect.map(Effect.flip(Effect.scoped(claim(folder))), (failure) => (failure._tag === "FolderOwned" ? failure.pid : failure._tag))

describe("the owner of a data folder", () => {
  it.effect("is one process: another is refused and told which, until the owner is killed, and then succeeds at once", () =>
    Effect.gen(function*() {
      const folder = yield* data
      const owner = yield* other(folder)
      assert.strictEqual(owner.says, "owned")
      assert.strictEqual(yield* refusedBy(folder), owner.child.pid)
      assert.strictEqual((yield* other(folder)).says, `owned by ${owner.child.pid}`)
      yield* Effect.promise(() => end(owner.child))
      yield* claim(folder)
      assert.strictEqual(yield* ownerOf(folder), process.pid)
      assert.strictEqual((yield* other(folder)).says, `owned by ${process.pid}`)
      assert.strictEqual(owner.warned(), "")
    }))

  it.effect("is one claim within a process too, and gives the folder back with its scope", () =>
    Effect.gen(function*() {
      const folder = yield* data
      yield* Effect.scoped(Effect.gen(function*() {
        yield* claim(folder)
        assert.strictEqual(yield* refusedBy(folder), process.pid)
        assert.strictEqual((yield* other(folder)).says, `owned by ${process.pid}`)
      }))
      assert.strictEqual((yield* other(folder)).says, "owned")
    }))

  it.effect("lets nobody else on the machine look into the folder", () =>
    Effect.gen(function*() {
      const folder = yield* data
      yield* claim(folder)
      assert.strictEqual((yield* Effect.promise(() => stat(folder))).mode & 0o777, 0o700)
      for (const file of ["owner.lock", "owner.json"]) {
        assert.strictEqual((yield* Effect.promise(() => stat(join(folder, file)))).mode & 0o777, 0o600)
      }
    }))
})
