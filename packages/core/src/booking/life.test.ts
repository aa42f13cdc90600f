import { assert, describe, it } from "vitest"
import { at, beginning, checked, drafts, fitting, historyOf, items, keys, payloads, readers, reference, type Wish } from "../../../../test/spec/bookingLives.ts"
import { Instant } from "../kernel/instant.ts"
import { catchUp, step } from "../kernel/machine.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { type BookingPolicy, bookingMachine, routesOffered } from "./machine.ts"
import { type BookingState, ItemId } from "./messages.ts"

const machine = bookingMachine(reference)
const minute = (n: number) => Instant.make(beginning + n * 60_000)
const [item = ItemId.make(0)] = items

/** Where wishes lead, one a minute. */
const after = (...wishes: ReadonlyArray<Wish>): BookingState =>
  wishes.reduce((state, wish, i) => step(machine, state, at(minute(i), wish)).state, machine.initial)

const form: Wish = { _tag: "Choose", route: "form" }
const phone: Wish = { _tag: "Choose", route: "phone" }
const yes: Wish = { _tag: "AnswerItem", item, approved: true }
const show: Wish = { _tag: "Show", draft: drafts[0], info: [], characters: 0 }
const submit: Extract<Wish, { readonly _tag: "Submit" }> = { _tag: "Submit", checked: checked("oldEnough"), appointment: fitting, draft: drafts[0], key: keys[0], sealed: payloads[0] }
const arrived: Wish = { _tag: "Acknowledge", key: keys[0] }
const ended: Wish = { _tag: "EndTreatment" }
const read: Extract<Wish, { readonly _tag: "Read" }> = { _tag: "Read", reader: readers[0], role: "bookingClerk", purpose: "treatment" }

const states = {
  notStarted: after(),
  form: after(form, show),
  pending: after(form, show, submit),
  acknowledged: after(form, show, submit, arrived),
  offered: after(form, show, submit, arrived, ended),
  declined: after(form, show, submit, arrived, ended, { _tag: "AnswerFollowUp", accept: false }),
  notCreated: after(form, show, { ...submit, checked: checked("tooYoung") }),
  lapsed: catchUp(machine, after(form, show, submit), minute(999)).state
}

const sent = "DFH-24: This booking has been sent."
const noneLeft = "DFH-24: The patient record has this booking; nothing of it is left here."
const notThere = "DFH-24: The patient record does not have this booking yet."
const another = "DFH-24: That is not the hand-over of this booking."
const tooLate = "E-15: This booking could not be delivered in time. Please book once more."
const none = "DFH-47: No booking has been made."
const nothingSent = "DFH-24: Nothing of this booking has been sent yet."
const noAnswer = "DFH-54: There is no yes to being contacted."

