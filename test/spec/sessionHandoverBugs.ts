/**
 * Session machines that are wrong in one way each where a chat changes hands, waits for a call, or meets closing time.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionEvent, SessionState } from "@fortrolig/core/session/messages"
import * as Result from "effect/Result"
import type { SessionMachine, SessionPolicy } from "./sessionLives.ts"

type Plant = (machine: SessionMachine, policy: SessionPolicy) => SessionMachine

const says = (event: SessionEvent) => Result.succeed([event])
const much = 8.64e14

/** A machine that decides and waits as if the state were another. */
const seeing = (machine: SessionMachine, as: (state: SessionState) => SessionState): SessionMachine => ({
  ...machine,
  due: (state) => machine.due(as(state)),
  decide: (state, command) => machine.decide(as(state), command)
})

/** The planted bugs, by what is wrong. */
export const handoverBugs = {
  "somebody without the standing is given a chat": (machine, policy) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "Accept" ? { ...command, standing: policy.answeredBy === "healthProfessionals" ? "healthProfessional" : "declaredHost" } : command)
  }),
  "somebody without the standing is offered and moved to": (machine, policy) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(
        state,
        command._tag === "OfferTransfer" || command._tag === "AnswerTransfer"
          ? { ...command, standing: policy.answeredBy === "healthProfessionals" ? "healthProfessional" : "declaredHost" }
          : command
      )
  }),
  "any standing but none will do": (machine, policy) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(
        state,
        command._tag === "Accept" && command.standing !== "none"
          ? { ...command, standing: policy.answeredBy === "healthProfessionals" ? "healthProfessional" : "declaredHost" }
          : command
      )
  }),
  "a host who has declared is refused": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Accept" && command.standing === "declaredHost" ? { ...command, standing: "none" } : command)
  }),
  "who is kept free for a call gets a chat": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Accept" || command._tag === "AnswerTransfer" ? { ...command, reserved: false } : command)
  }),
  "who is kept free for a call is kept free for another": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "RequestPhone" ? { ...command, reserved: false } : command)
  }),
  "the yes fills a counsellor beyond the capacity": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "AnswerTransfer" ? { ...command, holding: 0 } : command)
  }),
  "a chat moves without the visitor's yes": (machine) => ({
    ...machine,
    decide: (state, command) =>
      Result.map(machine.decide(state, command), (events) =>
        events.map((event): SessionEvent => (event._tag === "TransferOffered" ? { _tag: "Transferred", at: event.at, counsellor: event.to } : event)))
  }),
  "a no counts as a yes": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "AnswerTransfer" ? { ...command, yes: true } : command)
  }),
  "a yes about one moves to another": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "AnswerTransfer" && state._tag === "Active" && state.transfer !== undefined ? { ...command, to: state.transfer.to } : command)
  }),
  "silence about a transfer lasts for ever": (machine) =>
    seeing(machine, (state) => (state._tag === "Active" && state.transfer !== undefined ? { ...state, transfer: { ...state.transfer, until: (state.openedAt + much) as Instant } } : state)),
  "a withdrawal is not heard": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "WithdrawTransfer" && state._tag === "Active" ? Result.succeed([]) : machine.decide(state, command))
  }),
  "anybody may withdraw an offer": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "WithdrawTransfer" && state._tag === "Active" ? { ...command, counsellor: state.counsellor } : command)
  }),
  "the new counsellor inherits the old one's absence": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Transferred" && next._tag === "Active" && state._tag === "Active" ? { ...next, counsellorAway: state.counsellorAway } : next
    }
  }),
  "a service without a phone takes calls": (machine, policy) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "RequestPhone" && policy.phone === null && state._tag === "Active" && state.call === undefined
        ? says({ _tag: "CallReserved", at: command.at, until: (command.at + 60_000) as Instant, codeHash: command.codeHash, keepChat: command.keepChat })
        : machine.decide(state, command)
  }),
  "any code will do": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "TakeCall" && state._tag === "Active" && state.call !== undefined ? { ...command, codeHash: state.call.codeHash } : command)
  }),
  "any counsellor may take the call": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "TakeCall" && state._tag === "Active" ? { ...command, counsellor: state.counsellor } : command)
  }),
  "the counsellor alone keeps the chat beside the call": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state._tag === "Active" && state.call !== undefined && command._tag === "TakeCall" ? { ...state, call: { ...state.call, keepChat: true } } : state, command)
  }),
  "a taken call always ends the chat": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "TakeCall" ? { ...command, keepChat: false } : command)
  }),
  "a code outlives its call": (machine) => ({
    ...machine,
    due: (state) => machine.due(state._tag === "Active" && state.call?.asked === "no" ? { ...state, call: { ...state.call, until: (state.openedAt + much) as Instant } } : state),
    decide: (state, command) =>
      machine.decide(command._tag === "Expire" && state._tag === "Active" && state.call?.asked === "no" ? { ...state, call: { ...state.call, until: (state.openedAt + much) as Instant } } : state, command)
  }),
  "asking again prolongs the wait for a call": (machine) => ({
    ...machine,
    decide: (state, command) => {
      if (command._tag !== "RequestPhone" || state._tag !== "Active" || state.call === undefined) return machine.decide(state, command)
      const { call: _, ...free } = state
      return machine.decide(free, command)
    }
  }),
  "a counsellor whose call is expected is replaced without asking": (machine) => ({
    ...machine,
    decide: (state, command) =>
      Result.map(machine.decide(state, command), (events) =>
        events.map((event): SessionEvent => (event._tag === "CallerAsked" ? { _tag: "Requeued", at: event.at, cause: "counsellorGone" } : event)))
  }),
  "whoever waits for a lost counsellor waits for ever": (machine) => ({
    ...machine,
    decide: (state, command) => Result.map(machine.decide(state, command), (events) => (command._tag === "Expire" ? events.slice(0, 1) : events)),
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "CallExpired" && next._tag === "Active" ? { ...next, counsellorAway: null } : next
    }
  }),
  "the visitor is asked twice": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Choose" && state._tag === "Active" && state.call?.asked === "waits" && command.choice === "wait" ? says({ _tag: "CallerWaits", at: command.at }) : machine.decide(state, command))
  }),
  "closing time ends a chat at once": (machine, policy) =>
    seeing(machine, (state) =>
      state._tag === "Active" && state.closesAt !== undefined ? { ...state, closesAt: Math.max(0, state.closesAt - policy.limits.closingMinutes * 60_000) as Instant } : state),
  "the queue stays when the service closes": (machine) =>
    seeing(machine, (state) => (state._tag === "Waiting" && state.closesAt !== undefined ? { ...state, begun: true } : state)),
  "closing time cuts off an open concern": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "ConcernOpened" ? state : machine.evolve(state, event))
  }),
  "a concern that was closed keeps the chat open for ever": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "ConcernClosed" ? state : machine.evolve(state, event))
  }),
  "a chat forgets the evening when it is accepted": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      if (event._tag !== "Accepted" || next._tag !== "Active") return next
      const { closesAt: _closesAt, concernOpen: _concernOpen, ...rest } = next
      return rest
    }
  }),
  "a later closing time prolongs the evening": (machine) => ({
    ...machine,
    decide: (state, command) => {
      if (command._tag !== "Close" || (state._tag !== "Waiting" && state._tag !== "Active") || command.closesAt <= command.at) return machine.decide(state, command)
      return says({ _tag: "ClosingSet", at: command.at, closesAt: command.closesAt })
    }
  })
} as const satisfies Record<string, Plant>
