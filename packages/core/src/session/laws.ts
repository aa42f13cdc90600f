/**
 * The laws of a session, as sentences over histories. Tests hold every history against them, and the titles of those tests are their sentences.
 */
import * as Equal from "effect/Equal"
import type { Instant, Period } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
import type { Policy } from "../policy/policy.ts"
import { limitsOf } from "./machine.ts"
import type { SessionCommand, SessionEvent, SessionState } from "./messages.ts"
import { sessionRules } from "./rules.ts"

/** One command with what it did, timers included. */
export interface SessionStep {
  readonly command: SessionCommand
  readonly before: SessionState
  readonly after: SessionState
  readonly events: ReadonlyArray<SessionEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one session, in order of time. */
export interface SessionHistory {
  readonly policy: Pick<Policy, "limits" | "capacity">
  readonly steps: ReadonlyArray<SessionStep>
}

/** One session three times: its timers run with each command only, whenever a task woke up, and each time twice. */
export interface TickedSession {
  readonly withCommands: SessionState
  readonly ticked: SessionState
  readonly tickedTwice: SessionState
}

/** How long a session can live after the last thing that anyone did in it, whatever that was. */
export const longestSilence = (policy: Pick<Policy, "limits">): Period => {
  const { queue, idle, counsellorGrace, length } = limitsOf(policy)
  return Math.min(length, Math.max(queue, idle, Math.min(counsellorGrace, idle) + queue)) as Period
}

/** The fields that each event may have. None of them can hold what somebody wrote, an address, or a count. */
export const allowedFields: { readonly [Tag in SessionEvent["_tag"]]: ReadonlyArray<string> } = {
  Opened: ["_tag", "at", "service", "noticeVersion", "front"],
  Accepted: ["_tag", "at", "counsellor"],
  Requeued: ["_tag", "at", "cause"],
  WentAway: ["_tag", "at", "party"],
  CameBack: ["_tag", "at", "party"],
  WasActive: ["_tag", "at"],
  Redacted: ["_tag", "at"],
  Ended: ["_tag", "at", "reason"]
}

const isLive = (state: SessionState): boolean => state._tag === "Waiting" || state._tag === "Active"
const openedAt = (state: SessionState): Instant | undefined => (state._tag === "Waiting" || state._tag === "Active" ? state.openedAt : undefined)

/** Says `what` of every step for which it is true, by the step's number. */
const where = (steps: ReadonlyArray<SessionStep>, what: string, broken: (step: SessionStep, index: number) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))

/** Every session ends by itself. */
export const endsByItself: Law<SessionHistory> = {
  rule: sessionRules.endsByItself.id,
  says: "Every session ends by itself: after the last thing done in it, it outlives the longest silence by nothing, and never its greatest length",
  broken: ({ policy, steps }) => {
    const silence = longestSilence(policy)
    const { length } = limitsOf(policy)
    // Counted from the event, not from the state, which is what is being judged.
    const opened = steps.flatMap((step) => step.events).find((event) => event._tag === "Opened")?.at
    return where(steps, "it should have ended by itself", ({ command, after, events }, index) => {
      const earlierCommand = steps[index - 1]?.command
      const tooQuiet = earlierCommand !== undefined && command.at >= earlierCommand.at + silence && steps[index - 1]?.after._tag !== "Unopened"
      const tooLong = opened !== undefined && command.at >= opened + length
      const endedLate = events.some((event) => event._tag === "Ended" && earlierCommand !== undefined && event.at > earlierCommand.at + silence)
      return (isLive(after) && (tooQuiet || tooLong)) || endedLate
    })
  }
}

/** One owner at most. */
export const oneOwner: Law<SessionHistory> = {
  rule: sessionRules.oneCounsellor.id,
  says: "A chat has exactly one counsellor from acceptance until it is given back or over, and is accepted only when it has none",
  broken: ({ steps }) => {
    let owner: string | undefined
    return where(steps, "who holds the chat is not who accepted it", ({ events, after }) => {
      let twice = false
      for (const event of events) {
        if (event._tag === "Accepted") {
          twice ||= owner !== undefined
          owner = event.counsellor
        }
        if (event._tag === "Requeued" || event._tag === "Ended") owner = undefined
      }
      return twice || owner !== (after._tag === "Active" ? after.counsellor : undefined)
    })
  }
}

/** Never over capacity. */
export const withinCapacity: Law<SessionHistory> = {
  rule: sessionRules.availability.id,
  says: "A counsellor who holds as many chats as the service allows is never given another, and one who holds fewer is not refused for it",
  broken: ({ policy, steps }) =>
    where(steps, "capacity and acceptance disagree", ({ command, events, before, refusal }) => {
      if (command._tag !== "Accept") return false
      const accepted = events.some((event) => event._tag === "Accepted")
      const waiting = before._tag === "Waiting" && events.every((event) => event._tag === "Accepted")
      return (accepted && command.holding >= policy.capacity) || (waiting && command.holding < policy.capacity && (!accepted || refusal !== undefined))
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
      return again || (isLive(after) && openedAt(after) !== first)
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
      const notLast = redacted > 0 && events.at(-1)?._tag !== "Redacted"
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
export const sessionLaws: ReadonlyArray<Law<SessionHistory>> = [endsByItself, oneOwner, withinCapacity, endStands, openingStands, redactionStays, noContent]

/** When the timers ran makes no difference. */
export const tickingMakesNoDifference: Law<TickedSession> = {
  rule: sessionRules.determinism.id,
  says: "Ticking late, ticking twice, or only with the next command gives the same session",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking between the commands gave another session"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice gave another session"])
  ]
}
