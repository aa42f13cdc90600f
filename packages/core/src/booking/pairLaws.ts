/**
 * The laws of booking over more than one history: what must not depend on a consent, on when a timer ran, or on a chat.
 */
import * as Equal from "effect/Equal"
import type { Law } from "../kernel/rule.ts"
import type { SessionEvent, SessionState } from "../session/messages.ts"
import type { BookingHistory, BookingStep } from "./laws.ts"
import type { BookingEvent, BookingState } from "./messages.ts"
import { bookingRules } from "./rules.ts"

/** The same booking by two visitors who differ in one thing: one lets information into the referral, the other declines. */
export interface TwoAnswers {
  readonly granted: BookingHistory
  readonly declined: BookingHistory
}

const isAboutInfo = ({ command }: BookingStep): boolean => command._tag === "AnswerItem" || command._tag === "DeclineInfo" || command._tag === "Show"

const withoutInfo = (event: BookingEvent): BookingEvent => (event._tag === "Submitted" ? { ...event, referral: { ...event.referral, info: [] } } : event)
const withoutAnswers = (state: BookingState): unknown => ("answers" in state ? { _tag: state._tag } : state)

/** Declining changes nothing but the information itself. */
export const decliningChangesNothing: Law<TwoAnswers> = {
  rule: bookingRules.noDifference.id,
  says: "Whoever declines information in the referral has the same booking, answer by answer, as whoever grants it, also when the patient record is down",
  broken: ({ granted, declined }) => {
    const [one, other] = [granted, declined].map(({ steps }) =>
      steps
        .filter((step) => !isAboutInfo(step))
        .map(({ command, after, events, refusal }) => ({ did: command._tag, at: command.at, after: withoutAnswers(after), events: events.map(withoutInfo), refusal }))
    )
    return Equal.equals(one, other) ? [] : ["declining and granting led to different bookings"]
  }
}

/** One booking three times: its timer runs with each command only, whenever a task woke up, and each time twice. */
export interface TickedBooking {
  readonly withCommands: BookingState
  readonly ticked: BookingState
  readonly tickedTwice: BookingState
}

/** When the timer ran makes no difference. */
export const tickingMakesNoDifference: Law<TickedBooking> = {
  rule: bookingRules.determinism.id,
  says: "Ticking late, ticking twice, or only with the next command gives the same booking",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking between the commands gave another booking"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice gave another booking"])
  ]
}

/** What is kept and logged of bookings and of chats by one service. */
export interface SideBySide {
  readonly bookings: ReadonlyArray<BookingState | BookingEvent>
  readonly chats: ReadonlyArray<SessionState | SessionEvent>
}

const identifiersIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === "string") return /^[0-9a-f]{32}$/.test(value) ? [value] : []
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(identifiersIn) : []
}

/** No key leads from a booking to a chat. */
export const noSharedIdentifier: Law<SideBySide> = {
  rule: bookingRules.unlinked.id,
  says: "No identifier stands both in a booking and in a chat, whoever takes part in both",
  broken: ({ bookings, chats }) => {
    const inChats = new Set(chats.flatMap(identifiersIn))
    return bookings.flatMap(identifiersIn).some((identifier) => inChats.has(identifier)) ? ["a booking and a chat share an identifier"] : []
  }
}
