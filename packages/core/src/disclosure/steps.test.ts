import { assert, describe, it } from "vitest"
import { ada, beginning, ben, caseA, caseB, chat, cleo, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import { at } from "../../../../test/spec/disclosureLives.ts"
import {
  absorb, acknowledge, ask, assess, averted, close, consent, dissent, duty, fail, imminent, led, machine, mergeInto, noRights, none, prepare, raise, refusal, retract, right, send, tell, yes
} from "../../../../test/spec/disclosureSteps.ts"
import { grave, light, smallTerms } from "../../../../test/spec/disclosureWorld.ts"
import type { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { mayEndShift } from "./ending.ts"
import { concernMachine } from "./machine.ts"
import { type ConcernState, policeWereTold } from "./messages.ts"

const raised = led(raise)
const assessed = led(raise, assess)
const consulting = led(raise, assess, ask)
const consulted = led(raise, assess, ask, yes)
const dissented = led(raise, assess, ask, { ...yes, agrees: false })
const lightly = led(raise, { ...assess, assessment: light }, { ...ask, proposes: "none" }, { ...yes, agrees: false })
const unanswered = step(machine, led(raise, { ...assess, assessment: light }, ask), at(beginning + 40 * 60_000, { _tag: "ChatEnded" })).state
const decided = led(raise, assess, ask, yes, duty)
const prepared = led(raise, assess, ask, yes, duty, tell, prepare)
const sending = led(raise, assess, ask, yes, duty, tell, prepare, send)
const fulfilled = led(raise, assess, ask, yes, duty, tell, prepare, send, acknowledge)
const alone = led(raise, imminent, prepare, send, acknowledge)
const closed = led(raise, assess, ask, yes, duty, tell, prepare, send, acknowledge, close)

/** Every refusal that a guard gives: the state, the wish, and the rule with its sentence. */
const refusals: ReadonlyArray<readonly [ConcernState, Wish, string]> = [
  [machine.initial, assess, "X-07 No case has been opened."],
  [machine.initial, { ...raise, flaggedBy: "software" }, "X-07 Only a person can open a case."],
  [machine.initial, { ...raise, session: null }, "DFH-31 A case is about a chat that is open, or that ended within the last 24 hours."],
  [machine.initial, { ...raise, trigger: "crimePlanned" }, "DFH-31 This service has not said that it opens a case for this."],
  [machine.initial, { ...raise, belief: "mayBe" }, "DUV-18 This is below what opens a case in this service."],
  [raised, raise, "X-08 This case has been opened already."],
  [raised, ask, "IF-28 The case has not come this far."],
  [raised, { ...assess, by: ben }, "DFH-31 This case is with somebody else."],
  [raised, { ...imminent, by: ben }, "DFH-31 This case is with somebody else."],
  [raised, { ...imminent, level: "high" }, "IF-28 This is not imminent: ask a second person first."],
  [assessed, { ...imminent, level: "high", minutesMatter: true }, "IF-28 This is not imminent: ask a second person first."],
  [raised, { ...imminent, bases: [] }, "IF-28 What was assessed does not support this basis."],
  [raised, { ...imminent, bases: ["childWelfareReport"] }, "IF-28 What was assessed does not support this basis."],
  [raised, { ...imminent, recipients: [] }, "X-01 Choose at least one recipient."],
  [raised, { ...imminent, recipients: ["childWelfare"] }, "DFH-35 The child welfare service is told only about a child under 18, and on one of the grounds of the law."],
  [assessed, { ...ask, by: ben }, "DFH-31 This case is with somebody else."],
  [consulting, { ...yes, by: ada }, "DFH-31 The second person must be somebody else than who raised or holds the case."],
  [consulted, { ...duty, by: cleo }, "DFH-31 This case is with somebody else."],
  [consulted, { ...duty, bases: ["necessity"] }, "IF-28 What was assessed does not support this basis."],
  [consulted, { ...duty, bases: [] }, "IF-28 What was assessed does not support this basis."],
  [consulted, dissent, "DFH-31 Nobody has disagreed with this."],
  [dissented, duty, "DFH-31 The second person disagrees. You may still go on, with a reason."],
  [dissented, { ...dissent, by: ben }, "DFH-31 This case is with somebody else."],
  [dissented, { ...dissent, bases: ["healthEmergency"] }, "IF-28 What was assessed does not support this basis."],
  [consulted, right, "DFH-31 This needs the yes of both persons."],
  [consulted, { ...right, by: cleo }, "DFH-31 This case is with somebody else."],
  [consulted, { ...consent, visitorAgreed: false }, "DUV-18 The visitor has not asked for this."],
  [consulted, { ...consent, by: ben }, "DFH-31 This case is with somebody else."],
  [consulted, none, "X-08 What was assessed is a duty. Assess it again if the facts are different."],
  [consulted, { ...none, by: cleo }, "DFH-31 This case is with somebody else."],
  [lightly, none, "X-08 That there is nothing to pass on needs the yes of a second person."],
  [decided, assess, "X-08 The case has come further than this."],
  [decided, close, "IF-28 The case has not come this far."],
  [decided, prepare, "IF-29 Say first whether the visitor has been told."],
  [decided, { ...prepare, recipient: "fire" }, "X-01 It was not decided to tell that recipient."],
  [prepared, { ...prepare, fields: ["that"] }, "X-09 This is more than that recipient needs."],
  [prepared, { ...prepare, covers: [caseB] }, "E-13 What is prepared must speak for this case, and for no case that is not part of it."],
  [prepared, { ...prepare, covers: [] }, "E-13 What is prepared must speak for this case, and for no case that is not part of it."],
  [sending, prepare, "DFH-31 This is on its way already."],
  [decided, send, "X-09 Prepare first what is to be said."],
  [prepared, fail, "DFH-31 That recipient has not been contacted yet."],
  [prepared, acknowledge, "DFH-31 That recipient has not been contacted yet."],
  [sending, retract, "X-08 Something has been passed on already, which cannot be taken back."],
  [decided, { ...retract, assessment: grave }, "X-08 What was assessed is a duty. Assess it again if the facts are different."],
  [sending, averted, "IF-26 Somebody is being told right now. Wait for the answer."],
  [decided, averted, "IF-26 It can still be averted, and this has not averted it."],
  [decided, { ...absorb, from: caseA }, "E-13 A case cannot be joined with itself."],
  [decided, { ...absorb, by: ada }, "E-13 Cases are joined by somebody else than who raised them."],
  [decided, { ...mergeInto, into: caseA }, "E-13 A case cannot be joined with itself."],
  [decided, { ...mergeInto, by: ada }, "E-13 Cases are joined by somebody else than who raised them."],
  [decided, { ...mergeInto, taken: [] }, "E-13 The other case has not taken over everything that this one owes."],
  [sending, mergeInto, "E-13 Somebody is being told right now. Wait for the answer."],
  [decided, mergeInto, "X-08 Settle first what the visitor is told."],
  [led(raise, imminent, tell), mergeInto, "X-08 Somebody else must look first at what was decided alone or against advice."],
  [fulfilled, { ...close, releaseOpen: true }, "X-08 A request from the police about this case is still being handled."],
  [alone, close, "X-08 Settle first what the visitor is told."],
  [led(raise, imminent, tell, prepare, send, acknowledge), close, "X-08 Somebody else must look first at what was decided alone or against advice."],
  [alone, { _tag: "Review", by: ada }, "DFH-31 What you decided is looked at by somebody else."],
  [prepared, { _tag: "DeferTelling", by: ada, reason: "increasesRisk" }, "IF-29 The visitor has been told already."],
  [prepared, { _tag: "CannotTell", by: ada, connected: false }, "IF-29 The visitor has been told already."],
  [decided, { _tag: "CannotTell", by: ada, connected: true }, "IF-29 The visitor is here and can be told."],
  [led(raise, { _tag: "CannotTell", by: ada, connected: false }), { _tag: "DeferTelling", by: ada, reason: "increasesRisk" }, "IF-29 It has been settled already what the visitor is told."],
  [raised, { _tag: "Expire", timer: "assess", about: null }, "X-13 That time is not up yet."],
  [raised, { _tag: "Expire", timer: "consult", about: null }, "X-13 That time is not up yet."],
  [closed, assess, "X-08 This case is closed."]
]

describe("a case", () => {
  it.each([...Map.groupBy(refusals, ([state, wish, says]) => `${state._tag}, ${wish._tag}: ${says}`)])("refuses in %s", (_, rows) => {
    for (const [state, wish, says] of rows) assert.strictEqual(refusal(state, wish), says)
  })

  it("has no right to disclose and no recipient that the service does not have", () => {
    assert.strictEqual(refusal(consulted, right, noRights), "DFH-31 This service has no right to pass anything on without a duty.")
    assert.strictEqual(refusal(consulted, { ...duty, recipients: ["fire"] }, noRights), "X-01 This service does not tell that recipient.")
  })

  it("is opened about a chat that ended 24 hours ago, and not a millisecond later", () => {
    const ended = (ms: number): Wish => ({ ...raise, session: { ref: chat, endedAt: (beginning + 60_000 - ms) as Instant } })
    assert.isUndefined(refusal(machine.initial, ended(24 * 3_600_000)))
    assert.strictEqual(refusal(machine.initial, ended(24 * 3_600_000 + 1)), "DFH-31 A case is about a chat that is open, or that ended within the last 24 hours.")
  })

  it("lets the raiser go on when nobody answers in time, and has somebody look at it", () => {
    const late = step(machine, consulting, at(beginning + 40 * 60_000, duty))
    assert.isUndefined(late.refusal)
    assert.strictEqual(late.state._tag, "DutyDecided")
    assert.deepStrictEqual(late.events.map(({ _tag }) => _tag), ["ConsultTimedOut", "DutyDecided"])
    assert.strictEqual("alone" in late.state && late.state.alone, ada)
    assert.isUndefined(refusal(unanswered, none))
  })

  it("warns 24, 4 and 1 hours before something is destroyed, at once for what has passed, and not after the case is closed", () => {
    const warned = concernMachine({ disclosure: { ...smallTerms, timers: { ...smallTerms.timers, warnHours: [24, 4, 1] } } })
    const deadline = (beginning + 5 * 3_600_000) as Instant
    const learned = step(warned, raised, at(beginning, { _tag: "LearnDeadline", item: "accessTrace", deadline }))
    assert.deepStrictEqual(learned.events, [
      { _tag: "DeadlineLearned", at: beginning as Instant, item: "accessTrace", deadline, warnAt: [(beginning + 3_600_000) as Instant, (beginning + 4 * 3_600_000) as Instant] },
      { _tag: "Warned", at: beginning as Instant, item: "accessTrace", whom: "lead" }
    ])
    const later = step(warned, learned.state, at(deadline, { _tag: "ChatEnded" }))
    assert.deepStrictEqual(later.events.filter(({ _tag }) => _tag === "Warned").map((event) => event.at - beginning), [3_600_000, 4 * 3_600_000])
    assert.deepStrictEqual(step(warned, learned.state, at(beginning, { _tag: "LearnDeadline", item: "accessTrace", deadline })).events, [])
  })

  it("keeps both duties when two cases become one, and one notification fulfils both only when it speaks for both", () => {
    const joined = step(machine, prepared, at(beginning + 60_000, absorb)).state
    const notify = (state: ConcernState) => ("notify" in state ? state.notify.map(({ _tag }) => _tag) : [])
    assert.deepStrictEqual(notify(joined), ["Idle"])
    const told = (covers: typeof prepare.covers | ReadonlyArray<typeof caseA>) =>
      [{ ...prepare, covers }, send, acknowledge].reduce<ConcernState>((state, wish) => step(machine, state, at(beginning + 61_000, wish)).state, joined)
    assert.deepStrictEqual([told([caseA])._tag, notify(told([caseA]))], ["DutyDecided", ["Idle"]])
    assert.strictEqual(told([caseA, caseB])._tag, "Fulfilled")
    assert.isUndefined(refusal(prepared, mergeInto))
  })

  it("does not let a shift end while its holder has an open case", () => {
    const says = { rule: "E-14", says: "Hand over your open case first." }
    assert.deepStrictEqual(mayEndShift([closed, decided], ada), says)
    assert.isUndefined(mayEndShift([closed, decided], ben))
    const handed = step(machine, decided, at(beginning + 60_000, { _tag: "HandOver", to: ben, cause: "crash" })).state
    assert.isUndefined(mayEndShift([handed], ada))
    assert.deepStrictEqual(mayEndShift([handed], ben), says)
  })

  it("says to a custodian whether the police acknowledged a case about that chat", () => {
    const another = "f".repeat(32) as typeof chat
    assert.deepStrictEqual([machine.initial, decided, sending, fulfilled, closed].map((state) => policeWereTold(state, chat)), [false, false, false, true, true])
    assert.isFalse(policeWereTold(closed, another))
  })

  it("is kept for the days that the policy says after it was closed, then gone", () => {
    const keepUntil = beginning + 9000 + 90 * 24 * 3_600_000
    assert.strictEqual(step(machine, closed, at(keepUntil - 1, { _tag: "ChatEnded" })).state._tag, "Closed")
    assert.deepStrictEqual(step(machine, closed, at(keepUntil, { _tag: "ChatEnded" })).state, { _tag: "Gone" })
  })
})
