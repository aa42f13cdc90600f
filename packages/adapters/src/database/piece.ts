/**
 * A kept piece as bytes to be sealed: author (1), number (4), instant in milliseconds (8), then the browsers' ciphertext. Nothing of it stands in clear.
 */
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Kept } from "@fortrolig/core/ports/ContentStore"

const authors = ["visitor", "counsellor", "escrow"] as const
const header = 13

/** What a piece's tag is made of: its author and number. */
export const pieceName = ({ by, n }: Pick<Kept, "by" | "n">): string => `${by}|${n}`

/** What the seal of a piece is bound to: its session and its tag, and through the tag its author and number. */
export const contentContext = (ref: SessionRef, tag: Uint8Array): string => `content|${ref}|${Buffer.from(tag).toString("hex")}`

/** The bytes of a piece. */
export const encodePiece = ({ at, by, bytes, n }: Kept): Uint8Array => {
  const head = Buffer.alloc(header)
  head.writeUInt8(authors.indexOf(by), 0)
  head.writeUInt32BE(n, 1)
  head.writeBigUInt64BE(BigInt(at), 5)
  return Buffer.concat([head, bytes])
}

/** The piece in `sealed` bytes that were opened. */
export const decodePiece = (opened: Uint8Array): Kept => {
  const bytes = Buffer.from(opened.buffer, opened.byteOffset, opened.byteLength)
  return {
    by: authors[bytes.readUInt8(0)] ?? "escrow",
    n: bytes.readUInt32BE(1),
    at: Number(bytes.readBigUInt64BE(5)) as Instant,
    bytes: bytes.subarray(header)
  }
}
