/**
 * Waiting times as somebody has measured them, and the other clinics that one may choose.
 */
import type { GuidePolicy } from "../policy/guide.ts"
import type { Contact, Entry } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { dayOf } from "./calendar.ts"
import { contactsOn, isStale } from "./links.ts"

/** A waiting time as it is shown: never without its source and its day (DUV-27). */
export interface ShownWait {
  readonly days: number
  readonly source: string
  readonly measuredOn: LocalDate
  /** Older than the guide lets a waiting time be: shown with a word about its age. */
  readonly stale: boolean
}

/**
 * The latest waiting time measured at a clinic on or before a date, the longest of a day that has several; `null` when nobody has measured any.
 * Never an estimate (DUV-27).
 */
export const waitingTimeOf = (guide: Pick<GuidePolicy, "waitingTimes" | "staleAfterMonths">, dps: string, on: LocalDate): ShownWait | null => {
  const [latest] = guide.waitingTimes
    .filter((wait) => wait.dps === dps && wait.measuredOn <= on)
    .toSorted((a, b) => dayOf(b.measuredOn) - dayOf(a.measuredOn) || b.days - a.days)
  if (latest === undefined) return null
  const { days, source, measuredOn } = latest
  return { days, source, measuredOn, stale: isStale(measuredOn, guide.staleAfterMonths.waitingTimes, on) }
}

/** Every other clinic, and whom to ask about them. */
export interface OtherClinics {
  readonly clinics: ReadonlyArray<{ readonly dps: Entry; readonly wait: ShownWait | null }>
  /** The information service for choosing a place of treatment (DUV-29). */
  readonly ask: ReadonlyArray<Contact>
}

/** The clinics that may be chosen instead of one. No reason is asked for: everybody may choose (DUV-28). */
export const otherClinics = (
  guide: Pick<GuidePolicy, "entries" | "waitingTimes" | "staleAfterMonths" | "choiceOfPlace">,
  dps: string,
  on: LocalDate
): OtherClinics => ({
  clinics: guide.entries
    .filter(({ id, type }) => type === "dps" && id !== dps)
    .map((other) => ({ dps: other, wait: waitingTimeOf(guide, other.id, on) })),
  ask: contactsOn(guide.choiceOfPlace, on)
})
