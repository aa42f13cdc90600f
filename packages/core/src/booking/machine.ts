/**
 * Booking as a machine: an identity in transit from a form to the patient record, and what may be said and done around it.
 */
import { dateAt } from "../kernel/calendar.ts"
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import { hours } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import type { BookingTerms } from "../policy/care.ts"
import { deleteAt } from "../retention/deadlines.ts"
import { openSites } from "./coverage.ts"
import type { Appointment, BookingCommand, BookingEvent, BookingState, Filling, Route, Routing } from "./messages.ts"
import { bookingRules } from "./rules.ts"
import { bookingTable } from "./table.ts"

/** What of a policy booking reads. */
export interface BookingPolicy {
  readonly booking: BookingTerms
  readonly bucketMinutes: number
}

type Decision = Decided<BookingEvent>
type Of<Tag extends BookingCommand["_tag"]> = Extract<BookingCommand, { readonly _tag: Tag }>

const notStarted = refused(bookingRules.bothDoors, "This booking has not been started.")
const notSent = refused(bookingRules.handOver, "Nothing of this booking has been sent yet.")
const alreadySent = refused(bookingRules.handOver, "This booking has been sent.")
const notArrived = refused(bookingRules.handOver, "The patient record does not have this booking yet.")
const nothingLeft = refused(bookingRules.handOver, "The patient record has this booking; nothing of it is left here.")
const anotherHandOver = refused(bookingRules.handOver, "That is not the hand-over of this booking.")
const notOffered = refused(bookingRules.followUp, "No follow-up has been offered yet.")
const notAccepted = refused(bookingRules.followUp, "There is no yes to being contacted.")
const lapsed = refused(bookingRules.outbox, "This booking could not be delivered in time. Please book once more.")
const notDue = refused(bookingRules.outbox, "The time for delivering this booking is not over.")
const notCreated = refused(bookingRules.adult, "No booking has been made.")
const anotherDay = refused(bookingRules.adult, "The number was checked on another day. Please send it once more.")
const noPhone = refused(bookingRules.phone, "Booking is not open here yet, because there is no number to call instead.")
const notApproved = refused(bookingRules.itemByItem, "Only what you have said yes to can be sent.")
const tooLong = refused(bookingRules.shown, "This is longer than the referral has room for.")
const notShown = refused(bookingRules.shown, "Please read what will be sent before you send it.")
const noSuchPerformer = refused(bookingRules.performer, "The service does not offer this kind of therapist.")
const siteClosed = refused(bookingRules.site, "This place does not take patients on that date.")
const notForThat = refused(bookingRules.purpose, "Who books is used to offer therapy, and for nothing else.")
const notForYou = refused(bookingRules.confidence, "Only those who arrange the booking can read this.")

const accepted = (state: BookingState, by: BookingCommand["_tag"]): boolean => accepts<BookingState["_tag"], BookingCommand["_tag"]>(bookingTable, state._tag, by)

/** Whom a visitor who cannot book here is pointed to (E-10). */
export const routing: readonly [Routing, ...ReadonlyArray<Routing>] = ["alarm116111", "generalPractitioner", "childServices"]

/** The ways to book that are offered in a state: both or neither, and neither where no number to call is published (DFH-21). */
export const routesOffered = ({ booking }: BookingPolicy, state: BookingState): ReadonlyArray<Route> =>
  booking.phone !== null && accepted(state, "Choose") ? ["form", "phone"] : []

/** The sentence for a command that the table does not accept in a state. */
const notHere = (state: BookingState, command: BookingCommand): Decision => {
  switch (state._tag) {
    case "NotStarted":
      return notStarted
    case "Form":
    case "ByPhone":
      return notSent
    case "Pending":
      return isWriting(command) ? alreadySent : notArrived
    case "Acknowledged":
      return isWriting(command) ? alreadySent : command._tag === "AnswerFollowUp" || command._tag === "Contact" ? notOffered : nothingLeft
    case "FollowUpOffered":
    case "FollowUpAccepted":
    case "FollowUpDeclined":
      return isWriting(command) ? alreadySent : command._tag === "Contact" ? notAccepted : nothingLeft
    case "Lapsed":
      return lapsed
    case "NotCreated":
      return notCreated
  }
}

