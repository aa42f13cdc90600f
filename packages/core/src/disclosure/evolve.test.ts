import { assert, describe, it } from "vitest"
import { absorb, acknowledge, ask, assess, consent, duty, led, machine, none, prepare, raise, retract, send, tell, yes } from "../../../../test/spec/disclosureSteps.ts"
import { at } from "../../../../test/spec/disclosureLives.ts"
import { ada, beginning, ben, caseA, caseB } from "../../../../test/spec/disclosureWishes.ts"
import { light } from "../../../../test/spec/disclosureWorld.ts"
import type { Instant, Period } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { evolve } from "./evolve.ts"
import { type ConcernEvent, type ConcernState, isOpen, type ItemDeadline } from "./messages.ts"

const now = (beginning + 60_000) as Instant
const alarm = { at: 5 as Instant, again: 7 as Period }
const police = { at: now, by: ada, recipient: "police" } as const
const toBoth = { ...duty, recipients: ["police", "ambulance"] } as const
const idle = led(raise, assess, ask, yes, toBoth)
const prepared = led(raise, assess, ask, yes, toBoth, tell, prepare)
const sending = led(raise, assess, ask, yes, toBoth, tell, prepare, send)
const failed = evolve(sending, { _tag: "SendingFailed", ...police, alarm })
const half = led(raise, assess, ask, yes, toBoth, tell, prepare, send, acknowledge)
const notify = (state: ConcernState) => ("notify" in state ? state.notify : [])
const first = (state: ConcernState) => notify(state)[0]
const visitor = (state: ConcernState) => ("visitor" in state ? state.visitor : undefined)
const items = (state: ConcernState): ReadonlyArray<ItemDeadline> => ("items" in state ? state.items : [])

const prepare_: ConcernEvent = { _tag: "Prepared", ...police, fields: ["danger"], covers: [caseA, caseB] }
const send_: ConcernEvent = { _tag: "SendingStarted", ...police, channel: "form", alarm }
const fail_: ConcernEvent = { _tag: "SendingFailed", ...police, alarm }
const told_: ConcernEvent = { _tag: "Acknowledged", ...police, reference: null, alarm }
const page_: ConcernEvent = { _tag: "Paged", at: now, timer: "notify", about: "police", whom: "lead", alarm }

describe("what an event makes of a case", () => {
  it("is nothing to a notification that it does not fit", () => {
    const unchanged: ReadonlyArray<readonly [ConcernEvent, ReadonlyArray<ConcernState>]> = [
      [prepare_, [sending, failed, half]],
      [send_, [idle, sending, half]],
      [fail_, [idle, prepared, failed, half]],
      [told_, [idle, prepared, failed, half]],
      [page_, [half]]
    ]
    for (const [event, states] of unchanged) for (const state of states) assert.deepStrictEqual(notify(evolve(state, event)), notify(state))
  })

  it("is a change of the one notification that it names", () => {
    const is = { recipient: "police", cases: [caseA] } as const
    const before = first(prepared)
    const rang = before?._tag === "Prepared" ? before.alarm : assert.fail()
    assert.deepStrictEqual(first(evolve(prepared, prepare_)), { _tag: "Prepared", ...is, covers: [caseA, caseB], alarm: rang })
    assert.deepStrictEqual(first(evolve(prepared, send_)), { _tag: "Sending", ...is, covers: [caseA], channel: "form", alarm })
    assert.deepStrictEqual(first(evolve(failed, send_)), { _tag: "Sending", ...is, covers: [caseA], channel: "form", alarm })
    assert.deepStrictEqual(first(failed), { _tag: "Failed", ...is, covers: [caseA], channel: "phone", alarm })
    assert.deepStrictEqual(first(evolve(sending, page_)), { _tag: "Sending", ...is, covers: [caseA], channel: "phone", alarm })
    for (const event of [prepare_, send_, fail_, told_, page_]) for (const state of [idle, prepared, sending, failed]) assert.deepStrictEqual(notify(evolve(state, event))[1], notify(state)[1])
  })

  it("is one more case in each notification that is owed, in whatever state, and a new one where there was none", () => {
    const event: ConcernEvent = { ...absorb, at: now, _tag: "Absorbed", owes: ["police", "fire", "fire"], alarm }
    const fire = { _tag: "Idle", recipient: "fire", cases: [caseB], alarm }
    const both = [caseA, caseB]
    const expected = [
      [half, { _tag: "Idle", recipient: "police", cases: [caseB], alarm }],
      [idle, { ...first(idle), cases: both }],
      [prepared, { ...first(idle), cases: both }],
      [sending, { ...first(sending), cases: both }],
      [failed, { ...first(failed), cases: both }]
    ] as const
    for (const [state, one] of expected) {
      const after = notify(evolve(state, event))
      assert.deepStrictEqual(after.map((each) => each.recipient), ["police", "ambulance", "fire"])
      assert.deepStrictEqual<unknown>([after[0], after[2]], [one, fire])
    }
  })

  it("leaves nothing to tell the visitor where nothing is passed on, and what was told stays told", () => {
    const asked = [raise, { ...assess, assessment: light }, { ...ask, proposes: "none" }, yes] as const
    assert.deepStrictEqual(visitor(led(...asked, none)), { _tag: "NotNeeded" })
    assert.deepStrictEqual(visitor(led(...asked, tell, none)), { _tag: "Told", when: "before" })
    const retracted = led(raise, assess, ask, yes, duty, retract, { ...retract, by: ben })
    assert.deepStrictEqual([retracted._tag, notify(retracted), visitor(retracted)], ["NoDuty", [], { _tag: "NotNeeded" }])
  })

  it("takes a visitor's own wish back to the assessment", () => {
    const assessed = led(raise, assess)
    const wished = led(raise, assess, ask, yes, consent)
    assert.isTrue(isOpen(assessed))
    assert.deepStrictEqual<unknown>(evolve(wished, { _tag: "ConsentTakenBack", at: now, by: ada, alarm }), { ...assessed, alarm })
  })

  it("keeps who was told when the danger is averted in another way", () => {
    const averted = evolve(half, { _tag: "AvertedByOther", at: now, by: ada, means: "othersActed", alarm })
    assert.deepStrictEqual([averted._tag, notify(averted)], ["Fulfilled", [{ _tag: "Acknowledged", recipient: "police" }]])
  })

  it("keeps the deadline of one item apart from that of another", () => {
    const learn = (item: ItemDeadline["item"], deadline: number): ConcernEvent => ({ _tag: "DeadlineLearned", at: now, item, deadline: deadline as Instant, warnAt: [(deadline - 1) as Instant] })
    const learned = [learn("accessTrace", 20), learn("content", 30), learn("accessTrace", 40)].reduce<ConcernState>(evolve, idle)
    const is = (item: ItemDeadline["item"], deadline: number, ...warnAt: ReadonlyArray<number>) => ({ item, deadline, warnAt })
    assert.deepStrictEqual<unknown>(items(learned), [is("content", 30, 29), is("accessTrace", 40, 39)])
    const warned = evolve(learned, { _tag: "Warned", at: 39 as Instant, item: "accessTrace", whom: "lead" })
    assert.deepStrictEqual<unknown>(items(warned), [is("content", 30, 29), is("accessTrace", 40)])
  })

  it("opens a case once, and forgets only a closed one", () => {
    const opened = step(machine, machine.initial, at(now, raise)).events[0]
    assert.strictEqual(opened === undefined ? undefined : evolve(idle, opened), idle)
    assert.strictEqual(evolve(idle, { _tag: "Forgotten", at: now }), idle)
  })
})
