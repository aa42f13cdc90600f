import { assert, describe, it } from "vitest"
import { receipts } from "../../../../test/spec/consentLives.ts"
import { sessions } from "../../../../test/spec/consentNotes.ts"
import { Instant } from "../kernel/instant.ts"
import * as laws from "./laws.ts"
import type { ConsentCommand, ConsentState } from "./messages.ts"
import type { ConsentTerms } from "./terms.ts"
import type { AnonymousNote, LinkedNote } from "./triage.ts"
import { nothingToTrace, noteGoesWithYes, noteNeedsYes, type NoteStep, readsAreBound, tieIsCut } from "./triageLaws.ts"

/** Minutes from the opening; the deadline is at 60. */
const at = (minute: number): Instant => Instant.make(1_800_000_000_000 + minute * 60_000)
const terms: ConsentTerms = { purposes: ["quality", "research"], bundled: false, timesAsked: 2, minimumAge: 18, traceHours: 1, bucketMinutes: 1 }
const notice = { version: "1", language: "nb" } as const
const notShown: ConsentState = { _tag: "NotShown" }
const shown = (deadline: number): ConsentState => ({ _tag: "NoticeShown", deleteAt: at(deadline), timesAsked: 0, notice })
const granted: Extract<ConsentState, { readonly _tag: "Granted" }> = { _tag: "Granted", deleteAt: at(60), timesAsked: 1, notice, purposes: ["quality"], receiptHash: receipts[0], grantedAt: at(3) }
const expired: ConsentState = { _tag: "Expired" }

const over = (minute: number): ConsentCommand => ({ _tag: "SessionOver", at: at(minute) })
const show = (minute: number): ConsentCommand => ({ _tag: "ShowNotice", at: at(minute), openedAt: at(0), notice, chatActive: true, statedAge: null })
const shorten = (minute: number, deadline: number): ConsentCommand => ({ _tag: "Shorten", at: at(minute), deleteAt: at(deadline) })
const step = (command: ConsentCommand, before: ConsentState, after: ConsentState, events: laws.ConsentStep["events"] = []): laws.ConsentStep => ({ command, before, after, events, refusal: undefined })

const said = (law: (typeof laws.consentLaws)[number], what: string, one: laws.ConsentStep, broken: boolean) => {
  assert.deepStrictEqual(law.broken({ terms, steps: [step(over(0), notShown, notShown), one] }), broken ? [`step 2 (${one.command._tag}): ${what}`] : [])
}

describe(laws.endsWithTheTrace.says, () => {
  it.each<readonly [string, boolean, laws.ConsentStep]>([
    ["shown with the deadline of the trace", false, step(show(1), notShown, shown(60))],
    ["shown with another", true, step(show(1), notShown, shown(61))],
    ["shown at the deadline", true, step(show(60), notShown, shown(60))],
    ["not shown", false, step(show(60), notShown, notShown)],
    ["shown by nobody, which is another law's matter", false, step(over(1), notShown, shown(60))],
    ["before the deadline", false, step(over(59), shown(60), shown(60))],
    ["gone before the deadline", true, step(over(59), shown(60), expired)],
    ["gone at the deadline", false, step(over(60), shown(60), expired)],
    ["not gone at the deadline", true, step(over(60), shown(60), shown(60))],
    ["gone for ever", false, step(over(1), expired, expired)],
    ["back again", true, step(over(1), expired, notShown)],
    ["gone but for something", true, step(over(60), granted, { ...expired, purposes: ["quality"] } as ConsentState)],
    ["later", true, step(over(1), shown(60), shown(61))],
    ["earlier by itself", true, step(over(1), shown(60), shown(59))],
    ["shortened", false, step(shorten(1, 30), shown(60), shown(30))],
    ["not shortened", true, step(shorten(1, 30), shown(60), shown(60))],
    ["shortened to something else", true, step(shorten(1, 30), shown(60), shown(31))],
    ["not lengthened", false, step(shorten(1, 90), shown(60), shown(60))],
    ["lengthened", true, step(shorten(1, 90), shown(60), shown(90))],
    ["shortened at the deadline", false, step(shorten(60, 30), shown(60), expired)],
    ["shortened before there was one", false, step(shorten(1, 30), notShown, notShown)],
    ["shortened to nothing at all", true, step(shorten(1, 30), shown(60), notShown)]
  ])("%s", (_, broken, one) => said(laws.endsWithTheTrace, "the deadline was not kept", one, broken))
})

