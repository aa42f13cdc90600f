import { assert, describe, it } from "vitest"
import { at } from "../../../../test/spec/disclosureLives.ts"
import { acknowledge, ask, assess, consent, duty, imminent, led, machine, none, prepare, raise, refusal, retract, right, send, tell, yes } from "../../../../test/spec/disclosureSteps.ts"
import { ada, beginning, ben, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import { grave, light } from "../../../../test/spec/disclosureWorld.ts"
import type { Instant, Period } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import type { Assessment } from "./assessment.ts"
import type { ConcernState } from "./messages.ts"
import { Basis } from "./vocabulary.ts"

const noBasis = "IF-28 What was assessed does not support this basis."
const notImminent = "IF-28 This is not imminent: ask a second person first."
const ongoing: Assessment = { ...grave, when: "ongoing" }
const aboutChild: Assessment = { ...light, trigger: "childWelfare", child: { ground: "abuseOrNeglect", age: 9 } }
const assessed = (assessment: Assessment): Wish => ({ ...assess, assessment })
const consulted = (assessment: Assessment) => led(raise, assessed(assessment), ask, yes)
const done = (state: ConcernState, wish: Wish, minute = 1) => step(machine, state, at(beginning + minute * 60_000, wish))

describe("what a decision rests on", () => {
  it("is a basis that the assessment supports, each basis with its own", () => {
    const supported = (assessment: Assessment) => Basis.literals.filter((basis) => refusal(consulted(assessment), { ...duty, bases: [basis] }) === undefined)
    assert.deepStrictEqual(supported(grave), ["avert"])
    assert.deepStrictEqual(supported({ ...grave, level: "high" }), ["avert"])
    for (const trigger of ["dangerSelf", "dangerOthers"] as const) {
      assert.deepStrictEqual(supported({ ...grave, trigger, level: "high" }), ["healthEmergency", "necessity"])
      assert.deepStrictEqual(supported({ ...grave, trigger, level: "moderate" }), [])
    }
    assert.deepStrictEqual(supported(aboutChild), ["childWelfareReport"])
    assert.deepStrictEqual(supported({ ...aboutChild, child: { ground: "abuseOrNeglect", age: null } }), [])
    assert.strictEqual(refusal(consulted(grave), { ...duty, bases: ["avert", "necessity"] }), noBasis)
  })

  it("is an imminent danger, or a duty that is going on while minutes matter", () => {
    const hurried = { ...imminent, level: "high", minutesMatter: true } as const
    const going = led(raise, assessed(ongoing))
    assert.isUndefined(refusal(going, hurried))
    assert.strictEqual(refusal(going, { ...hurried, minutesMatter: false }), notImminent)
    assert.strictEqual(refusal(led(raise), hurried), notImminent)
    assert.strictEqual(refusal(led(raise, assess), hurried), notImminent)
    assert.strictEqual(refusal(led(raise, assessed({ ...ongoing, likelihood: "possible" })), hurried), notImminent)
    for (const basis of ["necessity", "healthEmergency"] as const) assert.strictEqual(refusal(going, { ...hurried, bases: [basis] }), noBasis)
  })

  it("is supported also at once where it is about a child", () => {
    const report = { ...imminent, bases: ["childWelfareReport"] } as const
    assert.isUndefined(refusal(led(raise, assessed(aboutChild)), report))
    assert.strictEqual(refusal(led(raise, assess), report), noBasis)
    assert.strictEqual(refusal(led(raise), report), noBasis)
    for (const basis of ["rightToDisclose", "visitorAsked"] as const) assert.strictEqual(refusal(led(raise, assess), { ...imminent, bases: [basis] }), noBasis)
  })
})

describe("who decides", () => {
  it("may be the second person, also one who disagreed before", () => {
    assert.isUndefined(refusal(consulted(grave), { ...duty, by: ben }))
    assert.isUndefined(refusal(led(raise, assess, ask, { ...yes, agrees: false }), { ...duty, by: ben }))
  })

  it("is never one person alone where it needs two, whoever holds the case by then", () => {
    const handed = done(led(raise, assess, { ...ask, proposes: "right" }, yes), { _tag: "HandOver", to: ben, cause: "asked" }).state
    assert.strictEqual(refusal(handed, { ...right, by: ben }), "DFH-31 This needs the yes of both persons.")
    const unanswered = (...before: ReadonlyArray<Wish>) => done(led(raise, ...before, { ...ask, proposes: "none" }), { _tag: "ChatEnded" }, 40).state
    const needsBoth = "X-08 That there is nothing to pass on needs the yes of a second person."
    assert.strictEqual(refusal(unanswered(assess, assessed(light)), none), needsBoth)
    assert.isUndefined(refusal(unanswered(assessed(light)), none))
    assert.isUndefined(refusal(led(raise, assess, assessed(light), { ...ask, proposes: "none" }, yes), none))
    assert.strictEqual(refusal(led(raise, assess, assessed(light), ask, yes), none), needsBoth)
  })

  it("takes back a visitor's own wish at once, and a duty with a second person", () => {
    const wished = done(led(raise, assess, ask, yes, consent), { ...retract, assessment: grave })
    const halfAnHour = 30 * 60_000
    assert.deepStrictEqual(wished.events.map(({ _tag, ...rest }) => [_tag, "alarm" in rest && rest.alarm]), [
      ["ConsentTakenBack", { at: (beginning + 60_000 + halfAnHour) as Instant, again: halfAnHour as Period }]
    ])
    const decided = led(raise, assess, ask, yes, duty, retract)
    assert.deepStrictEqual(done(decided, retract).events, [])
    assert.deepStrictEqual(done(decided, { ...retract, by: ben }).events.map(({ _tag }) => _tag), ["DutyRetracted"])
  })
})

describe("whoever is to be told", () => {
  const both = led(raise, assess, ask, yes, { ...duty, recipients: ["police", "ambulance"] }, tell)
  const half = [prepare, send, acknowledge].reduce<ConcernState>((state, wish) => done(state, wish).state, both)
  const notify = (state: ConcernState) => ("notify" in state ? state.notify.map(({ _tag, recipient }) => `${recipient} ${_tag}`) : [])

  it("is told once, however often they are named", () => {
    const twice = led(raise, assess, ask, yes, { ...duty, recipients: ["police", "ambulance", "police"] })
    assert.deepStrictEqual(notify(twice), ["police Idle", "ambulance Idle"])
  })

  it("is not told again after they acknowledged, and the case is fulfilled by the last of them", () => {
    const told = "DFH-31 That recipient has acknowledged already."
    assert.deepStrictEqual([half._tag, notify(half)], ["DutyDecided", ["police Acknowledged", "ambulance Idle"]])
    assert.deepStrictEqual([prepare, send, { ...send, _tag: "Fail" } as const].map((wish) => refusal(half, wish)), [told, told, told])
    assert.deepStrictEqual(done(half, acknowledge).events, [])
    const ambulance = { by: ada, recipient: "ambulance" } as const
    const steps: ReadonlyArray<Wish> = [{ ...prepare, ...ambulance, fields: ["location"] }, { ...send, ...ambulance }, { ...acknowledge, ...ambulance }]
    const last = steps.reduce<ConcernState>((state, wish) => done(state, wish).state, half)
    assert.deepStrictEqual([last._tag, notify(last)], ["Fulfilled", ["police Acknowledged", "ambulance Acknowledged"]])
  })
})
