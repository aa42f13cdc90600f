import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { claimFolders } from "../stores.ts"
import { refuseUndeclaredFiles } from "./declaredFiles.ts"

/** An install's folders with entries in them: a name that ends with `/` is a folder. */
const folders = (entries: { readonly data: ReadonlyArray<string>; readonly keys: ReadonlyArray<string> }) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const root = await mkdtemp(join(tmpdir(), "fortrolig-files-"))
      for (const folder of ["data", "keys"] as const) {
        await mkdir(join(root, folder))
        for (const entry of entries[folder]) await (entry.endsWith("/") ? mkdir(join(root, folder, entry)) : writeFile(join(root, folder, entry), ""))
      }
      return { root, dataFolder: join(root, "data"), keysFolder: join(root, "keys") }
    }),
    ({ root }) => Effect.promise(() => rm(root, { recursive: true }))
  )

const legitimate = {
  data: ["service/", "custody/", "service.making", "custody.making", "owner.lock", "owner.lock-journal", "owner.json", "control.sock", "lost+found/"],
  keys: ["service.vault", "custody.vault", "owner.lock", "owner.json", "custodians.json", "leads.json", "lost+found/"]
}

/** What opening an install's folders says, whichever engine its databases run on. */
const claiming = (made: { readonly dataFolder: string; readonly keysFolder: string }) =>
  Effect.result(Effect.scoped(claimFolders({ ...made, custodians: ["", ""], services: [] })))

describe("the folders of an install", () => {
  it.effect("stop the start with a file that nobody declared, before a database is opened, and not without it", () =>
    Effect.gen(function*() {
      const made = yield* folders({ data: [], keys: [] })
      assert.isTrue(Result.isSuccess(yield* claiming(made)))
      assert.isTrue(Result.isSuccess(yield* claiming(made)), "what the product itself left behind is declared")
      yield* Effect.promise(() => writeFile(join(made.dataFolder, "notes.txt"), ""))
      const refused = yield* claiming(made)
      assert.deepStrictEqual(Result.isFailure(refused) && refused.failure._tag === "UndeclaredFiles" ? refused.failure.files : refused, ["data/notes.txt"])
    }))

  it.effect("may hold all that the product makes, and may not be there yet", () =>
    Effect.gen(function*() {
      const made = yield* folders(legitimate)
      yield* refuseUndeclaredFiles(made)
      yield* refuseUndeclaredFiles({ dataFolder: join(made.root, "no"), keysFolder: join(made.root, "none") })
      // What lies in the folder of a database is that database's.
      yield* Effect.promise(() => writeFile(join(made.dataFolder, "service", "postmaster.pid"), ""))
      yield* refuseUndeclaredFiles(made)
    }))

  it.effect("are refused with a file, a folder or a link that nobody declared, each by name", () =>
    Effect.gen(function*() {
      const made = yield* folders({ data: [...legitimate.data, "notes.txt", "backup/"], keys: [...legitimate.keys, "service.vault.bak"] })
      yield* Effect.promise(() => symlink(join(made.keysFolder, "custody.vault"), join(made.keysFolder, "again")))
      const refused = yield* Effect.flip(refuseUndeclaredFiles(made))
      assert.deepStrictEqual(refused._tag === "UndeclaredFiles" ? refused.files : refused, ["data/backup", "data/notes.txt", "keys/again", "keys/service.vault.bak"])
    }))

  it.effect("are not trusted when they cannot be listed", () =>
    Effect.gen(function*() {
      const made = yield* folders(legitimate)
      const refused = yield* Effect.flip(refuseUndeclaredFiles({ ...made, keysFolder: join(made.dataFolder, "owner.json") }))
      assert.deepStrictEqual(refused._tag === "StoreUnavailable" ? refused.operation : refused, "list the keys folder")
    }))
})
