/**
 * The laws of a chat that changes hands or is about to: transfers, lost counsellors, calls and closing time, as sentences over histories.
 * Each keeps its own account from commands and events, and never reads a due instant from the state that is being judged.
 */
import type { Law } from "../kernel/rule.ts"
import { standingFor } from "./assignment.ts"
import { isLive, type SessionHistory, where } from "./history.ts"
import { limitsOf } from "./limits.ts"
import type { SessionEvent } from "./messages.ts"
import { sessionRules } from "./rules.ts"

/** Whether an event takes a chat from its counsellor, or ends it. */
const leaves = (event: SessionEvent): boolean => event._tag === "Requeued" || event._tag === "Ended" || event._tag === "Transferred"

/** Only with the visitor's yes. */
export const movesWithYes: Law<SessionHistory> = {
  rule: sessionRules.counsellorGrace.id,
  says: "A chat moves to another counsellor exactly when the visitor, asked about that one, says yes in time; a no, silence or a withdrawal leaves it where it is",
  broken: ({ policy, steps }) => {
    let asked: { readonly to: string; readonly until: number } | undefined
    return where(steps, "a transfer and the visitor's answer disagree", ({ command, events, after }) => {
      let wrong = false
      for (const [index, event] of events.entries()) {
        if (event._tag === "Transferred") {
          const meant = command._tag === "AnswerTransfer" && command.yes && command.to === event.counsellor && index === events.length - 1
          wrong ||= !meant || asked?.to !== event.counsellor || event.at >= asked.until
        }
        if (event._tag === "TransferOffered") {
          wrong ||= command._tag !== "OfferTransfer" || asked !== undefined || event.until !== event.at + policy.limits.graceSeconds * 1000
          asked = event
        }
        if (event._tag === "TransferDropped") {
          wrong ||= asked === undefined || (event.cause === "silence" ? event.at !== asked.until : event.at >= asked.until)
          if (event.cause === "declined") wrong ||= command._tag !== "AnswerTransfer" || command.yes
          if (event.cause === "withdrawn") wrong ||= command._tag !== "WithdrawTransfer"
        }
        if (leaves(event) || event._tag === "TransferDropped") asked = undefined
      }
      if (asked === undefined || after._tag !== "Active") return wrong
      if (command.at >= asked.until || (command._tag === "WithdrawTransfer" && command.counsellor === after.counsellor)) return true
      if (command._tag !== "AnswerTransfer" || command.to !== asked.to) return wrong
      const able = command.standing === standingFor(policy) && !command.reserved && command.holding < policy.capacity
      return wrong || !command.yes || able
    })
  }
}

/** Replaced, never ended. */
export const lostCounsellorIsReplaced: Law<SessionHistory> = {
  rule: sessionRules.counsellorGrace.id,
  says: "When a counsellor has stayed away past the grace, the visitor goes to the front of the queue or, if a call is expected, is asked first; not before, and the chat is not ended for it",
  broken: ({ policy, steps }) => {
    let away = Infinity
    let callUntil = 0
    const grace = policy.limits.counsellorGraceSeconds * 1000
    return where(steps, "a lost counsellor is not replaced as promised", ({ command, events, after }) => {
      let wrong = false
      for (const event of events) {
        if (event._tag === "CallerAsked") wrong ||= event.at >= callUntil || event.at !== away + grace
        if (event._tag === "Requeued") {
          wrong ||= event.cause === "counsellorGone" && event.at !== Math.max(away + grace, callUntil)
          wrong ||= after._tag === "Waiting" ? !after.front : after._tag === "Ended" && !events.some((next) => next._tag === "Ended")
        }
        if ((event._tag === "CameBack" && event.party === "counsellor") || leaves(event)) away = Infinity
        if (event._tag === "WentAway" && event.party === "counsellor") away = event.at
        if (event._tag === "CallTaken" && away < Infinity) away = event.at
        if (event._tag === "CallReserved") callUntil = event.until
        if (event._tag === "CallTaken" || event._tag === "Requeued") callUntil = 0
      }
      if (after._tag !== "Active" || command.at < away + grace) return wrong
      return wrong || after.call === undefined || after.call.asked === "no" || command.at >= callUntil
    })
  }
}

/** Kept for the one who was promised. */
export const callsAreKept: Law<SessionHistory> = {
  rule: sessionRules.phone.id,
  says: "A call is taken only by the counsellor of the chat, with its code and in its time, and then the chat ends unless both keep it; past its time nothing of the code is left",
  broken: ({ policy, steps }) => {
    let call: { readonly codeHash: string; readonly until: number; readonly keepChat: boolean } | undefined
    let owner: string | undefined
    return where(steps, "a call and what became of it disagree", ({ command, events, after }) => {
      let wrong = false
      for (const event of events) {
        const taken = event._tag === "CallTaken" || (event._tag === "Ended" && event.reason === "continuedByPhone")
        if (taken) {
          wrong ||= command._tag !== "TakeCall" || command.counsellor !== owner || command.codeHash !== call?.codeHash || event.at >= call.until
            || (command.keepChat && call.keepChat) !== (event._tag === "CallTaken")
        }
        if (event._tag === "CallReserved") {
          wrong ||= call !== undefined || event.until !== event.at + limitsOf(policy).call || policy.phone === null
          call = event
        }
        if (event._tag === "CallExpired") wrong ||= event.at !== call?.until
        if (taken || event._tag === "CallExpired" || event._tag === "Requeued" || event._tag === "Ended") call = undefined
        if (event._tag === "Accepted" || event._tag === "Transferred") owner = event.counsellor
      }
      // Wherever in the state a code may be hidden.
      const left = /"codeHash":"(\w+)"/.exec(JSON.stringify(after))?.[1]
      if (call === undefined) return wrong || left !== undefined
      const missed = command._tag === "TakeCall" && command.counsellor === owner && command.codeHash === call.codeHash
      return wrong || left !== call.codeHash || command.at >= call.until || missed
    })
  }
}

/** Closing time. */
export const closesInTime: Law<SessionHistory> = {
  rule: sessionRules.openingHours.id,
  says: "At closing time the queue ends, and a chat that has begun ends when its time to finish is over; neither earlier, nor while a concern is open",
  broken: ({ policy, steps }) => {
    let told = Infinity
    let concern = false
    let begun = false
    const finish = policy.limits.closingMinutes * 60_000
    const due = (): number => (concern ? Infinity : begun ? told + finish : told)
    return where(steps, "closing time and the end disagree", ({ command, events, after }) => {
      // What is told in this step ends the session with the next command or tick.
      const late = command.at >= due()
      let wrong = false
      for (const event of events) {
        if (event._tag === "Accepted") begun = true
        if (event._tag === "Ended" && event.reason === "closingTime") wrong ||= event.at !== due()
      }
      if (!isLive(after)) return wrong
      if (command._tag === "Close") told = Math.min(told, Math.max(command.at, command.closesAt))
      if (command._tag === "Concern") {
        // No closing time passes while a concern is open.
        if (concern) told = Math.max(told, command.at)
        concern = command.open
      }
      return wrong || late
    })
  }
}
