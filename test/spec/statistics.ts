/**
 * Statistics written a second time and badly on purpose: flags, arrays of everybody, and plain texts. Property tests hold the real code against it.
 */
import type { ContactCommand } from "@fortrolig/core/statistics/messages"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { StatisticsTerms } from "@fortrolig/core/policy/care"
import { bandsOf } from "@fortrolig/core/statistics/bands"
import type { Counts } from "@fortrolig/core/statistics/messages"
import * as fc from "fast-check"

/** A policy as tests need it: six groups of ages, by the year unless said otherwise. */
export const termsWith = (more: Partial<StatisticsTerms> = {}): StatisticsTerms => ({
  bands: [
    { from: 0, to: 9 },
    { from: 10, to: 12 },
    { from: 13, to: 15 },
    { from: 16, to: 17 },
    { from: 18, to: 24 },
    { from: 25, to: null }
  ],
  dimensions: [],
  period: "quarter",
  smallestCell: 5,
  smallestTotal: 10,
  method: "suppress",
  ...more
})

/** A policy with `count` groups of one year each, the last open. */
export const withGroups = (count: number, more: Partial<StatisticsTerms> = {}): StatisticsTerms => {
  const [, ...later] = Array.from({ length: count }, (_, age) => ({ from: age, to: age === count - 1 ? null : age }))
  return termsWith({ bands: [{ from: 0, to: count === 1 ? null : 0 }, ...later], ...more })
}

/** Groups that are a partition, from random edges. */
export const partitions = fc.uniqueArray(fc.integer({ min: 1, max: 119 }), { maxLength: 8 }).map((edges) => {
  const starts = [0, ...edges.toSorted((one, other) => one - other)]
  const [first = { from: 0, to: null }, ...rest] = starts.map((from, index) => ({ from, to: starts[index + 1] === undefined ? null : (starts[index + 1] ?? 0) - 1 }))
  return [first, ...rest] as const
})

/** Counts as a table of the policy's groups: mostly small, some zero, a few large. */
export const countsFor = (terms: StatisticsTerms, rows: number, most = 30): fc.Arbitrary<Counts> => {
  const bands = bandsOf(terms)
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: most }))
  const names = rows === 1 ? ["all"] : Array.from({ length: rows }, (_, index) => `topic${index}`)
  return fc.array(fc.array(count, { minLength: bands.length, maxLength: bands.length }), { minLength: rows, maxLength: rows }).map((cells) => ({ rows: names, bands, cells }))
}

/** The group of an age, by reading the groups one by one and keeping the last that begins in time. */
export const naiveBand = (terms: Pick<StatisticsTerms, "bands">, age: number | null): string => {
  let name = "notGiven"
  if (age === null || age < 0 || age > 120 || Math.floor(age) !== age) return name
  for (const group of terms.bands) if (group.from <= age) name = group.to === null ? `${group.from}+` : `${group.from}-${group.to}`
  return name
}

/** The quarter, month or year on a wall clock, by asking the system to write the date. */
export const naivePeriod = (length: StatisticsTerms["period"], at: number, timeZone: string): string => {
  const [year = "", month = ""] = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit" }).format(at).split("-")
  if (length === "year") return year
  return length === "month" ? `${year}-${month}` : `${year}-Q${["01,02,03", "04,05,06", "07,08,09", "10,11,12"].findIndex((three) => three.includes(month)) + 1}`
}

/** One chat, by flags. */
export class NaiveContact {
  readonly terms: StatisticsTerms
  readonly timeZone: string
  counted = false
  last: number | null = null
  constructor(terms: StatisticsTerms, timeZone: string) {
    this.terms = terms
    this.timeZone = timeZone
  }
  get band(): string {
    return naiveBand(this.terms, this.last)
  }
  run(command: ContactCommand): { readonly refusedBy: string | undefined; readonly events: ReadonlyArray<object> } {
    if (command._tag === "State") {
      if (this.counted) return { refusedBy: "E-11", events: [] }
      const before = this.band
      this.last = command.age
      return { refusedBy: undefined, events: this.band === before ? [] : [{ _tag: "BandStated", band: this.band }] }
    }
    if (this.counted) return { refusedBy: undefined, events: [] }
    const dimensions = command.categories.map(({ by }) => by as string)
    if (!dimensions.every((by) => (this.terms.dimensions as ReadonlyArray<string>).includes(by))) return { refusedBy: "IF-35", events: [] }
    if (dimensions.some((by, index) => dimensions.indexOf(by) !== index)) return { refusedBy: "IF-32", events: [] }
    this.counted = true
    const period = naivePeriod(this.terms.period, command.at, this.timeZone)
    return { refusedBy: undefined, events: [{ _tag: "Counted", period, band: this.band, categories: command.categories }] }
  }
  picture(): object {
    return this.counted ? { _tag: "Counted" } : { _tag: "Open", band: this.band }
  }
}

const ages = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -2, max: 130 }), fc.constantFrom(12.5, Number.NaN, 119, 120, 121))
const categories = fc.array(fc.record({ by: fc.constantFrom("topic" as const, "county" as const), code: fc.constantFrom("school", "family") }), { maxLength: 2 })
const instants = fc.integer({ min: Date.UTC(2025, 11, 30), max: Date.UTC(2027, 0, 3) }).map((at) => Instant.make(at))

/** What may happen to one chat, in any order and more often than it should. */
export const contactDeeds: fc.Arbitrary<ContactCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("State" as const), at: instants, age: fc.option(ages) }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Close" as const), at: instants, categories }) }
)
