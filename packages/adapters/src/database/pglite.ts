/**
 * PostgreSQL inside this process, in a folder. It runs without fsync: a killed process loses nothing, a power cut may. For demonstration, development and tests.
 */
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
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
import { sql } from "./drizzle.ts"
import { migrateRealm } from "./migrate.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"
import { realmRoles, type RightsMissing } from "./roles.ts"
import { unpack } from "./unpack.ts"

const require = createRequire(import.meta.url)
const { drizzle } = require("drizzle-orm/pglite/driver") as typeof import("drizzle-orm/pglite/driver")
const { migrate } = require("drizzle-orm/pglite/migrator") as typeof import("drizzle-orm/pglite/migrator")

/** Small buffers, and write-ahead logs that are not recycled; read when a folder is first made. */
export const postgresSettings = ["shared_buffers=8MB", "wal_recycle=off", "min_wal_size=32MB", "max_wal_size=64MB"]

/** A folder of a realm as it is when all migrations are applied and nothing is stored, packed: unpacking it is much faster. Built by `makeTemplate.ts`; its absence, or its age, only costs time. */
export const templateFile = (realm: RealmName): string => fileURLToPath(new URL(`../../dist/templates/${realm}.tar.br`, import.meta.url))

/**
 * Opens a realm's folder, making it (mode 0700) when it is new, and applies what migrations are missing; `undefined` opens one in memory.
 * `services` are those whose rows the stores see. Closes with the scope.
 */
export const pgliteDatabase = (
  folder: string | undefined,
  realm: RealmName,
  services: ReadonlyArray<string>
): Effect.Effect<RealmDatabase, RightsMissing | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const client = yield* Effect.acquireRelease(
      attempt(`open the ${realm} database`, () => (folder === undefined ? openInMemory(realm) : openFolder(folder, realm))),
      (opened) => Effect.promise(() => opened.close())
    )
    const db = drizzle({ client })
    yield* migrated(client, realm)
    const { app, owner } = realmRoles[realm]
    yield* attempt(`prepare the ${realm} database`, async () => {
      await client.query("select set_config('fortrolig.services', $1, false)", [services.join(",")])
      await client.exec(`set role ${app}`)
    })
    // One connection serves everybody.
    const asOwner = <A>(work: (tx: Database) => Promise<A>): Promise<A> =>
      db.transaction(async (tx) => {
        await tx.execute(sql.raw(`set local role ${owner}`))
        return work(tx)
      })
    const askOwner = <A>(statement: (db: Database) => PromiseLike<A>): Promise<A> => asOwner(async (tx) => statement(tx))
    // Nobody else can be in a table while it is forgotten, so that no leaf is ever left in it.
    return { realm, db, asOwner, askOwner, dropLeaf: () => Promise.resolve(false) }
  })

/** Applies what migrations of a realm are missing. */
export const migrated = (client: PGlite, realm: RealmName): Effect.Effect<void, RightsMissing | StoreUnavailable> => {
  const db = drizzle({ client })
  return migrateRealm(db, realm, (config) => migrate(db, config))
}

/** Opens PostgreSQL on a folder, which is made when it is new: from the template of a realm, or empty where none is named. A folder beside its note `.making` was never finished, so nothing was ever stored in it: it is made anew. */
export const openFolder = async (folder: string, realm?: RealmName): Promise<PGlite> => {
  const note = `${folder}.making`
  if (existsSync(join(folder, "PG_VERSION")) && !existsSync(note)) return PGlite.create({ dataDir: folder })
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  await writeFile(note, "", { mode: 0o600 })
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  const tar = await readTemplate(realm)
  if (tar !== undefined) unpack(tar, folder)
  const made = await PGlite.create(tar === undefined ? { dataDir: folder, postgresqlconf: postgresSettings } : { dataDir: folder })
  await rm(note)
  return made
}

const openInMemory = async (realm: RealmName): Promise<PGlite> => {
  const tar = await readTemplate(realm)
  return PGlite.create(tar === undefined ? { postgresqlconf: postgresSettings } : { loadDataDir: new Blob([tar]) })
}

const readTemplate = async (realm: RealmName | undefined): Promise<Buffer<ArrayBuffer> | undefined> => {
  const packed = realm === undefined ? undefined : await readFile(templateFile(realm)).catch(() => undefined)
  return packed === undefined ? undefined : promisify(brotliDecompress)(packed)
}
