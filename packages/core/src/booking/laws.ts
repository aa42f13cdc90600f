/**
 * The laws of booking, as sentences over the history of one booking. Tests hold every history against them; the titles of those tests are their sentences.
 */
import { dateAt } from "../kernel/calendar.ts"
import { hours, type Instant, minutes } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
import { openSites } from "./coverage.ts"
import { type BookingPolicy, routesOffered, routing } from "./machine.ts"
import type { Appointment, BookingCommand, BookingEvent, BookingState } from "./messages.ts"
import { bookingRules } from "./rules.ts"

/** One command with what it did, the timer included. */
export interface BookingStep {
  readonly command: BookingCommand
  readonly before: BookingState
  readonly after: BookingState
  readonly events: ReadonlyArray<BookingEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one booking, in order of time. */
export interface BookingHistory {
  readonly policy: BookingPolicy
  readonly steps: ReadonlyArray<BookingStep>
}

/** The fields that each state may have. None can hold a name, a number, an age, what somebody wrote, or a chat. */
export const allowedInStates: { readonly [Tag in BookingState["_tag"]]: ReadonlyArray<string> } = {
  NotStarted: ["_tag"],
  Form: ["_tag", "answers", "shown"],
  ByPhone: ["_tag", "answers", "shown"],
  Pending: ["_tag", "key", "sealed", "lapsesAt"],
  Acknowledged: ["_tag", "reference"],
  FollowUpOffered: ["_tag", "reference"],
  FollowUpAccepted: ["_tag", "reference"],
  FollowUpDeclined: ["_tag", "reference"],
  Lapsed: ["_tag"],
  NotCreated: ["_tag"]
}

/** The fields that each event may have. */
export const allowedInEvents: { readonly [Tag in BookingEvent["_tag"]]: ReadonlyArray<string> } = {
  Chosen: ["_tag", "at", "route"],
  Discarded: ["_tag", "at"],
  ItemAnswered: ["_tag", "at", "item", "approved"],
  InfoDeclined: ["_tag", "at"],
  Shown: ["_tag", "at", "draft", "info"],
  Submitted: ["_tag", "at", "key", "sealed", "lapsesAt", "referral"],
  NotCreated: ["_tag", "at", "routing"],
  PayloadRead: ["_tag", "at", "reader"],
  Retrying: ["_tag", "at", "key"],
  Acknowledged: ["_tag", "at", "key"],
  Lapsed: ["_tag", "at"],
  PayloadDestroyed: ["_tag", "at", "sealed"],
  Scheduled: ["_tag", "at", "reference", "appointment"],
  FollowUpOffered: ["_tag", "at", "reference"],
  FollowUpAnswered: ["_tag", "at", "accepted"],
  Contacted: ["_tag", "at", "reference"]
}

type Writing = Extract<BookingState, { readonly _tag: "Form" | "ByPhone" }>
const isWriting = (state: BookingState): state is Writing => state._tag === "Form" || state._tag === "ByPhone"
const canChoose = ({ _tag }: BookingState): boolean => _tag === "NotStarted" || _tag === "Form" || _tag === "ByPhone" || _tag === "Lapsed" || _tag === "NotCreated"
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The state that the command itself met: a booking whose time was over has lapsed by then. */
const met = ({ before, command }: BookingStep): BookingState => (before._tag === "Pending" && command.at >= before.lapsesAt ? { _tag: "Lapsed" } : before)

/** Says `what` of every step for which it is true, by the step's number. */
const where = (steps: ReadonlyArray<BookingStep>, what: string, broken: (step: BookingStep) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))

const count = ({ events }: BookingStep, tag: BookingEvent["_tag"]): number => events.filter(({ _tag }) => _tag === tag).length

/** The phone beside the form. */
export const phoneBesideForm: Law<BookingHistory> = {
  rule: bookingRules.phone.id,
  says: "Wherever the form can be reached the phone can be too, wherever booking begins both are, and changing to either discards what the other held",
  broken: ({ policy, steps }) =>
    where(steps, "form and phone are not side by side", (step) => {
      const { command, after, refusal } = step
      const published = policy.booking.phone !== null
      const offered = routesOffered(policy, after)
      if (!isSame(offered, published && canChoose(after) ? ["form", "phone"] : [])) return true
      if (command._tag !== "Choose") return false
      const begins = met(step)
      if (!canChoose(begins) || !published) return refusal === undefined
      const other = isWriting(begins) && (begins._tag === "Form") !== (command.route === "form")
      if (refusal !== undefined || after._tag !== (command.route === "form" ? "Form" : "ByPhone")) return true
      return (!isWriting(begins) || other) && (after.answers.length > 0 || after.shown !== null || count(step, "Discarded") !== Number(other))
    })
}

