/**
 * Where the keys may not lie: in a folder of which the database's own copies are made, under whatever name that folder is reached.
 */
import { readFile, realpath, stat } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import * as Effect from "effect/Effect"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { attempt, type Database } from "../database/database.ts"
import { sql } from "../database/drizzle.ts"

/** One mount, as Linux lists it in `/proc/self/mountinfo`: which folder of which device is seen where. */
interface Mount {
  readonly device: string
  readonly root: string
  readonly at: string
}

const unescape = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

const readMounts = (table: string): ReadonlyArray<Mount> =>
  table.split("\n").flatMap((line) => {
    const [, , device, root, at] = line.split(" ")
    return device === undefined || root === undefined || at === undefined ? [] : [{ device, root: unescape(root), at: unescape(at) }]
  })

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`)

/** A path as its device knows it, so that a folder that is mounted a second time is the same folder. */
const onDevice = (path: string, mounts: ReadonlyArray<Mount>): string => {
  // Of mounts at one place the last covers the others.
  const mount = mounts.reduce<Mount | undefined>((deepest, one) => (isBelow(path, one.at) && (deepest === undefined || one.at.length >= deepest.at.length) ? one : deepest), undefined)
  return mount === undefined ? path : `${mount.device}:${join(mount.root, path.slice(mount.at.length))}`
}

/** Whether `inner` is `outer` or lies in it, for paths without symbolic links; `mountInfo` is the text of `/proc/self/mountinfo`, empty where there is none. */
export const liesWithin = (inner: string, outer: string, mountInfo: string): boolean => {
  const mounts = readMounts(mountInfo)
  return isBelow(inner, outer) || isBelow(onDevice(inner, mounts), onDevice(outer, mounts))
}

/** The first of `folders` that `keysFolder` is or lies in, links and second mounts seen through; a folder that is not there yet counts by its name. */
export const folderAround = (keysFolder: string, folders: ReadonlyArray<string>): Effect.Effect<string | undefined> =>
  Effect.promise(async () => {
    const mountInfo = await readFile("/proc/self/mountinfo", "utf8").catch(() => "")
    const keys = await real(keysFolder)
    for (const folder of folders) if (liesWithin(keys, await real(folder), mountInfo)) return folder
    return undefined
  })

/**
 * The folders of this machine that a copy of the database's files holds, as far as its login is told: the server's data directory and its tablespaces.
 * None where the server is elsewhere, or keeps its folders to itself.
 */
export const databaseFolders = (db: Database): Effect.Effect<ReadonlyArray<string>, StoreUnavailable> =>
  Effect.gen(function*() {
    const [settings, spaces] = yield* attempt("ask where the database lies", () =>
      db.transaction(async (tx) => {
        // The application's role may not know; the login that took it may.
        await tx.execute(sql`set local role none`)
        return [
          await tx.select({ path: sql<string>`setting` }).from(sql`pg_catalog.pg_settings`).where(sql`name = 'data_directory'`),
          await tx.select({ path: sql<string>`pg_catalog.pg_tablespace_location(oid)` }).from(sql`pg_catalog.pg_tablespace`)
        ] as const
      }))
    const paths = [...settings, ...spaces].flatMap(({ path }) => (path.startsWith("/") ? [path] : []))
    const here = yield* Effect.forEach(paths, (path) => Effect.promise(() => stat(path).then((found) => found.isDirectory(), () => false)))
    return paths.filter((_, index) => here[index] === true)
  })

/** The path without symbolic links, also where its last parts do not exist yet. */
const real = async (path: string): Promise<string> => {
  const whole = resolve(path)
  const parent = dirname(whole)
  return realpath(whole).catch(async () => (parent === whole ? whole : join(await real(parent), whole.slice(parent.length))))
}
