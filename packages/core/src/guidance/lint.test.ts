import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { completeGuide, page, today } from "../../../../test/spec/guidanceWorlds.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { decodeGuidePolicy, type GuidePolicy } from "../policy/guide.ts"
import type { Entry } from "../policy/guideEntries.ts"
import { dinutvei } from "../policy/reference/dinutvei.ts"
import { addMonths } from "./calendar.ts"
import { type GuideFinding, lintGuide } from "./lint.ts"

type Change = (guide: GuidePolicy) => GuidePolicy

const only = (keep: (entry: Entry) => boolean): Change => (guide) => ({ ...guide, entries: guide.entries.filter(keep) })
const change = (id: string, fields: Partial<Entry>): Change => (guide) => ({ ...guide, entries: guide.entries.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry)) })
const link = (name: keyof GuidePolicy["links"], lastVerified: string | null | undefined): Change => (guide) => ({
  ...guide,
  links: { ...guide.links, [name]: lastVerified === undefined ? null : { ...page(name), lastVerified } }
})
const rule = (index: number, fields: Partial<GuidePolicy["catchments"][number]>): Change => (guide) => ({
  ...guide,
  catchments: guide.catchments.map((one, at) => (at === index ? { ...one, ...fields } : one))
})
const wait = (...list: ReadonlyArray<readonly [dps: string, days: number, measuredOn: string]>): Change => (guide) => ({
  ...guide,
  waitingTimes: list.map(([dps, days, measuredOn]) => ({ dps, days, source: "https://guide.example/waiting", measuredOn }))
})
const phone = (lastVerified: string | null, from: string | null, until: string | null) => ({ kind: "phone" as const, number: "99 99 99 98", lastVerified, from, until })
/** The oldest that a link may be on the day, and a day more. */
const fresh = "2025-12-15"
const old = "2025-12-14"

const missing = "The link is missing."
const enterLink = "Enter the address, its language, and the day on which it was seen to work."
const unseen = "Nobody has looked at the link for too long."
const unseenContact = "Nobody has looked at a contact for too long."
const look = "Open it, see that it is right, and enter today as lastVerified."
const noContact = "No contact holds on this day."
const enterContact = "Enter a number or a page, and from which day it holds."
const addOne = "Enter at least one, with its contacts."
const addClinics = "Enter the clinics, each with its health trust."
const overlapping = "Let one of the rules end before the other begins."
const tooOld = ["The waiting time is too old.", "Read the source again and enter its day."] as const

