import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { inWords, naiveDirectory } from "../../../../test/spec/guidance.ts"
import { historyOf, lives, type ReferralBug, referralBugs, type ReferralMachine } from "../../../../test/spec/guidanceReferral.ts"
import { completeGuide, guides, searches, today } from "../../../../test/spec/guidanceWorlds.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import { audiences } from "../policy/guideEntries.ts"
import { dinutvei } from "../policy/reference/dinutvei.ts"
import { directory, type Listing, type Search, yourGp, yourMunicipality } from "./directory.ts"
import * as laws from "./laws.ts"
import { referralMachine } from "./machine.ts"
import { needsReferral, referralGraph } from "./route.ts"

type Directory = (guide: GuidePolicy, search: Search) => ReadonlyArray<Listing>
type Service = Extract<Listing, { readonly _tag: "Service" }>

const services = (change: (service: Service, guide: GuidePolicy, search: Search) => ReadonlyArray<Listing>): Directory => (guide, search) =>
  directory(guide, search).flatMap((listing) => (listing._tag === "Service" ? change(listing, guide, search) : [listing]))
const withoutAsking = (service: Service): Service => ({ ...service, route: service.route.filter(({ _tag }) => _tag !== "AskForReferral") })
const asking: Service["route"] = [{ _tag: "AskForReferral", of: ["gp", "dentist"], to: ["psychologist", "psychiatrist"], requesting: ["violenceAndAbuse", "violenceAndTraumas"] }]

/** Directories that are wrong in one way each, and the laws that must notice by themselves. */
const bugs: ReadonlyArray<readonly [what: string, wrong: Directory, noticed: ReadonlyArray<Law<laws.Answer>>]> = [
  ["an unknown code gets no municipality", (guide, search) => directory(guide, search).filter((listing) => listing._tag !== "Municipality" || listing.name !== null), [laws.neverEmpty]],
  ["the GP is left out when a clinic is known", (guide, search) => directory(guide, search).filter((listing, _, all) => listing._tag !== "Gp" || !all.some((one) => one._tag === "Service" && one.entry.type === "dps")), [laws.neverEmpty]],
  ["a municipality's services are shown everywhere", (guide, search) => directory({ ...guide, entries: guide.entries.map((entry) => ({ ...entry, municipalities: null })) }, search), [laws.notUniform]],
  ["the concerned are sent away", services((service, _, { audience }) => (audience === "concernedMayCommit" && service.entry.type !== "sanks" && service.entry.type !== "dps" ? [] : [service])), [laws.notUniform]],
  ["SANKS is shown to some", services((service, _, { place }) => (service.entry.type === "sanks" && place.municipality !== "9901" ? [] : [service])), [laws.sanksForEveryone]],
  ["SANKS is shown to the audience that it names", services((service, _, { audience }) => (service.entry.type === "sanks" && !service.entry.audiences.includes(audience) ? [] : [service])), [laws.sanksForEveryone]],
  ["the lists require a referral", services((service) => [service.entry.category === null ? service : { ...service, route: [...asking, ...service.route] }]), [laws.listsWithoutReferral]],
  ["a contract specialist may be contacted directly", services((service) => [service.entry.type === "contractSpecialist" ? withoutAsking(service) : service]), [laws.referralUnlessEmergency]],
  ["an emergency opens every door", services((service, _, { emergency }) => [emergency ? withoutAsking(service) : service]), [laws.referralUnlessEmergency]],
  ["a clinic never needs a referral", services((service) => [service.entry.type === "dps" ? withoutAsking(service) : service]), [laws.referralUnlessEmergency]],
  ["an emergency changes nothing at a clinic", services((service, _, { emergency }) => [emergency && service.entry.type === "dps" ? { ...service, route: [...service.route.slice(0, 1), ...asking, ...service.route.slice(1)] } : service]), [laws.referralUnlessEmergency]],
  ["the numbers for help now come last on the way", services((service) => [{ ...service, route: service.route.toReversed() }]), [laws.helpNowFirst]],
  ["the numbers for help now come last in the answer", (guide, search) => directory(guide, search).toSorted((a, b) => Number(a._tag === "CallNow") - Number(b._tag === "CallNow")), [laws.helpNowFirst]],
  ["the numbers for help now are always there", (guide, search) => [{ _tag: "CallNow" as const, numbers: guide.emergency }, ...directory(guide, search)], [laws.helpNowFirst]],
  ["one number is left out", (guide, search) => directory(guide, search).map((listing) => (listing._tag === "CallNow" ? { ...listing, numbers: [listing.numbers[0]] } : listing)), [laws.helpNowFirst]],
  ["every clinic of the country is one's own", (guide, search) => [...directory(guide, search), ...guide.entries.filter(({ type }) => type === "dps").map((entry) => ({ _tag: "Service" as const, entry, contacts: [], route: [] }))], []]
]

