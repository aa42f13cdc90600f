/**
 * Booking machines that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import { type BookingPolicy, bookingMachine } from "@fortrolig/core/booking/machine"
import { type BookingCommand, type BookingEvent, CheckedIdentity } from "@fortrolig/core/booking/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import * as Result from "effect/Result"
import { type BookingMachine, reference } from "./bookingLives.ts"

type Plant = (machine: BookingMachine, policy: BookingPolicy) => BookingMachine

const says = (event: BookingEvent) => Result.succeed([event])
const later = (at: Instant, ms: number) => (at + ms) as Instant

/** The machine, asked something else than was said. */
const hearing = (machine: BookingMachine, change: (command: BookingCommand) => BookingCommand): BookingMachine => ({
  ...machine,
  decide: (state, command) => machine.decide(state, change(command))
})
/** The machine, telling something else than it decided. */
const telling = (machine: BookingMachine, change: (events: ReadonlyArray<BookingEvent>) => ReadonlyArray<BookingEvent>): BookingMachine => ({
  ...machine,
  decide: (state, command) => Result.map(machine.decide(state, command), change)
})
const aged = (command: BookingCommand, from: CheckedIdentity["age"], to: CheckedIdentity["age"]): BookingCommand =>
  command._tag === "Submit" && command.checked.age === from ? { ...command, checked: CheckedIdentity.make({ ...command.checked, age: to }) } : command