/** Changes to a complete guide, and exactly what each must find: rule, field, sentence, remedy. Changes of one group touch the same part. */
const cases: ReadonlyArray<readonly [what: string, group: string, made: Change, found: ReadonlyArray<readonly [string, string, string, string]>]> = [
  ["nothing is changed", "", (guide) => guide, []],
  ["a violence service leaves its list", "calm", change("calm", { category: null }), [["DUV-06", "entries", "The list of services for anger or violence is empty.", addOne]]],
  ["the sexual abuse service leaves its list", "stop", change("stop", { category: null }), [["DUV-07", "entries", "The list of services for sexual abuse is empty.", addOne]]],
  ["nobody is for the concerned", "stop", change("stop", { audiences: ["committedSexualAbuse"] }), [["DUV-02", "entries", "Somebody who is concerned that it may happen finds no service to contact without a referral.", addOne]]],
  [
    "nobody is for those who committed",
    "stop",
    change("stop", { audiences: ["concernedMayCommit"] }),
    [["DUV-01", "entries", "Somebody who was violent or committed sexual assault finds no service to contact without a referral.", addOne]]
  ],
  ["a clinic names no treatment", "north", change("north-clinic", { forms: [] }), [["DUV-15", "entries.north-clinic.forms", "The clinic names no form of treatment.", "Enter what it offers."]]],
  ["SANKS is left out", "sanks", only(({ type }) => type !== "sanks"), [["DUV-17", "entries", "SANKS is missing.", "Enter SANKS, for every audience and the whole country."]]],
  ["a service has no contact", "local", change("local", { contacts: [] }), [["DUV-29", "entries.local.contacts", noContact, enterContact]]],
  ["a service's contact ended today", "local", change("local", { contacts: [phone("2026-05-01", null, today)] }), [["DUV-29", "entries.local.contacts", noContact, enterContact]]],
  ["a service's contact was never seen", "local", change("local", { contacts: [phone(null, null, null)] }), [["DUV-29", "entries.local.contacts", unseenContact, look]]],
  ["a service's contact was just seen in time", "local", change("local", { contacts: [phone(fresh, today, null), phone(null, null, today)] }), []],
  ["a service's contact was seen a day too early", "local", change("local", { contacts: [phone("2026-05-01", null, null), phone(old, null, null)] }), [["DUV-29", "entries.local.contacts", unseenContact, look]]],
  ["a municipality has no page", "places", (guide) => ({ ...guide, municipalities: guide.municipalities.map((place, at) => (at === 0 ? { ...place, website: null } : place)) }), [["DUV-03", "municipalities.9901.website", missing, enterLink]]],
  ["a catchment has ended", "rules", rule(0, { until: "2026-07-01" }), [["DUV-11", "catchments.9901", "The place belongs to no outpatient clinic from 2026-07-01 until 2027-06-15.", "Enter the clinic for those days."]]],
  ["a catchment ends in a year", "rules", rule(0, { until: addMonths(today, 12) }), []],
  ["a district has two clinics", "rules", (guide) => ({ ...guide, catchments: [...guide.catchments, { municipality: "9902", district: "990202", dps: "north-clinic", from: "2027-01-01", until: null }] }), [["DUV-21", "catchments.990202", "The place belongs to more than one rule from 2027-01-01 until 2027-06-15.", overlapping]]],
  ["a health trust has no list", "trusts", (guide) => ({ ...guide, healthTrusts: guide.healthTrusts.map((trust) => (trust.id === "south" ? { ...trust, contractSpecialists: null } : trust)) }), [["DUV-32", "healthTrusts.south.contractSpecialists", missing, enterLink]]],
  ["a health trust has no clinic", "trusts", (guide) => ({ ...guide, healthTrusts: [...guide.healthTrusts, { id: "west", name: "West", contractSpecialists: page("west") }] }), [["DUV-21", "healthTrusts.west", "The health trust has no outpatient clinic.", "Enter its clinics, or remove the trust."]]],
  ["a waiting time is just not too old", "waiting", wait(["north-clinic", 1, fresh]), []],
  ["a waiting time is too old", "waiting", wait(["north-clinic", 1, old], ["south-clinic", 1, fresh]), [["DUV-27", "waitingTimes.0", ...tooOld]]],
  ["an old waiting time has been replaced", "waiting", wait(["north-clinic", 1, old], ["north-clinic", 1, fresh]), []],
  ["a waiting time is from tomorrow", "waiting", wait(["north-clinic", 1, "2026-06-16"], ["south-clinic", 1, today]), [["DUV-27", "waitingTimes.0", "The waiting time is of a day that has not come yet.", "Enter the day for which the source gives it."]]],
  ["two waiting times contradict each other", "waiting", wait(["north-clinic", 1, fresh], ["south-clinic", 2, fresh], ["north-clinic", 2, fresh], ["north-clinic", 2, fresh]), [2, 3].map((at) => ["DUV-27", `waitingTimes.${at}`, "Two waiting times of one clinic contradict each other for the same day.", "Keep the one that the source gives."] as const)],
  ["a waiting time changed, and was entered twice", "waiting", wait(["north-clinic", 1, fresh], ["north-clinic", 2, today], ["north-clinic", 2, today]), []],
  ["there are ceilings of several years", "fees", (guide) => ({ ...guide, feeCeilings: [2025, 2026].map((year) => ({ year, kroner: 1, source: "made up", lastVerified: today })) }), []],
  [
    "a health trust has a contract specialist only",
    "trusts",
    (guide) => ({
      ...guide,
      healthTrusts: [...guide.healthTrusts, { id: "west", name: "West", contractSpecialists: page("west") }],
      entries: guide.entries.map((one) => (one.id === "contract" ? { ...one, trust: "west" } : one))
    }),
    [["DUV-21", "healthTrusts.west", "The health trust has no outpatient clinic.", "Enter its clinics, or remove the trust."]]
  ],
  ["this year has no ceiling", "fees", (guide) => ({ ...guide, feeCeilings: [{ year: 2025, kroner: 1, source: "made up", lastVerified: today }] }), [["DUV-20", "feeCeilings", "The most that is paid in user fees this year is missing.", "Enter the amount for the year, its source, and the day on which it was read."]]],
  ["a number for help now was long not seen", "numbers", (guide) => ({ ...guide, emergency: [{ ...guide.emergency[0], lastVerified: old }, ...guide.emergency.slice(1)] }), [["DUV-14", "emergency.113", "Nobody has looked at the number for too long.", look]]],
  ["nobody can be asked about other clinics", "choice", (guide) => ({ ...guide, choiceOfPlace: [] }), [["DUV-29", "choiceOfPlace", noContact, enterContact]]],
  ["the pathway link is lost", "links", link("patientPathway", undefined), [["DUV-26", "links.patientPathway", missing, enterLink]]],
  ["the waiting times link was never seen", "links", link("waitingTimes", null), [["DUV-30", "links.waitingTimes", unseen, look]]],
  ["the list link was long not seen", "links", link("whomToContact", old), [["DUV-31", "links.whomToContact", unseen, look]]],
  ["the list link was just seen in time", "links", link("whomToContact", fresh), []],
  ["the psychologists' link is lost", "links", link("psychologists", undefined), [["DUV-33", "links.psychologists", missing, enterLink]]],
  ["the content was never reviewed", "content", (guide) => ({ ...guide, reviewedOn: null }), [["DUV-34", "reviewedOn", "The content has not been reviewed for too long.", "Go through the content and enter the day."]]],
  ["the content was just reviewed in time", "content", (guide) => ({ ...guide, reviewedOn: "2025-06-15" }), []],
  ["the content was reviewed a day too early", "content", (guide) => ({ ...guide, reviewedOn: "2025-06-14" }), [["DUV-34", "reviewedOn", "The content has not been reviewed for too long.", "Go through the content and enter the day."]]]
]