describe("a refusal says, in one plain sentence", () => {
  const refusals: ReadonlyArray<readonly [keyof typeof states, Wish, string]> = [
    ["notStarted", submit, "DFH-58: This booking has not been started."],
    ["notStarted", { _tag: "Contact" }, "DFH-58: This booking has not been started."],
    ["form", arrived, nothingSent],
    ["form", read, nothingSent],
    ["form", { _tag: "Show", draft: drafts[1], info: [item], characters: 1 }, "DFH-27: Only what you have said yes to can be sent."],
    ["form", { _tag: "Show", draft: drafts[1], info: [], characters: 1 }, "DFH-27: Only what you have said yes to can be sent."],
    ["form", { ...submit, checked: checked("oldEnough", "2026-11-20") }, "DFH-47: The number was checked on another day. Please send it once more."],
    ["form", { ...submit, draft: drafts[1] }, "DFH-26: Please read what will be sent before you send it."],
    ["form", { ...submit, appointment: { ...fitting, site: "Elsewhere" } }, "DFH-46: This place does not take patients on that date."],
    ["pending", form, sent],
    ["pending", yes, sent],
    ["pending", { _tag: "DeclineInfo" }, sent],
    ["pending", show, sent],
    ["pending", { ...submit, key: keys[1] }, another],
    ["pending", { _tag: "Acknowledge", key: keys[1] }, another],
    ["pending", { _tag: "Fail", key: keys[1] }, another],
    ["pending", ended, notThere],
    ["pending", { _tag: "Schedule", appointment: fitting }, notThere],
    ["pending", { _tag: "Lapse" }, "E-15: The time for delivering this booking is not over."],
    ["pending", { ...read, purpose: "research" }, "DFH-20: Who books is used to offer therapy, and for nothing else."],
    ["pending", { ...read, role: "lead" }, "DFH-25: Only those who arrange the booking can read this."],
    ["acknowledged", phone, sent],
    ["acknowledged", read, noneLeft],
    ["acknowledged", { _tag: "Lapse" }, noneLeft],
    ["acknowledged", { ...submit, key: keys[1] }, another],
    ["acknowledged", { _tag: "Acknowledge", key: keys[1] }, another],
    ["acknowledged", { _tag: "AnswerFollowUp", accept: true }, "DFH-54: No follow-up has been offered yet."],
    ["acknowledged", { _tag: "Contact" }, "DFH-54: No follow-up has been offered yet."],
    ["offered", submit, sent],
    ["offered", arrived, noneLeft],
    ["offered", { _tag: "Schedule", appointment: fitting }, noneLeft],
    ["offered", { _tag: "Contact" }, noAnswer],
    ["declined", { _tag: "Contact" }, noAnswer],
    ["lapsed", arrived, tooLate],
    ["lapsed", submit, tooLate],
    ["notCreated", submit, none],
    ["notCreated", read, none]
  ]
  it.each(refusals.map(([from, wish, says]) => [says, wish._tag, from, wish] as const))("%s (%s when %s)", (says, _, from, wish) => {
    const state = states[from]
    const done = step(machine, state, at(minute(5), wish))
    assert.deepStrictEqual({ ...done, refusal: `${done.refusal?.rule}: ${done.refusal?.says}` }, { state, events: [], refusal: says })
  })

  it("what depends on the policy", () => {
    const says = (policy: BookingPolicy, state: BookingState, wish: Wish) => step(bookingMachine(policy), state, at(minute(5), wish)).refusal
    const closed: BookingPolicy = { ...reference, booking: { ...reference.booking, phone: null } }
    assert.deepStrictEqual<unknown>(says(closed, machine.initial, form), { rule: "DFH-21", says: "Booking is not open here yet, because there is no number to call instead." })
    assert.deepStrictEqual<unknown>(says(closed, machine.initial, phone), says(closed, machine.initial, form))
    const psychologists: BookingPolicy = { ...reference, booking: { ...reference.booking, performers: ["clinicalPsychologist"] } }
    assert.deepStrictEqual<unknown>(says(psychologists, states.form, submit), { rule: "DFH-45", says: "The service does not offer this kind of therapist." })
    const approved = after(form, yes)
    const long = (characters: number): Wish => ({ _tag: "Show", draft: drafts[0], info: [item], characters })
    assert.deepStrictEqual<unknown>(says(reference, approved, long(41)), { rule: "DFH-26", says: "This is longer than the referral has room for." })
    assert.strictEqual(says(reference, approved, long(40)), undefined)
  })
})

