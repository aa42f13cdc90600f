/**
 * The laws of the guide, as sentences over answers of the directory and over histories of a referral. The titles of their tests are their sentences.
 */
import * as Equal from "effect/Equal"
import type { Law, Refusal } from "../kernel/rule.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import type { Listing, Search } from "./directory.ts"
import type { ReferralCommand, ReferralDraft, ReferralEvent, ReferralState } from "./messages.ts"
import { guidanceRules } from "./rules.ts"

/** What the directory answered to a search. */
export interface Answer {
  readonly guide: GuidePolicy
  readonly search: Search
  readonly listings: ReadonlyArray<Listing>
}

type Service = Extract<Listing, { readonly _tag: "Service" }>
const servicesOf = ({ listings }: Answer): ReadonlyArray<Service> => listings.flatMap((listing) => (listing._tag === "Service" ? [listing] : []))
const asksForReferral = ({ route }: Service): boolean => route.some(({ _tag }) => _tag === "AskForReferral")
const unless = (holds: boolean, says: string): ReadonlyArray<string> => (holds ? [] : [says])

/** Nobody gets an empty page. */
export const neverEmpty: Law<Answer> = {
  rule: guidanceRules.everyMunicipality.id,
  says: "For every audience and every code of a municipality, the directory names that municipality's own services and the GP, once each",
  broken: ({ listings, search }) => [
    ...unless(listings.filter(({ _tag }) => _tag === "Gp").length === 1, "the GP is not named once"),
    ...unless(
      listings.filter((listing) => listing._tag === "Municipality" && listing.code === search.place.municipality).length === 1 &&
        listings.filter(({ _tag }) => _tag === "Municipality").length === 1,
      "the own municipality is not named once"
    )
  ]
}

/** Services by municipality. */
export const notUniform: Law<Answer> = {
  rule: guidanceRules.notUniform.id,
  says: "A service that serves other municipalities only is not shown, SANKS excepted; one that serves this one, for this audience, always is",
  broken: (answer) => {
    const { guide, search } = answer
    const shown = new Set(servicesOf(answer).map(({ entry }) => entry.id))
    return guide.entries.flatMap(({ id, type, audiences, municipalities }) => {
      if (type === "dps" || type === "sanks") return []
      const suits = audiences.includes(search.audience) && (municipalities === null || municipalities.includes(search.place.municipality))
      return unless(suits === shown.has(id), `${id} is shown and should not be, or the other way round`)
    })
  }
}

/** SANKS for everyone. */
export const sanksForEveryone: Law<Answer> = {
  rule: guidanceRules.sanks.id,
  says: "SANKS is shown in every answer, whoever it is for, wherever and whenever",
  broken: (answer) => {
    const shown = new Set(servicesOf(answer).map(({ entry }) => entry.id))
    return answer.guide.entries.flatMap(({ id, type }) => unless(type !== "sanks" || shown.has(id), `${id} is not shown`))
  }
}

/** The two lists. */
export const listsWithoutReferral: Law<Answer> = {
  rule: guidanceRules.violenceList.id,
  says: "A service of the lists for anger, violence and sexual abuse is never reached through a referral",
  broken: (answer) =>
    servicesOf(answer).flatMap((service) => unless(service.entry.category === null || !asksForReferral(service), `${service.entry.id} asks for one`))
}

/** Referrals, and the emergency that takes them away. */
export const referralUnlessEmergency: Law<Answer> = {
  rule: guidanceRules.referralNeeded.id,
  says: "A clinic or a contract specialist is reached through one referral, before the service; an emergency takes it away for a clinic only",
  broken: (answer) =>
    servicesOf(answer).flatMap(({ entry, route }) => {
      if (entry.type !== "dps" && entry.type !== "contractSpecialist") return []
      const expected = entry.type === "dps" && answer.search.emergency ? 0 : 1
      const asked = route.filter(({ _tag }) => _tag === "AskForReferral").length
      return [
        ...unless(asked === expected, `${entry.id} asks for a referral too often or too seldom`),
        ...unless(route.at(-1)?._tag === "Contact", `${entry.id} is not the last step`)
      ]
    })
}

