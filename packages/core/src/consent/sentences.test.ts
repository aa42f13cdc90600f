import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { beginning, receipts } from "../../../../test/spec/consentLives.ts"
import { type Instant, Instant as InstantSchema } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import { consentMachine, serves, unknownReceipt } from "./machine.ts"
import type { ConsentCommand, ConsentState, Purposes } from "./messages.ts"
import type { ConsentTerms } from "./terms.ts"

const terms: ConsentTerms = { purposes: ["quality", "research"], bundled: false, timesAsked: 2, minimumAge: 18, traceHours: 168, bucketMinutes: 5 }
const machine = consentMachine(terms)
const deadline = InstantSchema.make(beginning + 168 * 3_600_000)
const minute = (n: number) => InstantSchema.make(beginning + n * 60_000)
const notice = { version: "1", language: "nb" } as const
const facts = { notice, chatActive: true, statedAge: null }
const [mine, foreign] = receipts

const show = (at: Instant): ConsentCommand => ({ _tag: "ShowNotice", at, openedAt: beginning, ...facts })
const ask = (at: Instant): ConsentCommand => ({ _tag: "Ask", at, ...facts })
const grant = (at: Instant, purposes: Purposes, question = 1): ConsentCommand => ({ _tag: "Grant", at, by: "visitor", question, notice, purposes, receiptHash: mine })
const decline = (at: Instant, question = 1): ConsentCommand => ({ _tag: "Decline", at, by: "visitor", question })
const withdraw = (at: Instant, receiptHash = mine): ConsentCommand => ({ _tag: "Withdraw", at, receiptHash })

const after = (...commands: ReadonlyArray<ConsentCommand>): ConsentState => commands.reduce((state, command) => step(machine, state, command).state, machine.initial)

const asked = after(show(minute(1)), ask(minute(2)))
const granted = after(show(minute(1)), ask(minute(2)), grant(minute(3), ["research"]))
const declined = after(show(minute(1)), ask(minute(2)), decline(minute(3)))
const twice = after(show(minute(1)), ask(minute(2)), decline(minute(3)), show(minute(4)), ask(minute(5)))
const withdrawn = after(show(minute(1)), ask(minute(2)), grant(minute(3), ["research"]), withdraw(minute(4)))
const gone: ConsentState = { _tag: "Expired" }