describe(laws.receiptDies.says, () => {
  const receipt = { receiptHash: receipts[0] }
  const { receiptHash: _, ...without } = granted
  it.each<readonly [string, boolean, laws.ConsentStep]>([
    ["a yes with its receipt", false, step(over(1), granted, granted)],
    ["no yes and no receipt", false, step(over(1), shown(60), shown(60))],
    ["a receipt without a yes", true, step(over(1), granted, { ...shown(60), ...receipt })],
    ["a yes without its receipt", true, step(over(1), granted, without as ConsentState)]
  ])("%s", (_title, broken, one) => said(laws.receiptDies, "a receipt is stored where there is no yes, or is missing", one, broken))
})

describe(laws.noContent.says, () => {
  it("names the step with such an event", () => {
    const event = { _tag: "Declined", at: at(1) } as const
    said(laws.noContent, "an event has a field that is not allowed", step(over(1), shown(60), shown(60), [event]), false)
    said(laws.noContent, "an event has a field that is not allowed", step(over(1), shown(60), shown(60), [event, { ...event, why: "synthetic" } as typeof event]), true)
  })
})

describe("the laws of pairs", () => {
  it("of ticking says which of the two differs", () => {
    const { broken } = laws.tickingMakesNoDifference
    assert.deepStrictEqual(broken({ withCommands: expired, ticked: { ...expired }, tickedTwice: expired }), [])
    assert.deepStrictEqual(broken({ withCommands: notShown, ticked: expired, tickedTwice: expired }), ["ticking between the commands gave another consent"])
    assert.deepStrictEqual(broken({ withCommands: expired, ticked: expired, tickedTwice: notShown }), ["ticking twice gave another consent"])
  })

  it("of access names the step at which a session did something else, and a life that is longer", () => {
    const { broken } = laws.answersChangeNothing
    const moment: laws.SessionMoment = { state: { _tag: "Unopened" }, events: [] }
    const another: laws.SessionMoment = { ...moment, events: [{ _tag: "TransferDropped", at: at(1), cause: "declined" }] }
    assert.deepStrictEqual(broken({ one: [moment, moment], other: [moment, { ...moment }] }), [])
    assert.deepStrictEqual(broken({ one: [moment, moment], other: [moment, another] }), ["step 2: the session did something else"])
    assert.deepStrictEqual(broken({ one: [moment], other: [moment, moment] }), ["one of the two took more steps"])
    assert.deepStrictEqual(broken({ one: [moment, moment], other: [moment] }), ["one of the two took more steps", "step 2: the session did something else"])
  })
})

const [session, foreign] = sessions
const fields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" } as const
const linked: LinkedNote = { _tag: "Linked", session, receiptHash: receipts[0], writtenAt: at(4), deleteAt: at(60), purposes: ["quality"], fields }
const anonymous: AnonymousNote = { _tag: "Anonymous", period: "2027-01", purposes: ["quality"], fields }
const withdrawn: ConsentState = { _tag: "Withdrawn", deleteAt: at(60) }
const wrote = (more: Partial<NoteStep>): NoteStep => ({ at: at(5), writes: false, before: granted, after: granted, noteBefore: undefined, noteAfter: undefined, ...more })

const noted = (law: typeof noteNeedsYes, what: string, rows: ReadonlyArray<readonly [title: string, broken: boolean, one: NoteStep]>) =>
  describe(law.says, () => {
    it.each(rows)("%s", (_, broken, one) => {
      assert.deepStrictEqual(law.broken({ session, steps: [wrote({}), one] }), broken ? [`step 2: ${what}`] : [])
    })
  })