const answers = (answering: Directory, check: (answer: laws.Answer) => void) =>
  fc.property(guides, searches, (guide, search) => check({ guide, search, listings: answering(guide, search) }))
const holds = (law: Law<laws.Answer>, answering: Directory) => answers(answering, (answer) => assert.deepStrictEqual(law.broken(answer), []))
const agrees = (answering: Directory) => answers(answering, ({ guide, search, listings }) => assert.deepStrictEqual(inWords(listings), naiveDirectory(guide, search)))

describe("the laws of the directory", () => {
  it.each(laws.answerLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, directory), runs(400))
  }, patience)

  it("and a naive directory agree on every answer, line for line (DUV-01..09, DUV-13, DUV-14, DUV-17, DUV-22)", () => {
    fc.assert(agrees(directory), runs(800))
  }, patience)

  it.each(bugs)("a planted bug is noticed: %s", (_, wrong, noticed) => {
    const found = { numRuns: 2000, seed: 7, endOnFailure: true }
    assert.isTrue(fc.check(agrees(wrong), found).failed)
    for (const law of noticed) assert.isTrue(fc.check(holds(law, wrong), found).failed, law.says)
  }, patience)

  it("each have a planted bug that they notice", () => {
    assert.deepStrictEqual(laws.answerLaws.filter((law) => !bugs.some(([, , noticed]) => noticed.includes(law))), [])
  })
})

