/**
 * The binary frames that the server relays between the two browsers, as `wire/socket.ts` of the core describes them.
 */
import type { FrameKind as Kind, messageHeader as Header, shortFrame as Short } from "@fortrolig/core/wire/socket"
import type { Bytes } from "./bytes.ts"

// Typed by the wire's own constants, so that a change there is a type error here, and nothing of the core is bundled.
const kind: typeof Kind = { message: 1, acknowledgement: 2, typing: 3 }
const header: typeof Header = 6
const short: typeof Short = 5

/** Bytes before the payload of a message. */
export const messageHeader: number = header

/** A frame from the other browser. */
export type Frame =
  | { readonly kind: "message"; readonly n: number; readonly epoch: number; readonly payload: Bytes }
  | { readonly kind: "acknowledgement"; readonly n: number }
  | { readonly kind: "typing"; readonly on: boolean }

const shortBytes = (of: number, n: number): Bytes => {
  const bytes = new Uint8Array(short)
  bytes[0] = of
  new DataView(bytes.buffer).setUint32(1, n)
  return bytes
}

/** The frame of an encrypted message. */
export const messageFrame = (n: number, epoch: number, payload: Uint8Array): Bytes => {
  const bytes = new Uint8Array(header + payload.length)
  bytes[0] = kind.message
  new DataView(bytes.buffer).setUint32(1, n)
  bytes[5] = epoch
  bytes.set(payload, header)
  return bytes
}

/** The frame that confirms the other browser's message `n`. */
export const acknowledgementFrame = (n: number): Bytes => shortBytes(kind.acknowledgement, n)

/** The frame that says whether somebody is writing, and never what. */
export const typingFrame = (on: boolean): Bytes => shortBytes(kind.typing, on ? 1 : 0)

/** Reads a frame, or gives `undefined` when it is none. */
export const readFrame = (buffer: ArrayBuffer): Frame | undefined => {
  if (buffer.byteLength < short) return undefined
  const view = new DataView(buffer)
  const n = view.getUint32(1)
  switch (view.getUint8(0)) {
    case kind.message:
      return buffer.byteLength > header && n > 0 ? { kind: "message", n, epoch: view.getUint8(5), payload: new Uint8Array(buffer.slice(header)) } : undefined
    case kind.acknowledgement:
      return { kind: "acknowledgement", n }
    case kind.typing:
      return { kind: "typing", on: n === 1 }
    default:
      return undefined
  }
}
