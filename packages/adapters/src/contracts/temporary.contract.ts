/**
 * Folders and stores that live as long as a test.
 */
import { existsSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { embedded } from "../embedded.ts"
import { server } from "../server.ts"
import type { InstallOptions, Stores, StoresFailure } from "../stores.ts"
import { copiedDatabase } from "./postgres.contract.ts"

/** Memory where the system has such a folder: making a database writes hundreds of files. */
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()

/** A folder that goes with the scope. */
export const temporaryFolder: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(base, "fortrolig-test-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)

/** The private identities of two custodians and their public recipients. */
export const newCustodians = Effect.promise(async () => {
  const identities = [await generateX25519Identity(), await generateX25519Identity()] as const
  return { identities, recipients: [await identityToRecipient(identities[0]), await identityToRecipient(identities[1])] as const }
})

/** The services whose rows the contracts store. */
const services = ["ifengsel", "detfinneshjelp", "another"]

/** What an install of its own needs: folders that do not exist yet, and custodians. */
export const temporaryInstall: Effect.Effect<InstallOptions, never, Scope.Scope> = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  const { recipients } = yield* newCustodians
  return { dataFolder: join(folder, "data"), keysFolder: join(folder, "keys"), custodians: recipients, services }
})

/** The embedded stores in a folder of their own. */
export const temporaryStores: Layer.Layer<Stores, StoresFailure> = Layer.unwrap(Effect.map(temporaryInstall, embedded))

/** The stores in a database of their own on the PostgreSQL of this project, with keys in a folder of their own. */
export const temporaryPostgres: Layer.Layer<Stores, StoresFailure> = Layer.unwrap(
  Effect.zipWith(temporaryInstall, copiedDatabase, (options, url) => server({ ...options, databases: { service: url, custody: url } }))
)

/** Where a needle was found: the file and the offset. */
export interface Found {
  readonly needle: string
  readonly file: string
  readonly offset: number
}

/**
 * Looks for needles, as text and as hexadecimal digits, in every file below the folders. The owner's lock is left alone: opening it in the owner's own process
 * would release it.
 */
export const scan = async (folders: ReadonlyArray<string>, needles: ReadonlyArray<string>): Promise<ReadonlyArray<Found>> => {
  const found: Array<Found> = []
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === "owner.lock") continue
      const file = join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      for (const needle of needles) {
        for (const form of [needle, Buffer.from(needle).toString("hex"), Buffer.from(needle).toString("base64url").slice(0, -2)]) {
          const offset = bytes.indexOf(form)
          if (offset !== -1) found.push({ needle, file, offset })
        }
      }
    }
  }
  return found
}
