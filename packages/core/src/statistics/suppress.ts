/**
 * Hiding small counts, and as many others as it takes that no hidden one can be computed (E-12, IF-34).
 */
import { exposed, type Interval, type Publication, type Sum } from "./attack.ts"
import { placesOf, type Size, sumsOf } from "./grid.ts"

/** Why a count is or is not shown: shown, small, hidden so that another cannot be computed, or the grand total, which is never hidden. The codes are those of sdcTable. */
export type Status = "s" | "u" | "x" | "z"

/** What makes a table safe. */
export interface Limits {
  readonly smallestCell: number
  readonly smallestTotal: number
}

/** What a reader knows of a table of which some counts are hidden. */
export const publicationOf = (size: Size, shown: ReadonlyArray<number | null>): Publication => ({
  counts: shown.map((count): Interval => (count === null ? { least: 0, most: Infinity } : { least: count, most: count })),
  sums: sumsOf(size)
})

const add = (values: ReadonlyArray<number>, places: ReadonlyArray<number>): number => places.reduce((sum, place) => sum + (values[place] ?? 0), 0)

/** Small counts, and the zeros of a line that has too little, or only one count that is not zero: those would say where everybody is. */
const primary = (values: ReadonlyArray<number>, sums: ReadonlyArray<Sum>, { smallestCell, smallestTotal }: Limits): Array<Status> => {
  const codes = values.map((value, place): Status => (place === values.length - 1 ? "z" : value > 0 && value < smallestCell ? "u" : "s"))
  for (const { parts } of sums) {
    const total = add(values, parts)
    const shares = parts.filter((place) => (values[place] ?? 0) > 0).length
    if (total === 0 || (total >= smallestTotal && shares >= 2)) continue
    for (const place of parts) if (values[place] === 0) codes[place] = "u"
  }
  return codes
}

const hidden = (code: Status | undefined): boolean => code === "u" || code === "x"

/** The count to hide next: one in whose other sums something is hidden already, then the smallest; zeros protect nothing. */
const next = (values: ReadonlyArray<number>, codes: ReadonlyArray<Status>, sums: ReadonlyArray<Sum>, among: ReadonlyArray<number>): number | undefined => {
  const lonely = (place: number): number =>
    sums.filter(({ parts, total }) => (total === place || parts.includes(place)) && !parts.some((part) => part !== place && hidden(codes[part]))).length
  return among
    .filter((place) => codes[place] === "s" && (values[place] ?? 0) > 0)
    .map((place) => ({ place, lonely: lonely(place), value: values[place] ?? 0 }))
    .toSorted((one, other) => one.lonely - other.lonely || one.value - other.value || one.place - other.place)[0]?.place
}

/** Whether a sum by itself gives a hidden count away. */
const leaks = (values: ReadonlyArray<number>, codes: ReadonlyArray<Status>, { parts, total }: Sum, width: number): boolean => {
  const covered = parts.filter((place) => hidden(codes[place]))
  return hidden(codes[total]) ? covered.length === 0 : covered.length === 1 || (covered.length > 1 && add(values, covered) < width)
}

/**
 * The codes of every place of a table with totals, in the order of `values`; `undefined` when nothing of it can be published:
 * too few chats altogether, or no way found of hiding the small counts. No hidden count can then be computed closer than `smallestCell` wide.
 */
export const suppress = (size: Size, values: ReadonlyArray<number>, limits: Limits): ReadonlyArray<Status> | undefined => {
  const sums = sumsOf(size)
  const width = limits.smallestCell
  const everything = values.map((_, place) => place)
  const grand = values[placesOf(size) - 1] ?? 0
  if (grand < limits.smallestTotal || grand < width) return undefined
  const codes = primary(values, sums, limits)
  const hide = (choices: ReadonlyArray<ReadonlyArray<number>>): boolean => {
    for (const among of choices) {
      const place = next(values, codes, sums, among)
      if (place === undefined) continue
      codes[place] = "x"
      return true
    }
    return false
  }
  for (;;) {
    const leak = sums.find((sum) => leaks(values, codes, sum, width) && hide([sum.parts, [sum.total]]))
    if (leak !== undefined) continue
    const [worst] = exposed(publicationOf(size, values.map((value, place) => (hidden(codes[place]) ? null : value))), width, limits.smallestCell)
    if (worst === undefined) return codes
    const beside = sums.filter(({ parts, total }) => total === worst || parts.includes(worst))
    if (!hide([beside.flatMap(({ parts }) => parts), beside.map(({ total }) => total), everything])) return undefined
  }
}
