/**
 * A consent as a careful developer writes it without the product's kernel, over the same states, and one whole life of it.
 */
import type { ConsentCommand, ConsentEvent, ConsentState } from "@fortrolig/core/consent/messages"
import type { ConsentTerms } from "@fortrolig/core/consent/terms"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { No } from "./handwritten.ts"

const no = (text: string): No => Object.freeze({ no: text })
const settled = no("settled")
const enough = no("asked enough")
const showFirst = no("show first")
const noChat = no("no chat")
const young = no("too young")
const otherText = no("other text")
const reading = no("reading")
const late = no("too late")
const notAsked = no("not asked")
const first = no("first answer stands")
const visitor = no("only the visitor")
const otherPurpose = no("other purpose")
const allOrNone = no("all or none")
const unknown = no("unknown receipt")
const noClock = no("no clock")
const early = no("not due")
const same: ReadonlyArray<ConsentEvent> = []

/** Decides by one switch. */
export const decideByHand = (terms: ConsentTerms, state: ConsentState, command: ConsentCommand): ReadonlyArray<ConsentEvent> | No => {
  const { at } = command
  switch (command._tag) {
    case "ShowNotice": {
      if (state._tag !== "NotShown" && state._tag !== "NoticeShown" && state._tag !== "Asked" && state._tag !== "Declined") return settled
      const { chatActive, statedAge, notice } = command
      if (!chatActive) return noChat
      if (statedAge !== null && statedAge < terms.minimumAge) return young
      const shown = state._tag === "NoticeShown" || state._tag === "Asked" ? state.notice : undefined
      const isSame = shown !== undefined && shown.version === notice.version && shown.language === notice.language
      if (state._tag === "Asked") return isSame ? same : reading
      if (isSame) return same
      if (state._tag === "Declined" && state.timesAsked >= terms.timesAsked) return enough
      const end = command.openedAt + terms.traceHours * 3_600_000
      const deleteAt = state._tag === "NotShown" ? ((end - (end % (terms.bucketMinutes * 60_000))) as Instant) : state.deleteAt
      return at < deleteAt ? [{ _tag: "NoticeShown", at, deleteAt, notice }] : late
    }
    case "Ask": {
      if (state._tag !== "NoticeShown" && state._tag !== "Asked") return state._tag === "NotShown" || state._tag === "Declined" ? showFirst : settled
      const { chatActive, statedAge, notice } = command
      if (!chatActive) return noChat
      if (statedAge !== null && statedAge < terms.minimumAge) return young
      if (state.notice.version !== notice.version || state.notice.language !== notice.language) return otherText
      return state._tag === "Asked" ? same : [{ _tag: "Asked", at, question: state.timesAsked + 1 }]
    }
    case "Grant": {
      if (state._tag !== "Asked" && state._tag !== "Granted") return state._tag === "NotShown" || state._tag === "NoticeShown" ? notAsked : first
      const { by, question, notice, purposes, receiptHash } = command
      if (by !== "visitor") return visitor
      const sameText = state.notice.version === notice.version && state.notice.language === notice.language
      const named = terms.purposes.filter((purpose) => purposes.includes(purpose))
      if (state._tag === "Granted") {
        if (question !== state.timesAsked || receiptHash !== state.receiptHash || !sameText || named.length !== state.purposes.length) return first
        for (const purpose of named) if (!state.purposes.includes(purpose)) return first
        return same
      }
      if (question !== state.timesAsked) return question < state.timesAsked ? first : notAsked
      if (!sameText) return otherText
      for (const purpose of purposes) if (!terms.purposes.includes(purpose)) return otherPurpose
      const [one, ...others] = named
      if (one === undefined || (terms.bundled && named.length < terms.purposes.length)) return allOrNone
      return [{ _tag: "Granted", at, purposes: [one, ...others], receiptHash }]
    }
    case "Decline":
      if (state._tag !== "Asked" && state._tag !== "Declined") return state._tag === "NotShown" || state._tag === "NoticeShown" ? notAsked : first
      if (command.by !== "visitor") return visitor
      if (command.question < 1 || command.question > state.timesAsked) return notAsked
      return state._tag === "Asked" && command.question === state.timesAsked ? [{ _tag: "Declined", at }] : same
    case "Withdraw":
      return state._tag === "Granted" && state.receiptHash === command.receiptHash ? [{ _tag: "Withdrawn", at }] : unknown
    case "SessionOver":
      return state._tag === "Asked" ? [{ _tag: "Declined", at }] : same
    case "StateAge":
      if (command.years >= terms.minimumAge) return same
      if (state._tag === "Asked") return [{ _tag: "Declined", at }]
      return state._tag === "Granted" ? [{ _tag: "Invalidated", at }] : same
    case "Halt":
      if (state._tag === "Asked") return [{ _tag: "Declined", at }]
      return state._tag === "Granted" ? [{ _tag: "Halted", at }] : same
    case "Shorten":
      if (state._tag === "NotShown") return noClock
      if (state._tag === "Expired") return same
      return command.deleteAt < state.deleteAt ? [{ _tag: "Shortened", at, deleteAt: command.deleteAt }] : same
    case "Expire":
      if (state._tag === "NotShown" || state._tag === "Expired") return early
      return state.deleteAt <= at ? [{ _tag: "Expired", at: state.deleteAt }] : early
  }
}

/** Applies by one switch. */
export const evolveByHand = (state: ConsentState, event: ConsentEvent): ConsentState => {
  switch (event._tag) {
    case "NoticeShown": {
      const { deleteAt, notice } = event
      if (state._tag === "NotShown") return { _tag: "NoticeShown", deleteAt, timesAsked: 0, notice }
      return state._tag === "NoticeShown" || state._tag === "Declined" ? { _tag: "NoticeShown", deleteAt, timesAsked: state.timesAsked, notice } : state
    }
    case "Asked":
      return state._tag === "NoticeShown" ? { ...state, _tag: "Asked", timesAsked: event.question } : state
    case "Granted":
      return state._tag === "Asked" ? { ...state, _tag: "Granted", purposes: event.purposes, receiptHash: event.receiptHash, grantedAt: event.at } : state
    case "Declined":
      return state._tag === "Asked" ? { _tag: "Declined", deleteAt: state.deleteAt, timesAsked: state.timesAsked } : state
    case "Withdrawn":
    case "Invalidated":
    case "Halted":
      return state._tag === "Granted" ? { _tag: event._tag, deleteAt: state.deleteAt } : state
    case "Shortened":
      return state._tag === "NotShown" || state._tag === "Expired" ? state : { ...state, deleteAt: event.deleteAt }
    case "Expired":
      return { _tag: "Expired" }
  }
}