/** Help now comes first. */
export const helpNowFirst: Law<Answer> = {
  rule: guidanceRules.emergency.id,
  says: "The numbers for help now stand first, in the answer and on every way to a service, in an emergency and not otherwise",
  broken: (answer) => {
    const { listings, search, guide } = answer
    const first = (steps: ReadonlyArray<{ readonly _tag: string }>) =>
      steps.findIndex(({ _tag }) => _tag === "CallNow") === (search.emergency ? 0 : -1) && steps.filter(({ _tag }) => _tag === "CallNow").length <= 1
    return [
      ...unless(first(listings), "the answer begins with something else"),
      ...unless(
        listings.every((listing) => listing._tag !== "CallNow" || listing.numbers === guide.emergency),
        "other numbers are shown"
      ),
      ...servicesOf(answer).flatMap(({ entry, route }) => unless(first(route), `the way to ${entry.id} begins with something else`))
    ]
  }
}

/** The laws of one answer of the directory. */
export const answerLaws: ReadonlyArray<Law<Answer>> = [
  neverEmpty,
  notUniform,
  sanksForEveryone,
  listsWithoutReferral,
  referralUnlessEmergency,
  helpNowFirst
]

/** One command to a referral, with what it did. */
export interface ReferralStep {
  readonly command: ReferralCommand
  readonly before: ReferralState
  readonly after: ReferralState
  readonly events: ReadonlyArray<ReferralEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one referral, in order. */
export interface ReferralHistory {
  readonly guide: Pick<GuidePolicy, "entries">
  readonly steps: ReadonlyArray<ReferralStep>
}

/** The pathway starts once. */
export const pathwayOnce: Law<ReferralHistory> = {
  rule: guidanceRules.pathway.id,
  says: "A pathway starts exactly once for each referral that a clinic accepts, at that moment, and for no other",
  broken: ({ guide, steps }) => {
    let to: string | undefined
    return steps.flatMap(({ command, events }, index) => {
      for (const event of events) if (event._tag === "Written") to = event.draft.request.to
      const accepted = events.some(({ _tag }) => _tag === "Accepted")
      const clinic = guide.entries.some(({ id, type }) => id === to && type === "dps")
      const started = events.filter((event) => event._tag === "PathwayStarted" && event.at === command.at).length
      const all = events.filter(({ _tag }) => _tag === "PathwayStarted").length
      const once = started === (accepted && clinic ? 1 : 0) && all === started
      return unless(once, `step ${index + 1} (${command._tag}): a pathway starts too often or not at all`)
    })
  }
}

/** Seen before it is sent. */
export const seenBeforeSent: Law<ReferralHistory> = {
  rule: guidanceRules.ownWords.id,
  says: "What is sent is what was last written, and was shown after that; and whatever was shown can be sent",
  broken: ({ steps }) => {
    let written: ReferralDraft | undefined
    let seen: ReferralDraft | undefined
    return steps.flatMap(({ command, events, after, refusal }, index) => {
      const could = seen !== undefined
      for (const event of events) {
        if (event._tag === "Written") [written, seen] = [event.draft, undefined]
        if (event._tag === "Previewed") seen = written
        if (event._tag === "Discarded" || event._tag === "Accepted" || event._tag === "Declined") [written, seen] = [undefined, undefined]
      }
      const sent = events.some(({ _tag }) => _tag === "Sent")
      return [
        ...unless(
          !sent || (seen !== undefined && after._tag === "Sent" && Equal.equals(after.draft, seen)),
          `step ${index + 1}: sent without having been shown`
        ),
        ...unless(command._tag !== "Send" || !could || refusal === undefined, `step ${index + 1}: refused although it had been shown`)
      ]
    })
  }
}

/** What was asked for stays asked for. */
export const requestStays: Law<ReferralHistory> = {
  rule: guidanceRules.interpreter.id,
  says: "The competence asked for and the interpreter stay as they were written, from the draft until the service has accepted",
  broken: ({ steps }) => {
    let written: ReferralDraft | undefined
    return steps.flatMap(({ events, after }, index) => {
      for (const event of events) if (event._tag === "Written") written = event.draft
      const request = after._tag === "Accepted" ? after.request : "draft" in after ? after.draft.request : undefined
      return unless(request === undefined || Equal.equals(request, written?.request), `step ${index + 1}: something else is asked for`)
    })
  }
}

/** The laws of a referral. */
export const referralLaws: ReadonlyArray<Law<ReferralHistory>> = [pathwayOnce, seenBeforeSent, requestStays]
