/**
 * Counters: how many chats of each group in each period. Ten million contacts are ten million increments of a few counters, not rows (IF-32).
 */
import type { StatisticsTerms } from "../policy/care.ts"
import { type Band, bandsOf } from "./bands.ts"
import type { CalendarPeriod } from "./calendar.ts"
import type { ContactEvent, Counts, Dimension } from "./messages.ts"

/** What one finished chat adds. */
export type Increment = Omit<Extract<ContactEvent, { readonly _tag: "Counted" }>, "_tag">

/** One counter: of a period, a group and, where the policy counts something else, one code of that. `by` and `code` are `null` together. */
export interface Counter {
  readonly period: CalendarPeriod
  readonly by: Dimension | null
  readonly code: string | null
  readonly band: Band
  readonly count: number
}

/** Counters in the order of their names, none of them zero: the same whatever the order of the chats. */
export type Tally = ReadonlyArray<Counter>

const nameOf = ({ period, by, code, band }: Omit<Counter, "count">): string => `${period} ${by ?? ""} ${code ?? ""} ${band}`
const byName = (one: Counter, other: Counter): number => (nameOf(one) < nameOf(other) ? -1 : 1)

/** Adds up finished chats. Different dimensions are counted apart: which topic went with which county is not known. */
export const tally = (increments: Iterable<Increment>): Tally => {
  const counts = new Map<string, Map<string, number>>()
  const add = (where: string, band: Band) => {
    const row = counts.get(where) ?? new Map<string, number>()
    if (row.size === 0) counts.set(where, row)
    row.set(band, (row.get(band) ?? 0) + 1)
  }
  for (const { period, band, categories } of increments) {
    add(period, band)
    for (const { by, code } of categories) add(`${period} ${by} ${code}`, band)
  }
  const counters: Array<Counter> = []
  for (const [where, row] of counts) {
    const [period, by, code] = where.split(" ") as [CalendarPeriod, Dimension?, string?]
    for (const [band, count] of row) counters.push({ period, by: by ?? null, code: code ?? null, band: band as Band, count })
  }
  return counters.toSorted(byName)
}

/** Two tallies as one: batches may be added in any order and grouping. */
export const merge = (one: Tally, other: Tally): Tally => {
  const sums = new Map<string, Counter>()
  for (const counter of [...one, ...other]) {
    const name = nameOf(counter)
    sums.set(name, { ...counter, count: counter.count + (sums.get(name)?.count ?? 0) })
  }
  return [...sums.values()].toSorted(byName)
}

/** The counts of one period as a table by `codes` of a dimension, or as the single line `all` when `by` is `null`. */
export const countsOf = (terms: Pick<StatisticsTerms, "bands">, counters: Tally, period: CalendarPeriod, by: Dimension | null, codes: ReadonlyArray<string> = []): Counts => {
  const bands = bandsOf(terms)
  const found = new Map(counters.map((counter) => [nameOf(counter), counter.count]))
  const row = (code: string | null) => bands.map((band) => found.get(nameOf({ period, by, code, band })) ?? 0)
  const cells = by === null ? [row(null)] : codes.map(row)
  return { rows: by === null ? ["all"] : codes, bands, cells }
}
