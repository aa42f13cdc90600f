import { assert, describe, it } from "vitest"
import { clinic, completeGuide, entry, today } from "../../../../test/spec/guidanceWorlds.ts"
import { Instant } from "../kernel/instant.ts"
import { type Listing, type Search, yourGp, yourMunicipality } from "./directory.ts"
import * as laws from "./laws.ts"
import type { ReferralDraft, ReferralEvent, ReferralState } from "./messages.ts"

const search: Search = { audience: "angerOrViolence", place: { municipality: "9901", district: null }, on: today, emergency: false }
const emergency: Search = { ...search, emergency: true }
const gp: Listing = { _tag: "Gp", says: yourGp }
const municipality = (code: string): Listing => ({ _tag: "Municipality", code, name: null, website: null, says: yourMunicipality })
const own = municipality("9901")
const callNow = { _tag: "CallNow" as const, numbers: completeGuide.emergency }
const ask = { _tag: "AskForReferral" as const, of: ["gp" as const], to: ["psychologist" as const], requesting: [] }

type Service = Extract<Listing, { readonly _tag: "Service" }>
const listed = (one: Service["entry"], ...route: Service["route"]): Service => ({ _tag: "Service", entry: one, contacts: [], route: [...route, { _tag: "Contact", entry: one.id }] })

const answer = (asked: Search, entries: ReadonlyArray<Service["entry"]>, ...listings: ReadonlyArray<Listing>): laws.Answer => ({
  guide: { ...completeGuide, entries },
  search: asked,
  listings
})

describe("a law says of an answer", () => {
  it("that the GP or the own municipality is not named once", () => {
    const noGp = "the GP is not named once"
    const noMunicipality = "the own municipality is not named once"
    const found = (...listings: ReadonlyArray<Listing>) => laws.neverEmpty.broken(answer(search, [], ...listings))
    assert.deepStrictEqual(
      [found(own, gp), found(), found(own, gp, gp), found(municipality("9902"), gp), found(own, municipality("9902"), gp), found(own, own, gp)],
      [[], [noGp, noMunicipality], [noGp], [noMunicipality], [noMunicipality], [noMunicipality]]
    )
  })

  it("which service is shown and should not be, or is left out", () => {
    const here = entry("here", { municipalities: ["9901"] })
    const there = entry("there", { municipalities: ["9902"] })
    const wrong = (id: string) => `${id} is shown and should not be, or the other way round`
    const found = (...listings: ReadonlyArray<Listing>) => laws.notUniform.broken(answer(search, [here, there, clinic("clinic"), entry("sanks", { type: "sanks" })], ...listings))
    assert.deepStrictEqual([found(listed(here)), found(listed(there)), found()], [[], [wrong("here"), wrong("there")], [wrong("here")]])
    assert.deepStrictEqual(laws.sanksForEveryone.broken(answer(search, [here, entry("sanks", { type: "sanks" })])), ["sanks is not shown"])
  })

  it("which way has a referral too many or too few, or does not end at the service", () => {
    const calm = entry("calm", { category: "violence" })
    assert.deepStrictEqual(laws.listsWithoutReferral.broken(answer(search, [calm], listed(calm, ask))), ["calm asks for one"])
    assert.deepStrictEqual(laws.listsWithoutReferral.broken(answer(search, [calm], listed(calm), listed(entry("other"), ask))), [])
    const dps = clinic("clinic")
    const specialist = entry("specialist", { type: "contractSpecialist", access: "referral" })
    const found = (asked: Search, ...listings: ReadonlyArray<Listing>) => laws.referralUnlessEmergency.broken(answer(asked, [dps, specialist], ...listings))
    const number = (id: string) => `${id} asks for a referral too often or too seldom`
    assert.deepStrictEqual(
      [
        found(search, listed(dps, ask), listed(specialist, ask), listed(entry("other"))),
        found(search, listed(dps), listed(specialist, ask, ask)),
        found(emergency, listed(dps, callNow), listed(specialist, callNow, ask)),
        found(emergency, listed(dps, ask), listed(specialist)),
        found(search, { ...listed(dps), route: [ask] }, { ...listed(specialist), route: [] })
      ],
      [
        [],
        [number("clinic"), number("specialist")],
        [],
        [number("clinic"), number("specialist")],
        ["clinic is not the last step", number("specialist"), "specialist is not the last step"]
      ]
    )
  })

  it("that help now does not stand first, stands twice, or with other numbers", () => {
    const found = (asked: Search, ...listings: ReadonlyArray<Listing>) => laws.helpNowFirst.broken(answer(asked, [], ...listings))
    const begins = "the answer begins with something else"
    const way = "the way to calm begins with something else"
    const calm = entry("calm")
    assert.deepStrictEqual(
      [
        found(emergency, callNow, listed(calm, callNow), gp),
        found(search, listed(calm), gp),
        found(emergency, gp, callNow),
        found(emergency, callNow, gp, callNow),
        found(search, callNow),
        found(emergency, { ...callNow, numbers: [...completeGuide.emergency] }),
        found(emergency, callNow, listed(calm)),
        found(emergency, callNow, listed(calm, callNow, callNow)),
        found(search, listed(calm, callNow))
      ],
      [[], [], [begins], [begins], [begins], ["other numbers are shown"], [way], [way], [way]]
    )
  })
})

