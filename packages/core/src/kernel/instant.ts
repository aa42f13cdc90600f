/**
 * Instants and periods: elapsed time on UTC, in whole milliseconds, as branded numbers that cannot be mixed up.
 */
import * as Schema from "effect/Schema"

/** A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z. Never read from a clock in the core: it arrives in a command as `at`. */
export const Instant = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8.64e15 })).pipe(Schema.brand("Instant"))
export type Instant = typeof Instant.Type

/** A length of elapsed time in whole milliseconds, never negative. One day is always 24 hours (DFH-11, E-01). */
export const Period = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8.64e15 })).pipe(Schema.brand("Period"))
export type Period = typeof Period.Type

/** `n` seconds as a period. Throws when the result is not a whole, non-negative number of milliseconds. */
export const seconds = (n: number): Period => {
  const period = n * 1000
  // Deadlines are computed by the million: what is plainly a period skips the schema, which says what is wrong with the rest.
  return Number.isInteger(period) && period >= 0 && period <= 8.64e15 ? (period as Period) : Period.make(period)
}
/** `n` minutes as a period. */
export const minutes = (n: number): Period => seconds(n * 60)
/** `n` hours as a period. */
export const hours = (n: number): Period => minutes(n * 60)

/** The instant one `period` after `at`. */
export const after = (at: Instant, period: Period): Instant => (at + period) as Instant

/** The instant one `period` before `at`, or the epoch when that would lie before it. */
export const before = (at: Instant, period: Period): Instant => Math.max(0, at - period) as Instant

/** The last multiple of `width` at or before `at`: the bucket that `at` lies in. A width of zero leaves `at` as it is. */
export const floorTo = (at: Instant, width: Period): Instant => (width === 0 ? at : at - (at % width)) as Instant

/** The elapsed time from `from` to `to`; zero when `to` is not later. */
export const elapsed = (from: Instant, to: Instant): Period => Math.max(0, to - from) as Period

/** The earlier of two instants. */
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b)
/** The later of two instants. */
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
