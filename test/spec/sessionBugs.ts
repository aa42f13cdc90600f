/**
 * Session machines that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionEvent } from "@fortrolig/core/session/messages"
import * as Result from "effect/Result"
import { handoverBugs } from "./sessionHandoverBugs.ts"
import type { SessionMachine, SessionPolicy } from "./sessionLives.ts"

type Plant = (machine: SessionMachine, policy: SessionPolicy) => SessionMachine

const says = (event: SessionEvent) => Result.succeed([event])

/** The planted bugs, by what is wrong. */
export const sessionBugs = {
  "a second counsellor may take a chat that another has": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(command._tag === "Accept" && state._tag === "Active" ? { ...state, _tag: "Waiting", queuedAt: state.openedAt, front: false } : state, command),
    evolve: (state, event) =>
      event._tag === "Accepted" && state._tag === "Active" ? { ...state, counsellor: event.counsellor, acceptedAt: event.at } : machine.evolve(state, event)
  }),
  "one chat too many is accepted": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Accept" ? { ...command, holding: command.holding - 1 } : command)
  }),
  "a chat is refused although there is room": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Accept" ? { ...command, holding: command.holding + 1 } : command)
  }),
  "a closed service opens": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Open" ? { ...command, serviceOpen: true } : command)
  }),
  "losing the connection again prolongs the grace": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Away" && command.party === "visitor" && (state._tag === "Active" || state._tag === "Waiting")
        ? says({ _tag: "WentAway", at: command.at, party: "visitor" })
        : machine.decide(state, command)
  }),
  "the visitor's return does not stop the grace": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "CameBack" && event.party === "visitor" ? state : machine.evolve(state, event))
  }),
  "writing does not keep a chat from idling": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "WasActive" ? state : machine.evolve(state, event))
  }),
  "activity of the past moves the idle limit back": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Activity" && state._tag === "Active" ? says({ _tag: "WasActive", at: command.at }) : machine.decide(state, command)
  }),
  "writing for ever keeps a chat for ever": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "WasActive" && next._tag === "Active" ? { ...next, openedAt: event.at } : next
    }
  }),
  "a returned visitor goes to the back of the queue": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Requeued" && next._tag === "Waiting" ? { ...next, front: false } : next
    }
  }),
  "a returned visitor's queue limit does not start anew": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Requeued" && next._tag === "Waiting" ? { ...next, queuedAt: next.openedAt } : next
    }
  }),
  "a returned visitor counts as present": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Requeued" && next._tag === "Waiting" ? { ...next, visitorAway: null } : next
    }
  }),
  "any counsellor may give a visitor back": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Return" && state._tag === "Active" ? { ...command, counsellor: state.counsellor } : command)
  }),
  "a counsellor may delete": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Redact" ? { ...command, by: "visitor" } : command)
  }),
  "nobody may delete while waiting": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Redact" && state._tag === "Waiting" ? { ...command, by: "counsellor" } : command)
  }),
  "deleting sends the visitor back to the queue": (machine) => ({
    ...machine,
    evolve: (state, event) =>
      event._tag === "Redacted" && state._tag === "Active" ? machine.evolve(state, { _tag: "Requeued", at: event.at, cause: "returned" }) : machine.evolve(state, event)
  }),
  "a counsellor's absence ends the chat": (machine) => ({
    ...machine,
    evolve: (state, event) =>
      event._tag === "Requeued" && event.cause === "counsellorGone" ? machine.evolve(state, { _tag: "Ended", at: event.at, reason: "idle" }) : machine.evolve(state, event)
  }),
  "a queue that never ends": (machine, policy) => ({
    ...machine,
    due: (state) => (state._tag === "Waiting" && policy.limits.queueMinutes < policy.limits.lengthMinutes ? machine.due({ ...state, queuedAt: (state.openedAt + 8.64e14) as Instant }) : machine.due(state)),
    decide: (state, command) =>
      machine.decide(state._tag === "Waiting" && command._tag === "Expire" && policy.limits.queueMinutes < policy.limits.lengthMinutes ? { ...state, queuedAt: (state.openedAt + 8.64e14) as Instant } : state, command)
  }),
  "leaving again moves the end": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Leave" && state._tag === "Ended" ? says({ _tag: "Ended", at: command.at, reason: "visitorLeft" }) : machine.decide(state, command),
    evolve: (state, event) => (state._tag === "Ended" && event._tag === "Ended" ? { ...state, endedAt: event.at, reason: event.reason } : machine.evolve(state, event))
  }),
  "an end by a limit is stamped a moment late": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Ended" && event.reason === "idle" ? machine.evolve(state, { ...event, at: (event.at + 1) as Instant }) : machine.evolve(state, event))
  }),
  "an event carries what was written": (machine) => ({
    ...machine,
    decide: (state, command) =>
      Result.map(machine.decide(state, command), (events) => events.map((event) => (event._tag === "WasActive" ? { ...event, text: "synthetic" } : event)))
  }),
  ...handoverBugs,
  "a limit is sometimes overslept": (machine) => {
    let asleep = false
    return {
      ...machine,
      due: (state) => {
        asleep = !asleep
        return asleep ? undefined : machine.due(state)
      }
    }
  }
} as const satisfies Record<string, Plant>

export type SessionBug = keyof typeof sessionBugs
