/**
 * Packs a freshly made PostgreSQL folder into `dist/template.tar.br`; run once by the build.
 */
import { mkdir, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"
import { PGlite } from "@electric-sql/pglite"
import { postgresSettings, templateFile } from "./pglite.ts"

const empty = await PGlite.create({ postgresqlconf: postgresSettings })
const tar = await empty.dumpDataDir("none")
await empty.close()
await mkdir(dirname(templateFile), { recursive: true })
await writeFile(
  templateFile,
  brotliCompressSync(await tar.bytes(), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
)
