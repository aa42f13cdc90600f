/**
 * What of a table may be published: hidden or rounded as the policy says, and then only when the attacker, reading everything that is public, fails (E-12, IF-34).
 */
import type { StatisticsTerms } from "../policy/care.ts"
import { exposed, type Publication } from "./attack.ts"
import { bandsOf } from "./bands.ts"
import { type CalendarPeriod, monthsOf } from "./calendar.ts"
import { asLines, withTotals } from "./grid.ts"
import { readingOf, sizeOf, systemOf } from "./ledger.ts"
import type { Counts, Dimension, Edition, LedgerState } from "./messages.ts"
import { keepsItsSecret } from "./method.ts"
import { roundAll } from "./round.ts"
import { suppress } from "./suppress.ts"

/** How far apart the least and the greatest value of a count must stay for every reader: the smallest cell where counts are hidden, half of it where they are rounded. */
export const widthOf = ({ method, smallestCell }: Pick<StatisticsTerms, "method" | "smallestCell">): number =>
  method === "suppress" ? smallestCell : Math.floor(smallestCell / 2)

/** Whether counts are a whole table of the policy's groups, in the policy's order. */
export const fits = (terms: StatisticsTerms, by: Dimension | null, { rows, bands, cells }: Counts): boolean => {
  const own = bandsOf(terms)
  return (
    bands.length === own.length &&
    bands.every((band, index) => band === own[index]) &&
    cells.length === rows.length &&
    cells.every((row) => row.length === own.length) &&
    new Set(rows).size === rows.length &&
    (by === null ? rows.length === 1 : rows.length >= 2)
  )
}

/** The table as it could be published, safe by itself; `undefined` when there is too little of it. */
export const editionOf = (terms: StatisticsTerms, period: CalendarPeriod, by: Dimension | null, counts: Counts): Edition | undefined => {
  const size = sizeOf(counts)
  const values = withTotals(counts.cells)
  const base = terms.smallestCell
  const described = { period, by, method: terms.method, base, rows: counts.rows, bands: counts.bands }
  if (terms.method === "round") {
    const total = values.at(-1) ?? 0
    const shown = roundAll(counts.cells, base)
    const shares = asLines(shown, size).at(-1)?.slice(0, -1).filter((count) => count > 0).length ?? 0
    return total < terms.smallestTotal || shares < 2 ? undefined : { ...described, cells: asLines(shown, size) }
  }
  const codes = suppress(size, values, terms)
  if (codes === undefined) return undefined
  const careful = values.map((value, place) => (codes[place] === "s" || codes[place] === "z" ? value : null))
  const secret = size.rows > 1 || keepsItsSecret(careful, terms)
  const shown = secret ? careful : careful.map((count, place) => (place === size.columns ? count : null))
  return { ...described, cells: asLines(shown, size) }
}

/** Whether everything that is public, this edition included, leaves every count that is not shown as wide an interval as the policy declares. */
export const withstands = (terms: StatisticsTerms, state: LedgerState, edition: Edition): boolean => {
  const width = widthOf(terms)
  const safe = (publication: Publication) => exposed(publication, width, terms.smallestCell).length === 0
  if (state.elsewhere.length === 0) return safe(readingOf(edition))
  return safe(systemOf({ ...state, editions: [...state.editions, edition] }, bandsOf(terms), monthsOf(edition.period)))
}