/** State, command, rule, sentence. */
const refusals: ReadonlyArray<readonly [string, ConsentState, ConsentCommand, string, string]> = [
  ["asking after a yes", granted, show(minute(5)), "DFH-14", "This is settled with the visitor and is not brought up again."],
  ["a question after a yes", granted, ask(minute(5)), "DFH-14", "This is settled with the visitor and is not brought up again."],
  ["asking after a withdrawal", withdrawn, show(minute(5)), "DFH-14", "This is settled with the visitor and is not brought up again."],
  ["asking a third time", step(machine, twice, decline(minute(6), 2)).state, show(minute(7)), "DFH-14", "The visitor has been asked as often as this service allows."],
  ["asking without the notice", machine.initial, ask(minute(1)), "DFH-13", "Show the visitor the notice before you ask."],
  ["asking again without the notice", declined, ask(minute(5)), "DFH-13", "Show the visitor the notice before you ask."],
  ["asking outside the chat", machine.initial, { _tag: "ShowNotice", at: minute(1), openedAt: beginning, ...facts, chatActive: false }, "DFH-13", "This can be asked only while a counsellor is in the chat."],
  ["asking in another language", after(show(minute(1))), { _tag: "Ask", at: minute(2), ...facts, notice: { version: "1", language: "en" } }, "DFH-13", "The text on the screen is not the one that the question was about."],
  ["a yes to another version", asked, { _tag: "Grant", at: minute(3), by: "visitor", question: 1, notice: { version: "2", language: "nb" }, purposes: ["quality"], receiptHash: mine }, "DFH-13", "The text on the screen is not the one that the question was about."],
  ["another notice over the question", asked, { _tag: "ShowNotice", at: minute(3), openedAt: beginning, ...facts, notice: { version: "2", language: "nb" } }, "DFH-13", "The visitor is already reading this question."],
  ["asking at the deadline", machine.initial, show(deadline), "DFH-17", "It is too late to ask about this chat."],
  ["asking a minor", machine.initial, { _tag: "ShowNotice", at: minute(1), openedAt: beginning, ...facts, statedAge: 17 }, "E-10", "This question is for people above an age limit, and is left out here."],
  ["an answer without a question", after(show(minute(1))), grant(minute(2), ["quality"]), "DFH-14", "The visitor has not been asked this."],
  ["an answer to a question to come", asked, grant(minute(3), ["quality"], 2), "DFH-14", "The visitor has not been asked this."],
  ["a no to a question to come", asked, decline(minute(3), 2), "DFH-14", "The visitor has not been asked this."],
  ["a no to no question", asked, decline(minute(3), 0), "DFH-14", "The visitor has not been asked this."],
  ["a yes after a no", declined, grant(minute(4), ["quality"]), "DFH-14", "The first answer stands. A yes can be taken back with its receipt."],
  ["a no after a yes", granted, decline(minute(4)), "DFH-14", "The first answer stands. A yes can be taken back with its receipt."],
  ["another yes after a yes", granted, grant(minute(4), ["research", "quality"]), "DFH-14", "The first answer stands. A yes can be taken back with its receipt."],
  ["a late yes to the first question", twice, grant(minute(6), ["quality"], 1), "DFH-14", "The first answer stands. A yes can be taken back with its receipt."],
  ["an answer by the counsellor", asked, { _tag: "Decline", at: minute(3), by: "counsellor", question: 1 }, "DFH-14", "Only the visitor can answer this."],
  ["a yes by the counsellor", asked, { _tag: "Grant", at: minute(3), by: "counsellor", question: 1, notice, purposes: ["quality"], receiptHash: mine }, "DFH-14", "Only the visitor can answer this."],
  ["a purpose that was not asked about", asked, grant(minute(3), ["quality", "treatment"]), "DFH-16", "The visitor was not asked about this purpose."],
  ["a deadline of nothing", machine.initial, { _tag: "Shorten", at: minute(1), deleteAt: minute(2) }, "X-02", "There is no deadline here that could be moved."],
  ["a deadline before its time", granted, { _tag: "Expire", at: InstantSchema.make(deadline - 1) }, "X-13", "The deadline has not been reached."],
  ["a deadline of nothing, reached", gone, { _tag: "Expire", at: deadline }, "X-13", "The deadline has not been reached."]
]

describe("a consent refuses", () => {
  it.each(refusals)("%s, in one plain sentence", (_, state, command, rule, says) => {
    assert.deepStrictEqual(step(machine, state, command), { state, events: [], refusal: { rule: RuleId.make(rule), says } })
  })

  it("half of a bundle", () => {
    const bundled = consentMachine({ ...terms, bundled: true })
    assert.deepStrictEqual(step(bundled, asked, grant(minute(3), ["quality"])).refusal, { rule: RuleId.make("DFH-16"), says: "This service asks for all purposes together." })
    assert.strictEqual(step(bundled, asked, grant(minute(3), ["research", "quality"])).state._tag, "Granted")
  })
})

