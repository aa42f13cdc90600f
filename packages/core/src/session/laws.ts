/**
 * The laws of a session, as sentences over histories. Tests hold every history against them, and the titles of those tests are their sentences.
 */
import * as Equal from "effect/Equal"
import type { Instant, Period } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { Policy } from "../policy/policy.ts"
import { standingFor } from "./assignment.ts"
import { callsAreKept, closesInTime, lostCounsellorIsReplaced, movesWithYes } from "./handoverLaws.ts"
import { type SessionHistory, isLive, where } from "./history.ts"
import { limitsOf } from "./limits.ts"
import type { SessionCommand, SessionEvent, SessionState } from "./messages.ts"
import { sessionRules } from "./rules.ts"

/** One session three times: its timers run with each command only, whenever a task woke up, and each time twice. */
export interface TickedSession {
  readonly withCommands: SessionState
  readonly ticked: SessionState
  readonly tickedTwice: SessionState
}

/** How long a session can live after the last thing that anyone did in it, whatever that was. */
export const longestSilence = (policy: Pick<Policy, "limits" | "phone">): Period => {
  const { queue, idle, counsellorGrace, call, length } = limitsOf(policy)
  // A chat that loses its counsellor goes to the queue after the grace, or when the wait for a call is over.
  return Math.min(length, Math.max(idle, Math.min(Math.max(counsellorGrace, call), idle) + queue)) as Period
}

/** The fields that each event may have. None of them can hold what somebody wrote, an address, or a count. */
export const allowedFields: { readonly [Tag in SessionEvent["_tag"]]: ReadonlyArray<string> } = {
  Opened: ["_tag", "at", "service", "noticeVersion", "front"],
  Accepted: ["_tag", "at", "counsellor"],
  Requeued: ["_tag", "at", "cause"],
  TransferOffered: ["_tag", "at", "to", "until"],
  TransferDropped: ["_tag", "at", "cause"],
  Transferred: ["_tag", "at", "counsellor"],
  CallReserved: ["_tag", "at", "until", "codeHash", "keepChat"],
  CallerAsked: ["_tag", "at"],
  CallerWaits: ["_tag", "at"],
  CallTaken: ["_tag", "at"],
  CallExpired: ["_tag", "at"],
  ClosingSet: ["_tag", "at", "closesAt"],
  ConcernOpened: ["_tag", "at"],
  ConcernClosed: ["_tag", "at"],
  WentAway: ["_tag", "at", "party"],
  CameBack: ["_tag", "at", "party"],
  WasActive: ["_tag", "at"],
  Redacted: ["_tag", "at"],
  Ended: ["_tag", "at", "reason"]
}

/** Every session ends by itself. */
export const endsByItself: Law<SessionHistory> = {
  rule: sessionRules.endsByItself.id,
  says: "Every session ends by itself: after the last thing done in it, it outlives the longest silence by nothing, and never its greatest length",
  broken: ({ policy, steps }) => {
    const silence = longestSilence(policy)
    const { length } = limitsOf(policy)
    // Counted from the event, not from the state, which is what is being judged.
    const opened = steps.flatMap((step) => step.events).find((event) => event._tag === "Opened")?.at ?? Infinity
    return where(steps, "it should have ended by itself", ({ command, after, events }, index) => {
      const last = steps[index - 1]
      const quiet = last === undefined || last.after._tag === "Unopened" ? Infinity : last.command.at + silence
      return (isLive(after) && command.at >= Math.min(quiet, opened + length)) || events.some((event) => event._tag === "Ended" && event.at > quiet)
    })
  }
}

/** One owner at most. */
export const oneOwner: Law<SessionHistory> = {
  rule: sessionRules.oneCounsellor.id,
  says: "A chat has exactly one counsellor from acceptance until it is given back, moved or over, and is accepted only when it has none",
  broken: ({ steps }) => {
    let owner: string | undefined
    return where(steps, "who holds the chat is not who accepted it", ({ events, after }) => {
      let twice = false
      for (const event of events) {
        if (event._tag === "Accepted") {
          twice ||= owner !== undefined
          owner = event.counsellor
        }
        if (event._tag === "Transferred") owner = event.counsellor
        if (event._tag === "Requeued" || event._tag === "Ended") owner = undefined
      }
      return twice || owner !== (after._tag === "Active" ? after.counsellor : undefined)
    })
  }
}

type Assigning = Extract<SessionCommand, { readonly _tag: "Accept" | "OfferTransfer" | "AnswerTransfer" }>

/** A command by which somebody gets a chat or is offered for one. */
const assigns = (command: SessionCommand): command is Assigning =>
  command._tag === "Accept" || command._tag === "OfferTransfer" || command._tag === "AnswerTransfer"

const gives = (event: SessionEvent): boolean => event._tag === "Accepted" || event._tag === "Transferred" || event._tag === "TransferOffered"

