/**
 * A vault as one file of fixed slots, overwritten in place and synced: a rewritten or truncated file would leave old keys on the disk.
 * On SSDs and copy-on-write file systems overwriting is not erasure; tmpfs is.
 */
import { randomBytes } from "node:crypto"
import { chmod, mkdir, open, stat } from "node:fs/promises"
import type { FileHandle } from "node:fs/promises"
import { dirname } from "node:path"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { aesGcm, type RecordSeal } from "./recordSeal.ts"
import { decodeHeader, decodeSlot, encodeHeader, type Header, slotBytes } from "./slot.ts"
import { type OpenVault, vaultOver } from "./vault.ts"

/** The file grows by this many slots at a time, so that ending a session seldom changes its length. */
const growth = 64
const zeros = Buffer.alloc(slotBytes)

/** Whether there is a vault at `path`. */
export const vaultExists = (path: string): Effect.Effect<boolean> =>
  Effect.promise(() => stat(path).then((found) => found.size > 0, () => false))

/** Opens the vault at `path`, or makes one (file mode 0600, folder 0700). Every key in memory is zeroed when the scope closes. Fails when the file cannot be read or is no vault. */
export const vaultFile = (path: string, seal: RecordSeal = aesGcm): Effect.Effect<OpenVault, StoreUnavailable, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.tryPromise({ try: () => openFile(path, seal), catch: () => new StoreUnavailable({ operation: "open the key vault" }) }),
      ({ close }) => Effect.promise(close)
    ),
    ({ vault }) => vault
  )

const openFile = async (path: string, seal: RecordSeal): Promise<{ readonly vault: OpenVault; readonly close: () => Promise<void> }> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await openOrMake(path)
  try {
    const bytes = await readAll(file)
    const header: Header = bytes.length === 0 ? { epoch: randomBytes(16).toString("hex"), generation: 0, mark: 0 } : decodeHeader(bytes)
    const slots = await readSlots(file, bytes)
    bytes.fill(0)
    let length = (slots.length + 1) * slotBytes
    await writeAt(file, [{ at: 0, bytes: encodeHeader(header) }])

    const vault = vaultOver(
      {
        write: async (changes) => {
          const needed = (Math.max(...changes.map(({ at }) => at)) + 1) * slotBytes
          if (needed > length) {
            await file.write(Buffer.alloc(growth * slotBytes), 0, growth * slotBytes, length)
            length += growth * slotBytes
          }
          await writeAt(file, changes)
        }
      },
      header,
      slots,
      seal
    )
    const close = async (): Promise<void> => {
      vault.forgetKeys()
      await file.close()
    }
    return { vault, close }
  } catch (error) {
    await file.close()
    throw error
  }
}

const openOrMake = async (path: string): Promise<FileHandle> => {
  const file = await open(path, "r+").catch(() => open(path, "wx+", 0o600))
  await chmod(path, 0o600)
  return file
}

const readAll = async (file: FileHandle): Promise<Buffer> => {
  const { size } = await file.stat()
  const bytes = Buffer.alloc(size)
  await file.read(bytes, 0, size, 0)
  return bytes
}

/** A slot that is free but not zero was torn while it was destroyed: it is zeroed now. */
const readSlots = async (file: FileHandle, bytes: Buffer) => {
  const parts = Array.from({ length: Math.max(0, Math.floor(bytes.length / slotBytes) - 1) }, (_, index) =>
    bytes.subarray((index + 1) * slotBytes, (index + 2) * slotBytes))
  const slots = parts.map(decodeSlot)
  const torn = parts.flatMap((part, index) => (slots[index] === undefined && !part.equals(zeros) ? [{ at: index + 1, bytes: zeros }] : []))
  await writeAt(file, torn)
  return slots
}

const writeAt = async (file: FileHandle, changes: ReadonlyArray<{ readonly at: number; readonly bytes: Buffer }>): Promise<void> => {
  if (changes.length === 0) return
  for (const { at, bytes } of changes) await file.write(bytes, 0, slotBytes, at * slotBytes)
  await file.datasync()
}
