/**
 * Which outpatient clinic a place belongs to on a date, and where the rules about that have gaps or contradict each other.
 */
import type { Bilingual } from "../policy/bilingual.ts"
import { type GuidePolicy, oslo } from "../policy/guide.ts"
import type { Entry } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { isDuring } from "./calendar.ts"

/** Where somebody lives: a municipality, and the urban district where catchments are drawn by it. */
export interface Place {
  readonly municipality: string
  readonly district: string | null
}

/** The one answer for a place on a date. */
export type Catchment =
  | { readonly _tag: "Clinic"; readonly dps: Entry }
  /** The municipality alone does not say which. */
  | { readonly _tag: "NeedsDistrict"; readonly districts: ReadonlyArray<{ readonly code: string; readonly name: string }> }
  /** Nobody has said, or two rules say different things: the GP can help, and nothing is guessed (DUV-22). */
  | { readonly _tag: "Unknown"; readonly says: Bilingual }

/** What is said wherever the clinic of a place is not known (DUV-22). */
export const askYourGp: Bilingual = {
  nb: "Vi vet ikke hvilket distriktspsykiatrisk senter du hører til. Fastlegen din kan hjelpe deg med å finne det.",
  en: "We do not know which outpatient clinic you belong to. Your GP can help you find it."
}

/** The clinic of a place on a date: exactly one answer for every place, known or not (DUV-21). */
export const catchmentOf = (
  guide: Pick<GuidePolicy, "municipalities" | "catchments" | "entries">,
  { municipality, district }: Place,
  on: LocalDate
): Catchment => {
  const districts = guide.municipalities.find(({ code }) => code === municipality)?.districts ?? []
  const byDistrict = districts.length > 0 || municipality === oslo
  if (byDistrict && district === null) return { _tag: "NeedsDistrict", districts }
  // A district named where none is needed says nothing.
  const asked = byDistrict ? district : null
  const rules = guide.catchments.filter((rule) => rule.municipality === municipality && rule.district === asked && isDuring(on, rule))
  const [only, another] = rules
  const dps = only === undefined || another !== undefined ? undefined : guide.entries.find(({ id }) => id === only.dps)
  return dps === undefined ? { _tag: "Unknown", says: askYourGp } : { _tag: "Clinic", dps }
}

/** A stretch of days, from the first until the day after the last, on which a place has no clinic, or more than one rule. */
export interface CatchmentFault {
  readonly kind: "gap" | "overlap"
  readonly municipality: string
  readonly district: string | null
  readonly from: LocalDate
  readonly until: LocalDate
}

/** Every gap and overlap in the days from `from` until `until`, for each place of the guide while it exists, each place in order of time (DUV-21). */
export const catchmentFaults = (
  guide: Pick<GuidePolicy, "municipalities" | "catchments">,
  from: LocalDate,
  until: LocalDate
): ReadonlyArray<CatchmentFault> =>
  guide.municipalities.flatMap((place) => {
    const first = place.from !== null && place.from > from ? place.from : from
    const last = place.until !== null && place.until < until ? place.until : until
    const districts = place.districts.length === 0 ? [null] : place.districts.map(({ code }) => code)
    return districts.flatMap((district) => {
      const rules = guide.catchments.filter((rule) => rule.municipality === place.code && rule.district === district)
      const bounds = rules.flatMap((rule) => [rule.from, rule.until ?? last])
      const edges = [...new Set([first, ...bounds, last])].filter((date) => first <= date && date <= last).toSorted()
      const faults: Array<CatchmentFault> = []
      edges.slice(0, -1).forEach((start, index) => {
        const end = edges[index + 1] ?? last
        const covering = rules.filter((rule) => isDuring(start, rule)).length
        if (covering === 1) return
        const kind = covering === 0 ? "gap" : "overlap"
        const before = faults.at(-1)
        if (before !== undefined && before.kind === kind && before.until === start) faults[faults.length - 1] = { ...before, until: end }
        else faults.push({ kind, municipality: place.code, district, from: start, until: end })
      })
      return faults
    })
  })
