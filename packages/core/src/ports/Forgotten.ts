/**
 * What one round of forgetting did to one data class.
 */
import type { Instant } from "../kernel/instant.ts"

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
