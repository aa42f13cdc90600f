/**
 * The privacy page of a service: the whole of what the three lines say in short, generated from the policy and from the declared data classes.
 */
import { hours, minutes, type Period, seconds } from "../kernel/instant.ts"
import { keepsContent, type Policy, questionOf } from "../policy/policy.ts"
import { clockSkew, type Declaration, declarations, staffSessionPeriod, sweepInterval, worstCase } from "../retention/dataClass.ts"
import { productPlaces } from "../retention/productPlaces.ts"
import type { Language } from "./language.ts"
import { type PartSectionId, partSectionIds, partTexts } from "./partTexts.ts"
import { inWords } from "./periods.ts"
import { whereWords } from "./placeTexts.ts"
import { type PrivacyFacts, type PrivacySectionId, privacySectionIds, type PrivacyTexts, privacyTexts } from "./privacyTexts.ts"

/** A table with a caption; the first cell of a row names it. */
export interface PrivacyTable {
  readonly caption: string
  readonly columns: readonly [string, string, string, string]
  readonly rows: ReadonlyArray<readonly [string, string, string, string]>
}

/** A part of the page: a heading, paragraphs, and for some a table or a link. */
export interface PrivacySection {
  readonly id: PrivacySectionId | PartSectionId
  readonly heading: string
  readonly paragraphs: ReadonlyArray<string>
  readonly table?: PrivacyTable
  readonly link?: { readonly text: string; readonly href: string }
}

const factsOf = (policy: Policy, language: Language): PrivacyFacts => ({
  controller: policy.controller.name,
  vendor: policy.vendor.name,
  trace: inWords(hours(policy.accessTrace.hoursAfterOpening), language),
  idle: inWords(minutes(policy.limits.idleMinutes), language),
  length: inWords(minutes(policy.limits.lengthMinutes), language),
  queue: inWords(minutes(policy.limits.queueMinutes), language),
  grace: inWords(seconds(policy.limits.graceSeconds), language),
  staff: inWords(staffSessionPeriod, language),
  skew: inWords(clockSkew, language),
  sweep: inWords(sweepInterval, language)
})

/** One row for a data class: what it is, where, until when as promised, and until when at worst. */
const rowOf = (policy: Policy, declaration: Declaration, texts: PrivacyTexts, language: Language): readonly [string, string, string, string] => {
  const { table } = texts
  const what = table.what[declaration.dataClass]
  const where = whereWords(policy, declaration, productPlaces, language)
  if (!declaration.stored) {
    // What only the browsers have goes with the chat, and the longest chat is bounded by the policy.
    return [what, where, table.atEnd, table.until.opened(inWords(worstCase(minutes(policy.limits.lengthMinutes)), language))]
  }
  if (declaration.clock === "none" || declaration.period === undefined) return [what, where, table.never, table.never]
  const until = table.until[declaration.clock]
  const atWorst = until(inWords(worstCase(declaration.period), language))
  return [what, where, declaration.dataClass === "liveSession" ? table.atEnd : until(inWords(declaration.period, language)), atWorst]
}

/** What a section about a part needs of the policy; `undefined` where the policy has no such part. */
const partTerms = (policy: Policy, id: PartSectionId): { readonly age?: number; readonly number?: string; readonly period?: Period; readonly smallest?: number } | undefined => {
  switch (id) {
    case "triage":
      return policy.triage === null ? undefined : { age: policy.triage.minimumAge }
    case "booking":
      return policy.booking === null
        ? undefined
        : { age: policy.booking.minimumAge, period: hours(policy.booking.outboxHours), ...(policy.booking.phone === null ? {} : { number: policy.booking.phone.number }) }
    case "phone":
      return policy.phone === null ? undefined : { number: policy.phone.number, period: minutes(policy.phone.reservedMinutes) }
    case "statistics":
      return policy.statistics === null ? undefined : { smallest: policy.statistics.smallestCell }
    case "holds":
      return policy.holds === null ? undefined : { period: hours(policy.holds.maximumDays * 24) }
    case "webLog":
      return policy.webLog === null ? undefined : { period: hours(policy.webLog.addressHours) }
  }
}

/** The sections of the parts that a policy has, in the order in which they stand. */
export const partSections = (policy: Policy, language: Language): ReadonlyArray<PrivacySection> =>
  partSectionIds.flatMap((id) => {
    const terms = partTerms(policy, id)
    if (terms === undefined) return []
    const { heading, paragraphs } = partTexts[language][id]
    const facts = {
      vendor: policy.vendor.name,
      trace: inWords(hours(policy.accessTrace.hoursAfterOpening), language),
      age: String(terms.age ?? ""),
      number: terms.number,
      period: terms.period === undefined ? "" : inWords(terms.period, language),
      twice: policy.triage?.timesAsked === 2,
      smallest: String(terms.smallest ?? "")
    }
    return [{ id, heading, paragraphs: paragraphs(facts) }]
  })

/** The parts of the privacy page of a service, in the order in which they stand; what the service does not have is not there. Periods are upper bounds. */
export const privacySections = (policy: Policy, language: Language): ReadonlyArray<PrivacySection> => [
  ...chatSections(policy, language),
  ...partSections(policy, language)
]

const chatSections = (policy: Policy, language: Language): ReadonlyArray<PrivacySection> => {
  const texts: PrivacyTexts = privacyTexts[language]
  const facts = factsOf(policy, language)
  return privacySectionIds.map((id) => {
    const paragraphs = texts.paragraphs[id].map((text) => text(facts))
    const section = { id, heading: texts.headings[id], paragraphs }
    switch (id) {
      case "responsible":
        return { ...section, link: { text: texts.controllerPage(facts), href: policy.links.privacy.href } }
      case "writing": {
        const kept = keepsContent(policy) ? texts.kept(facts, inWords(hours(policy.content.hoursAfterEnd), language)) : texts.inBrowsers(facts)
        return { ...section, paragraphs: [kept, ...paragraphs] }
      }
      case "address":
        return questionOf(policy, "accessTrace.hoursAfterOpening") === undefined ? section : { ...section, paragraphs: [...paragraphs, texts.question(facts)] }
      case "stored": {
        const rows = declarations(policy).map((declaration) => rowOf(policy, declaration, texts, language))
        return { ...section, table: { caption: texts.table.caption, columns: texts.table.columns, rows } }
      }
      case "duty":
      case "encryption":
      case "browser":
      case "cookies":
      case "leaving":
        return section
    }
  })
}