describe("a booking", () => {
  it("asks for therapy with expertise in this concern, in what it hands over and nowhere else", () => {
    const done = step(machine, after(form, yes, { _tag: "Show", draft: drafts[0], info: [item], characters: 9 }), at(minute(3), submit))
    const lapsesAt = Instant.make(Math.floor((minute(3) + 2 * 3_600_000) / 300_000) * 300_000)
    assert.deepStrictEqual<unknown>(done.events, [
      {
        _tag: "Submitted",
        at: minute(3),
        key: keys[0],
        sealed: payloads[0],
        lapsesAt,
        referral: { purpose: "treatment", competence: "sexualInterestInChildren", appointment: fitting, info: [item] }
      }
    ])
    assert.deepStrictEqual(done.state, { _tag: "Pending", key: keys[0], sealed: payloads[0], lapsesAt })
  })

  it("of somebody who is 18 tomorrow is made tomorrow, and not today (E-10)", () => {
    const today = step(machine, states.form, at(minute(5), { ...submit, checked: checked("tooYoung") }))
    assert.deepStrictEqual<unknown>(today.events, [
      { _tag: "Discarded", at: minute(5) },
      { _tag: "NotCreated", at: minute(5), routing: ["alarm116111", "generalPractitioner", "childServices"] }
    ])
    assert.deepStrictEqual(today.state, { _tag: "NotCreated" })
    const tomorrow = [form, show, { ...submit, checked: checked("oldEnough", "2026-11-22") }].reduce(
      (state, wish) => step(machine, state, at(minute(60), wish)).state,
      today.state
    )
    assert.strictEqual(tomorrow._tag, "Pending")
  })

  it("that cannot be delivered is destroyed at its deadline, and the visitor may book once more (E-15)", () => {
    const { pending } = states
    if (pending._tag !== "Pending") throw new Error("the booking is not pending")
    const due = pending.lapsesAt
    assert.deepStrictEqual(catchUp(machine, pending, Instant.make(due - 1)), { state: pending, events: [] })
    const gone = [{ _tag: "Lapsed", at: due }, { _tag: "PayloadDestroyed", at: due, sealed: payloads[0] }]
    assert.deepStrictEqual<unknown>(catchUp(machine, pending, due), { state: { _tag: "Lapsed" }, events: gone })
    assert.deepStrictEqual<unknown>(machine.decide(pending, { _tag: "Lapse", at: due }), machine.decide(pending, { _tag: "Lapse", at: minute(999) }))
    assert.deepStrictEqual(step(machine, { _tag: "Lapsed" }, at(due, form)).state, { _tag: "Form", answers: [], shown: null })
  })

  it("fails in the same words with and without information when the patient record is down (E-15)", () => {
    const live = (...info: ReadonlyArray<Wish>) =>
      historyOf(machine, reference, [...[form, ...info, submit, { _tag: "Fail", key: keys[0] } as const, { _tag: "Leave" } as const].map((wish, i) => at(minute(i === 0 ? 0 : 3), wish)), at(minute(999), { _tag: "Leave" })]).steps.slice(-3)
    const granted = live(yes, { _tag: "Show", draft: drafts[0], info: [item], characters: 9 })
    const declined = live({ _tag: "DeclineInfo" }, show)
    assert.deepStrictEqual(granted, declined)
    assert.deepStrictEqual(declined[2]?.after, { _tag: "Lapsed" })
  })

  it("is read for treatment by who arranges it and by the counsellor who has it, each time with a word in the log", () => {
    for (const role of ["bookingClerk", "assignedCounsellor"] as const) {
      assert.deepStrictEqual<unknown>(step(machine, states.pending, at(minute(5), { ...read, role })), {
        state: states.pending,
        events: [{ _tag: "PayloadRead", at: minute(5), reader: readers[0] }],
        refusal: undefined
      })
    }
  })

  it("has one answer about follow-up, which may change", () => {
    const accepted = after(form, show, submit, arrived, ended, { _tag: "AnswerFollowUp", accept: true })
    assert.deepStrictEqual(accepted, { _tag: "FollowUpAccepted", reference: keys[0] })
    for (const [state, accept, changes] of [[accepted, true, false], [states.declined, false, false], [accepted, false, true], [states.declined, true, true]] as const) {
      assert.deepStrictEqual<unknown>(step(machine, state, at(minute(5), { _tag: "AnswerFollowUp", accept })).events, changes ? [{ _tag: "FollowUpAnswered", at: minute(5), accepted: accept }] : [])
    }
  })

  it("is sent once, however often that is asked or answered", () => {
    for (const state of [states.pending, states.acknowledged]) {
      assert.deepStrictEqual(step(machine, state, at(minute(5), submit)), { state, events: [], refusal: undefined })
    }
    for (const wish of [arrived, { _tag: "Fail", key: keys[0] } as const]) {
      assert.deepStrictEqual(step(machine, states.acknowledged, at(minute(5), wish)), { state: states.acknowledged, events: [], refusal: undefined })
    }
    assert.deepStrictEqual(states.acknowledged, { _tag: "Acknowledged", reference: keys[0] })
  })

  it("has as many appointments as the therapy needs, on any dates, also the same", () => {
    for (const on of ["2026-12-01", "2026-12-01", "2026-12-02", "2041-05-17"]) {
      for (let n = 0; n < 50; n++) {
        const appointment = { ...fitting, on }
        assert.deepStrictEqual<unknown>(step(machine, states.acknowledged, at(minute(5), { _tag: "Schedule", appointment })), {
          state: states.acknowledged,
          events: [{ _tag: "Scheduled", at: minute(5), reference: keys[0], appointment }],
          refusal: undefined
        })
      }
    }
  })

  it("offers form and phone side by side wherever booking begins, and neither without a number to call", () => {
    const both = ["form", "phone"]
    const offered = Object.values(states).map((state) => [state._tag, routesOffered(reference, state)])
    assert.deepStrictEqual<unknown>(Object.fromEntries(offered), {
      NotStarted: both, Form: both, Pending: [], Acknowledged: [], FollowUpOffered: [], FollowUpDeclined: [], NotCreated: both, Lapsed: both
    })
    assert.deepStrictEqual(routesOffered(reference, after(phone)), ["form", "phone"])
    const { booking, bucketMinutes } = detfinneshjelp
    if (booking === null) throw new Error("the policy has no booking")
    assert.deepStrictEqual(routesOffered({ booking, bucketMinutes }, machine.initial), [])
  })
})
