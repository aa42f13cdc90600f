/**
 * PostgreSQL inside this process, in a folder. It runs without fsync: a killed process loses nothing, a power cut may. For demonstration, development and tests.
 */
import { existsSync } from "node:fs"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { brotliDecompress } from "node:zlib"
import { PGlite } from "@electric-sql/pglite"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { attempt, type Database } from "./database.ts"
import { drizzle, migrate } from "./drizzle.ts"
import { unpack } from "./unpack.ts"

/** Small buffers, and write-ahead logs that are not recycled; read when a folder is first made. */
export const postgresSettings = ["shared_buffers=8MB", "wal_recycle=off", "min_wal_size=32MB", "max_wal_size=64MB"]

/** A freshly made folder, packed: unpacking it is much faster than making one. Built by `makeTemplate.ts`; its absence only costs time. */
export const templateFile = fileURLToPath(new URL("../../dist/template.tar.br", import.meta.url))

/** The two databases, each with its own migrations. */
export type RealmName = "service" | "custody"

const migrations = (realm: RealmName): string => fileURLToPath(new URL(`../../drizzle/${realm}`, import.meta.url))

/** Opens the folder, making it (mode 0700) when it is new, and applies what migrations are missing; `undefined` opens one in memory. Closes with the scope. */
export const pgliteDatabase = (folder: string | undefined, realm: RealmName): Effect.Effect<Database, StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const client = yield* Effect.acquireRelease(
      attempt(`open the ${realm} database`, () => (folder === undefined ? openInMemory() : openFolder(folder))),
      (opened) => Effect.promise(() => opened.close())
    )
    const db = drizzle({ client })
    yield* attempt(`prepare the ${realm} database`, () => migrate(db, { migrationsFolder: migrations(realm) }))
    return db
  })

/** A folder beside its note `.making` was never finished, so nothing was ever stored in it: it is made anew. */
const openFolder = async (folder: string): Promise<PGlite> => {
  const note = `${folder}.making`
  if (existsSync(join(folder, "PG_VERSION")) && !existsSync(note)) return PGlite.create({ dataDir: folder })
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  await writeFile(note, "", { mode: 0o600 })
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  const tar = await readTemplate()
  if (tar !== undefined) unpack(tar, folder)
  const made = await PGlite.create(tar === undefined ? { dataDir: folder, postgresqlconf: postgresSettings } : { dataDir: folder })
  await rm(note)
  return made
}

const openInMemory = async (): Promise<PGlite> => {
  const tar = await readTemplate()
  return PGlite.create(tar === undefined ? { postgresqlconf: postgresSettings } : { loadDataDir: new Blob([tar]) })
}

const readTemplate = async (): Promise<Buffer<ArrayBuffer> | undefined> => {
  const packed = await readFile(templateFile).catch(() => undefined)
  return packed === undefined ? undefined : promisify(brotliDecompress)(packed)
}