/** The planted bugs, by what is wrong. */
export const bookingBugs = {
  "one booking is handed over twice": (machine) => ({
    ...machine,
    decide: (state, command) => {
      if (command._tag !== "Submit" || state._tag !== "Pending" || command.key !== state.key) return machine.decide(state, command)
      const { at, key, sealed, appointment } = command
      return says({ _tag: "Submitted", at, key, sealed, lapsesAt: state.lapsesAt, referral: { purpose: "treatment", competence: "sexualInterestInChildren", appointment, info: [] } })
    }
  }),
  "a hand-over can be acknowledged by another key": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Acknowledge" && state._tag === "Pending" ? { ...command, key: state.key } : command)
  }),
  "an acknowledgement is forgotten": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Acknowledged" ? state : machine.evolve(state, event))
  }),
  "the payload stays when it has arrived": (machine) => telling(machine, (events) => events.filter(({ _tag }, i) => _tag !== "PayloadDestroyed" || events[i - 1]?._tag !== "Acknowledged")),
  "the payload stays when it lapses": (machine) => telling(machine, (events) => events.filter(({ _tag }, i) => _tag !== "PayloadDestroyed" || events[i - 1]?._tag !== "Lapsed")),
  "the handle of the payload stays when it has arrived": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Acknowledged" && state._tag === "Pending" ? { ...next, sealed: state.sealed } : next
    }
  }),
  "the outbox never gives up": (machine) => ({ ...machine, due: () => undefined }),
  "the outbox gives up an hour late": (machine) => ({
    ...machine,
    due: (state) => {
      const timer = machine.due(state)
      return timer === undefined ? undefined : { at: later(timer.at, 3_600_000), command: { _tag: "Lapse", at: later(timer.at, 3_600_000) } }
    }
  }),
  "the outbox can be made to give up early": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Lapse" && state._tag === "Pending" ? { ...command, at: state.lapsesAt } : command)
  }),
  "the outbox's time is rounded up": (machine, policy) =>
    telling(machine, (events) => events.map((event) => (event._tag === "Submitted" ? { ...event, lapsesAt: later(event.lapsesAt, policy.bucketMinutes * 60_000) } : event))),
  "failing to deliver makes the time longer": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Retrying" && state._tag === "Pending" ? { ...state, lapsesAt: later(state.lapsesAt, 60_000) } : machine.evolve(state, event))
  }),
  "somebody too young gets a booking": (machine) => hearing(machine, (command) => aged(command, "tooYoung", "oldEnough")),
  "who may be too young gets a booking": (machine) => hearing(machine, (command) => aged(command, "unknown", "oldEnough")),
  "an adult is turned away": (machine) => hearing(machine, (command) => aged(command, "oldEnough", "tooYoung")),
  "a check of another day counts": (machine) => hearing(machine, (command) => (command._tag === "Submit" ? { ...command, checked: CheckedIdentity.make({ ...command.checked, on: "2026-11-21" }) } : command)),
  "who is turned away is told nothing more": (machine) => telling(machine, (events) => events.map((event) => (event._tag === "NotCreated" ? { ...event, routing: ["childServices"] } : event))),
  "who is turned away leaves the form behind": (machine) => telling(machine, (events) => (events.some(({ _tag }) => _tag === "NotCreated") ? events.filter(({ _tag }) => _tag !== "Discarded") : events)),
  "the phone keeps what the form held": (machine) => ({
    ...machine,
    decide: (state, command) => {
      const decided = machine.decide(state, command)
      return command._tag === "Choose" ? Result.map(decided, (events) => events.filter(({ _tag }) => _tag !== "Discarded")) : decided
    },
    evolve: (state, event) =>
      event._tag === "Chosen" && (state._tag === "Form" || state._tag === "ByPhone") ? { ...state, _tag: event.route === "form" ? "Form" : "ByPhone" } : machine.evolve(state, event)
  }),
  "there is no phone once the form is open": (machine) => hearing(machine, (command) => (command._tag === "Choose" ? { ...command, route: "form" } : command)),
  "the form opens where there is no number to call": (_, policy) => bookingMachine({ ...policy, booking: { ...policy.booking, phone: reference.booking.phone } }),
  "an item that was declined is sent": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(command._tag === "Show" && (state._tag === "Form" || state._tag === "ByPhone") ? { ...state, answers: state.answers.map(({ item }) => ({ item, approved: true })) } : state, command)
  }),
  "what was changed after it was shown is sent": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "ItemAnswered" && (state._tag === "Form" || state._tag === "ByPhone") ? { ...next, shown: state.shown } : next
    }
  }),
  "declining leaves what was shown": (machine) => ({ ...machine, evolve: (state, event) => (event._tag === "InfoDeclined" ? state : machine.evolve(state, event)) }),
  "what is sent may be a letter too long": (machine) => hearing(machine, (command) => (command._tag === "Show" && command.characters === 41 ? { ...command, characters: 40 } : command)),
  "words are sent without an item": (machine) => hearing(machine, (command) => (command._tag === "Show" && command.info.length === 0 ? { ...command, characters: 0 } : command)),
  "another wording is sent than was shown": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "Submit" && (state._tag === "Form" || state._tag === "ByPhone") && state.shown !== null ? { ...command, draft: state.shown.draft } : command)
  }),
  "any counsellor may read": (machine) => hearing(machine, (command) => (command._tag === "Read" ? { ...command, role: "bookingClerk" } : command)),
  "reading for statistics is allowed": (machine) => hearing(machine, (command) => (command._tag === "Read" && command.purpose === "statistics" ? { ...command, purpose: "treatment" } : command)),
  "a reading is not logged": (machine) => telling(machine, (events) => events.filter(({ _tag }) => _tag !== "PayloadRead")),
  "a reading is logged twice": (machine) => telling(machine, (events) => events.flatMap((event): ReadonlyArray<BookingEvent> => (event._tag === "PayloadRead" ? [event, event] : [event]))),
  "follow-up is offered again and again": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "EndTreatment" && state._tag === "FollowUpDeclined" ? says({ _tag: "FollowUpOffered", at: command.at, reference: state.reference }) : machine.decide(state, command)
  }),
  "follow-up is not offered": (machine) => telling(machine, (events) => events.filter(({ _tag }) => _tag !== "FollowUpOffered")),
  "contact is made without a yes": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Contact" && state._tag === "FollowUpOffered" ? says({ _tag: "Contacted", at: command.at, reference: state.reference }) : machine.decide(state, command)
  }),
  "a yes cannot be taken back": (machine) => ({ ...machine, evolve: (state, event) => (event._tag === "FollowUpAnswered" && state._tag === "FollowUpAccepted" ? state : machine.evolve(state, event)) }),
  "an appointment at a place that is not open": (machine, policy) => {
    const open = policy.booking.sites.map((site) => ({ ...site, from: "2020-01-01" }))
    const [first, ...rest] = open
    return first === undefined ? machine : bookingMachine({ ...policy, booking: { ...policy.booking, sites: [first, ...rest] } })
  },
  "a therapist whom the service does not have": (_, policy) => bookingMachine({ ...policy, booking: { ...policy.booking, performers: ["clinicalPsychologist", "psychiatrist"] } }),
  "no appointments after the first": (machine) => telling(machine, (events) => events.filter(({ _tag }) => _tag !== "Scheduled")),
  "an event carries a name": (machine) => telling(machine, (events) => events.map((event) => (event._tag === "Submitted" ? { ...event, name: "synthetic" } : event))),
  "a state carries an age": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "NotCreated" ? { ...machine.evolve(state, event), age: 17 } : machine.evolve(state, event))
  })
} as const satisfies Record<string, Plant>

export type BookingBug = keyof typeof bookingBugs

/** Machines that treat whoever declines otherwise. */
export const unequalBugs = {
  "declining costs the place": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "Submit" && "shown" in state && state.shown?.info.length === 0 ? { ...command, appointment: { ...command.appointment, site: "Elsewhere" } } : command)
  }),
  "who declines is given up sooner": (machine) =>
    telling(machine, (events) => events.map((event) => (event._tag === "Submitted" && event.referral.info.length === 0 ? { ...event, lapsesAt: later(event.lapsesAt, -60_000) } : event))),
  "who declines is not told that it is being tried again": (machine) => {
    let told = true
    return {
      ...telling(machine, (events) => events.filter(({ _tag }) => told || _tag !== "Retrying")),
      evolve: (state, event) => {
        if (event._tag === "Submitted") told = event.referral.info.length > 0
        return machine.evolve(state, event)
      }
    }
  }
} as const satisfies Record<string, Plant>

/** A machine whose timer is sometimes overslept. */
export const oversleeping: Plant = (machine) => {
  let asleep = false
  return {
    ...machine,
    due: (state) => {
      asleep = !asleep
      return asleep ? undefined : machine.due(state)
    }
  }
}
