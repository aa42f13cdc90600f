import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { NaiveBooking } from "../../../../test/spec/booking.ts"
import { bookingBugs } from "../../../../test/spec/bookingBugs.ts"
import { at, beginning, type BookingMachine, type Deed, deeds, naively, opening, policies } from "../../../../test/spec/bookingLives.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { step } from "../kernel/machine.ts"
import { type BookingPolicy, bookingMachine } from "./machine.ts"
import type { BookingState } from "./messages.ts"

interface Real {
  readonly machine: BookingMachine
  state: BookingState
  now: number
}

/** What makes sense for a naive booking; the rest is tried only now and then. */
const sensible: Readonly<Record<string, ReadonlyArray<string>>> = {
  NotStarted: ["Choose"],
  Form: ["Choose", "AnswerItem", "DeclineInfo", "Show", "Submit", "Leave"],
  ByPhone: ["Choose", "AnswerItem", "DeclineInfo", "Show", "Submit", "Leave"],
  Pending: ["Read", "Fail", "Submit", "Acknowledge"],
  Acknowledged: ["Schedule", "EndTreatment", "Acknowledge"],
  FollowUpOffered: ["AnswerFollowUp", "Contact"],
  FollowUpAccepted: ["AnswerFollowUp", "Contact"],
  FollowUpDeclined: ["AnswerFollowUp", "Contact", "EndTreatment"],
  Lapsed: ["Choose", "Submit"],
  NotCreated: ["Choose", "Submit"]
}

/** One deed done to the naive and to the real booking, which must answer exactly alike. */
class Does implements fc.Command<NaiveBooking, Real> {
  readonly deed: Deed
  readonly stubborn: boolean
  constructor(deed: Deed, stubborn: boolean) {
    this.deed = deed
    this.stubborn = stubborn
  }
  check(naive: NaiveBooking): boolean {
    const picture = naive.picture()
    return this.stubborn || ("_tag" in picture && (sensible[String(picture._tag)] ?? []).includes(this.deed.wish._tag))
  }
  run(naive: NaiveBooking, real: Real): void {
    real.now += this.deed.gap
    const command = at(real.now, this.deed.wish)
    const expected = naive.run(command)
    const done = step(real.machine, real.state, command)
    real.state = done.state
    assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, { refusedBy: expected.refusedBy, events: expected.events })
    assert.deepStrictEqual(done.state, naive.picture())
  }
  toString(): string {
    return `${this.deed.wish._tag} after ${this.deed.gap} ms`
  }
}

const doings = fc.tuple(deeds(true), fc.integer({ min: 0, max: 9 })).map(([deed, n]) => new Does(deed, n === 0))

const agreement = (plant: (machine: BookingMachine, policy: BookingPolicy) => BookingMachine) =>
  fc.property(policies, fc.integer({ min: 0, max: opening.length }), fc.commands([doings], { maxCommands: 40, size: "max" }), (policy, usual, commands) => {
    fc.modelRun(() => {
      const machine = plant(bookingMachine(policy), policy)
      const model = new NaiveBooking(naively(policy))
      const real: Real = { machine, state: machine.initial, now: beginning }
      for (const wish of opening.slice(0, usual)) new Does({ gap: 1000, wish }, true).run(model, real)
      return { model, real }
    }, commands)
  })

describe("the booking machine and the naive booking", () => {
  it("answer every command alike, event for event, over midnight, past the outbox's deadline and with a clock that goes back", () => {
    fc.assert(agreement((machine) => machine), runs(1000))
  }, patience)

  it.skipIf(quick).each(Object.entries(bookingBugs))("notice a planted bug: %s", (_, plant) => {
    assert.isTrue(fc.check(agreement(plant), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
