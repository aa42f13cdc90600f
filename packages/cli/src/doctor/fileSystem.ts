/**
 * What kind of file system a folder is on, where the operating system tells, and what that means for keys that are destroyed by overwriting.
 */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"

/** One line of the table of mounts. */
export interface Mount {
  readonly at: string
  readonly type: string
  readonly options: ReadonlyArray<string>
}

const unescape = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** Reads a table of mounts as Linux writes it in `/proc/mounts`. */
export const readMounts = (table: string): ReadonlyArray<Mount> =>
  table.split("\n").flatMap((line) => {
    const [, at, type, options] = line.split(" ")
    return at === undefined || type === undefined || options === undefined ? [] : [{ at: unescape(at), type, options: options.split(",") }]
  })

const isBelow = (path: string, at: string): boolean => path === at || path.startsWith(at.endsWith("/") ? at : `${at}/`)

/** The mount that a path lies on: the deepest, and of equals the last. */
export const mountOf = (path: string, mounts: ReadonlyArray<Mount>): Mount | undefined =>
  mounts.reduce<Mount | undefined>((deepest, mount) => (isBelow(path, mount.at) && (deepest === undefined || mount.at.length >= deepest.at.length) ? mount : deepest), undefined)

/** Why overwriting a key on this file system may leave a copy of it; `undefined` where nothing is known to. */
export const copyKeeping = ({ options, type }: Mount): string | undefined => {
  if (options.includes("data=journal")) return "its journal keeps what was overwritten (data=journal)"
  if (type === "btrfs" || type === "zfs" || type === "bcachefs") return `${type} writes every change to a new place and keeps the old one`
  if (type === "overlay" || type === "aufs") return `${type} is a container's layer, and an image made of it keeps the key`
  return undefined
}

/** A folder of the install as it is on this machine. */
export interface FolderFacts {
  readonly name: "data" | "keys" | "custodians" | "leads"
  readonly path: string
  readonly exists: boolean
  /** Such as `0700`; `null` where the folder is not there. */
  readonly mode: string | null
  /** Such as `ext4`; `null` where the operating system does not tell. */
  readonly fileSystem: string | null
  readonly keepsCopies: string | null
}

const nearest = (path: string): string => (existsSync(path) ? realpathSync(path) : nearest(dirname(path)))

/** Looks at one folder. */
export const lookAt = (name: FolderFacts["name"], folder: string): FolderFacts => {
  const path = resolve(folder)
  const exists = existsSync(path)
  const mounts = existsSync("/proc/mounts") ? readMounts(readFileSync("/proc/mounts", "utf8")) : []
  const mount = mountOf(nearest(path), mounts)
  return {
    name,
    path,
    exists,
    mode: exists ? (statSync(path).mode & 0o7777).toString(8).padStart(4, "0") : null,
    fileSystem: mount?.type ?? null,
    keepsCopies: mount === undefined ? null : (copyKeeping(mount) ?? null)
  }
}