/** Never over capacity. */
export const withinCapacity: Law<SessionHistory> = {
  rule: sessionRules.availability.id,
  says: "A counsellor who holds as many chats as the service allows is never given another, and one who holds fewer is not refused for it",
  broken: ({ policy, steps }) =>
    where(steps, "capacity and acceptance disagree", ({ command, events, after, refusal }) => {
      if (!assigns(command)) return false
      const full = command.holding >= policy.capacity
      // In a live chat that this command could give, the rule of availability means nothing but a lack of room.
      const forRoom = refusal?.rule === sessionRules.availability.id && (command._tag === "Accept" || after._tag === "Active")
      return (full && events.some(gives)) || (!full && forRoom)
    })
}

/** Never to somebody who is kept free for a call. */
export const reservedStaysFree: Law<SessionHistory> = {
  rule: sessionRules.phone.id,
  says: "A counsellor who is kept free for a call is given no other chat and no second call, and one who is not is not refused for it",
  broken: ({ policy, steps }) =>
    where(steps, "being kept free and assignment disagree", ({ command, events, refusal, before }) => {
      if (command._tag === "RequestPhone") return command.reserved && events.some((event) => event._tag === "CallReserved")
      if (!assigns(command)) return false
      if (command.reserved) return events.some(gives)
      const could = command._tag === "Accept" && before._tag === "Waiting" && command.holding < policy.capacity && command.standing === standingFor(policy)
      return refusal?.rule === sessionRules.phone.id || (could && events.length === 0)
    })
}

/** Never to somebody without the standing. */
export const boundToConfidentiality: Law<SessionHistory> = {
  rule: sessionRules.healthProfessional.id,
  says: "Nobody is given a chat without the standing that the service asks for, and nobody who has it is refused for it",
  broken: ({ policy, steps }) =>
    where(steps, "standing and assignment disagree", ({ command, events, refusal }) => {
      if (!assigns(command)) return false
      const bound = command.standing === (policy.answeredBy === "healthProfessionals" ? "healthProfessional" : "declaredHost")
      const forStanding = refusal?.rule === sessionRules.healthProfessional.id || refusal?.rule === sessionRules.declaredHost.id
      return bound ? forStanding : events.some(gives)
    })
}

/** The end never moves. */
export const endStands: Law<SessionHistory> = {
  rule: sessionRules.ending.id,
  says: "Once a session is over, nothing happens in it and its end never changes",
  broken: ({ steps }) =>
    where(steps, "an ended session changed", ({ before, after, events }) => before._tag === "Ended" && (events.length > 0 || !Equal.equals(before, after)))
}

/** The opening never moves. */
export const openingStands: Law<SessionHistory> = {
  rule: sessionRules.opening.id,
  says: "A session is opened once, and the instant of its opening never changes while it lives",
  broken: ({ steps }) => {
    let first: Instant | undefined
    return where(steps, "the opening moved", ({ events, after }) => {
      let again = false
      for (const event of events) {
        if (event._tag !== "Opened") continue
        again ||= first !== undefined
        first ??= event.at
      }
      return again || (isLive(after) && after.openedAt !== first)
    })
  }
}

/** Redaction leaves the session where it is. */
export const redactionStays: Law<SessionHistory> = {
  rule: sessionRules.redaction.id,
  says: "The visitor can delete what was written as long as the session lives, nobody else can, and deleting never ends or moves the session",
  broken: ({ steps }) =>
    where(steps, "redaction did more, or less, than redact", ({ command, before, after, events }) => {
      const redacted = events.filter((event) => event._tag === "Redacted").length
      if (command._tag !== "Redact") return redacted > 0
      // What came before the redaction in the same step were timers, at their own instants.
      const lived = isLive(before) && !events.some((event) => event._tag === "Ended")
      const moved = events.length === redacted && !Equal.equals(before, after)
      const notLast = events.slice(0, -1).some((event) => event._tag === "Redacted")
      return moved || notLast || redacted !== (lived && command.by === "visitor" ? 1 : 0)
    })
}

/** No event carries content. */
export const noContent: Law<SessionHistory> = {
  rule: sessionRules.oneCounsellor.id,
  says: "No event of a session has a field that could carry what somebody wrote",
  broken: ({ steps }) =>
    where(steps, "an event has a field that is not allowed", ({ events }) =>
      events.some((event) => Object.keys(event).some((field) => !allowedFields[event._tag].includes(field)))
    )
}

/** Every law of one session's history. */
export const sessionLaws: ReadonlyArray<Law<SessionHistory>> = [
  endsByItself,
  oneOwner,
  withinCapacity,
  reservedStaysFree,
  boundToConfidentiality,
  movesWithYes,
  lostCounsellorIsReplaced,
  callsAreKept,
  closesInTime,
  endStands,
  openingStands,
  redactionStays,
  noContent
]

/** When the timers ran makes no difference. */
export const tickingMakesNoDifference: Law<TickedSession> = {
  rule: sessionRules.determinism.id,
  says: "Ticking late, ticking twice, or only with the next command gives the same session",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking between the commands gave another session"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice gave another session"])
  ]
}
