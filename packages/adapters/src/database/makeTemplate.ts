/**
 * Packs a freshly made PostgreSQL folder into `dist/template.tar.br`; run once by the build.
 */
import { mkdir, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"
import { PGlite } from "@electric-sql/pglite"
import { postgresSettings, templateFile } from "./pglite.ts"

const empty = await PGlite.create({ postgresqlconf: postgresSettings })
// Nobody makes a second database in the folder, and the two that PostgreSQL would copy are two thirds of its files.
await empty.exec("update pg_database set datistemplate = false")
for (const copied of ["template1", "template0"]) await empty.exec(`drop database ${copied}`)
await empty.exec("checkpoint")
const tar = await empty.dumpDataDir("none")
await empty.close()
await mkdir(dirname(templateFile), { recursive: true })
await writeFile(
  templateFile,
  brotliCompressSync(await tar.bytes(), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
)