const at = Instant.make(1_000_000)
const draft = (to: string): ReferralDraft => ({ referrer: "gp", request: { to, therapist: null, competences: [], interpreter: null }, words: "" })
const first = draft("north-clinic")
const written: ReferralEvent = { _tag: "Written", at, draft: first, type: "dps" }
const accepted: ReferralEvent = { _tag: "Accepted", at, receivedOn: today, assessBy: today }
const starts = (when: number): ReferralEvent => ({ _tag: "PathwayStarted", at: Instant.make(when) })
const drafted: ReferralState = { _tag: "Draft", draft: first, type: "dps" }
const sent: ReferralState = { _tag: "Sent", draft: first, type: "dps", sentAt: at }

const step = (tag: "Preview" | "Send", after: ReferralState, ...events: ReadonlyArray<ReferralEvent>): laws.ReferralStep => ({
  command: { _tag: tag, at },
  before: { _tag: "Empty" },
  after,
  events,
  refusal: undefined
})

describe("a law says of a referral", () => {
  it("at which step a pathway starts too often, at another moment, or not at all", () => {
    const found = (...events: ReadonlyArray<ReferralEvent>) => laws.pathwayOnce.broken({ guide: completeGuide, steps: [step("Preview", drafted, written), step("Send", sent, ...events)] })
    const wrong = ["step 2 (Send): a pathway starts too often or not at all"]
    assert.deepStrictEqual(
      [found(accepted, starts(at)), found(accepted), found(starts(at)), found(accepted, starts(at + 1)), found(accepted, starts(at), starts(at + 1)), found(accepted, starts(at), starts(at))],
      [[], wrong, wrong, wrong, wrong, wrong]
    )
  })

  it("at which step it is sent unseen, or cannot be sent although it was seen", () => {
    const found = (...steps: ReadonlyArray<laws.ReferralStep>) => laws.seenBeforeSent.broken({ steps, guide: completeGuide })
    const shows = step("Preview", drafted, written, { _tag: "Previewed", at })
    const sends: ReferralEvent = { _tag: "Sent", at }
    const unseen = ["step 2: sent without having been shown"]
    assert.deepStrictEqual(
      [
        found(shows, step("Send", sent, sends)),
        found(step("Preview", drafted, written), step("Send", sent, sends)),
        found(shows, step("Send", { ...sent, draft: draft("contract") }, sends)),
        found(shows, step("Send", drafted, sends)),
        found(shows, { ...step("Send", drafted), refusal: { rule: laws.seenBeforeSent.rule, says: "no" } }),
        found(step("Preview", drafted, written), { ...step("Send", drafted), refusal: { rule: laws.seenBeforeSent.rule, says: "no" } })
      ],
      [[], unseen, unseen, unseen, ["step 2: refused although it had been shown"], []]
    )
  })

  it("at which step something else is asked for", () => {
    const found = (...steps: ReadonlyArray<laws.ReferralStep>) => laws.requestStays.broken({ steps, guide: completeGuide })
    const other = (n: number) => [`step ${n}: something else is asked for`]
    const taken: ReferralState = { _tag: "Accepted", request: draft("contract").request, receivedOn: today, assessBy: today, pathwayStartedAt: null }
    assert.deepStrictEqual(
      [
        found(step("Preview", drafted, written), step("Send", sent)),
        found(step("Preview", drafted)),
        found(step("Preview", drafted, written), step("Send", { ...drafted, draft: draft("contract") })),
        found(step("Preview", drafted, written), step("Send", taken)),
        found(step("Preview", { _tag: "Empty" }))
      ],
      [[], other(1), other(2), other(2), []]
    )
  })
})
