/**
 * What one round of forgetting did to one data class.
 */
import { earlier, type Instant } from "../kernel/instant.ts"

/** Every store's `forget` answers this. It may be asked again at any time, after a crash half way, and by several servers at once. */
export interface Forgotten {
  /** How many rows it destroyed. */
  readonly count: number
  /** The earliest deadline among them, from which follows how late they went; `null` when there were none with a deadline. */
  readonly earliest: Instant | null
  /** Every row of the class whose deadline is at or before this is gone; `null` when another server is forgetting the class at this moment. */
  readonly through: Instant | null
  /** How many tables of one hour are due and still stand, because somebody reads: tried again at the next round. */
  readonly stayed: number
}

/** What a round did that found another server at it. */
export const elsewhere: Forgotten = { count: 0, earliest: null, through: null, stayed: 0 }

/** Two rounds over two parts of one class, as one: only what both are through with is certain. */
export const together = (one: Forgotten, other: Forgotten): Forgotten => ({
  count: one.count + other.count,
  earliest: lesser(one.earliest, other.earliest) ?? one.earliest ?? other.earliest,
  through: lesser(one.through, other.through),
  stayed: one.stayed + other.stayed
})

const lesser = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? null : earlier(a, b))
