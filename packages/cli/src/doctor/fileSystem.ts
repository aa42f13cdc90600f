/**
 * What kind of file system a folder is on, where the operating system tells, and what that means for keys that are destroyed by overwriting.
 */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, resolve } from "node:path"

/** One line of the table of mounts. */
export interface Mount {
  readonly at: string
  readonly type: string
  /** The device or file system that is mounted, such as `/dev/sda1`. */
  readonly source: string
  readonly options: ReadonlyArray<string>
}

const unescape = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** Reads a table of mounts as Linux writes it in `/proc/self/mountinfo`: the options of the mount and those of its file system together. */
export const readMounts = (table: string): ReadonlyArray<Mount> =>
  table.split("\n").flatMap((line) => {
    const [mount = "", fileSystem = ""] = line.split(" - ")
    const [, , , , at, own] = mount.split(" ")
    const [type, source, options] = fileSystem.split(" ")
    if (at === undefined || own === undefined || type === undefined || source === undefined || options === undefined) return []
    return [{ at: unescape(at), type, source: unescape(source), options: [...own.split(","), ...options.split(",")] }]
  })

const isBelow = (path: string, at: string): boolean => path === at || path.startsWith(at.endsWith("/") ? at : `${at}/`)

/** The mount that a path lies on: the deepest, and of equals the last. */
export const mountOf = (path: string, mounts: ReadonlyArray<Mount>): Mount | undefined =>
  mounts.reduce<Mount | undefined>((deepest, mount) => (isBelow(path, mount.at) && (deepest === undefined || mount.at.length >= deepest.at.length) ? mount : deepest), undefined)

const writesElsewhere = ["btrfs", "zfs", "bcachefs", "nilfs2", "f2fs"]
const layers = ["overlay", "aufs", "fuse.fuse-overlayfs"]
const remote = ["nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "fuse.sshfs", "ceph", "fuse.glusterfs"]
const inMemory = ["tmpfs", "ramfs"]

/** What this machine says beside its mounts. */
export interface Machine {
  /** The text of `/proc/swaps`. */
  readonly swaps: string
  /** The text of `/proc/fs/ext4/DEVICE/options`, which also names what is set in the file system itself; empty where there is none. */
  readonly ext4Options: (device: string) => string
}

/** Why destroying a key on this file system may leave a copy of it; `undefined` where nothing is known to. */
export const copyKeeping = ({ options, source, type }: Mount, { ext4Options, swaps }: Machine): string | undefined => {
  if (options.includes("data=journal") || (type === "ext4" && ext4Options(basename(source)).split("\n").includes("data=journal"))) {
    return "its journal keeps what was overwritten (data=journal)"
  }
  if (writesElsewhere.includes(type)) return `${type} writes every change to a new place and keeps the old one`
  if (layers.includes(type)) return `${type} is a container's layer, and an image made of it keeps the key`
  if (remote.includes(type)) return `${type} keeps them on another machine, of whose disks nothing is known here`
  // The first line of the table is its heading.
  const swapped = swaps.trim().split("\n").length > 1
  if (type === "tmpfs" && swapped && !options.includes("noswap")) return "this machine swaps, and what lies in memory may be written to the disk (mount it with noswap)"
  return undefined
}

/** Whether nothing of the file system outlives the machine's power. */
export const isInMemory = (fileSystem: string): boolean => inMemory.includes(fileSystem)

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
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "")
const thisMachine = (): Machine => ({ swaps: textOf("/proc/swaps"), ext4Options: (device) => textOf(`/proc/fs/ext4/${device}/options`) })

/** Looks at one folder. */
export const lookAt = (name: FolderFacts["name"], folder: string): FolderFacts => {
  const path = resolve(folder)
  const exists = existsSync(path)
  const mounts = readMounts(textOf("/proc/self/mountinfo"))
  const mount = mountOf(nearest(path), mounts)
  return {
    name,
    path,
    exists,
    mode: exists ? (statSync(path).mode & 0o7777).toString(8).padStart(4, "0") : null,
    fileSystem: mount?.type ?? null,
    keepsCopies: mount === undefined ? null : (copyKeeping(mount, thisMachine()) ?? null)
  }
}