const isWriting = ({ _tag }: BookingCommand): boolean => _tag === "Choose" || _tag === "AnswerItem" || _tag === "DeclineInfo" || _tag === "Show" || _tag === "Submit"

const isFilling = (state: BookingState): state is Filling => state._tag === "Form" || state._tag === "ByPhone"

const choose = (policy: BookingPolicy, state: BookingState, { at, route }: Of<"Choose">): Decision => {
  if (policy.booking.phone === null) return noPhone
  if (!isFilling(state)) return happened({ _tag: "Chosen", at, route })
  if ((state._tag === "Form") === (route === "form")) return nothing
  return happened({ _tag: "Discarded", at }, { _tag: "Chosen", at, route })
}

const show = ({ booking }: BookingPolicy, state: Filling, { at, draft, info, characters }: Of<"Show">): Decision => {
  const approved = state.answers.filter((answer) => answer.approved).map(({ item }) => item)
  if (info.some((item) => !approved.includes(item)) || (info.length === 0 && characters > 0)) return notApproved
  return characters > booking.referralCharacters ? tooLong : happened({ _tag: "Shown", at, draft, info })
}

/** What forbids an appointment, if anything: never how many there are, or how far apart (DFH-52). */
const forbidden = ({ booking }: BookingPolicy, { on, site, performer }: Appointment): Decision | undefined => {
  if (!booking.performers.includes(performer)) return noSuchPerformer
  return openSites(booking, on).some(({ name }) => name === site) ? undefined : siteClosed
}

const submit = (policy: BookingPolicy, state: Filling, { at, checked, appointment, draft, key, sealed }: Of<"Submit">): Decision => {
  if (checked.on !== dateAt(policy.booking.timeZone, at)) return anotherDay
  if (checked.age !== "oldEnough") return happened({ _tag: "Discarded", at }, { _tag: "NotCreated", at, routing })
  if (state.shown?.draft !== draft) return notShown
  const lapsesAt = deleteAt(at, hours(policy.booking.outboxHours), policy)
  const referral = { purpose: "treatment", competence: "sexualInterestInChildren", appointment, info: state.shown.info } as const
  return forbidden(policy, appointment) ?? happened({ _tag: "Submitted", at, key, sealed, lapsesAt, referral })
}

const read = ({ at, reader, role, purpose }: Of<"Read">): Decision => {
  if (purpose !== "treatment") return notForThat
  return role === "bookingClerk" || role === "assignedCounsellor" ? happened({ _tag: "PayloadRead", at, reader }) : notForYou
}

const decideWith = (policy: BookingPolicy) => (state: BookingState, command: BookingCommand): Decision => {
  if (!accepted(state, command._tag)) return notHere(state, command)
  switch (state._tag) {
    case "NotStarted":
    case "Lapsed":
    case "NotCreated":
      return command._tag === "Choose" ? choose(policy, state, command) : nothing
    case "Form":
    case "ByPhone":
      return whileFilling(policy, state, command)
    case "Pending":
      return whilePending(state, command)
    case "Acknowledged":
      if (command._tag === "Schedule") {
        const { at, appointment } = command
        return forbidden(policy, appointment) ?? happened({ _tag: "Scheduled", at, reference: state.reference, appointment })
      }
      if (command._tag === "EndTreatment") return happened({ _tag: "FollowUpOffered", at: command.at, reference: state.reference })
      // Told twice, or told late: the same hand-over changes nothing more.
      return "key" in command && command.key !== state.reference ? anotherHandOver : nothing
    case "FollowUpOffered":
    case "FollowUpAccepted":
    case "FollowUpDeclined":
      if (command._tag === "Contact") return happened({ _tag: "Contacted", at: command.at, reference: state.reference })
      if (command._tag !== "AnswerFollowUp") return nothing
      return state._tag === (command.accept ? "FollowUpAccepted" : "FollowUpDeclined")
        ? nothing
        : happened({ _tag: "FollowUpAnswered", at: command.at, accepted: command.accept })
  }
}

