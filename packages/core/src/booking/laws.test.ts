import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type BookingBug, bookingBugs } from "../../../../test/spec/bookingBugs.ts"
import { type BookingMachine, historyOf, lives, policies, told } from "../../../../test/spec/bookingLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { type BookingPolicy, bookingMachine } from "./machine.ts"
import { BookingCommand, BookingEvent, BookingState } from "./messages.ts"

const right = (machine: BookingMachine): BookingMachine => machine

const holds = (law: Law<laws.BookingHistory>, plant: (machine: BookingMachine, policy: BookingPolicy) => BookingMachine) =>
  fc.property(policies, lives, (policy, life) => {
    assert.deepStrictEqual(law.broken(historyOf(plant(bookingMachine(policy), policy), policy, told(life))), [])
  })

/** Which planted bugs each law must notice by itself. */
const notices: ReadonlyArray<readonly [Law<laws.BookingHistory>, ReadonlyArray<BookingBug>]> = [
  [laws.phoneBesideForm, ["the phone keeps what the form held", "there is no phone once the form is open", "the form opens where there is no number to call"]],
  [
    laws.handedOverOnce,
    [
      "one booking is handed over twice", "a hand-over can be acknowledged by another key", "an acknowledgement is forgotten",
      "the payload stays when it has arrived", "the payload stays when it lapses", "the handle of the payload stays when it has arrived"
    ]
  ],
  [
    laws.lapsesInTime,
    ["the outbox never gives up", "the outbox gives up an hour late", "the outbox can be made to give up early", "the outbox's time is rounded up", "failing to deliver makes the time longer"]
  ],
  [laws.adultsOnly, ["somebody too young gets a booking", "who may be too young gets a booking", "an adult is turned away"]],
  [laws.pointedOnwards, ["who is turned away is told nothing more", "who is turned away leaves the form behind"]],
  [
    laws.onlyWhatWasApproved,
    [
      "an item that was declined is sent", "what was changed after it was shown is sent", "declining leaves what was shown",
      "what is sent may be a letter too long", "words are sent without an item", "another wording is sent than was shown"
    ]
  ],
  [laws.readByFew, ["any counsellor may read", "reading for statistics is allowed", "a reading is not logged", "a reading is logged twice"]],
  [
    laws.followUpAtYourOption,
    ["follow-up is offered again and again", "follow-up is not offered", "contact is made without a yes", "a yes cannot be taken back"]
  ],
  [laws.withinTheService, ["an appointment at a place that is not open", "a therapist whom the service does not have", "no appointments after the first"]],
  [laws.noIdentity, ["an event carries a name", "a state carries an age"]]
]

describe("the laws of booking", () => {
  it.each(laws.bookingLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), runs(1000))
  }, patience)

  it("each notice a bug planted for them", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.bookingLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, bookingBugs[bug]), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

const fieldsOf = (cases: Readonly<Record<string, { readonly fields: object }>>) =>
  Object.fromEntries(Object.entries(cases).map(([tag, one]) => [tag, Object.keys(one.fields).toSorted()]))
const sorted = (fields: Readonly<Record<string, ReadonlyArray<string>>>) => Object.fromEntries(Object.entries(fields).map(([tag, names]) => [tag, [...names].toSorted()]))

describe("the words of a booking", () => {
  it("have exactly the fields that the law on identity allows", () => {
    assert.deepStrictEqual(fieldsOf(BookingEvent.cases), sorted(laws.allowedInEvents))
    assert.deepStrictEqual(fieldsOf(BookingState.cases), sorted(laws.allowedInStates))
  })

  it("ask for no interest, no reason, no chat and no earlier treatment, in any command", () => {
    assert.deepStrictEqual(fieldsOf(BookingCommand.cases), {
      Choose: ["_tag", "at", "route"],
      AnswerItem: ["_tag", "approved", "at", "item"],
      DeclineInfo: ["_tag", "at"],
      Show: ["_tag", "at", "characters", "draft", "info"],
      Submit: ["_tag", "appointment", "at", "checked", "draft", "key", "sealed"],
      Leave: ["_tag", "at"],
      Read: ["_tag", "at", "purpose", "reader", "role"],
      Fail: ["_tag", "at", "key"],
      Acknowledge: ["_tag", "at", "key"],
      Lapse: ["_tag", "at"],
      Schedule: ["_tag", "appointment", "at"],
      EndTreatment: ["_tag", "at"],
      AnswerFollowUp: ["_tag", "accept", "at"],
      Contact: ["_tag", "at"]
    })
  })
})
