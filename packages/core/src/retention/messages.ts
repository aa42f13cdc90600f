/**
 * The words of a retention clock: how long one datum may be read, and when it must be gone. No message carries what the datum says.
 */
import * as Schema from "effect/Schema"
import { SessionRef } from "../kernel/identity.ts"
import { Instant, Period } from "../kernel/instant.ts"
import { DataClass } from "../policy/accountability.ts"
import { Positive } from "../policy/values.ts"

/** One datum, by its class and by the session that it belongs to. An order that names no session does not exist. */
export const Item = Schema.Struct({ dataClass: DataClass, subject: SessionRef })
export type Item = typeof Item.Type

/** Who can order that something be kept, or ask for it. Nobody else exists (X-02, DFH-34). */
export const Authority = Schema.Literals(["police", "prosecution", "court"])
export type Authority = typeof Authority.Type

/** An authority's own reference of its case: 1 to 64 letters, digits, spaces, dots, slashes and hyphens. */
export const CaseRef = Schema.String.check(Schema.isPattern(/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,63}$/u)).pipe(Schema.brand("CaseRef"))
export type CaseRef = typeof CaseRef.Type

/** An order in force. An authority has one for each of its cases; ordering again replaces it. */
export const KeepOrder = Schema.Struct({ authority: Authority, caseRef: CaseRef, until: Instant })
export type KeepOrder = typeof KeepOrder.Type

/** Where one datum stands. `deleteAt` is the one deadline: from then on it is hidden, and destroyed unless an order keeps it. */
export const RetentionState = Schema.TaggedUnion({
  /** What starts the clock has not happened yet: the text of a chat that is still going on. */
  Unstarted: {},
  Running: { item: Item, deleteAt: Instant, orders: Schema.Array(KeepOrder) },
  /** Past its deadline and hidden from every reader; an authority's order keeps it for the custodians alone (E-05). */
  Held: { item: Item, deleteAt: Instant, orders: Schema.Array(KeepOrder) },
  /** Nobody can read it any more, whatever the clock says later; it may be destroyed from `destroyFrom` on. */
  Hidden: { item: Item, deleteAt: Instant, destroyFrom: Instant },
  Destroyed: { deleteAt: Instant, destroyedAt: Instant }
})
export type RetentionState = typeof RetentionState.Type

/** What can be asked of a retention clock. No command makes a deadline later; an order alone keeps a datum past it. */
export const RetentionCommand = Schema.TaggedUnion({
  /** What the promise counts from happened at `startedAt`; the deadline follows from the promised period and the bucket's width. */
  Start: { at: Instant, item: Item, startedAt: Instant, period: Period, bucketMinutes: Positive(1440) },
  /** A stricter policy: the deadline becomes the earlier of the two. */
  Shorten: { at: Instant, deleteAt: Instant },
  /** The datum was read or changed. It moves nothing: a deadline counts from its start, never from its last use. */
  Touch: { at: Instant },
  /** An authority orders that this very item be kept until `until`. From the same authority and case, a new order replaces the old. */
  Order: { at: Instant, authority: Authority, caseRef: CaseRef, item: Item, until: Instant },
  /** An authority takes its order back. */
  Release: { at: Instant, authority: Authority, caseRef: CaseRef },
  /** The key of the datum is to be destroyed; refused before the deadline, and while an order keeps it. */
  Destroy: { at: Instant },
  /** The deadline, or the last order's end, is reached; given by `due` only. */
  Expire: { at: Instant }
})
export type RetentionCommand = typeof RetentionCommand.Type

/** What happened to a retention clock. */
export const RetentionEvent = Schema.TaggedUnion({
  Started: { at: Instant, item: Item, deleteAt: Instant },
  Shortened: { at: Instant, deleteAt: Instant },
  Ordered: { at: Instant, authority: Authority, caseRef: CaseRef, until: Instant },
  Released: { at: Instant, authority: Authority, caseRef: CaseRef },
  Expired: { at: Instant },
  /** The last order ended by itself. */
  HoldEnded: { at: Instant },
  Destroyed: { at: Instant }
})
export type RetentionEvent = typeof RetentionEvent.Type
