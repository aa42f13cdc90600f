/**
 * Everything that is public, as one system: the tables published so far, and counts that became public elsewhere. Periods are cut where any of them begins or ends.
 */
import type { Interval, Publication, Sum } from "./attack.ts"
import type { Band } from "./bands.ts"
import { monthsOf, type Months, overlap } from "./calendar.ts"
import { placesOf, type Size } from "./grid.ts"
import type { Edition, LedgerState, PublicCount } from "./messages.ts"
import { roundedPublication } from "./round.ts"
import { publicationOf } from "./suppress.ts"

/** The size of a published table without its totals. */
export const sizeOf = ({ rows, bands }: Pick<Edition, "rows" | "bands">): Size => ({ rows: rows.length, columns: bands.length })

/** What one published table says by itself. */
export const readingOf = (edition: Edition): Publication => {
  const shown = edition.cells.flat()
  return edition.method === "round" ? roundedPublication(sizeOf(edition), shown, edition.base) : publicationOf(sizeOf(edition), shown)
}

/** The months that a count from elsewhere covers. */
export const reachOf = ({ first, last }: PublicCount): Months => ({ from: monthsOf(first).from, to: monthsOf(last).to })

const within = (inner: Months, outer: Months): boolean => inner.from >= outer.from && inner.to <= outer.to
const unknown: Interval = { least: 0, most: Infinity }

/** A published table with the place of its first count in the system. */
interface Placed {
  readonly edition: Edition
  readonly months: Months
  readonly from: number
}

/** The place in the system that holds the count of a group, or of all (`null`), in a whole published table. */
const placeIn = ({ edition, from }: Placed, band: Band | null): number => {
  const size = sizeOf(edition)
  const last = from + placesOf(size) - 1
  return band === null ? last : last - size.columns + edition.bands.indexOf(band)
}

/** What `months` and everything that overlaps it, directly or through others, make public. */
const connected = (state: LedgerState, months: Months): LedgerState => {
  let reach = [months]
  for (;;) {
    const editions = state.editions.filter(({ period }) => reach.some((one) => overlap(one, monthsOf(period))))
    const elsewhere = state.elsewhere.filter((known) => reach.some((one) => overlap(one, reachOf(known))))
    const wider = [months, ...editions.map(({ period }) => monthsOf(period)), ...elsewhere.map(reachOf)]
    if (wider.length === reach.length) return { _tag: "Kept", editions, elsewhere }
    reach = wider
  }
}

/**
 * The system of everything that is public and can bear upon the months of `months`. A count from elsewhere ties together the groups of every
 * stretch of time that it covers, published or not; what nobody published is unknown there, and is protected all the same.
 */
export const systemOf = (state: LedgerState, bands: ReadonlyArray<Band>, months: Months): Publication => {
  const { editions, elsewhere } = connected(state, months)
  const counts: Array<Interval> = []
  const sums: Array<Sum> = []
  const place = (known: Interval): number => counts.push(known) - 1

  const placed = editions.map((edition): Placed => {
    const from = counts.length
    const reading = readingOf(edition)
    counts.push(...reading.counts)
    for (const { parts, total } of reading.sums) sums.push({ parts: parts.map((part) => part + from), total: total + from })
    return { edition, months: monthsOf(edition.period), from }
  })
  if (elsewhere.length === 0) return { counts, sums }

  const marks = [...placed.map((one) => one.months), ...elsewhere.map(reachOf)].flatMap(({ from, to }) => [from, to])
  const cuts = [...new Set(marks)].toSorted((one, other) => one - other)
  const stretches = cuts.slice(1).map((to, index) => {
    const span = { from: cuts[index] ?? to, to }
    const whole = placed.find((one) => one.months.from === span.from && one.months.to === span.to)
    if (whole !== undefined) return { span, parts: bands.map((band) => placeIn(whole, band)), total: placeIn(whole, null) }
    const parts = bands.map(() => place(unknown))
    const total = place(unknown)
    sums.push({ parts, total })
    return { span, parts, total }
  })
  const over = (span: Months, band: Band | null) =>
    stretches.filter((stretch) => within(stretch.span, span)).map(({ parts, total }) => (band === null ? total : (parts[bands.indexOf(band)] ?? total)))

  for (const one of placed) {
    if (stretches.some(({ span }) => span.from === one.months.from && span.to === one.months.to)) continue
    for (const band of [...bands, null]) sums.push({ parts: over(one.months, band), total: placeIn(one, band) })
  }
  for (const known of elsewhere) sums.push({ parts: over(reachOf(known), known.band), total: place({ least: known.count, most: known.count }) })
  return { counts, sums }
}
