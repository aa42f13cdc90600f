import { assert, describe, it } from "vitest"
import { at, beginning, checked, drafts, fitting, items, keys, payloads, readers, reference, type Wish } from "../../../../test/spec/bookingLives.ts"
import { StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import type { Law, Rule } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { type BookingPolicy, routing } from "./machine.ts"
import { type Appointment, type BookingEvent, type BookingState, type HandOverKey, ItemId } from "./messages.ts"
import { decliningChangesNothing, noSharedIdentifier, tickingMakesNoDifference } from "./pairLaws.ts"
import { bookingRules } from "./rules.ts"

const [zero = ItemId.make(0), one = ItemId.make(1)] = items
const now = Instant.make(beginning)
const promise = 2 * 3_600_000
const deadline = Instant.make(beginning + promise)

const notStarted: BookingState = { _tag: "NotStarted" }
const form: BookingState = { _tag: "Form", answers: [], shown: null }
const phone: BookingState = { _tag: "ByPhone", answers: [], shown: null }
const answered: BookingState = { _tag: "Form", answers: [{ item: one, approved: true }], shown: null }
const seen: BookingState = { _tag: "Form", answers: [], shown: { draft: drafts[0], info: [] } }
const pending: BookingState = { _tag: "Pending", key: keys[0], sealed: payloads[0], lapsesAt: deadline }
const arrived: BookingState = { _tag: "Acknowledged", reference: keys[0] }
const lapsed: BookingState = { _tag: "Lapsed" }
const notCreated: BookingState = { _tag: "NotCreated" }

const submitted = (more: Partial<Extract<BookingEvent, { readonly _tag: "Submitted" }>> = {}, info: ReadonlyArray<ItemId> = [], appointment = fitting): BookingEvent => ({
  _tag: "Submitted", at: now, key: keys[0], sealed: payloads[0], lapsesAt: deadline, referral: { purpose: "treatment", competence: "sexualInterestInChildren", appointment, info }, ...more
})
const discarded: BookingEvent = { _tag: "Discarded", at: now }
const turnedAway: BookingEvent = { _tag: "NotCreated", at: now, routing }
const acknowledged: BookingEvent = { _tag: "Acknowledged", at: now, key: keys[0] }
const destroyed: BookingEvent = { _tag: "PayloadDestroyed", at: now, sealed: payloads[0] }
const gone: BookingEvent = { ...destroyed, at: deadline }
const chosen: BookingEvent = { _tag: "Chosen", at: now, route: "form" }

const choose = (route: "form" | "phone"): Wish => ({ _tag: "Choose", route })
const leave: Wish = { _tag: "Leave" }
const submit: Wish = { _tag: "Submit", checked: checked("oldEnough"), appointment: fitting, draft: drafts[0], key: keys[0], sealed: payloads[0] }
const young: Wish = { ...submit, checked: checked("tooYoung") }
const acknowledge: Wish = { _tag: "Acknowledge", key: keys[0] }

/** One step by hand: what was asked, before, after, and what is said to have happened. */
const does = (wish: Wish, before: BookingState, after: BookingState, ...events: ReadonlyArray<BookingEvent>): laws.BookingStep => ({ command: at(beginning, wish), before, after, events, refusal: undefined })
const refused = (step: laws.BookingStep, { id }: Rule = bookingRules.handOver): laws.BookingStep => ({ ...step, refusal: { rule: id, says: "no" } })
const later = (step: laws.BookingStep, by: number): laws.BookingStep => ({ ...step, command: { ...step.command, at: Instant.make(beginning + by) } })

/** The numbers of the steps that a law finds, after asserting what it says of each. */
const finds = (law: Law<laws.BookingHistory>, what: string, policy: BookingPolicy = reference) => (...steps: ReadonlyArray<laws.BookingStep>): ReadonlyArray<number> => {
  const numbers = law.broken({ policy, steps }).map((said) => Number(/^step (\d+) /.exec(said)?.[1]))
  assert.deepStrictEqual(law.broken({ policy, steps }), numbers.map((n) => `step ${n} (${steps[n - 1]?.command._tag}): ${what}`))
  return numbers
}

describe("a law of booking says at which step", () => {
  it("form and phone are not side by side", () => {
    const found = finds(laws.phoneBesideForm, "form and phone are not side by side")
    assert.deepStrictEqual(
      [
        found(does(choose("form"), notStarted, form, chosen), does(choose("form"), answered, answered), does(choose("phone"), answered, phone, discarded, chosen)),
        found(later(does(choose("form"), pending, form, chosen), promise), refused(does(choose("form"), arrived, arrived)), does(leave, notStarted, notStarted)),
        found(does(choose("form"), arrived, arrived), later(does(choose("form"), pending, form), promise - 1)),
        found(does(choose("form"), notStarted, phone), refused(does(choose("form"), notStarted, form)), does(choose("phone"), notStarted, form)),
        found(does(choose("form"), notStarted, answered), does(choose("form"), notStarted, seen), does(choose("phone"), answered, phone), does(choose("form"), notStarted, form, discarded))
      ],
      [[], [], [1, 2], [1, 2, 3], [1, 2, 3, 4]]
    )
    const closed = finds(laws.phoneBesideForm, "form and phone are not side by side", { ...reference, booking: { ...reference.booking, phone: null } })
    assert.deepStrictEqual([closed(refused(does(choose("form"), notStarted, notStarted))), closed(does(choose("form"), notStarted, form))], [[], [1]])
  })

  it("a hand-over happened twice, not at all, or left something", () => {
    const found = finds(laws.handedOverOnce, "the hand-over happened twice, not at all, or left something")
    const sends = does(submit, form, pending, submitted())
    const then = (step: laws.BookingStep) => found(sends, step)
    assert.deepStrictEqual(
      [
        then(does(acknowledge, pending, arrived, acknowledged, destroyed)),
        then(does(submit, pending, pending, submitted())),
        then(does(acknowledge, pending, arrived, { ...acknowledged, key: keys[1] }, destroyed)),
        then(does({ _tag: "Fail", key: keys[0] }, pending, arrived, acknowledged, destroyed)),
        then(does(acknowledge, pending, arrived, acknowledged, { ...destroyed, sealed: payloads[1] })),
        then(does(acknowledge, pending, { ...arrived, reference: keys[1] }, acknowledged, destroyed)),
        then(does(acknowledge, pending, Object.assign({ name: "" }, arrived), acknowledged, destroyed)),
        then(does(acknowledge, pending, pending)),
        then(refused(does(acknowledge, pending, arrived, acknowledged, destroyed))),
        then(does(leave, pending, lapsed)),
        then(later(does(acknowledge, pending, arrived, acknowledged, destroyed), promise)),
        found(does(submit, form, form, submitted())),
        found(sends, does(leave, pending, pending, destroyed), does(acknowledge, pending, arrived, acknowledged)),
        then(does({ ...acknowledge, key: keys[1] }, pending, pending))
      ],
      [[], [2], [2], [2], [2], [2], [2], [2], [2], [2], [2], [1], [2, 3], []]
    )
  })

  it("the outbox kept a payload too long, or gave up early", () => {
    const found = finds(laws.lapsesInTime, "the outbox kept a payload too long, or gave up early")
    const until = (lapsesAt: number) => does(submit, form, { ...pending, lapsesAt: Instant.make(lapsesAt) }, submitted({ lapsesAt: Instant.make(lapsesAt) }))
    const bucket = 5 * 60_000
    const ends = (when: number, after: BookingState, ...events: ReadonlyArray<BookingEvent>) => found(until(deadline), later(does(leave, pending, after, ...events), when))
    const gives = (when: number): BookingEvent => ({ _tag: "Lapsed", at: Instant.make(when) })
    assert.deepStrictEqual(
      [found(until(deadline)), found(until(deadline - bucket + 1)), found(until(deadline - bucket)), found(until(deadline + 1)), found(does(submit, form, pending, submitted({ lapsesAt: Instant.make(deadline - 1) })))],
      [[], [], [1], [1], [1]]
    )
    assert.deepStrictEqual(
      [
        ends(promise, lapsed, gives(deadline), gone),
        ends(promise - 1, pending, { _tag: "Retrying", at: now, key: keys[0] }),
        ends(promise - 1, lapsed, gives(deadline), gone),
        ends(promise, pending),
        ends(promise, lapsed, gives(deadline - 1), gone),
        ends(promise, lapsed, gives(deadline + 1)),
        ends(promise, lapsed, gives(deadline), gives(deadline), gone),
        ends(1, arrived, acknowledged, destroyed),
        ends(1, arrived)
      ],
      [[], [], [2], [2], [2], [2], [2], [], [2]]
    )
  })

  it("an age and an outcome disagree, or somebody was turned away and not pointed onwards", () => {
    const found = finds(laws.adultsOnly, "the age and the outcome disagree")
    const another = { ...submit, checked: checked("oldEnough", "2026-11-20") }
    assert.deepStrictEqual(
      [
        found(does(submit, form, pending, submitted()), refused(does(another, form, form), bookingRules.adult), does(young, form, notCreated, discarded, turnedAway)),
        found(does(leave, form, form, turnedAway), does(leave, form, form, submitted()), does(submit, arrived, arrived, submitted())),
        found(does(submit, form, notCreated, turnedAway), refused(does(submit, form, form), bookingRules.adult)),
        found(does(young, form, pending, submitted(), turnedAway), does(young, form, form), does({ ...young, checked: checked("unknown", "2026-11-20") }, form, notCreated, turnedAway)),
        found(refused(does(submit, form, form)), refused(does({ ...young, checked: checked("unknown", "2026-11-20") }, form, form), bookingRules.adult))
      ],
      [[], [1, 2, 3], [1, 2], [1, 2, 3], []]
    )
    const onwards = finds(laws.pointedOnwards, "somebody was turned away and not pointed onwards, or something was kept")
    assert.deepStrictEqual(
      [
        onwards(does(young, form, notCreated, discarded, turnedAway), does(leave, notCreated, notCreated), does(leave, form, notStarted, discarded)),
        onwards(does(young, form, notCreated), does(young, form, notCreated, turnedAway), does(young, form, form, discarded, turnedAway))
      ],
      [[], [1, 2, 3]]
    )
  })

  it("something else was sent than was approved and shown", () => {
    const found = finds(laws.onlyWhatWasApproved, "something else was sent than was approved and shown")
    const approves = (item = one, approved = true) => does({ _tag: "AnswerItem", item, approved }, form, form, { _tag: "ItemAnswered", at: now, item, approved })
    const shows = (characters = 12, ...info: ReadonlyArray<ItemId>) => does({ _tag: "Show", draft: drafts[0], info, characters }, form, form, { _tag: "Shown", at: now, draft: drafts[0], info })
    const sends = (...info: ReadonlyArray<ItemId>) => does(submit, form, pending, submitted({}, info))
    const emptied = (wish: Wish) => found(approves(), does(wish, form, form, discarded), shows(12, one), sends(one))
    assert.deepStrictEqual(
      [
        found(approves(), shows(12, one), sends(one)),
        found(approves(), shows(12, one), refused(does({ _tag: "Show", draft: drafts[1], info: [], characters: 1 }, form, form)), sends(one)),
        found(approves(), shows(12, one), does(choose("form"), form, form), sends(one)),
        found(sends()),
        found(approves(), shows(12, one), sends()),
        found(shows(0), does({ ...submit, draft: drafts[1] }, form, pending, submitted())),
        found(shows(0), does({ _tag: "Show", draft: drafts[0], info: [], characters: 0 }, form, form, submitted())),
        found(approves(), shows(12, zero, one), sends(zero, one)),
        found(approves(), approves(one, false), shows(12, one), sends(one)),
        found(approves(), shows(12, one), approves(zero), sends(one)),
        found(approves(), shows(12, one), does(leave, form, form), sends(one))
      ],
      [[], [], [], [1], [3], [2], [2], [3], [4], [4], []]
    )
    assert.deepStrictEqual([emptied(choose("phone")), emptied({ _tag: "DeclineInfo" }), emptied(leave), emptied(young), emptied({ _tag: "Contact" })], [[4], [4], [4], [4], []])
    assert.deepStrictEqual([found(shows(0)), found(shows(1)), found(approves(), shows(40, one)), found(approves(), shows(41, one)), found(refused(shows(41, one)))], [[], [1], [], [2], []])
  })

  it("a reading and its log disagree", () => {
    const found = finds(laws.readByFew, "a reading and its log disagree")
    const read: Wish = { _tag: "Read", reader: readers[0], role: "bookingClerk", purpose: "treatment" }
    const log: BookingEvent = { _tag: "PayloadRead", at: now, reader: readers[0] }
    assert.deepStrictEqual(
      [
        found(does(read, pending, pending, log), does({ ...read, role: "assignedCounsellor" }, pending, pending, log), refused(does({ ...read, role: "lead" }, pending, pending)), does(leave, pending, pending)),
        found(does(read, pending, pending), does(read, pending, pending, log, log), does(read, pending, pending, { ...log, reader: readers[1] }), refused(does(read, pending, pending, log))),
        found(does({ ...read, role: "lead" }, pending, pending, log), does({ ...read, purpose: "research" }, pending, pending, log), does(read, form, form, log), does(leave, pending, pending, log)),
        found(does({ ...read, role: "lead" }, pending, pending), refused(does(read, form, form)), later(does(read, pending, lapsed, log), promise))
      ],
      [[], [1, 2, 3, 4], [1, 2, 3, 4], [1, 3]]
    )
  })

  it("an offer, an answer or a contact is wrong", () => {
    const found = finds(laws.followUpAtYourOption, "an offer, an answer or a contact is wrong")
    const offers = does({ _tag: "EndTreatment" }, arrived, arrived, { _tag: "FollowUpOffered", at: now, reference: keys[0] })
    const ends = does({ _tag: "EndTreatment" }, arrived, arrived)
    const says = (accept: boolean) => does({ _tag: "AnswerFollowUp", accept }, arrived, arrived)
    const contacted: BookingEvent = { _tag: "Contacted", at: now, reference: keys[0] }
    const contact = (...events: ReadonlyArray<BookingEvent>) => does({ _tag: "Contact" }, arrived, arrived, ...events)
    assert.deepStrictEqual(
      [
        found(offers, ends, says(true), contact(contacted), says(false), refused(contact())),
        found(refused(ends), refused(says(true)), refused(contact())),
        found(ends, offers, offers),
        found(says(true), refused(contact()), contact(contacted, contacted), refused(contact(contacted)), contact()),
        found(contact(), refused(contact(contacted)), does(leave, arrived, arrived, contacted)),
        found(says(true), does(leave, arrived, arrived, contacted), says(false), contact(contacted)),
        found(offers, does(leave, arrived, arrived, { _tag: "FollowUpOffered", at: now, reference: keys[0] }))
      ],
      [[], [], [1, 3], [2, 3, 4, 5], [1, 2, 3], [2, 4], [2]]
    )
  })

  it("an appointment is not what the service offers, or was refused though it is", () => {
    const what = "an appointment is not what the service offers, or was refused though it is"
    const found = finds(laws.withinTheService, what)
    const elsewhere = { ...fitting, site: "Elsewhere" }
    const schedules = (appointment: Appointment, made: Appointment | undefined = appointment, before = arrived) =>
      does({ _tag: "Schedule", appointment }, before, before, ...(made === undefined ? [] : [{ _tag: "Scheduled", at: now, reference: keys[0], appointment: made } as const]))
    const asks = (appointment: Appointment) => does({ _tag: "Schedule", appointment }, arrived, arrived)
    assert.deepStrictEqual(
      [
        found(schedules(fitting), does(submit, form, pending, submitted()), refused(asks(elsewhere), bookingRules.site), refused({ ...asks(fitting), before: form })),
        found(asks(fitting), schedules(fitting, { ...fitting, on: "2026-12-02" }), schedules(elsewhere), does(submit, form, pending, submitted({}, [], elsewhere))),
        found(refused(does(submit, form, form), bookingRules.site), refused(does(submit, form, form), bookingRules.performer), refused(does(submit, form, form))),
        found(refused(does(leave, form, form), bookingRules.site), refused(does(leave, form, form), bookingRules.performer), does(leave, form, form, submitted()), does(leave, form, form)),
        found(refused({ ...asks(fitting), before: form }, bookingRules.performer), does({ _tag: "Submit", checked: checked("oldEnough"), appointment: elsewhere, draft: drafts[0], key: keys[0], sealed: payloads[0] }, form, form))
      ],
      [[], [1, 2, 3, 4], [1, 2], [1, 2, 3], [1]]
    )
    const psychologists = finds(laws.withinTheService, what, { ...reference, booking: { ...reference.booking, performers: ["clinicalPsychologist"] } })
    assert.deepStrictEqual([psychologists(schedules(fitting)), psychologists(refused(asks(fitting), bookingRules.performer))], [[1], []])
  })

  it("declining led to another booking, and nothing else but the information", () => {
    const same: ReadonlyArray<string> = []
    const apart = ["declining and granting led to different bookings"]
    const compared = (granted: laws.BookingStep, declined: laws.BookingStep) =>
      decliningChangesNothing.broken({ granted: { policy: reference, steps: [granted] }, declined: { policy: reference, steps: [declined] } })
    const sends = (...event: Parameters<typeof submitted>) => does(submit, form, pending, submitted(...event))
    assert.deepStrictEqual(
      [
        compared(sends({}, [one]), sends()),
        compared(does(leave, form, answered), does(leave, form, form)),
        compared(sends({ key: keys[1] }), sends()),
        compared(sends({}, [], { ...fitting, on: "2026-12-02" }), sends()),
        compared(does(leave, form, form), does(leave, form, phone)),
        compared(does(leave, form, form), does(choose("form"), form, form)),
        compared(does(leave, form, form), later(does(leave, form, form), 1)),
        compared(does(leave, form, form), refused(does(leave, form, form)))
      ],
      [same, same, apart, apart, apart, apart, apart, apart]
    )
    assert.deepStrictEqual(tickingMakesNoDifference.broken({ withCommands: form, ticked: phone, tickedTwice: lapsed }), ["ticking between the commands gave another booking", "ticking twice gave another booking"])
    assert.deepStrictEqual(noSharedIdentifier.broken({ bookings: [pending], chats: [{ _tag: "Accepted", at: now, counsellor: StaffId.make(String(keys[0])) }] }), ["a booking and a chat share an identifier"])
    const long = "0".repeat(33)
    assert.deepStrictEqual(noSharedIdentifier.broken({ bookings: [{ ...arrived, reference: long as HandOverKey }], chats: [{ _tag: "Accepted", at: now, counsellor: long as StaffId }] }), [])
  })

  it("something has a field that is not allowed", () => {
    const found = finds(laws.noIdentity, "something has a field that is not allowed")
    const named = Object.assign({ name: "" }, discarded)
    assert.deepStrictEqual(
      [found(does(leave, form, notStarted, discarded)), found(does(leave, form, Object.assign({ age: "" }, notStarted), discarded)), found(does(leave, form, notStarted, discarded, named))],
      [[], [1], [1]]
    )
  })
})
