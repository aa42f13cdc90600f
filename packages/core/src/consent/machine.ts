/**
 * A consent as a machine: notice, question, answer, withdrawal, end. One machine for both consents; the terms say which.
 * It is told facts of the session and gives none back, so that no answer can change what a visitor has access to (DFH-15, X-05).
 */
import * as Result from "effect/Result"
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import { hours, type Instant } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import type { Refusal } from "../kernel/rule.ts"
import { accepts } from "../kernel/table.ts"
import { deleteAt as deadlineOf } from "../retention/deadlines.ts"
import type { ConsentCommand, ConsentEvent, ConsentPurpose, ConsentState, Granted, Purposes, ShownNotice } from "./messages.ts"
import { consentRules } from "./rules.ts"
import { consentTable } from "./table.ts"
import type { ConsentTerms } from "./terms.ts"

type Decision = Decided<ConsentEvent>
type Of<Tag extends ConsentCommand["_tag"]> = Extract<ConsentCommand, { readonly _tag: Tag }>
type NoticeShown = Extract<ConsentState, { readonly _tag: "NoticeShown" }>
type Asked = Extract<ConsentState, { readonly _tag: "Asked" }>
type Declined = Extract<ConsentState, { readonly _tag: "Declined" }>

/**
 * The answer to every receipt that does nothing: unknown, used, or of a note that has become anonymous. Whoever looks a receipt up
 * and finds none gives this same value, so that nobody can learn from it whether there was a yes (E-03).
 */
export const unknownReceipt: Refusal = {
  rule: consentRules.withdrawal.id,
  says: "There is nothing that this receipt can still find: what it was for is deleted or anonymous by now, or the receipt is not one of ours."
}

const withdrawsNothing: Decision = Result.fail(unknownReceipt)
const settled = refused(consentRules.free, "This is settled with the visitor and is not brought up again.")
const askedEnough = refused(consentRules.free, "The visitor has been asked as often as this service allows.")
const showFirst = refused(consentRules.asking, "Show the visitor the notice before you ask.")
const noChat = refused(consentRules.asking, "This can be asked only while a counsellor is in the chat.")
const otherNotice = refused(consentRules.asking, "The text on the screen is not the one that the question was about.")
const stillAsking = refused(consentRules.asking, "The visitor is already reading this question.")
const tooLate = refused(consentRules.anonymous, "It is too late to ask about this chat.")
const tooYoung = refused(consentRules.age, "This question is for people above an age limit, and is left out here.")
const notAsked = refused(consentRules.free, "The visitor has not been asked this.")
const firstStands = refused(consentRules.free, "The first answer stands. A yes can be taken back with its receipt.")
const visitorAnswers = refused(consentRules.free, "Only the visitor can answer this.")
const otherPurpose = refused(consentRules.purposes, "The visitor was not asked about this purpose.")
const allOrNone = refused(consentRules.purposes, "This service asks for all purposes together.")
const noClock = refused(consentRules.neverLater, "There is no deadline here that could be moved.")
const notDue = refused(consentRules.determinism, "The deadline has not been reached.")

/** The sentence for a command that the state's row of the table does not name. */
const unfit = (state: ConsentState, command: ConsentCommand): Decision => {
  const unasked = state._tag === "NotShown" || state._tag === "NoticeShown"
  switch (command._tag) {
    case "ShowNotice":
      return settled
    case "Ask":
      return unasked || state._tag === "Declined" ? showFirst : settled
    case "Grant":
    case "Decline":
      return unasked ? notAsked : firstStands
    case "Withdraw":
      return withdrawsNothing
    case "Shorten":
      return noClock
    case "Expire":
      return notDue
    case "SessionOver":
    case "StateAge":
    case "Halt":
      return nothing
  }
}

const sameNotice = (a: ShownNotice, b: ShownNotice): boolean => a.version === b.version && a.language === b.language

