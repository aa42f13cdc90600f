/**
 * The 64-byte slots of a vault: small enough that no write tears one, fixed so that a key is overwritten where it lies.
 *
 * Slot 0 is the header: magic (8), epoch (16), mark in milliseconds (8), generation (8), zeros.
 * Every other slot: kind (1), zeros (7), deadline in milliseconds (8), label (16), key (32). A free slot is all zeros.
 */
import { createHash } from "node:crypto"

/** Bytes of a slot. */
export const slotBytes = 64

const magic = Buffer.from("FORTROL1")
const kinds = { live: 1, bucket: 2, hold: 3 } as const
/** What a slot's key is for: a session that lives, everything of one class and deadline, or one record that an authority's order keeps. */
export type SlotKind = keyof typeof kinds

/** What the first slot says about the whole vault. */
export interface Header {
  /** Made once with the vault: 32 hexadecimal digits. A database remembers the epoch of the vault whose keys sealed its rows. */
  readonly epoch: string
  /** How often the vault was opened or closed: a copy that was put back is behind the database. */
  readonly generation: number
  /** The latest instant known to have been reached, in milliseconds. */
  readonly mark: number
}

/** One key. The label is the session's reference of a live key, a hash of class and deadline for a bucket, and a random id for a hold, as 32 hexadecimal digits. */
export interface Slot {
  readonly kind: SlotKind
  readonly deadline: number
  readonly label: string
  readonly key: Buffer
}

/** The label of the bucket of one data class and deadline. */
export const bucketLabel = (dataClass: string, deadline: number): string =>
  createHash("sha256").update(`${dataClass}|${deadline}`).digest("hex").slice(0, 32)

/** The bytes of a header. */
export const encodeHeader = (header: Header): Buffer => {
  const bytes = Buffer.alloc(slotBytes)
  magic.copy(bytes)
  bytes.write(header.epoch, 8, "hex")
  bytes.writeBigUInt64LE(BigInt(header.mark), 24)
  bytes.writeBigUInt64LE(BigInt(header.generation), 32)
  return bytes
}

/** The header that the first slot of `bytes` holds; throws when they are no vault. */
export const decodeHeader = (bytes: Buffer): Header => {
  if (bytes.length < slotBytes || !bytes.subarray(0, 8).equals(magic)) throw new Error("this file is not a vault")
  return {
    epoch: bytes.toString("hex", 8, 24),
    mark: Number(bytes.readBigUInt64LE(24)),
    generation: Number(bytes.readBigUInt64LE(32))
  }
}

/** The bytes of a slot. */
export const encodeSlot = (slot: Slot): Buffer => {
  const bytes = Buffer.alloc(slotBytes)
  bytes[0] = kinds[slot.kind]
  bytes.writeBigUInt64LE(BigInt(slot.deadline), 8)
  bytes.write(slot.label, 16, "hex")
  slot.key.copy(bytes, 32)
  return bytes
}

const kindOf = (byte: number | undefined): SlotKind | undefined => {
  switch (byte) {
    case 0:
    case undefined:
      return undefined
    case kinds.live:
      return "live"
    case kinds.bucket:
      return "bucket"
    case kinds.hold:
      return "hold"
  }
  // A slot of a later version: to take it for a torn one would destroy its key.
  throw new Error("this vault holds a kind of slot that this version does not know")
}

/** The slot in 64 bytes, or nothing when it is free; throws on a kind that it does not know. */
export const decodeSlot = (bytes: Buffer): Slot | undefined => {
  const kind = kindOf(bytes[0])
  if (kind === undefined) return undefined
  return {
    kind,
    deadline: Number(bytes.readBigUInt64LE(8)),
    label: bytes.toString("hex", 16, 32),
    key: Buffer.from(bytes.subarray(32, 64))
  }
}