const told = (findings: ReadonlyArray<GuideFinding>) => findings.map(({ rule: id, field, says, remedy }) => [String(id), field, says, remedy])
const tuples = (found: ReadonlyArray<readonly [string, string, string, string]>) => found.map((finding) => [...finding])
const sorted = (findings: ReadonlyArray<ReadonlyArray<string>>) => findings.map((finding) => finding.join("|")).toSorted()

describe("the lint of a guide", () => {
  it.each(cases)("finds exactly what is wrong, and nothing else, when %s", (_, _group, made, found) => {
    assert.deepStrictEqual(told(lintGuide(decodeGuidePolicy(made(completeGuide)), today)), tuples(found))
  })

  it("of a guide with several things wrong finds each of them", () => {
    const groups = [...new Set(cases.map(([, group]) => group))]
    const mixtures = fc.tuple(...groups.map((group) => fc.option(fc.constantFrom(...cases.filter(([, one]) => one === group)))))
    fc.assert(
      fc.property(mixtures, (mixture) => {
        const chosen = mixture.flatMap((one) => (one === null ? [] : [one]))
        const guide = chosen.reduce((changed, [, , made]) => made(changed), completeGuide)
        assert.deepStrictEqual(sorted(told(lintGuide(guide, today))), sorted(chosen.flatMap(([, , , found]) => tuples(found))))
      }),
      runs(300)
    )
  }, patience)

  it("finds that nobody is for the violent, apart from those who committed sexual assault", () => {
    const guide = only(({ access, audiences }) => access === "referral" || !audiences.includes("angerOrViolence"))(completeGuide)
    assert.deepStrictEqual(told(lintGuide(guide, today)), [
      ["DUV-01", "entries", "Somebody who was violent or committed sexual assault finds no service to contact without a referral.", addOne],
      ["DUV-06", "entries", "The list of services for anger or violence is empty.", addOne]
    ])
  })

  it("finds the clinics, places and trusts that are missing altogether, and a clinic without another to choose", () => {
    const none = { ...completeGuide, municipalities: [], healthTrusts: [], catchments: [], waitingTimes: [], entries: completeGuide.entries.filter(({ type }) => type !== "dps") }
    assert.deepStrictEqual(told(lintGuide(none, today)), [
      ["DUV-11", "entries", "There is no outpatient clinic.", addClinics],
      ["DUV-03", "municipalities", "There is no municipality.", "Enter the municipalities of the country with their own pages."],
      ["DUV-32", "healthTrusts", "There is no health trust.", "Enter the health trusts with their lists of contract specialists."]
    ])
    const one = { ...none, entries: completeGuide.entries.filter(({ id }) => id !== "south-clinic") }
    assert.deepStrictEqual(told(lintGuide(one, today)).slice(0, 1), [["DUV-28", "entries", "There is only one outpatient clinic, and no other to choose.", "Enter the other clinics of the country."]])
  })

  it("of the reference guide names everything that the published text lost", () => {
    assert.deepStrictEqual(
      told(lintGuide(dinutvei, "2026-11-21")).map(([id, field]) => `${id} ${field}`),
      [
        "DUV-01 entries",
        "DUV-02 entries",
        "DUV-06 entries",
        "DUV-07 entries",
        "DUV-11 entries",
        "DUV-29 entries.sanks.contacts",
        "DUV-03 municipalities",
        "DUV-32 healthTrusts",
        "DUV-26 links.patientPathway",
        "DUV-30 links.waitingTimes",
        "DUV-31 links.whomToContact",
        "DUV-33 links.psychologists",
        "DUV-34 reviewedOn"
      ]
    )
  })
})