/** The purposes of the terms that are among those named, in the order of the terms and each once. */
const inOrder = ({ purposes }: ConsentTerms, named: ReadonlyArray<ConsentPurpose>): ReadonlyArray<ConsentPurpose> =>
  purposes.filter((purpose) => named.includes(purpose))

/** Why nobody may be asked at all right now, or `undefined`. */
const unaskable = (terms: ConsentTerms, { chatActive, statedAge }: Pick<Of<"Ask">, "chatActive" | "statedAge">): Decision | undefined => {
  if (!chatActive) return noChat
  return statedAge !== null && statedAge < terms.minimumAge ? tooYoung : undefined
}

const showNotice = (terms: ConsentTerms, state: ConsentState, command: Of<"ShowNotice">): Decision => {
  const hindered = unaskable(terms, command)
  if (hindered !== undefined) return hindered
  const { at, notice } = command
  if (state._tag === "Asked") return sameNotice(state.notice, notice) ? nothing : stillAsking
  if (state._tag === "NoticeShown" && sameNotice(state.notice, notice)) return nothing
  if (state._tag === "Declined" && state.timesAsked >= terms.timesAsked) return askedEnough
  const deleteAt = "deleteAt" in state ? state.deleteAt : deadlineOf(command.openedAt, hours(terms.traceHours), terms)
  return at < deleteAt ? happened({ _tag: "NoticeShown", at, deleteAt, notice }) : tooLate
}

const ask = (terms: ConsentTerms, state: NoticeShown | Asked, command: Of<"Ask">): Decision => {
  const hindered = unaskable(terms, command)
  if (hindered !== undefined) return hindered
  if (!sameNotice(state.notice, command.notice)) return otherNotice
  // A second counsellor asks while the first question is still on the screen: one question, and its first answer stands.
  return state._tag === "Asked" ? nothing : happened({ _tag: "Asked", at: command.at, question: state.timesAsked + 1 })
}

/** The same yes once more, from a browser that did not hear that it arrived. */
const isSameYes = (terms: ConsentTerms, state: Granted, { question, purposes, receiptHash, notice }: Of<"Grant">): boolean =>
  question === state.timesAsked &&
  receiptHash === state.receiptHash &&
  sameNotice(notice, state.notice) &&
  inOrder(terms, purposes).join() === state.purposes.join()

const grant = (terms: ConsentTerms, state: Asked | Granted, command: Of<"Grant">): Decision => {
  if (command.by !== "visitor") return visitorAnswers
  if (state._tag === "Granted") return isSameYes(terms, state, command) ? nothing : firstStands
  if (command.question !== state.timesAsked) return command.question < state.timesAsked ? firstStands : notAsked
  if (!sameNotice(command.notice, state.notice)) return otherNotice
  if (!command.purposes.every((purpose) => terms.purposes.includes(purpose))) return otherPurpose
  const [first, ...rest] = inOrder(terms, command.purposes)
  if (first === undefined || (terms.bundled && rest.length + 1 < terms.purposes.length)) return allOrNone
  const purposes: Purposes = [first, ...rest]
  return happened({ _tag: "Granted", at: command.at, purposes, receiptHash: command.receiptHash })
}

/** A no to an earlier question arrives twice and changes nothing; a no to a question that was never put is none. */
const decline = (state: Asked | Declined, command: Of<"Decline">): Decision => {
  if (command.by !== "visitor") return visitorAnswers
  if (command.question < 1 || command.question > state.timesAsked) return notAsked
  return state._tag === "Asked" && command.question === state.timesAsked ? happened({ _tag: "Declined", at: command.at }) : nothing
}

const due = (state: ConsentState): Timer<ConsentCommand> | undefined =>
  "deleteAt" in state ? { at: state.deleteAt, command: { _tag: "Expire", at: state.deleteAt } } : undefined