describe("a yes", () => {
  it("keeps what was shown, what was chosen and the hash of the receipt until the deadline", () => {
    assert.deepStrictEqual(granted, { _tag: "Granted", deleteAt: deadline, timesAsked: 1, notice, purposes: ["research"], receiptHash: mine, grantedAt: minute(3) })
  })

  it("is accepted a second time when it is the same, and changes nothing", () => {
    assert.deepStrictEqual(step(machine, granted, grant(minute(9), ["research"])), { state: granted, events: [], refusal: undefined })
    const same = { _tag: "Grant", at: minute(9), by: "visitor", question: 1, notice, purposes: ["research"], receiptHash: mine } as const
    for (const other of [{ receiptHash: foreign }, { notice: { version: "1", language: "en" } as const }, { notice: { version: "2", language: "nb" } as const }, { question: 2 }]) {
      assert.strictEqual(step(machine, granted, { ...same, ...other }).refusal?.says, "The first answer stands. A yes can be taken back with its receipt.")
    }
  })

  it("has a deadline that a stricter policy moves earlier, and that nothing else moves", () => {
    const shorten = (deleteAt: number) => step(machine, granted, { _tag: "Shorten", at: minute(4), deleteAt: InstantSchema.make(deleteAt) })
    for (const kept of [deadline, deadline + 1]) assert.deepStrictEqual(shorten(kept), { state: granted, events: [], refusal: undefined })
    const late = machine.decide(granted, { _tag: "Expire", at: InstantSchema.make(deadline + 1) })
    assert.deepStrictEqual(late, Result.succeed([{ _tag: "Expired" as const, at: deadline }]))
    assert.deepStrictEqual(shorten(deadline - 1).events, [{ _tag: "Shortened", at: minute(4), deleteAt: InstantSchema.make(deadline - 1) }])
  })

  it("is at an end when the service no longer uses what it was for", () => {
    const halted = { _tag: "Halted", deleteAt: deadline } as const
    assert.deepStrictEqual(step(machine, granted, { _tag: "Halt", at: minute(4) }), { state: halted, events: [{ _tag: "Halted", at: minute(4) }], refusal: undefined })
  })

  it("serves its purposes until the deadline and not at it", () => {
    assert.isTrue(serves(granted, "research", InstantSchema.make(deadline - 1)))
    assert.isFalse(serves(granted, "research", deadline))
    assert.isFalse(serves(granted, "quality", minute(4)))
    assert.isFalse(serves(asked, "research", minute(4)))
  })

  it("asked for twice in parallel after a transfer is one question, and its first answer stands", () => {
    const parallel = step(machine, asked, ask(minute(3)))
    assert.deepStrictEqual(parallel, { state: asked, events: [], refusal: undefined })
    const answered = step(machine, parallel.state, decline(minute(4))).state
    assert.deepStrictEqual(step(machine, answered, grant(minute(4), ["quality"])).state, declined)
  })
})

describe("a withdrawal", () => {
  it("one moment before the deadline deletes, and at the deadline comes too late; both leave the same nothing behind", () => {
    const inTime = step(machine, granted, withdraw(InstantSchema.make(deadline - 1)))
    const tooLate = step(machine, granted, withdraw(deadline))
    assert.deepStrictEqual(inTime, { state: { _tag: "Withdrawn", deleteAt: deadline }, events: [{ _tag: "Withdrawn", at: InstantSchema.make(deadline - 1) }], refusal: undefined })
    assert.deepStrictEqual(tooLate, { state: gone, events: [{ _tag: "Expired", at: deadline }], refusal: unknownReceipt })
    assert.deepStrictEqual(step(machine, inTime.state, { _tag: "SessionOver", at: deadline }).state, tooLate.state)
  })

  it("that finds nothing is answered alike in every state and for every receipt", () => {
    const answers = [machine.initial, asked, declined, withdrawn, gone].map((state) => step(machine, state, withdraw(minute(10))).refusal)
    for (const answer of [...answers, step(machine, granted, withdraw(minute(10), foreign)).refusal]) assert.deepStrictEqual(answer, unknownReceipt)
    assert.deepStrictEqual(unknownReceipt, {
      rule: RuleId.make("E-03"),
      says: "There is nothing that this receipt can still find: what it was for is deleted or anonymous by now, or the receipt is not one of ours."
    })
  })
})
