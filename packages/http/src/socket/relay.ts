/**
 * The hot path: a frame from one browser to the other, checked and passed on as the same bytes. The server cannot read them (DFH-06).
 */
import { performance } from "node:perf_hooks"
import { FrameKind, messageHeader, shortFrame } from "@fortrolig/core/wire/socket"
import { type End, controlBurst, shortPerMessage } from "./link.ts"
import { CloseCode } from "./partySocket.ts"

/** What the relay tells the rest of the server. */
export interface RelayNotes {
  /** Somebody wrote in the session: moves the idle limit. */
  readonly wrote: (end: End) => void
  /** Keeps a message's ciphertext, where the policy keeps it. */
  readonly keep: (end: End, n: number, frame: Buffer) => void
}

/** A peer that has this much unread is treated as gone: its browser asks again when it is back. In bytes. */
const mostUnread = 1024 * 1024
/** How many frames of one socket may be refused before it is closed. */
const mostRefused = 40
/** The rule that messages are accepted by form, size and rate alone, never by what they say. */
const byFormAlone = "IF-06"

/** Passes one binary frame of an end on to its peer, or refuses it. */
export const relay = (notes: RelayNotes, end: End, frame: Buffer): void => {
  const { link, peer } = end
  // What is still on its way when the chat ends reaches nobody.
  if (link.closeBy !== 0) return
  const size = frame.length
  if (size < shortFrame || size > link.policy.limits.messageBytes) return refuse(end, size < shortFrame ? unreadable : tooLong)
  const n = ((frame[1]! << 24) | (frame[2]! << 16) | (frame[3]! << 8) | frame[4]!) >>> 0
  const kind = frame[0]
  if (kind === FrameKind.message) {
    if (size <= messageHeader || n === 0) return refuse(end, unreadable)
    if (n > end.highest + 1) return refuse(end, skipped)
    refill(end)
    if (end.messageTokens < 1) return refuse(end, tooFast)
    end.messageTokens -= 1
    if (n > end.highest) end.highest = n
    notes.wrote(end)
    // Sent again by a browser that had not heard yet: what was redacted is never delivered (E-04).
    if (link.redactions.some && link.redactions.has(end.party, n)) return
    if (link.permit !== undefined) notes.keep(end, n, frame)
  } else {
    const fits = kind === FrameKind.acknowledgement ? n > 0 && n <= peer.highest : kind === FrameKind.typing && n <= 1
    if (!fits || size !== shortFrame) return refuse(end, unreadable)
    refill(end)
    if (end.shortTokens < 1) return refuse(end, tooFast)
    end.shortTokens -= 1
  }
  const socket = peer.socket
  if (socket === undefined) return
  if (socket.bufferedAmount > mostUnread) return socket.terminate()
  socket.send(frame)
}

/** Lets the allowances of an end grow with the time that has passed. */
export const refill = (end: End): void => {
  const now = performance.now()
  const most = end.link.policy.limits.messagesPerMinute
  const grown = (now - end.refilledAt) / 60_000
  end.refilledAt = now
  end.messageTokens = Math.min(most, end.messageTokens + grown * most)
  end.shortTokens = Math.min(most * shortPerMessage, end.shortTokens + grown * most * shortPerMessage)
  end.controlTokens = Math.min(controlBurst, end.controlTokens + grown * controlBurst)
}

/** Tells an end that what it sent was dropped, and why in plain words; closes the socket of one that does not stop. */
export const refuse = (end: End, says: string, rule: string = byFormAlone): void => {
  end.refused += 1
  if (end.refused > mostRefused) return end.socket?.close(CloseCode.refused, "Too much that could not be understood.")
  end.tell({ _tag: "Refused", rule, says })
}

const unreadable = "This message could not be understood."
const tooLong = "This message is too long."
const tooFast = "Messages are coming very fast. Wait a moment, then try again."
const skipped = "A message before this one is missing. Send that one first."
