/**
 * Packs a freshly made folder of each realm, all migrations applied, into `dist/templates`; run by the build when a migration or the code that applies it is newer.
 */
import { mkdir, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"
import { PGlite } from "@electric-sql/pglite"
import * as Effect from "effect/Effect"
import { migrated, postgresSettings, templateFile } from "./pglite.ts"
import type { RealmName } from "./realmDatabase.ts"

const pack = async (realm: RealmName): Promise<void> => {
  const made = await PGlite.create({ postgresqlconf: postgresSettings })
  await Effect.runPromise(migrated(made, realm))
  // Nobody makes a second database in the folder, and the two that PostgreSQL would copy are two thirds of its files.
  await made.exec("update pg_database set datistemplate = false")
  for (const copied of ["template1", "template0"]) await made.exec(`drop database ${copied}`)
  await made.exec("vacuum")
  await made.exec("select pg_switch_wal()")
  await made.exec("checkpoint")
  const tar = await made.dumpDataDir("none")
  await made.close()
  await mkdir(dirname(templateFile(realm)), { recursive: true })
  await writeFile(
    templateFile(realm),
    brotliCompressSync(await tar.bytes(), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
  )
}

await pack("service")
await pack("custody")
