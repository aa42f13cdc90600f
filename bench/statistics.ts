/**
 * What statistics costs: ten million chats tallied, and tables of 8 groups by 20 services released for 40 periods, each attacked over three years of earlier releases
 * and a yearly total that became public elsewhere. Run with `node --conditions=@fortrolig/source bench/statistics.ts`; `--quick` tallies a tenth.
 */
import { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import type { StatisticsTerms } from "@fortrolig/core/policy/care"
import { bandOf, bandsOf } from "@fortrolig/core/statistics/bands"
import { CalendarPeriod, periodReader } from "@fortrolig/core/statistics/calendar"
import { ledgerMachine } from "@fortrolig/core/statistics/machine"
import type { Counts, LedgerCommand, LedgerState } from "@fortrolig/core/statistics/messages"
import { type Increment, merge, type Tally, tally } from "@fortrolig/core/statistics/tally"

const zone = "Europe/Oslo"
const terms: StatisticsTerms = {
  bands: [{ from: 0, to: 9 }, { from: 10, to: 12 }, { from: 13, to: 15 }, { from: 16, to: 17 }, { from: 18, to: 24 }, { from: 25, to: 39 }, { from: 40, to: null }],
  dimensions: ["topic"],
  period: "quarter",
  smallestCell: 5,
  smallestTotal: 10,
  method: "suppress"
}
const bands = bandsOf(terms)
const services = Array.from({ length: 20 }, (_, index) => `service${index}`)

/** A small generator of numbers that only look random, so that every run measures the same. */
let seed = 20260327
const below = (limit: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * limit)
}

const contacts = process.argv.includes("--quick") ? 1_000_000 : 10_000_000
const batch = 100_000
const start = Date.UTC(2016, 0, 1)
const tallied = (): { readonly seconds: number; readonly counters: number } => {
  const period = periodReader(terms, zone)
  const gap = (10 * 365.25 * 86_400_000) / contacts
  let sum: Tally = []
  const began = process.hrtime.bigint()
  for (let done = 0; done < contacts; done += batch) {
    const increments = function* (): Generator<Increment> {
      for (let i = done; i < done + batch; i++) {
        const age = below(50)
        yield { period: period(Instant.make(Math.floor(start + i * gap))), band: bandOf(terms, age === 49 ? undefined : age), categories: [] }
      }
    }
    sum = merge(sum, tally(increments()))
  }
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, counters: sum.length }
}

const quarters = Array.from({ length: 52 }, (_, index) => CalendarPeriod.make(`${2013 + Math.floor(index / 4)}-Q${(index % 4) + 1}`))
/** Counts of a helpline: a few large groups, many small ones. */
const table = (): Counts => ({ rows: services, bands, cells: services.map(() => bands.map(() => (below(3) === 0 ? below(8) : below(60)))) })

const released = (): { readonly seconds: number; readonly published: number; readonly refused: number; readonly shown: number } => {
  const machine = ledgerMachine(terms, zone)
  const release = (place: number, counts: Counts): LedgerCommand => ({
    _tag: "Release",
    at: Instant.make(Date.UTC(2026, 5, 1)),
    period: quarters[place] ?? CalendarPeriod.make("2013"),
    by: "topic",
    purpose: "whoWeReach",
    counts
  })
  let state: LedgerState = machine.initial
  const total = (counts: Counts): number => counts.cells.flat().reduce((sum, count) => sum + count, 0)
  const tables = quarters.map(table)
  for (let year = 0; year < 13; year++) {
    const count = tables.slice(year * 4, year * 4 + 4).reduce((sum, counts) => sum + total(counts), 0)
    const period = CalendarPeriod.make(String(2013 + year))
    state = step(machine, state, { _tag: "Note", at: Instant.make(0), known: { first: period, last: period, band: null, count } }).state
  }
  tables.slice(0, 12).forEach((counts, place) => (state = step(machine, state, release(place, counts)).state))
  const earlier = state.editions.length
  const began = process.hrtime.bigint()
  tables.slice(12).forEach((counts, place) => (state = step(machine, state, release(place + 12, counts)).state))
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const cells = state.editions.slice(earlier).flatMap(({ cells: lines }) => lines.flat())
  return { seconds, published: state.editions.length - earlier, refused: 40 - (state.editions.length - earlier), shown: cells.filter((cell) => cell !== null).length / cells.length }
}

const verdict = (met: boolean) => (met ? "met" : "NOT met")
console.log(`node ${process.version}`)
const counting = tallied()
const rate = contacts / counting.seconds
console.log(`${contacts} chats tallied into ${counting.counters} counters: ${counting.seconds.toFixed(2)} s, ${Math.round(rate)} a second   target >= 100000: ${verdict(rate >= 100_000)}`)
const publishing = released()
console.log(`40 periods of ${bands.length} groups by ${services.length} services: ${publishing.seconds.toFixed(2)} s   target < 10: ${verdict(publishing.seconds < 10)}`)
console.log(`published ${publishing.published}, refused ${publishing.refused}; ${(publishing.shown * 100).toFixed(1)} % of their counts and totals shown`)