const decideWith = (terms: ConsentTerms) => (state: ConsentState, command: ConsentCommand): Decision => {
  if (!accepts(consentTable, state._tag, command._tag)) return unfit(state, command)
  const { at } = command
  switch (command._tag) {
    case "ShowNotice":
      return showNotice(terms, state, command)
    case "Ask":
      return state._tag === "NoticeShown" || state._tag === "Asked" ? ask(terms, state, command) : unfit(state, command)
    case "Grant":
      return state._tag === "Asked" || state._tag === "Granted" ? grant(terms, state, command) : unfit(state, command)
    case "Decline":
      return state._tag === "Asked" || state._tag === "Declined" ? decline(state, command) : unfit(state, command)
    case "Withdraw":
      return state._tag === "Granted" && command.receiptHash === state.receiptHash ? happened({ _tag: "Withdrawn", at }) : withdrawsNothing
    case "SessionOver":
      return state._tag === "Asked" ? happened({ _tag: "Declined", at }) : nothing
    case "StateAge":
      if (command.years >= terms.minimumAge) return nothing
      if (state._tag === "Asked") return happened({ _tag: "Declined", at })
      return state._tag === "Granted" ? happened({ _tag: "Invalidated", at }) : nothing
    case "Halt":
      if (state._tag === "Asked") return happened({ _tag: "Declined", at })
      return state._tag === "Granted" ? happened({ _tag: "Halted", at }) : nothing
    case "Shorten":
      return "deleteAt" in state && command.deleteAt < state.deleteAt ? happened({ _tag: "Shortened", at, deleteAt: command.deleteAt }) : nothing
    case "Expire":
      return "deleteAt" in state && state.deleteAt <= at ? happened({ _tag: "Expired", at: state.deleteAt }) : notDue
  }
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: ConsentState, event: ConsentEvent): ConsentState => {
  switch (event._tag) {
    case "NoticeShown": {
      const { deleteAt, notice } = event
      if (state._tag === "NotShown") return { _tag: "NoticeShown", deleteAt, timesAsked: 0, notice }
      return state._tag === "NoticeShown" || state._tag === "Declined" ? { _tag: "NoticeShown", deleteAt, timesAsked: state.timesAsked, notice } : state
    }
    case "Asked":
      return state._tag === "NoticeShown" ? { ...state, _tag: "Asked", timesAsked: event.question } : state
    case "Granted":
      if (state._tag !== "Asked") return state
      return { ...state, _tag: "Granted", purposes: event.purposes, receiptHash: event.receiptHash, grantedAt: event.at }
    case "Declined":
      return state._tag === "Asked" ? { _tag: "Declined", deleteAt: state.deleteAt, timesAsked: state.timesAsked } : state
    case "Withdrawn":
    case "Invalidated":
    case "Halted":
      return state._tag === "Granted" ? { _tag: event._tag, deleteAt: state.deleteAt } : state
    case "Shortened":
      return "deleteAt" in state ? { ...state, deleteAt: event.deleteAt } : state
    case "Expired":
      return "deleteAt" in state ? { _tag: "Expired" } : state
  }
}

/** The machine of one consent of one service. It never grants by itself: a yes needs a question, and the visitor's own act. */
export const consentMachine = (terms: ConsentTerms): Machine<ConsentState, ConsentCommand, ConsentEvent> => ({
  initial: { _tag: "NotShown" },
  due,
  decide: decideWith(terms),
  evolve
})

/** Whether a counsellor's screen offers the question at all. What it hides, the session never hears of (E-10, DFH-15). */
export const mayAsk = (terms: ConsentTerms, state: ConsentState, facts: Pick<Of<"Ask">, "chatActive" | "statedAge"> & { readonly at: Instant }): boolean =>
  (state._tag === "NotShown" || state._tag === "NoticeShown" || (state._tag === "Declined" && state.timesAsked < terms.timesAsked)) &&
  unaskable(terms, facts) === undefined &&
  !("deleteAt" in state && state.deleteAt <= facts.at)

/** Whether there is a live yes to a purpose at `latest`, the later of the two clocks: never from the deadline on (DFH-16, X-10). */
export const serves = (state: ConsentState, purpose: ConsentPurpose, latest: Instant): boolean =>
  state._tag === "Granted" && latest < state.deleteAt && state.purposes.includes(purpose)
