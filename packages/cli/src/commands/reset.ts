/**
 * `fortrolig reset`: erase a demonstration, its keys first.
 */
import { existsSync } from "node:fs"
import { open, readdir, rm, stat } from "node:fs/promises"
import { join, parse, resolve } from "node:path"
import * as Effect from "effect/Effect"
import { Command, Flag, Prompt } from "effect/cli"
import { type DeclaredFolder, isDeclaredFile } from "@fortrolig/core/retention/productPlaces"
import { ownedWords } from "../control/ask.ts"
import { misused, unable } from "../failure.ts"
import { Install } from "../Install.ts"
import { leadsFolder, settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { tell } from "./shared.ts"

/** What lies in a folder of the install and is not the product's; a folder that holds such a thing is not erased as a whole. */
const foreign = async (as: DeclaredFolder, folder: string): Promise<ReadonlyArray<string>> => (await readdir(folder)).filter((name) => !isDeclaredFile(as, name))

/** Overwrites each file of a folder of keys before it is removed, so that the old bytes are not merely unlinked. */
const overwrite = async (folder: string): Promise<void> => {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const { isFile, size } = await stat(file).then((found) => ({ isFile: found.isFile(), size: found.size }))
    // The lock of the owner, who is this very process: opened once more and closed, it would be let go.
    if (!isFile || name === "owner.lock") continue
    const handle = await open(file, "r+")
    await handle.write(Buffer.alloc(size), 0, size, 0)
    await handle.datasync()
    await handle.close()
  }
}

/** Erases data, keys and demonstration custodians. Refuses while a server runs, and when a folder holds anything that is not the product's. */
export const reset = Command.make(
  "reset",
  { yes: Flag.Boolean("yes").pipe(Flag.withDescription("Do not ask"), Flag.withDefault(false)) },
  Effect.fn(function*({ yes }) {
    const settings = yield* settingsInForce
    const keyFolders = [settings.keys, settings.custodians, leadsFolder(settings)]
    const declared = [["keys", settings.keys], ["custodians", settings.custodians], ["leads", leadsFolder(settings)], ["data", settings.data]] as const
    const there = declared.filter(([, folder]) => existsSync(folder))
    const folders = there.map(([, folder]) => folder)
    if (folders.length === 0) return yield* tell("There is nothing to erase.")
    for (const [as, folder] of there) {
      const others = yield* Effect.promise(() => foreign(as, folder))
      if (others.length > 0) return yield* unable(`${folder} holds files that are not Fortrolig's, so nothing was erased.`)
      if (resolve(folder) === parse(resolve(folder)).root) return yield* unable("The root of the file system is not erased.")
    }
    const install = yield* Install
    yield* install.claim(settings).pipe(Effect.catchTag("Owned", (owned) => Effect.fail(unable(`${ownedWords(owned)} Stop it first, then reset.`))))
    if (!yes) {
      if (!process.stdin.isTTY) return yield* misused("Reset erases everything. Add --yes where nobody can be asked.")
      const sure = yield* Prompt.run(Prompt.Confirm({ message: `Erase ${folders.join(", ")}? Nothing can be brought back.` })).pipe(Effect.orElseSucceed(() => false))
      if (!sure) return yield* tell("Nothing was erased.")
    }
    yield* Effect.tryPromise({
      try: async () => {
        for (const folder of keyFolders) await overwrite(folder)
        for (const folder of folders) await rm(folder, { recursive: true, force: true })
      },
      catch: () => unable("Not everything could be erased. Look at the folders, and try again.")
    })
    yield* tell(`Erased ${folders.join(", ")}.`)
  }, Effect.scoped, stoppable)
).pipe(Command.withDescription("Erase a demonstration: data, keys and demonstration custodians. Refuses while a server runs."))
