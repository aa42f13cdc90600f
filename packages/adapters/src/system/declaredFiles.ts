/**
 * Nothing lies in the data folder or the keys folder that the places of the product do not declare: what nobody declared, nobody forgets.
 */
import { readdir } from "node:fs/promises"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { type DeclaredFolder, isDeclaredFile } from "@fortrolig/core/retention/productPlaces"

/** Folders of the install hold what no place declares; `files` are their names, each after the name of its folder: `data/notes.txt`. */
export class UndeclaredFiles extends Schema.TaggedError<UndeclaredFiles>()("UndeclaredFiles", { files: Schema.Array(Schema.String) }) {}

/** What lies in a folder and is not declared, in the order of the alphabet; nothing where there is no folder. Looks into no folder below it: each is one place. */
const undeclared = (folder: DeclaredFolder, path: string): Effect.Effect<ReadonlyArray<string>, StoreUnavailable> =>
  Effect.tryPromise({
    try: () =>
      readdir(path).catch((problem: NodeJS.ErrnoException) => {
        if (problem.code === "ENOENT") return []
        throw problem
      }),
    catch: () => new StoreUnavailable({ operation: `list the ${folder} folder` })
  }).pipe(Effect.map((entries) => entries.filter((entry) => !isDeclaredFile(folder, entry)).toSorted().map((entry) => `${folder}/${entry}`)))

/** Refuses an install of which a folder holds what nobody declared. A folder that does not exist yet holds nothing. */
export const refuseUndeclaredFiles = (
  folders: { readonly dataFolder: string; readonly keysFolder: string }
): Effect.Effect<void, UndeclaredFiles | StoreUnavailable> =>
  Effect.gen(function*() {
    const files = [...(yield* undeclared("data", folders.dataFolder)), ...(yield* undeclared("keys", folders.keysFolder))]
    if (files.length > 0) return yield* new UndeclaredFiles({ files })
  })