/** One hand-over, and nothing left of it. */
export const handedOverOnce: Law<BookingHistory> = {
  rule: bookingRules.handOver.id,
  says: "A booking is handed over once, its payload is destroyed when it has arrived and only then or when it lapses, and a reference is all that is left",
  broken: ({ steps }) => {
    let waiting: string | undefined
    let key: string | undefined
    return where(steps, "the hand-over happened twice, not at all, or left something", (step) => {
      const { command, after, events, refusal } = step
      let wrong = false
      const arrives = command._tag === "Acknowledge" && met(step)._tag === "Pending" && command.key === key
      for (const event of events) {
        if (event._tag === "Submitted") {
          wrong ||= waiting !== undefined
          waiting = event.sealed
          key = event.key
        }
        if (event._tag === "Acknowledged") wrong ||= waiting === undefined || event.key !== key || !arrives
        if (event._tag === "PayloadDestroyed") {
          wrong ||= event.sealed !== waiting
          waiting = undefined
        }
      }
      const left = "reference" in after && (after.reference !== key || !isSame(Object.keys(after), ["_tag", "reference"]))
      const keeps = (waiting !== undefined) !== (after._tag === "Pending")
      return wrong || left || keeps || (arrives && (after._tag !== "Acknowledged" || refusal !== undefined))
    })
  }
}

/** The outbox gives up in time. */
export const lapsesInTime: Law<BookingHistory> = {
  rule: bookingRules.outbox.id,
  says: "What was not delivered lapses at its deadline, not before and not after, and the deadline is the promise or less than one bucket earlier",
  broken: ({ policy, steps }) => {
    const promise = hours(policy.booking.outboxHours)
    // Counted from the event, not from the state, which is what is being judged.
    let deadline: Instant | undefined
    return where(steps, "the outbox kept a payload too long, or gave up early", (step) => {
      const { command, after, events } = step
      const must = deadline !== undefined && command.at >= deadline
      const told = events.some((event) => event._tag === "Lapsed" && event.at === deadline)
      let wrong = must !== told || count(step, "Lapsed") !== Number(must)
      if (must || count(step, "Acknowledged") > 0) deadline = undefined
      for (const event of events) {
        if (event._tag !== "Submitted") continue
        deadline = event.lapsesAt
        wrong ||= event.lapsesAt > event.at + promise || event.lapsesAt <= event.at + promise - minutes(policy.bucketMinutes)
      }
      return wrong || (after._tag === "Pending" ? after.lapsesAt : undefined) !== deadline
    })
  }
}

/** Adults only, and every adult. */
export const adultsOnly: Law<BookingHistory> = {
  rule: bookingRules.adult.id,
  says: "Who is old enough on the day of booking is never turned away for it, and who is not, or may not be, never gets a booking",
  broken: ({ policy, steps }) =>
    where(steps, "the age and the outcome disagree", (step) => {
      const { command, refusal } = step
      const turnedAway = count(step, "NotCreated") > 0
      if (command._tag !== "Submit" || !isWriting(met(step))) return turnedAway || count(step, "Submitted") > 0
      const old = command.checked.age === "oldEnough"
      const today = command.checked.on === dateAt(policy.booking.timeZone, command.at)
      return old ? turnedAway || (today && refusal?.rule === bookingRules.adult.id) : count(step, "Submitted") > 0 || turnedAway !== today
    })
}

/** Nothing is left of who was turned away. */
export const pointedOnwards: Law<BookingHistory> = {
  rule: bookingRules.minor.id,
  says: "Whoever is turned away is pointed onwards, the form is discarded, and what stands is nothing but that there is no booking",
  broken: ({ steps }) =>
    where(steps, "somebody was turned away and not pointed onwards, or something was kept", (step) => {
      if (count(step, "NotCreated") === 0) return step.after._tag === "NotCreated" && met(step)._tag !== "NotCreated"
      const { at } = step.command
      return !isSame(step.events, [{ _tag: "Discarded", at }, { _tag: "NotCreated", at, routing }]) || !isSame(step.after, { _tag: "NotCreated" })
    })
}

