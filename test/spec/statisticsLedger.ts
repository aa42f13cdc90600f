/**
 * Lives of a ledger: true counts of the quarters of a year, released in any order, with true totals becoming public elsewhere in between;
 * and everything public written down as one system a second time, quarter by quarter, for a solver that is not ours.
 */
import { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import type { StatisticsTerms } from "@fortrolig/core/policy/care"
import type { Interval, Publication, Sum } from "@fortrolig/core/statistics/attack"
import { type Band, bandsOf } from "@fortrolig/core/statistics/bands"
import { CalendarPeriod } from "@fortrolig/core/statistics/calendar"
import type { LedgerHistory } from "@fortrolig/core/statistics/laws"
import { type ledgerMachine } from "@fortrolig/core/statistics/machine"
import type { Counts, Edition, LedgerCommand, LedgerState, Purpose } from "@fortrolig/core/statistics/messages"
import * as fc from "fast-check"
import { countsFor } from "./statistics.ts"
import { oracle } from "./statisticsOracle.ts"

/** The quarters of the year that lives are about. */
export const quarters = [1, 2, 3, 4].map((quarter) => CalendarPeriod.make(`2025-Q${quarter}`))
/** A moment at which all of them are over. */
export const afterwards = Instant.make(Date.UTC(2026, 1, 1))

const plus = (counts: Counts, band: Band | null): number =>
  counts.cells.flatMap((row) => row.filter((_, column) => band === null || counts.bands[column] === band)).reduce((sum, count) => sum + count, 0)

const nth = (quarter: number): CalendarPeriod => quarters[quarter] ?? CalendarPeriod.make("2025")
const empty: Counts = { rows: [], bands: [], cells: [] }

/** Commands of one life: each quarter's release once or more, and true sums over whole quarters. */
export const livesOf = (terms: StatisticsTerms, rows: number): fc.Arbitrary<ReadonlyArray<LedgerCommand>> => {
  const by = rows === 1 ? null : "topic"
  return fc.array(countsFor(terms, rows, 14), { minLength: 4, maxLength: 4 }).chain((counts) => {
    const when = fc.constantFrom(afterwards, afterwards, afterwards, Instant.make(Date.UTC(2025, 7, 1)))
    const purposes = fc.constantFrom<Purpose>("whoWeReach", "betterChat", "whoWeReach", "betterChat", "other")
    const release = fc.tuple(fc.nat({ max: 3 }), when, purposes).map(([quarter, at, purpose]): LedgerCommand => ({
      _tag: "Release",
      at,
      period: nth(quarter),
      by,
      purpose,
      counts: counts[quarter] ?? empty
    }))
    const note = fc.record({ first: fc.nat({ max: 3 }), last: fc.nat({ max: 3 }), band: fc.option(fc.constantFrom(...bandsOf(terms))) }).map(({ first, last, band }): LedgerCommand => {
      const [from, to] = [Math.min(first, last), Math.max(first, last)]
      const count = counts.slice(from, to + 1).reduce((sum, one) => sum + plus(one, band), 0)
      return { _tag: "Note", at: afterwards, known: { first: nth(from), last: nth(to), band, count } }
    })
    return fc.array(fc.oneof({ weight: 3, arbitrary: release }, { weight: 1, arbitrary: note }), { minLength: 1, maxLength: 6 })
  })
}

/** Everything public as a system: each quarter has a count for each line and group, whether it was published or not. */
export const naiveSystem = (state: LedgerState, bands: ReadonlyArray<Band>): Publication & { readonly hiddenOf: ReadonlyArray<number> } => {
  const counts: Array<Interval> = []
  const sums: Array<Sum> = []
  const hiddenOf: Array<number> = []
  const put = (value: number | null | undefined): number => {
    if (value === null) hiddenOf.push(counts.length)
    counts.push(typeof value === "number" ? { least: value, most: value } : { least: 0, most: Infinity })
    return counts.length - 1
  }
  const reached = (quarter: CalendarPeriod) => state.elsewhere.some(({ first, last }) => first <= quarter && quarter <= last)
  const columns = new Map<string, ReadonlyArray<number>>()
  for (const quarter of quarters) {
    const edition: Edition | undefined = state.editions.find(({ period }) => period === quarter)
    // Of an unpublished quarter everything is hidden, and protected as soon as something public bears upon it.
    const rows = edition?.rows.length ?? 1
    const grid = Array.from({ length: rows === 1 ? 1 : rows + 1 }, (_, row) =>
      Array.from({ length: bands.length + 1 }, (_, column) => put(edition === undefined ? (reached(quarter) ? null : undefined) : edition.cells[row]?.[column]))
    )
    for (const row of grid) sums.push({ parts: row.slice(0, -1), total: row.at(-1) ?? 0 })
    const last = grid.at(-1) ?? []
    if (rows > 1) last.forEach((total, column) => sums.push({ parts: grid.slice(0, -1).map((row) => row[column] ?? 0), total }))
    columns.set(quarter, last)
  }
  for (const { first, last, band, count } of state.elsewhere) {
    const parts = quarters.filter((quarter) => first <= quarter && quarter <= last).map((quarter) => (columns.get(quarter) ?? [])[band === null ? bands.length : bands.indexOf(band)] ?? 0)
    sums.push({ parts, total: put(count) })
  }
  return { counts, sums, hiddenOf }
}

/** Only what bears upon a quarter, directly or through other quarters: what is known of the others was not revealed by its release. */
const bearingUpon = (state: LedgerState, quarter: CalendarPeriod): LedgerState => {
  let near: ReadonlyArray<CalendarPeriod> = [quarter]
  for (let again = 0; again < quarters.length; again++) {
    const spans = state.elsewhere.filter(({ first, last }) => near.some((one) => first <= one && one <= last))
    near = quarters.filter((one) => one === quarter || spans.some(({ first, last }) => first <= one && one <= last))
  }
  const within = near
  return {
    _tag: "Kept",
    editions: state.editions.filter(({ period }) => within.includes(period)),
    elsewhere: state.elsewhere.filter(({ first }) => within.includes(first))
  }
}

/** What a solver computes of every hidden count of a ledger that bears upon a quarter. */
export const computedBy = (state: LedgerState, bands: ReadonlyArray<Band>, quarter: CalendarPeriod): ReadonlyArray<Interval> => {
  const system = naiveSystem(bearingUpon(state, quarter), bands)
  return system.hiddenOf.map(oracle(system))
}

/** Runs a life, asking the solver after every release unless `asks` is false. */
export const historyOf = (terms: StatisticsTerms, machine: ReturnType<typeof ledgerMachine>, commands: ReadonlyArray<LedgerCommand>, width: number, asks = true): LedgerHistory => {
  let state = machine.initial
  const steps = commands.map((command) => {
    const before = state
    const done = step(machine, state, command)
    state = done.state
    const [released] = done.events.flatMap((event) => (event._tag === "Released" ? [event.edition.period] : []))
    return { command, before, events: done.events, after: state, computed: released === undefined || !asks ? [] : computedBy(state, bandsOf(terms), released) }
  })
  return { timeZone: "Europe/Oslo", smallest: terms.smallestCell, width, steps }
}
