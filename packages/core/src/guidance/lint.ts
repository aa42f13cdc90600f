/**
 * What a guide still lacks before it may be opened to people: each finding with its rule, the field, and what to do about it.
 */
import type { Rule, RuleId } from "../kernel/rule.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import type { Contact, Entry, GuideLink } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { addMonths } from "./calendar.ts"
import { catchmentFaults } from "./catchment.ts"
import { contactsOn, isStale } from "./links.ts"
import { guidanceRules as rules } from "./rules.ts"

/** Something that a guide lacks, contradicts or has not looked at for too long. */
export interface GuideFinding {
  readonly rule: RuleId
  /** Where, as `entries.north-clinic.contacts`. */
  readonly field: string
  readonly says: string
  readonly remedy: string
}

type Findings = ReadonlyArray<GuideFinding>

const finding = (rule: Rule, field: string, says: string, remedy: string): GuideFinding => ({ rule: rule.id, field, says, remedy })
const unless = (holds: boolean, ...what: Parameters<typeof finding>): Findings => (holds ? [] : [finding(...what)])

const lookAgain = "Open it, see that it is right, and enter today as lastVerified."

/** Findings about one link: missing, or not looked at. */
const linkFindings = (guide: GuidePolicy, on: LocalDate, rule: Rule, field: string, link: GuideLink | null): Findings =>
  link === null
    ? [finding(rule, field, "The link is missing.", "Enter the address, its language, and the day on which it was seen to work.")]
    : unless(!isStale(link.lastVerified, guide.staleAfterMonths.links, on), rule, field, "Nobody has looked at the link for too long.", lookAgain)

/** Findings about the contacts of one place: none that holds, or not looked at. Only contacts that hold on the day are judged. */
const contactFindings = (guide: GuidePolicy, on: LocalDate, field: string, contacts: ReadonlyArray<Contact>): Findings => {
  const holding = contactsOn(contacts, on)
  const old = holding.some(({ lastVerified }) => isStale(lastVerified, guide.staleAfterMonths.links, on))
  return [
    ...unless(
      holding.length > 0,
      rules.datedContacts,
      field,
      "No contact holds on this day.",
      "Enter a number or a page, and from which day it holds."
    ),
    ...unless(!old, rules.datedContacts, field, "Nobody has looked at a contact for too long.", lookAgain)
  ]
}

const entryFindings = (guide: GuidePolicy, on: LocalDate): Findings => {
  const { entries } = guide
  const any = (suits: (entry: Entry) => boolean) => entries.some(suits)
  const addOne = "Enter at least one, with its contacts."
  const clinics = entries.filter(({ type }) => type === "dps")
  const self = (audience: Entry["audiences"][number]) => any(({ access, audiences }) => access === "self" && audiences.includes(audience))
  return [
    ...unless(
      self("angerOrViolence") && self("committedSexualAbuse"),
      rules.audience,
      "entries",
      "Somebody who was violent or committed sexual assault finds no service to contact without a referral.",
      addOne
    ),
    ...unless(
      self("concernedMayCommit"),
      rules.concerned,
      "entries",
      "Somebody who is concerned that it may happen finds no service to contact without a referral.",
      addOne
    ),
    ...unless(
      any(({ category }) => category === "violence"),
      rules.violenceList,
      "entries",
      "The list of services for anger or violence is empty.",
      addOne
    ),
    ...unless(
      any(({ category }) => category === "sexualAbuse"),
      rules.sexualAbuseList,
      "entries",
      "The list of services for sexual abuse is empty.",
      addOne
    ),
    ...unless(
      clinics.length > 0,
      rules.clinicsEverywhere,
      "entries",
      "There is no outpatient clinic.",
      "Enter the clinics, each with its health trust."
    ),
    ...unless(
      clinics.length !== 1,
      rules.otherClinic,
      "entries",
      "There is only one outpatient clinic, and no other to choose.",
      "Enter the other clinics of the country."
    ),
    ...unless(
      any(({ type }) => type === "sanks"),
      rules.sanks,
      "entries",
      "SANKS is missing.",
      "Enter SANKS, for every audience and the whole country."
    ),
    ...clinics.flatMap(({ id, forms }) => unless(
      forms.length > 0,
      rules.treatmentForms,
      `entries.${id}.forms`,
      "The clinic names no form of treatment.",
      "Enter what it offers.")
    ),
    ...entries.flatMap(({ id, contacts }) => contactFindings(guide, on, `entries.${id}.contacts`, contacts))
  ]
}

