/**
 * Rounding instead of hiding: each count to the nearest multiple of the base, halves downwards, and every total is the sum of rounded counts.
 * Tables therefore add up, the same count is always rounded alike, and a total says nothing that its parts do not say (E-12).
 */
import type { Interval, Publication } from "./attack.ts"
import { placesOf, type Size, sumsOf, withTotals } from "./grid.ts"

/** A count rounded to the nearest multiple of `base`; exactly between two, to the lower. */
export const rounded = (count: number, base: number): number => Math.ceil((count - base / 2) / base) * base + 0

/** Every count that rounds to `shown`. */
export const couldBe = (shown: number, base: number): Interval => ({
  least: shown === 0 ? 0 : shown - Math.ceil(base / 2) + 1,
  most: shown + Math.floor(base / 2)
})

/** A table of rounded counts with the totals of what is shown. */
export const roundAll = (cells: ReadonlyArray<ReadonlyArray<number>>, base: number): ReadonlyArray<number> =>
  withTotals(cells.map((row) => row.map((count) => rounded(count, base))))

/** What a reader knows of a table of rounded counts: of each count its interval, of the true totals nothing more than the sums. */
export const roundedPublication = (size: Size, shown: ReadonlyArray<number | null>, base: number): Publication => ({
  counts: Array.from({ length: placesOf(size) }, (_, place): Interval => {
    const column = place % (size.columns + 1)
    const inner = column < size.columns && place < size.rows * (size.columns + 1)
    return inner ? couldBe(shown[place] ?? 0, base) : { least: 0, most: Infinity }
  }),
  sums: sumsOf(size)
})
