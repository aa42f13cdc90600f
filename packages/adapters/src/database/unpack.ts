/**
 * Writes a tar archive of folders and plain files into a folder: enough of the format for the template, and lighter than having PGlite read it.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

const block = 512

/** Unpacks `tar` into `folder`; folders get mode 0700 and files 0600. Throws on a name that would lead out of the folder. In one go, since nothing else can run before it is done. */
export const unpack = (tar: Buffer, folder: string): void => {
  const made = new Set<string>()
  const make = (path: string): void => {
    if (made.has(path)) return
    mkdirSync(path, { recursive: true, mode: 0o700 })
    made.add(path)
  }
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const name = textAt(tar, at, 100)
    const prefix = textAt(tar, at + 345, 155)
    const size = Number.parseInt(textAt(tar, at + 124, 12), 8)
    const whole = prefix === "" ? name : `${prefix}/${name}`
    if (whole.split("/").includes("..")) throw new Error("a name in the template leads out of its folder")
    const path = join(folder, whole)
    const isFolder = tar[at + 156] === 0x35
    make(isFolder ? path : dirname(path))
    if (!isFolder) writeFileSync(path, tar.subarray(at + block, at + block + size), { mode: 0o600 })
    at += block + Math.ceil(size / block) * block
  }
}

const textAt = (tar: Buffer, at: number, length: number): string => {
  const field = tar.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.toString("utf8", 0, end === -1 ? length : end).trim()
}