const whileFilling = (policy: BookingPolicy, state: Filling, command: BookingCommand): Decision => {
  const { at } = command
  if (command._tag === "Choose") return choose(policy, state, command)
  if (command._tag === "Show") return show(policy, state, command)
  if (command._tag === "Submit") return submit(policy, state, command)
  if (command._tag === "AnswerItem") {
    const { item, approved } = command
    const same = state.answers.some((answer) => answer.item === item && answer.approved === approved)
    return same ? nothing : happened({ _tag: "ItemAnswered", at, item, approved })
  }
  if (command._tag === "DeclineInfo") return state.answers.length === 0 ? nothing : happened({ _tag: "InfoDeclined", at })
  return happened({ _tag: "Discarded", at })
}

const whilePending = (state: Extract<BookingState, { readonly _tag: "Pending" }>, command: BookingCommand): Decision => {
  const { at } = command
  if (command._tag === "Read") return read(command)
  if (command._tag === "Lapse") {
    const due = state.lapsesAt
    return at < due ? notDue : happened({ _tag: "Lapsed", at: due }, { _tag: "PayloadDestroyed", at: due, sealed: state.sealed })
  }
  if (!("key" in command)) return nothing
  if (command.key !== state.key) return anotherHandOver
  if (command._tag === "Submit") return nothing
  if (command._tag === "Fail") return happened({ _tag: "Retrying", at, key: state.key })
  return happened({ _tag: "Acknowledged", at, key: state.key }, { _tag: "PayloadDestroyed", at, sealed: state.sealed })
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: BookingState, event: BookingEvent): BookingState => {
  switch (event._tag) {
    case "Chosen":
      return state._tag === "NotStarted" || state._tag === "Lapsed" || state._tag === "NotCreated"
        ? { _tag: event.route === "form" ? "Form" : "ByPhone", answers: [], shown: null }
        : state
    case "Discarded":
      return isFilling(state) ? { _tag: "NotStarted" } : state
    case "ItemAnswered": {
      if (!isFilling(state)) return state
      const { item, approved } = event
      const others = state.answers.filter((answer) => answer.item !== item)
      return { ...state, answers: [...others, { item, approved }].toSorted((a, b) => a.item - b.item), shown: null }
    }
    case "InfoDeclined":
      return isFilling(state) ? { ...state, answers: [], shown: null } : state
    case "Shown":
      return isFilling(state) ? { ...state, shown: { draft: event.draft, info: event.info } } : state
    case "Submitted":
      return isFilling(state) ? { _tag: "Pending", key: event.key, sealed: event.sealed, lapsesAt: event.lapsesAt } : state
    case "NotCreated":
      return state._tag === "NotStarted" ? { _tag: "NotCreated" } : state
    case "Acknowledged":
      return state._tag === "Pending" ? { _tag: "Acknowledged", reference: event.key } : state
    case "Lapsed":
      return state._tag === "Pending" ? { _tag: "Lapsed" } : state
    case "FollowUpOffered":
      return state._tag === "Acknowledged" ? { _tag: "FollowUpOffered", reference: event.reference } : state
    case "FollowUpAnswered":
      return "reference" in state && state._tag !== "Acknowledged"
        ? { _tag: event.accepted ? "FollowUpAccepted" : "FollowUpDeclined", reference: state.reference }
        : state
    case "PayloadRead":
    case "Retrying":
    case "PayloadDestroyed":
    case "Scheduled":
    case "Contacted":
      return state
  }
}

const due = (state: BookingState): Timer<BookingCommand> | undefined =>
  state._tag === "Pending" ? { at: state.lapsesAt, command: { _tag: "Lapse", at: state.lapsesAt } } : undefined

/** The machine of one service's bookings. It is opened and used without any chat (DFH-58); refusals carry the rule that forbids the command. */
export const bookingMachine = (policy: BookingPolicy): Machine<BookingState, BookingCommand, BookingEvent> => ({
  initial: { _tag: "NotStarted" },
  due,
  decide: decideWith(policy),
  evolve
})