/** Only what was approved, and shown. */
export const onlyWhatWasApproved: Law<BookingHistory> = {
  rule: bookingRules.itemByItem.id,
  says: "The information in a referral is exactly what was shown last, each item of it approved and not taken back, and none after declining",
  broken: ({ policy, steps }) => {
    let approved = new Set<number>()
    let shown: { readonly draft: string; readonly info: ReadonlyArray<number> } | undefined
    return where(steps, "something else was sent than was approved and shown", ({ command, events, refusal }) => {
      for (const event of events) {
        if (event._tag !== "Submitted") continue
        const { info } = event.referral
        if (command._tag !== "Submit" || shown === undefined || shown.draft !== command.draft || !isSame(info, shown.info)) return true
        if (info.some((item) => !approved.has(item))) return true
      }
      if (refusal !== undefined) return false
      const changes = events.length > 0
      if (changes && (command._tag === "Choose" || command._tag === "DeclineInfo" || command._tag === "Leave" || command._tag === "Submit")) approved = new Set()
      if (command._tag === "AnswerItem" && command.approved) approved.add(command.item)
      if (command._tag === "AnswerItem" && !command.approved) approved.delete(command.item)
      if (command._tag === "Show") shown = command
      else if (changes) shown = undefined
      return command._tag === "Show" && command.characters > (command.info.length === 0 ? 0 : policy.booking.referralCharacters)
    })
  }
}

/** Read by few, logged each time. */
export const readByFew: Law<BookingHistory> = {
  rule: bookingRules.confidence.id,
  says: "Only who arranges the booking can read what waits in the outbox, only for treatment, and each reading is logged exactly once",
  broken: ({ steps }) =>
    where(steps, "a reading and its log disagree", (step) => {
      const { command, events } = step
      const log = events.filter((event) => event._tag === "PayloadRead")
      if (command._tag !== "Read") return log.length > 0
      const may = command.purpose === "treatment" && ["bookingClerk", "assignedCounsellor"].includes(command.role) && met(step)._tag === "Pending"
      return !isSame(log, may ? [{ _tag: "PayloadRead", at: command.at, reader: command.reader }] : []) || (step.refusal === undefined) !== may
    })
}

/** Follow-up is offered once, and taken up only by who wants it. */
export const followUpAtYourOption: Law<BookingHistory> = {
  rule: bookingRules.followUp.id,
  says: "An ended treatment has exactly one offer of follow-up, and contact is made whenever the last answer was yes, and never otherwise",
  broken: ({ steps }) => {
    let offers = 0
    let said = false
    return where(steps, "an offer, an answer or a contact is wrong", (step) => {
      const { command, refusal } = step
      offers += count(step, "FollowUpOffered")
      const ended = command._tag === "EndTreatment" && refusal === undefined
      if (command._tag === "AnswerFollowUp" && refusal === undefined) said = command.accept
      const contacted = count(step, "Contacted")
      return offers > 1 || (ended && offers !== 1) || contacted !== Number(command._tag === "Contact" && said) || (command._tag === "Contact" && (refusal === undefined) !== said)
    })
  }
}

/** Therapists and places that the service has. */
export const withinTheService: Law<BookingHistory> = {
  rule: bookingRules.site.id,
  says: "Every appointment is with a therapist and at an open place of the service, and one that is, is never refused, however many there are or how close",
  broken: ({ policy: { booking }, steps }) =>
    where(steps, "an appointment is not what the service offers, or was refused though it is", (step) => {
      const { command, events, refusal } = step
      const fits = ({ on, site, performer }: Appointment): boolean =>
        booking.performers.includes(performer) && openSites(booking, on).some(({ name }) => name === site)
      const made = events.flatMap((event) => (event._tag === "Submitted" ? [event.referral.appointment] : event._tag === "Scheduled" ? [event.appointment] : []))
      const placed = refusal?.rule === bookingRules.site.id || refusal?.rule === bookingRules.performer.id
      if (command._tag !== "Submit" && command._tag !== "Schedule") return made.length > 0 || placed
      const must = command._tag === "Schedule" && met(step)._tag === "Acknowledged" && fits(command.appointment)
      return made.some((one) => !fits(one)) || (placed && fits(command.appointment)) || (must && !isSame(made, [command.appointment]))
    })
}

/** No identity anywhere. */
export const noIdentity: Law<BookingHistory> = {
  rule: bookingRules.identity.id,
  says: "No state and no event of a booking has a field that could carry a name, a number, an age or a chat",
  broken: ({ steps }) =>
    where(
      steps,
      "something has a field that is not allowed",
      ({ after, events }) =>
        Object.keys(after).some((field) => !allowedInStates[after._tag].includes(field)) ||
        events.some((event) => Object.keys(event).some((field) => !allowedInEvents[event._tag].includes(field)))
    )
}

/** Every law of one booking's history. */
export const bookingLaws: ReadonlyArray<Law<BookingHistory>> = [
  phoneBesideForm, handedOverOnce, lapsesInTime, adultsOnly, pointedOnwards, onlyWhatWasApproved, readByFew, followUpAtYourOption, withinTheService, noIdentity
]
