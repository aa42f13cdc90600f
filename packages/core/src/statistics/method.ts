/**
 * A reader who knows how counts are hidden: from which counts the method would have shown exactly this. A line whose hidden counts such a reader
 * could tell is published as its total only (E-12).
 */
import { type Limits, type Status, suppress } from "./suppress.ts"

/** How many possibilities are tried for each hidden count. The answer depends on nothing but what is shown, whatever this number is. */
const tries = 600

/**
 * Every way, smallest first, of giving `sum` to `hidden` counts so that none is zero, with what is left going to the one at `rest`.
 * Zeros are never among hidden counts beside shown ones: they are hidden with the whole line, or not at all.
 */
const shares = function* (hidden: number, sum: number, rest: number): Generator<ReadonlyArray<number>> {
  const counts = Array.from({ length: hidden }, () => 1)
  const others = counts.map((_, index) => index).filter((index) => index !== rest)
  for (;;) {
    const left = sum - others.reduce((total, index) => total + (counts[index] ?? 0), 0)
    if (left >= 1) yield counts.map((count, index) => (index === rest ? left : count))
    // Counts up like an odometer: a wheel that has no room left goes back to one and the next one turns.
    let wheel = 0
    while (wheel < others.length) {
      const index = others[wheel] ?? rest
      counts[index] = (counts[index] ?? 0) + 1
      if (others.reduce((total, other) => total + (counts[other] ?? 0), 0) < sum) break
      counts[index] = 1
      wheel += 1
    }
    if (wheel === others.length) return
  }
}

const isHidden = (code: Status | undefined): boolean => code === "u" || code === "x"

/**
 * Whether a reader who knows the method still cannot tell any hidden count of a single line of counts with its total at the end (`null` is hidden).
 * A function of what is shown alone, so that its own answer tells nothing further.
 */
export const keepsItsSecret = (shown: ReadonlyArray<number | null>, limits: Limits): boolean => {
  const columns = shown.length - 1
  const places = shown.flatMap((count, place) => (count === null ? [place] : []))
  // A line of nothing but hidden counts is what everybody in one group looks like, whichever group that is.
  if (places.length === columns) return true
  const sum = shown.slice(0, -1).reduce<number>((left, count) => left - (count ?? 0), shown[columns] ?? 0)
  return places.every((_, rest) => {
    const seen = new Set<number>()
    let tried = 0
    for (const share of shares(places.length, sum, rest)) {
      if (++tried > tries) return false
      const values = shown.map((count, place) => count ?? share[places.indexOf(place)] ?? 0)
      const codes = suppress({ rows: 1, columns }, values, limits)
      if (codes === undefined || codes.some((code, place) => isHidden(code) !== (shown[place] === null))) continue
      seen.add(share[rest] ?? 0)
      if (seen.size > 1) return true
    }
    return false
  })
}
