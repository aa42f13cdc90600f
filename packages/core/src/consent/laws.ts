/**
 * The laws of a consent, as sentences over histories. Tests hold every history against them, and the titles of those tests are their sentences.
 */
import * as Equal from "effect/Equal"
import { hours } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
import { deleteAt as deadlineOf } from "../retention/deadlines.ts"
import type { SessionEvent, SessionState } from "../session/messages.ts"
import type { ConsentCommand, ConsentEvent, ConsentState } from "./messages.ts"
import { consentRules } from "./rules.ts"
import type { ConsentTerms } from "./terms.ts"

/** One command with what it did, the timer included. */
export interface ConsentStep {
  readonly command: ConsentCommand
  readonly before: ConsentState
  readonly after: ConsentState
  readonly events: ReadonlyArray<ConsentEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one consent, in order of time. */
export interface ConsentHistory {
  readonly terms: ConsentTerms
  readonly steps: ReadonlyArray<ConsentStep>
}

/** One consent three times: its timer runs with each command only, whenever a task woke up, and each time twice. */
export interface TickedConsent {
  readonly withCommands: ConsentState
  readonly ticked: ConsentState
  readonly tickedTwice: ConsentState
}

/** What a session did at one step of a life that a consent is part of. */
export interface SessionMoment {
  readonly state: SessionState
  readonly events: ReadonlyArray<SessionEvent>
}

/** The same life of a session twice, with one answer and with another, or with no question at all. */
export interface PairOfSessions {
  readonly one: ReadonlyArray<SessionMoment>
  readonly other: ReadonlyArray<SessionMoment>
}

/** The fields that each event may have. None of them can hold what somebody wrote, or why there is no yes. */
export const allowedFields: { readonly [Tag in ConsentEvent["_tag"]]: ReadonlyArray<string> } = {
  NoticeShown: ["_tag", "at", "deleteAt", "notice"],
  Asked: ["_tag", "at", "question"],
  Granted: ["_tag", "at", "purposes", "receiptHash"],
  Declined: ["_tag", "at"],
  Withdrawn: ["_tag", "at"],
  Invalidated: ["_tag", "at"],
  Halted: ["_tag", "at"],
  Shortened: ["_tag", "at", "deleteAt"],
  Expired: ["_tag", "at"]
}

/** Says `what` of every step for which it is true, by the step's number. */
const where = (steps: ReadonlyArray<ConsentStep>, what: string, broken: (step: ConsentStep, index: number) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))

const did = ({ events }: ConsentStep, tag: ConsentEvent["_tag"]): boolean => events.some(({ _tag }) => _tag === tag)
/** Whether the deadline came before the command of a step. */
const inTime = ({ before, command }: ConsentStep): boolean => "deleteAt" in before && command.at < before.deleteAt

/** A yes is an act. */
export const yesIsAnAct: Law<ConsentHistory> = {
  rule: consentRules.free.id,
  says: "There is a yes exactly when the visitor gives it to a question that is open, under the notice and in the language that was shown",
  broken: ({ terms, steps }) =>
    where(steps, "the yes and the visitor's act disagree", (step) => {
      const { before, command, after } = step
      const act =
        command._tag === "Grant" &&
        before._tag === "Asked" &&
        inTime(step) &&
        command.by === "visitor" &&
        command.question === before.timesAsked &&
        Equal.equals(command.notice, before.notice) &&
        command.purposes.every((purpose) => terms.purposes.includes(purpose)) &&
        (!terms.bundled || terms.purposes.every((purpose) => command.purposes.includes(purpose)))
      const appeared = before._tag !== "Granted" && after._tag === "Granted"
      return did(step, "Granted") !== act || appeared !== act
    })
}

/** Only what was asked for. */
export const onlyWhatWasChosen: Law<ConsentHistory> = {
  rule: consentRules.purposes.id,
  says: "The purposes of a yes are those that the visitor chose, and no others",
  broken: ({ steps }) =>
    where(steps, "the purposes are not those that were chosen", ({ command, before, after }) => {
      if (after._tag !== "Granted") return false
      const chosen = command._tag === "Grant" && before._tag !== "Granted" ? command.purposes : before._tag === "Granted" ? before.purposes : []
      return !Equal.equals(new Set(chosen), new Set(after.purposes)) || new Set(after.purposes).size < after.purposes.length
    })
}

/** Asked no more than allowed. */
export const notPressed: Law<ConsentHistory> = {
  rule: consentRules.asking.id,
  says: "The question is put after its notice, in a live chat, no more often than allowed, never again after a yes, and is not refused before that",
  broken: ({ terms, steps }) => {
    let asked = 0
    return where(steps, "asked too often, too early or too late, or not when it could be", (step) => {
      const { before, command } = step
      const may =
        command._tag === "Ask" &&
        before._tag === "NoticeShown" &&
        inTime(step) &&
        command.chatActive &&
        (command.statedAge ?? Infinity) >= terms.minimumAge &&
        Equal.equals(command.notice, before.notice)
      const put = step.events.filter(({ _tag }) => _tag === "Asked").length
      asked += put
      const again = command._tag === "ShowNotice" && before._tag === "Declined" && inTime(step) && command.chatActive && command.statedAge === null
      return put !== (may ? 1 : 0) || asked > terms.timesAsked || (again && did(step, "NoticeShown") !== asked < terms.timesAsked)
    })
  }
}

