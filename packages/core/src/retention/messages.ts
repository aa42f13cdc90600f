/**
 * The words of a retention clock: how long one datum may be read, and when it must be gone. No message carries what the datum says.
 */
import * as Schema from "effect/Schema"
import { Instant, Period } from "../kernel/instant.ts"

/** Where one datum stands. `deleteAt` is the one deadline for hiding and for destruction. */
export const RetentionState = Schema.TaggedUnion({
  /** What starts the clock has not happened yet: the text of a chat that is still going on. */
  Unstarted: {},
  Running: { deleteAt: Instant },
  /** Past its deadline: nobody can read it any more, whatever the clock says later. */
  Hidden: { deleteAt: Instant },
  Destroyed: { deleteAt: Instant, destroyedAt: Instant }
})
export type RetentionState = typeof RetentionState.Type

/** What can be asked of a retention clock. No command makes a deadline later. */
export const RetentionCommand = Schema.TaggedUnion({
  /** What the promise counts from happened at `startedAt`; the deadline follows from the promised period and the bucket's width. */
  Start: { at: Instant, startedAt: Instant, period: Period, bucketMinutes: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1440 })) },
  /** A stricter policy: the deadline becomes the earlier of the two. */
  Shorten: { at: Instant, deleteAt: Instant },
  /** The datum was read or changed. It moves nothing: a deadline counts from its start, never from its last use. */
  Touch: { at: Instant },
  /** The key of the datum is to be destroyed; refused before the deadline. */
  Destroy: { at: Instant },
  /** The deadline is reached; given by `due` only. */
  Expire: { at: Instant }
})
export type RetentionCommand = typeof RetentionCommand.Type

/** What happened to a retention clock. */
export const RetentionEvent = Schema.TaggedUnion({
  Started: { at: Instant, deleteAt: Instant },
  Shortened: { at: Instant, deleteAt: Instant },
  Expired: { at: Instant },
  Destroyed: { at: Instant }
})
export type RetentionEvent = typeof RetentionEvent.Type