describe("the directory", () => {
  it("has a way to help for every audience, in the reference guide and in a complete one (DUV-01, DUV-02)", () => {
    const self = (guide: GuidePolicy) =>
      audiences.map((audience) =>
        directory(guide, { audience, place: { municipality: "9901", district: null }, on: today, emergency: false }).flatMap((listing) =>
          listing._tag === "Service" ? (needsReferral(listing.entry, false) ? [] : [listing.entry.id]) : [listing._tag]
        )
      )
    assert.deepStrictEqual(self(dinutvei), audiences.map(() => ["Municipality", "Gp"]))
    assert.deepStrictEqual(self(completeGuide), [["calm", "local", "private", "Municipality", "Gp"], ["stop", "Municipality", "Gp"], ["stop", "Municipality", "Gp"]])
  })

  it("does not know anything about who asks but what the help is for, where, and when (DUV-17)", () => {
    const search: Search = { audience: "angerOrViolence", place: { municipality: "9901", district: null }, on: today, emergency: false }
    assert.deepStrictEqual(Object.keys(search), ["audience", "place", "on", "emergency"])
    const sanks = (guide: GuidePolicy, asked: Search) => directory(guide, asked).filter((listing) => listing._tag === "Service" && listing.entry.type === "sanks")
    fc.assert(
      fc.property(guides, searches, searches, (guide, one, two) => {
        const same = { on: one.on, emergency: one.emergency }
        assert.deepStrictEqual(sanks(guide, one), sanks(guide, { ...two, ...same }))
      }),
      runs(300)
    )
  }, patience)

  it("shows the municipality only while it exists, and its services as its own (DUV-03, DUV-04, DUV-22)", () => {
    const [first] = completeGuide.municipalities
    assert.isDefined(first)
    const guide = { ...completeGuide, municipalities: [{ ...first, from: today, until: "2026-06-16" }] }
    const names = ["2026-06-14", today, "2026-06-16"].map((on) =>
      directory(guide, { audience: "angerOrViolence", place: { municipality: "9901", district: null }, on, emergency: false }).filter(({ _tag }) => _tag !== "Service")
    )
    const gone = { _tag: "Municipality" as const, code: "9901", name: null, website: null, says: yourMunicipality }
    const gp = { _tag: "Gp" as const, says: yourGp }
    assert.deepStrictEqual(names, [[gone, gp], [{ ...gone, name: first.name, website: first.website }, gp], [gone, gp]])
  })

  it("says that services differ between municipalities, and that the GP can help (DUV-04, DUV-22)", () => {
    assert.deepStrictEqual([yourMunicipality, yourGp], [
      {
        nb: "Kommunen din har tilbud om psykisk helsehjelp. Tilbudene er ulike fra kommune til kommune. Spør kommunen hva som finnes der du bor.",
        en: "Your municipality offers mental healthcare. The services differ from one municipality to another. Ask yours what there is where you live."
      },
      { nb: "Fastlegen din kan gi deg råd om hvor du kan få hjelp.", en: "Your GP can tell you where to find help." }
    ])
  })

  it("leads from the GP and from the dentist to a psychologist and to a psychiatrist (DUV-08, DUV-09)", () => {
    assert.deepStrictEqual(referralGraph, [
      { from: "gp", to: "psychologist" },
      { from: "gp", to: "psychiatrist" },
      { from: "dentist", to: "psychologist" },
      { from: "dentist", to: "psychiatrist" }
    ])
  })

  it("leaves out contacts that do not hold on the day (DUV-29)", () => {
    const old = { kind: "phone" as const, number: "99 99 99 99", lastVerified: null, from: null, until: today }
    const guide = { ...completeGuide, entries: completeGuide.entries.map((entry) => ({ ...entry, contacts: [old, ...entry.contacts] })) }
    const search: Search = { audience: "angerOrViolence", place: { municipality: "9901", district: null }, on: today, emergency: false }
    assert.deepStrictEqual(
      directory(guide, search).flatMap((listing) => (listing._tag === "Service" ? [listing.contacts] : [])),
      directory(completeGuide, search).flatMap((listing) => (listing._tag === "Service" ? [listing.entry.contacts] : []))
    )
  })
})

const machine = referralMachine(completeGuide)
const kept = (law: Law<laws.ReferralHistory>, wrong: ReferralMachine) => fc.property(lives, (commands) => assert.deepStrictEqual(law.broken(historyOf(wrong, commands)), []))

/** Which planted bugs each law of a referral must notice by itself. */
const notices: ReadonlyArray<readonly [Law<laws.ReferralHistory>, ReadonlyArray<ReferralBug>]> = [
  [laws.pathwayOnce, ["a second yes starts a second pathway", "a contract specialist's yes starts a pathway", "no pathway ever starts", "the pathway starts when the referral is sent"]],
  [laws.seenBeforeSent, ["a draft can be sent unseen", "changing a seen draft leaves it seen", "what was seen cannot be sent", "showing changes who refers"]],
  [laws.requestStays, ["sending forgets the interpreter", "accepting forgets the competence asked for"]]
]

describe("the laws of a referral", () => {
  it.each(laws.referralLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(kept(law, machine), runs(1000))
  }, patience)

  it("each have planted bugs that they notice, and every bug is noticed", () => {
    assert.deepStrictEqual(notices.map(([law]) => law), laws.referralLaws)
    assert.deepStrictEqual(notices.flatMap(([, found]) => found).toSorted(), Object.keys(referralBugs).toSorted())
  })

  it.each(notices.flatMap(([law, found]) => found.map((bug) => [bug, law.rule, law] as const)))("a planted bug is noticed: %s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(kept(law, referralBugs[bug](machine)), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