const placeFindings = (guide: GuidePolicy, on: LocalDate): Findings => [
  ...unless(
    guide.municipalities.length > 0,
    rules.everyMunicipality,
    "municipalities",
    "There is no municipality.",
    "Enter the municipalities of the country with their own pages."
  ),
  ...guide.municipalities.flatMap(({ code, website }) => linkFindings(guide, on, rules.everyMunicipality, `municipalities.${code}.website`, website)),
  ...catchmentFaults(guide, on, addMonths(on, 12)).map(({ kind, municipality, district, from, until }) => {
    const field = `catchments.${district ?? municipality}`
    return kind === "gap"
      ? finding(
        rules.clinicsEverywhere,
        field,
        `The place belongs to no outpatient clinic from ${from} until ${until}.`,
        "Enter the clinic for those days."
      )
      : finding(
        rules.catchment,
        field,
        `The place belongs to more than one rule from ${from} until ${until}.`,
        "Let one of the rules end before the other begins."
      )
  }),
  ...unless(
    guide.healthTrusts.length > 0,
    rules.specialistLists,
    "healthTrusts",
    "There is no health trust.",
    "Enter the health trusts with their lists of contract specialists."
  ),
  ...guide.healthTrusts.flatMap(({ id, contractSpecialists }) => [
    ...linkFindings(guide, on, rules.specialistLists, `healthTrusts.${id}.contractSpecialists`, contractSpecialists),
    ...unless(
      guide.entries.some(({ type, trust }) => type === "dps" && trust === id),
      rules.catchment,
      `healthTrusts.${id}`,
      "The health trust has no outpatient clinic.",
      "Enter its clinics, or remove the trust."
    )
  ])
]

const waitingFindings = (guide: GuidePolicy, on: LocalDate): Findings =>
  guide.waitingTimes.flatMap(({ dps, measuredOn, days }, index) => {
    const field = `waitingTimes.${index}`
    const newest = !guide.waitingTimes.some((other) => other.dps === dps && other.measuredOn > measuredOn)
    const sameDay = guide.waitingTimes.slice(0, index).filter((other) => other.dps === dps && other.measuredOn === measuredOn)
    const contradicted = sameDay.some((other) => other.days !== days)
    return [
      ...unless(
        measuredOn <= on,
        rules.waitingTimes,
        field,
        "The waiting time is of a day that has not come yet.",
        "Enter the day for which the source gives it."
      ),
      ...unless(
        !newest || !isStale(measuredOn, guide.staleAfterMonths.waitingTimes, on),
        rules.waitingTimes,
        field,
        "The waiting time is too old.",
        "Read the source again and enter its day."
      ),
      ...unless(
        !contradicted,
        rules.waitingTimes,
        field,
        "Two waiting times of one clinic contradict each other for the same day.",
        "Keep the one that the source gives."
      )
    ]
  })

const contentFindings = (guide: GuidePolicy, on: LocalDate): Findings => [
  ...unless(
    guide.feeCeilings.some(({ year }) => String(year) === on.slice(0, 4)),
    rules.userFee,
    "feeCeilings",
    "The most that is paid in user fees this year is missing.",
    "Enter the amount for the year, its source, and the day on which it was read."
  ),
  ...guide.emergency.flatMap(({ number, lastVerified }) =>
    unless(
      !isStale(lastVerified, guide.staleAfterMonths.links, on),
      rules.emergency,
      `emergency.${number}`,
      "Nobody has looked at the number for too long.",
      lookAgain
    )
  ),
  ...contactFindings(guide, on, "choiceOfPlace", guide.choiceOfPlace),
  ...linkFindings(guide, on, rules.pathwayLink, "links.patientPathway", guide.links.patientPathway),
  ...linkFindings(guide, on, rules.linkLanguage, "links.waitingTimes", guide.links.waitingTimes),
  ...linkFindings(guide, on, rules.whomToContact, "links.whomToContact", guide.links.whomToContact),
  ...linkFindings(guide, on, rules.psychologists, "links.psychologists", guide.links.psychologists),
  ...unless(
    !isStale(guide.reviewedOn, guide.staleAfterMonths.content, on),
    rules.editor,
    "reviewedOn",
    "The content has not been reviewed for too long.",
    "Go through the content and enter the day."
  )
]

/** Everything that a guide lacks on a day: services and places first, then figures, links and the content. Empty when the guide may be opened. */
export const lintGuide = (guide: GuidePolicy, on: LocalDate): ReadonlyArray<GuideFinding> => [
  ...entryFindings(guide, on),
  ...placeFindings(guide, on),
  ...waitingFindings(guide, on),
  ...contentFindings(guide, on)
]