noted(noteNeedsYes, "the note and the yes disagree", [
  ["written", false, wrote({ writes: true, noteAfter: linked })],
  ["not written", true, wrote({ writes: true })],
  ["written by nobody", true, wrote({ noteAfter: linked })],
  ["no yes", false, wrote({ writes: true, after: withdrawn })],
  ["written without a yes", true, wrote({ writes: true, after: withdrawn, noteAfter: linked })],
  ["at the deadline", false, wrote({ writes: true, at: at(60) })],
  ["a yes to treatment", false, wrote({ writes: true, after: { ...granted, purposes: ["treatment"] } })],
  ["a yes to treatment and to more", true, wrote({ writes: true, after: { ...granted, purposes: ["quality", "treatment"] } })],
  ["of another session", true, wrote({ writes: true, noteAfter: { ...linked, session: foreign } })],
  ["with another receipt", true, wrote({ writes: true, noteAfter: { ...linked, receiptHash: receipts[1] } })],
  ["for another purpose", true, wrote({ writes: true, noteAfter: { ...linked, purposes: ["research"] } })],
  ["as it was", false, wrote({ noteBefore: linked, noteAfter: linked })],
  ["written anew", false, wrote({ writes: true, noteBefore: linked, noteAfter: linked })],
  ["kept without a yes", true, wrote({ after: withdrawn, noteBefore: linked, noteAfter: linked })],
  ["anonymous", false, wrote({ after: expired, noteBefore: anonymous, noteAfter: anonymous })]
])

const voided: ConsentState = { _tag: "Invalidated", deleteAt: at(60) }
const halted: ConsentState = { _tag: "Halted", deleteAt: at(60) }
noted(noteGoesWithYes, "a note outlived its yes, or went without a reason", [
  ...[withdrawn, voided, halted].flatMap((after) => [
    [`gone when ${after._tag}`, false, wrote({ after, noteBefore: linked })] as const,
    [`anonymous when ${after._tag}`, true, wrote({ after, noteBefore: linked, noteAfter: anonymous })] as const
  ]),
  ["it stays", false, wrote({ noteBefore: linked, noteAfter: linked })],
  ["it goes", true, wrote({ noteBefore: linked })],
  ["an anonymous one stays", false, wrote({ after: withdrawn, noteBefore: anonymous, noteAfter: anonymous })],
  ["an anonymous one goes", true, wrote({ after: withdrawn, noteBefore: anonymous })],
  ["there is none", false, wrote({ after: withdrawn })]
])

noted(tieIsCut, "a note was tied for too long, or not long enough", [
  ["tied before", false, wrote({ noteBefore: linked, noteAfter: linked })],
  ["cut too early", true, wrote({ noteBefore: linked, noteAfter: anonymous })],
  ["cut", false, wrote({ after: expired, noteBefore: linked, noteAfter: anonymous })],
  ["not cut", true, wrote({ after: expired, noteBefore: linked, noteAfter: linked })],
  ["deleted", false, wrote({ after: expired, noteBefore: linked })],
  ["changed when anonymous", true, wrote({ after: expired, noteBefore: anonymous, noteAfter: { ...anonymous, period: "2027-02" } })],
  ["the same when anonymous", false, wrote({ after: expired, noteBefore: anonymous, noteAfter: { ...anonymous } })]
])

describe("the laws of what is left", () => {
  it("say what tells two anonymous notes apart, or what was changed", () => {
    const of = (one: AnonymousNote, other: AnonymousNote) => nothingToTrace.broken({ notes: [linked, linked], severed: [one, other] })
    assert.deepStrictEqual(of(anonymous, { ...anonymous }), [])
    assert.deepStrictEqual(of(anonymous, { ...anonymous, period: "2027-02" }), ["two anonymous notes can be told apart"])
    const other = { ...anonymous, fields: { ...fields, topic: "images" } } as const
    assert.deepStrictEqual(of(other, other), ["what the note says was changed"])
    const bound = { ...anonymous, purposes: ["research"] } as const
    assert.deepStrictEqual(of(bound, bound), ["what the note says was changed"])
    const tied = { ...anonymous, session }
    assert.deepStrictEqual(of(tied, tied), ["an anonymous note has another field"])
  })

  it("say which reading and the yes disagree, and which shows whose note it is", () => {
    const { broken } = readsAreBound
    assert.deepStrictEqual(broken({ granted: ["quality"], read: [["quality", anonymous], ["research", undefined]] }), [])
    assert.deepStrictEqual(broken({ granted: ["quality"], read: [["quality", undefined], ["research", anonymous]] }), [
      "reading for quality and the yes disagree",
      "reading for research and the yes disagree"
    ])
    const tied: unknown = linked
    assert.deepStrictEqual(broken({ granted: ["quality"], read: [["quality", tied as AnonymousNote]] }), ["reading for quality shows whose note it is"])
  })
})
