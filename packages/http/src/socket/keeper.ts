/**
 * Keeps ciphertext where the policy says so, in batches of at most 50 ms, so that delivery never waits for storage (IF-17).
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { ContentStore, Kept, KeepPermit } from "@fortrolig/core/ports/ContentStore"
import type { RedactedItems } from "@fortrolig/core/wire/socket"
import type { Link } from "./link.ts"

/** What stands between the relay and the store of ciphertext. */
export interface Keeper {
  /** Takes one piece of a session; nothing happens under a policy that keeps nothing. */
  readonly keep: (link: Link, piece: Kept) => void
  /** Removes what was redacted, also what is still waiting to be kept. Tried again until it succeeds or the session is over. */
  readonly redact: (link: Link, items: RedactedItems) => void
  /** Waits until everything taken so far of a session is kept and redacted. */
  readonly settled: (link: Link) => Promise<void>
  /** Forgets what is still waiting of a session that is over. */
  readonly drop: (link: Link) => void
}

/** At most this long, in milliseconds, between taking a piece and handing it to the store. */
const batchTime = 40
/** How long until a failed store is tried again, in milliseconds, and how often a batch is tried. */
const retryTime = 1000
const tries = 5

interface Waiting {
  readonly permit: KeepPermit
  readonly ref: SessionRef
  pieces: Array<Kept>
  redactions: Array<RedactedItems>
  timer: NodeJS.Timeout | undefined
  failures: number
  /** The store works on one thing of a session at a time, in order. */
  turn: Promise<void>
}

/** A keeper over a content store. */
export const makeKeeper = (contents: ContentStore["Service"]): Keeper => {
  const sessions = new Map<SessionRef, Waiting>()

  const waitingOf = (link: Link): Waiting | undefined => {
    if (link.permit === undefined || link.closeBy !== 0) return undefined
    let waiting = sessions.get(link.ref)
    if (waiting === undefined) {
      waiting = { permit: link.permit, ref: link.ref, pieces: [], redactions: [], timer: undefined, failures: 0, turn: Promise.resolve() }
      sessions.set(link.ref, waiting)
    }
    return waiting
  }

  const schedule = (waiting: Waiting, after: number) => {
    waiting.timer ??= setTimeout(() => void flush(waiting), after)
  }

  const flush = (waiting: Waiting): Promise<void> => {
    clearTimeout(waiting.timer)
    waiting.timer = undefined
    waiting.turn = waiting.turn.then(() => work(waiting))
    return waiting.turn
  }

  const work = async (waiting: Waiting): Promise<void> => {
    const { permit, ref, pieces, redactions } = waiting
    if (pieces.length === 0 && redactions.length === 0) return
    waiting.pieces = []
    waiting.redactions = []
    const stored = Effect.gen(function*() {
      if (pieces.length > 0) yield* contents.keep(permit, ref, pieces)
      for (const items of redactions) yield* contents.redact(permit, ref, items)
    })
    const done = await Effect.runPromiseExit(stored)
    if (Exit.isSuccess(done)) {
      waiting.failures = 0
      return
    }
    if (sessions.get(ref) !== waiting) return
    waiting.failures += 1
    // A piece that was never kept favours forgetting, so it may be given up; a redaction may not.
    if (waiting.failures < tries) waiting.pieces = [...pieces, ...waiting.pieces]
    waiting.redactions = [...redactions, ...waiting.redactions]
    schedule(waiting, retryTime)
  }

  return {
    keep: (link, piece) => {
      const waiting = waitingOf(link)
      if (waiting === undefined) return
      waiting.pieces.push(piece)
      schedule(waiting, batchTime)
    },
    redact: (link, items) => {
      const waiting = waitingOf(link)
      if (waiting === undefined) return
      const gone = items === "all" ? undefined : new Set(items.map(({ by, n }) => `${by} ${n}`))
      waiting.pieces = waiting.pieces.filter(({ by, n }) => gone !== undefined && !gone.has(`${by} ${n}`))
      waiting.redactions.push(items)
      void flush(waiting)
    },
    settled: (link) => {
      const waiting = sessions.get(link.ref)
      return waiting === undefined ? Promise.resolve() : flush(waiting)
    },
    drop: (link) => {
      const waiting = sessions.get(link.ref)
      clearTimeout(waiting?.timer)
      sessions.delete(link.ref)
    }
  }
}

/** One message as it is kept: the key epoch and the ciphertext, without the header's kind and number. */
export const keptMessage = (by: "visitor" | "counsellor", n: number, at: Instant, frame: Buffer): Kept => ({ by, n, at, bytes: frame.subarray(5) })
