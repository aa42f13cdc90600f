/**
 * The files that pages load: styles and scripts, read once at the start, each under a name that carries a hash of its bytes.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import type { Hono } from "hono"

/** One file as it is served. */
interface Asset {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly brotli: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
}

/** The files that pages load. */
export interface Assets {
  /** The address of a file by its plain name, such as `chat.js`; one that was not built leads nowhere. */
  readonly href: (name: string) => string
  /** Whether there is a file of that name. */
  readonly has: (name: string) => boolean
  readonly serve: (app: Hono) => void
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2"
}

/** The folder that the client is built into. */
export const clientFolder = fileURLToPath(new URL("../../dist/client", import.meta.url))

/** Reads the design system's styles and the built client. */
export const readAssets = (folder: string = clientFolder): Assets => {
  const files = new Map<string, Asset>()
  const hrefs = new Map<string, string>()
  const add = (name: string, path: string) => {
    const plain = new Uint8Array(readFileSync(path))
    const extension = extname(name)
    const hash = createHash("sha256").update(plain).digest("hex").slice(0, 12)
    const hashed = `${basename(name, extension)}.${hash}${extension}`
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
    files.set(hashed, {
      type: types[extension] ?? "application/octet-stream",
      plain,
      brotli: new Uint8Array(brotliCompressSync(plain, quality)),
      gzip: new Uint8Array(gzipSync(plain))
    })
    hrefs.set(name, `/assets/${hashed}`)
  }
  const require = createRequire(import.meta.url)
  add("designsystemet.css", require.resolve("@digdir/designsystemet-css"))
  add("theme.css", require.resolve("@digdir/designsystemet-css/theme"))
  if (existsSync(folder)) {
    for (const name of readdirSync(folder)) if (types[extname(name)] !== undefined) add(name, join(folder, name))
  }

  return {
    has: (name) => hrefs.has(name),
    href: (name) => hrefs.get(name) ?? `/assets/${name}`,
    serve: (app) => {
      app.get("/assets/:name", (c) => {
        const asset = files.get(c.req.param("name"))
        if (asset === undefined) return c.notFound()
        const accepted = c.req.header("accept-encoding") ?? ""
        const encoding = accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined
        const body = encoding === "br" ? asset.brotli : encoding === "gzip" ? asset.gzip : asset.plain
        return c.body(body, 200, {
          "content-type": asset.type,
          "cache-control": "public, max-age=31536000, immutable",
          vary: "accept-encoding",
          ...(encoding === undefined ? {} : { "content-encoding": encoding })
        })
      })
    }
  }
}