/** Silence is no. */
export const silenceIsNo: Law<ConsentHistory> = {
  rule: consentRules.free.id,
  says: "A question that is open when the session ends, when the visitor turns out to be too young, or when it is no longer needed, counts as answered with no",
  broken: ({ terms, steps }) =>
    where(steps, "an open question was not answered with no", (step) => {
      const { before, command, after } = step
      if (before._tag !== "Asked" || !inTime(step)) return false
      const over = command._tag === "SessionOver" || command._tag === "Halt" || (command._tag === "StateAge" && command.years < terms.minimumAge)
      const no = command._tag === "Decline" && command.by === "visitor" && command.question === before.timesAsked
      return (after._tag === "Declined") !== (over || no) || did(step, "Declined") !== (over || no)
    })
}

/** Withdrawal, and no oracle. */
export const withdrawalIsCertain: Law<ConsentHistory> = {
  rule: consentRules.withdrawal.id,
  says: "The right receipt takes a yes back until the deadline, and every other withdrawal is answered in one and the same way and does nothing",
  broken: ({ steps }) => {
    const answers = steps.flatMap(({ command, refusal }) => (command._tag === "Withdraw" && refusal !== undefined ? [refusal] : []))
    return where(steps, "a withdrawal did too little or told too much", (step) => {
      const { before, command, after, refusal } = step
      if (command._tag !== "Withdraw") return did(step, "Withdrawn")
      const right = before._tag === "Granted" && inTime(step) && command.receiptHash === before.receiptHash
      const told = refusal !== undefined && !Equal.equals(refusal, answers[0])
      return right !== (after._tag === "Withdrawn" && before._tag === "Granted") || right === (refusal !== undefined) || right !== did(step, "Withdrawn") || told
    })
  }
}

/** A yes of somebody too young is void. */
export const tooYoungIsLeftOut: Law<ConsentHistory> = {
  rule: consentRules.age.id,
  says: "Whoever states an age below the limit is not asked and a yes is void, and whoever states none or a higher one is treated like everyone",
  broken: ({ terms, steps }) =>
    where(steps, "age was not respected", (step) => {
      const { before, command } = step
      const young = command._tag === "StateAge" && command.years < terms.minimumAge
      const asksYoung = (command._tag === "Ask" || command._tag === "ShowNotice") && command.statedAge !== null && command.statedAge < terms.minimumAge
      const hidden = asksYoung ? !did(step, "Asked") && !did(step, "NoticeShown") && step.refusal !== undefined : step.refusal?.rule !== consentRules.age.id
      const voided = did(step, "Invalidated") === (young && before._tag === "Granted" && inTime(step))
      const kept = command._tag !== "StateAge" || young || !inTime(step) || Equal.equals(before, step.after)
      return !hidden || !voided || !kept
    })
}

/** The deadline. */
export const endsWithTheTrace: Law<ConsentHistory> = {
  rule: consentRules.anonymous.id,
  says: "From the deadline of the access trace on nothing is left of a consent, and not a moment before; the deadline never moves later",
  broken: ({ terms, steps }) =>
    where(steps, "the deadline was not kept", (step) => {
      const { before, command, after } = step
      const shown = before._tag === "NotShown" && command._tag === "ShowNotice" && "deleteAt" in after
      if (shown) return after.deleteAt !== deadlineOf(command.openedAt, hours(terms.traceHours), terms) || after.deleteAt <= command.at
      const over = ("deleteAt" in before && !inTime(step)) || before._tag === "Expired"
      const moved = "deleteAt" in before && "deleteAt" in after && command._tag !== "Shorten" && after.deleteAt !== before.deleteAt
      const shorter = command._tag !== "Shorten" || !inTime(step) || ("deleteAt" in before && "deleteAt" in after && after.deleteAt === Math.min(before.deleteAt, command.deleteAt))
      return over !== (after._tag === "Expired") || (over && Object.keys(after).length > 1) || moved || !shorter
    })
}

/** The receipt dies with the yes. */
export const receiptDies: Law<ConsentHistory> = {
  rule: consentRules.untraceable.id,
  says: "The hash of the receipt is stored while there is a yes, and nowhere after it",
  broken: ({ steps }) => where(steps, "a receipt is stored where there is no yes, or is missing", ({ after }) => (after._tag === "Granted") !== "receiptHash" in after)
}

/** No event carries content. */
export const noContent: Law<ConsentHistory> = {
  rule: consentRules.free.id,
  says: "No event of a consent has a field for what somebody wrote, or for why there is no yes",
  broken: ({ steps }) =>
    where(steps, "an event has a field that is not allowed", ({ events }) =>
      events.some((event) => Object.keys(event).some((field) => !allowedFields[event._tag].includes(field)))
    )
}

/** Every law of one consent's history. */
export const consentLaws: ReadonlyArray<Law<ConsentHistory>> = [
  yesIsAnAct,
  onlyWhatWasChosen,
  notPressed,
  silenceIsNo,
  withdrawalIsCertain,
  tooYoungIsLeftOut,
  endsWithTheTrace,
  receiptDies,
  noContent
]

/** When the timer ran makes no difference. */
export const tickingMakesNoDifference: Law<TickedConsent> = {
  rule: consentRules.determinism.id,
  says: "Ticking late, ticking twice, or only with the next command gives the same consent",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking between the commands gave another consent"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice gave another consent"])
  ]
}

/** Non-interference. */
export const answersChangeNothing: Law<PairOfSessions> = {
  rule: consentRules.nonInterference.id,
  says: "Whether the visitor says yes, says no, stays silent or is never asked, the session does the same things at the same steps",
  broken: ({ one, other }) => [
    ...(one.length === other.length ? [] : ["one of the two took more steps"]),
    ...one.flatMap((moment, index) => (Equal.equals(moment, other[index]) ? [] : [`step ${index + 1}: the session did something else`]))
  ]
}
