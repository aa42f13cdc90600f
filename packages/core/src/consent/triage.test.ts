import * as Result from "effect/Result"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { beginning, receipts } from "../../../../test/spec/consentLives.ts"
import { codes, historiesOf, type NoteBug, noteBugs, notePairs, noteProduct, sessions } from "../../../../test/spec/consentNotes.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import type { ConsentPurpose, Granted } from "./messages.ts"
import { type LinkedNote, noteAfter, readNote, sever, writeNote } from "./triage.ts"
import { decodeTriageFields, TriageFields } from "./triageFields.ts"
import * as laws from "./triageLaws.ts"

const month = { grain: "month" } as const
const deadline = Instant.make(beginning + 168 * 3_600_000)
const fields: TriageFields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" }
const consent: Granted = {
  _tag: "Granted",
  deleteAt: deadline,
  timesAsked: 1,
  notice: { version: "1", language: "nb" },
  purposes: ["research"],
  receiptHash: receipts[0],
  grantedAt: beginning
}
const linked: LinkedNote = { _tag: "Linked", session: sessions[0], receiptHash: receipts[0], writtenAt: beginning, deleteAt: deadline, purposes: ["research"], fields }
const anonymous = { _tag: "Anonymous", period: "2026-03", purposes: ["research"], fields } as const

/** Which planted bugs each law must notice by itself. */
const notices: ReadonlyArray<readonly [(typeof laws.noteLaws)[number], ReadonlyArray<NoteBug>]> = [
  [laws.noteNeedsYes, ["a note is written without a yes", "a note is written for treatment", "a note is kept under another receipt", "nothing is ever written"]],
  [laws.noteGoesWithYes, ["a withdrawn note is made anonymous instead", "a void note stays", "an expired note is deleted"]],
  [laws.tieIsCut, ["the tie is never cut", "the tie is cut at once", "an anonymous note is tied again"]]
]

const held = (law: (typeof laws.noteLaws)[number], product: typeof noteProduct) =>
  fc.property(historiesOf(product), (history) => {
    assert.deepStrictEqual(law.broken(history), [])
  })

const severed = (cut: typeof sever) =>
  fc.property(notePairs, fc.constantFrom("week", "month", "quarter"), ([one, other], grain) => {
    assert.deepStrictEqual(laws.nothingToTrace.broken({ notes: [one, other], severed: [cut(one, { grain }), cut(other, { grain })] }), [])
  })

const purposes: ReadonlyArray<ConsentPurpose> = ["quality", "research", "treatment"]
const bound = (read: typeof readNote) =>
  fc.property(notePairs, fc.boolean(), ([note], cut) => {
    const readings = purposes.map((purpose) => [purpose, Result.getOrUndefined(read(cut ? sever(note, month) : note, purpose, month))] as const)
    assert.deepStrictEqual(laws.readsAreBound.broken({ granted: note.purposes, read: readings }), [])
  })

describe("the laws of a triage note", () => {
  it.each(laws.noteLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(held(law, noteProduct), runs(1000))
  }, patience)

  it(laws.nothingToTrace.says, () => {
    fc.assert(severed(sever), runs(500))
  })

  it(laws.readsAreBound.says, () => {
    fc.assert(bound(readNote), runs(500))
  })
})

describe("a law notices a note that breaks it", () => {
  it("is true of every law", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.noteLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(held(law, noteBugs[bug]), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it("a severed note keeps its receipt, or says something else (DFH-18)", () => {
    const keeps: typeof sever = (note, terms) => ({ ...sever(note, terms), receiptHash: note.receiptHash })
    const changes: typeof sever = (note, terms) => ({ ...sever(note, terms), fields })
    for (const cut of [keeps, changes]) assert.isTrue(fc.check(severed(cut), { numRuns: 500, seed: 7, endOnFailure: true }).failed)
  })

  it("a note is read for a purpose that nobody said yes to, for none at all, or with its session (X-10)", () => {
    const anyone: typeof readNote = (note, _, terms) => readNote(note, note.purposes[0], terms)
    const nobody: typeof readNote = (note, _, terms) => readNote(note, "treatment", terms)
    for (const read of [anyone, nobody]) assert.isTrue(fc.check(bound(read), { numRuns: 500, seed: 7, endOnFailure: true }).failed)
  })
})

describe("a triage note", () => {
  it("is written under a live yes, for its purposes, with its receipt and deadline", () => {
    assert.deepStrictEqual(writeNote(consent, { at: beginning, session: sessions[0], fields }), Result.succeed(linked))
  })

  it("is refused from the deadline on, before a yes, and under a yes to treatment only", () => {
    const refusal = { rule: RuleId.make("DFH-13"), says: "A note can be written only after the visitor has said yes, and only until its deadline." }
    const write = { at: beginning, session: sessions[0], fields }
    assert.isTrue(Result.isSuccess(writeNote(consent, { ...write, at: Instant.make(deadline - 1) })))
    for (const refused of [
      writeNote(consent, { ...write, at: deadline }),
      writeNote({ _tag: "Declined", deleteAt: deadline, timesAsked: 1 }, write),
      writeNote({ ...consent, purposes: ["treatment"] }, write)
    ]) {
      assert.deepStrictEqual(refused, Result.fail(refusal))
    }
  })

  it("loses session, receipt and times in one step, and is read in that form before it too", () => {
    assert.deepStrictEqual(sever(linked, month), anonymous)
    assert.deepStrictEqual(readNote(linked, "research", month), Result.succeed(anonymous))
    assert.deepStrictEqual(readNote(anonymous, "research", month), Result.succeed(anonymous))
    assert.deepStrictEqual(readNote(linked, "quality", month), Result.fail({ rule: RuleId.make("X-10"), says: "The visitor did not say yes to this use of the note." }))
  })

  it("obeys every event of its consent", () => {
    const at = beginning
    for (const _tag of ["Withdrawn", "Invalidated", "Halted"] as const) assert.isUndefined(noteAfter(linked, { _tag, at }, month))
    assert.deepStrictEqual(noteAfter(linked, { _tag: "Expired", at }, month), anonymous)
    assert.deepStrictEqual(noteAfter(linked, { _tag: "Shortened", at, deleteAt: at }, month), { ...linked, deleteAt: at })
    const { notice, purposes: to, receiptHash } = consent
    const others = [
      { _tag: "NoticeShown", at, deleteAt: deadline, notice },
      { _tag: "Asked", at, question: 1 },
      { _tag: "Granted", at, purposes: to, receiptHash },
      { _tag: "Declined", at }
    ] as const
    for (const event of others) assert.strictEqual(noteAfter(linked, event, month), linked)
    assert.deepStrictEqual(noteAfter(anonymous, { _tag: "Withdrawn", at }, month), anonymous)
  })

  it("says nothing but closed codes", () => {
    assert.deepStrictEqual(decodeTriageFields(fields), fields)
    assert.throws(() => decodeTriageFields({ ...fields, comment: "synthetic" }))
    for (const key of Object.keys(TriageFields.fields)) assert.throws(() => decodeTriageFields({ ...fields, [key]: "synthetic" }))
    assert.deepStrictEqual<object>(
      Object.fromEntries(Object.entries(TriageFields.fields).map(([key, { literals }]) => [key, [...literals]])),
      codes
    )
  })
})
