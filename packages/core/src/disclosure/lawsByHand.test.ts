import { assert, describe, it } from "vitest"
import {
  agreed, answered, assessed, at, closes, consent, consulting, decided, disagreed, done, duty, fast, hold, looked, merges, type More, no, nobody, nothing, past, prepared, raised, retracted, right, type Row,
  sending, step, takenBack, told
} from "../../../../test/spec/disclosureByHand.ts"
import * as does from "../../../../test/spec/disclosureSteps.ts"
import { ada, ben, cleo, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import type { Likelihood } from "./assessment.ts"
import { avertTable } from "./duty.ts"
import * as laws from "./laws.ts"
import type { ConcernEvent, ConcernState } from "./messages.ts"
import type { Field } from "./payload.ts"

hold(laws.decidedFirst, "something was passed on without a decision", [
  ...[prepared("danger"), sending, answered, done].flatMap((event): ReadonlyArray<Row> => [
    [`${event._tag} after a decision`, false, step(does.tell, [event]), past(duty())],
    [`${event._tag} without one`, true, step(does.tell, [event])],
    [`${event._tag} beside something else`, true, step(does.tell, [told, event]), past(told)]
  ]),
  ["something else without a decision", false, step(does.tell, [told])],
  ["sent on a right", false, step(does.send, [sending]), past(right)],
  ["sent on a consent", false, step(does.send, [sending]), past(consent)],
  ["sent on nothing", true, step(does.send, [sending]), past(nothing)],
  ["sent without a basis", true, step(does.send, [sending]), past(duty("consulted", []))],
  ["sent on a right that became a duty without a basis", true, step(does.send, [sending]), past(right, duty("consulted", []))],
  ["sent after the duty was taken back", true, step(does.send, [sending]), past(duty(), retracted)],
  ["sent after the consent was taken back", true, step(does.send, [sending]), past(consent, takenBack)],
  ["sent after something else", false, step(does.send, [sending]), past(duty(), told)],
  ["decided and sent at once", false, step(does.send, [duty(), sending])],
  ["sent and then decided", true, step(does.send, [sending, duty()])]
])

const lonely = past(duty("fast"))
type Imminent = Extract<Wish, { readonly _tag: "DeclareImminent" }>
const imminent: Imminent = { ...does.imminent, bases: ["healthEmergency", "necessity"], recipients: ["police", "ambulance"] }
const declares = (more: Partial<Imminent> = {}, before: ConcernState = raised) => step({ ...imminent, ...more }, [], { before, refusal: no("danger") })

hold(laws.imminentIsReviewed, "an imminent danger waited, or a lonely decision was not looked at", [
  ["closed after two people decided", false, step(does.close, [closes()]), past(duty())],
  ["closed after one did", true, step(does.close, [closes()]), lonely],
  ["closed after nobody answered", true, step(does.close, [closes()]), past(duty("timedOut"))],
  ["closed against advice", true, step(does.close, [closes()]), past(duty("dissent"))],
  ["merged after one person decided", true, step(does.mergeInto, [merges()]), lonely],
  ["closed beside something else", true, step(does.close, [told, closes()]), lonely],
  ["decided and closed at once", true, step(does.close, [duty("fast"), closes()])],
  ["not closed yet", false, step(does.tell, [told]), lonely],
  ["closed after somebody looked", false, step(does.close, [closes()]), past(duty("fast"), looked())],
  ["looked at and closed at once", false, step(does.close, [looked(), closes()]), lonely],
  ["closed after who decided it looked", true, step(does.close, [closes()]), past(duty("fast"), looked(ada))],
  ["closed after somebody did something else", true, step(does.close, [closes()]), past(duty("fast"), { _tag: "TellingNotPossible", at: at(1), by: cleo })],
  ["closed without a decision", false, step(does.close, [closes()]), past(looked())],
  ["at once", false, step(imminent, [], { before: raised })],
  ["not while raised", true, declares()],
  ["not while assessed", true, declares({}, assessed)],
  ["not while a second person is asked", true, declares({}, consulting)],
  ["not after the second person answered", false, declares({}, agreed)],
  ["not imminent", false, declares({ level: "high" })],
  ["for nobody", false, declares({ recipients: [] })],
  ["for child welfare too", false, declares({ recipients: ["police", "childWelfare"] })],
  ["for somebody whom the service does not have", false, declares(), [], { recipients: ["police", "fire"] }],
  ["on nothing", false, declares({ bases: [] })],
  ["on one basis", true, declares({ bases: ["necessity"] })],
  ["on another basis too", false, declares({ bases: ["necessity", "avert"] })],
  ["by somebody else", false, declares({ by: ben })],
  ["something else is refused", false, step(does.duty, [], { before: raised, refusal: no("danger") })]
])

const prepares = (fields: ReadonlyArray<Field>, refusal = no("minimum"), before: ConcernState = decided) => step({ ...does.prepare, fields }, [], { before, refusal })

hold(laws.withinTheList, "a payload and the list disagree", [
  ["within", false, step(does.prepare, [prepared("danger", "offence")], { before: decided })],
  ["outside", true, step(does.prepare, [prepared("that")], { before: decided })],
  ["partly outside", true, step(does.prepare, [prepared("danger", "that")], { before: decided })],
  ["outside, beside something else", true, step(does.prepare, [told, prepared("that")], { before: decided })],
  ["an identity when minutes do not count", true, step(does.prepare, [prepared("bookingIdentity")], { before: decided })],
  ["an identity when they do", false, step(does.prepare, [prepared("bookingIdentity")], { before: fast })],
  ["outside, by nobody", false, step(does.prepare, [prepared("that")])],
  ["refused within", true, prepares(["danger"])],
  ["refused partly outside", false, prepares(["danger", "that"])],
  ["refused with nothing in it", false, prepares([])],
  ["refused for another reason", false, prepares(["danger"], no("onlyWay"))],
  ["refused before there is a case", false, prepares(["danger"], no("minimum"), nobody)],
  ["not refused", false, step(does.prepare, [], { before: decided })],
  ["something else refused", false, step(does.send, [], { before: decided, refusal: no("minimum") })]
])

const marked = (key: string): ConcernEvent => Object.assign({ [key]: 1 }, told)
hold(laws.nothingIdentifies, "a field could identify somebody", [
  ["an answer", false, step(does.acknowledge, [answered, prepared("danger")], { before: decided })],
  ["nothing", false, step(does.tell)],
  ["a part of a word", false, step(does.tell, [marked("tip")])],
  ...["ip", "client_ip", "IP", "address", "homeAddress", "name", "text", "message", "email", "phoneNumber"].map((key): Row => [key, true, step(does.tell, [told, marked(key)])]),
  ["a field in a state", true, step(does.tell, [], { after: Object.assign({ name: "" }, raised) })],
  ["a field deep in a state", true, step(does.tell, [], { after: { ...raised, told: [Object.assign({ text: null }, { recipient: "police" as const, reference: null })] } })]
])

const goesOn = (before: ConcernState, more: More = {}, by = ada) => step({ ...does.dissent, by }, [], { before, ...more })
hold(laws.dissentDisablesNobody, "disagreement and going on do not fit", [
  ["goes on", false, goesOn(disagreed)],
  ["may not go on", true, goesOn(disagreed, { refusal: no("onlyWay") })],
  ["may not go on for another reason", false, goesOn(disagreed, { refusal: no("danger") })],
  ["somebody else goes on", true, goesOn(disagreed, {}, cleo)],
  ["somebody else may not", false, goesOn(disagreed, { refusal: no("onlyWay") }, cleo)],
  ["goes on without disagreement", true, goesOn(agreed)],
  ["may not without disagreement", false, goesOn(agreed, { refusal: no("onlyWay") })],
  ["goes on with something else", true, goesOn({ ...disagreed, proposal: "right" })],
  ["goes on without an opinion", true, goesOn({ ...disagreed, opinion: null })],
  ["before the second person is asked", false, goesOn(raised)],
  ["something else", false, step(does.duty, [], { before: disagreed, refusal: no("onlyWay") })]
])

describe(laws.avertIsTotal.says, () => {
  const row = (likelihood: Likelihood) =>
    avertTable.find((one) => one.listed && one.when === "will" && one.avertable && !one.consequencesAvertable && one.likelihood === likelihood) ?? assert.fail("no such row")
  const incomplete = "the table does not have its 160 outcomes"
  const less = (likelihood: Likelihood) => `true,will,true,false,${likelihood}: a likelier danger leads to less`
  const without = (likelihood: Likelihood) => avertTable.filter((one) => one !== row(likelihood))
  const said = laws.avertIsTotal.broken

  it("is true of the table, in any order", () => {
    assert.deepStrictEqual(said(avertTable), [])
    assert.deepStrictEqual(said(avertTable.toReversed()), [])
  })

  it("counts its rows by what they lead to", () => {
    for (const likelihood of ["unlikely", "possible", "certain"] as const) assert.deepStrictEqual(said([...avertTable, row(likelihood)]), [incomplete])
  })

  it("counts each row once", () => {
    const other = avertTable.find((one) => !one.listed && one.likelihood === "unlikely") ?? assert.fail("no such row")
    assert.deepStrictEqual(said([...without("unlikely"), other]), [incomplete])
  })

  it("misses the row that a likelier danger should have", () => {
    assert.deepStrictEqual(said(without("unlikely")), [incomplete])
    assert.deepStrictEqual(said(without("possible")), [incomplete, less("unlikely")])
    assert.deepStrictEqual(said(without("certain")), [incomplete, less("mostLikely")])
  })

  it("names the row after which a likelier danger leads to less", () => {
    const consult = { ...row("certain"), outcome: "consult" as const }
    assert.deepStrictEqual(said([...without("certain"), consult]), [incomplete, less("mostLikely")])
    const swapped = [{ ...row("possible"), outcome: "duty" as const }, { ...row("mostLikely"), outcome: "consult" as const }]
    assert.deepStrictEqual(said([...avertTable.filter((one) => one !== row("possible") && one !== row("mostLikely")), ...swapped]), [less("possible")])
  })
})
