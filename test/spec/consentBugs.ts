/**
 * Consent machines that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import type { ConsentCommand, ConsentEvent, ConsentState } from "@fortrolig/core/consent/messages"
import type { ConsentTerms } from "@fortrolig/core/consent/terms"
import type { Instant } from "@fortrolig/core/kernel/instant"
import * as Result from "effect/Result"
import type { ConsentMachine } from "./consentLives.ts"

type Plant = (machine: ConsentMachine, terms: ConsentTerms) => ConsentMachine

const says = (event: ConsentEvent) => Result.succeed([event])

/** A machine that decides on another command than the one that came. */
const hears = (change: (command: ConsentCommand, state: ConsentState, terms: ConsentTerms) => ConsentCommand): Plant => (machine, terms) => ({
  ...machine,
  decide: (state, command) => machine.decide(state, change(command, state, terms))
})

/** A machine that does something else in one case, and is right otherwise. */
const instead = (wrong: (state: ConsentState, command: ConsentCommand) => ConsentEvent | undefined): Plant => (machine) => ({
  ...machine,
  decide: (state, command) => {
    const event = wrong(state, command)
    return event === undefined ? machine.decide(state, command) : says(event)
  }
})

/** The planted bugs, by what is wrong. */
export const consentBugs = {
  "silence is yes": instead((state, command) =>
    state._tag === "Asked" && command._tag === "SessionOver" ? { _tag: "Granted", at: command.at, purposes: ["research"], receiptHash: receipt } : undefined
  ),
  "a closed browser leaves the question open": instead((state, command) =>
    state._tag === "Asked" && command._tag === "SessionOver" ? { _tag: "Shortened", at: command.at, deleteAt: state.deleteAt } : undefined
  ),
  "the counsellor can say yes for the visitor": hears((command) => (command._tag === "Grant" ? { ...command, by: "visitor" } : command)),
  "a yes needs no question": instead((state, command) =>
    state._tag === "NoticeShown" && command._tag === "Grant" ? { _tag: "Asked", at: command.at, question: 1 } : undefined
  ),
  "a yes under another text counts": hears((command, state) => (command._tag === "Grant" && state._tag === "Asked" ? { ...command, notice: state.notice } : command)),
  "an answer to the first question answers the second": hears((command, state) =>
    command._tag === "Grant" && state._tag === "Asked" ? { ...command, question: state.timesAsked } : command
  ),
  "a purpose is ticked beforehand": (machine, terms) => ({
    ...machine,
    evolve: (state, event) => machine.evolve(state, event._tag === "Granted" ? { ...event, purposes: terms.purposes } : event)
  }),
  "a bundle is split": (machine, terms) => ({
    ...machine,
    decide: (state, command) =>
      terms.bundled && command._tag === "Grant" && state._tag === "Asked" && command.by === "visitor" && command.question === state.timesAsked && terms.purposes.includes(command.purposes[0])
        ? says({ _tag: "Granted", at: command.at, purposes: [command.purposes[0]], receiptHash: command.receiptHash })
        : machine.decide(state, command)
  }),
  "the visitor is asked a third time": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state._tag === "Declined" && command._tag === "ShowNotice" ? { ...state, timesAsked: 0 } : state, command)
  }),
  "the visitor is never asked again": (machine, terms) => ({
    ...machine,
    decide: (state, command) => machine.decide(state._tag === "Declined" && command._tag === "ShowNotice" ? { ...state, timesAsked: terms.timesAsked } : state, command)
  }),
  "asking again in parallel counts as another question": instead((state, command) =>
    state._tag === "Asked" && command._tag === "Ask" ? { _tag: "Asked", at: command.at, question: 2 } : undefined
  ),
  "a question is put outside the chat": hears((command) => (command._tag === "Ask" ? { ...command, chatActive: true } : command)),
  "a child is asked": hears((command) => (command._tag === "Ask" || command._tag === "ShowNotice" ? { ...command, statedAge: null } : command)),
  "an age that was not stated counts as too young": hears((command) => (command._tag === "Ask" ? { ...command, statedAge: command.statedAge ?? 0 } : command)),
  "the age limit is one year too high": hears((command) => (command._tag === "StateAge" ? { ...command, years: Math.max(0, command.years - 1) } : command)),
  "the yes of a child stands": hears((command, state) => (command._tag === "StateAge" && state._tag === "Granted" ? { ...command, years: 120 } : command)),
  "withdrawing does nothing": (machine) => ({ ...machine, evolve: (state, event) => (event._tag === "Withdrawn" ? state : machine.evolve(state, event)) }),
  "any receipt withdraws": hears((command, state) => (command._tag === "Withdraw" && state._tag === "Granted" ? { ...command, receiptHash: state.receiptHash } : command)),
  "a used receipt is told from an unknown one": (machine) => ({
    ...machine,
    decide: (state, command) =>
      Result.mapError(machine.decide(state, command), (refusal) =>
        command._tag === "Withdraw" && state._tag === "Withdrawn" ? { ...refusal, says: "This has already been withdrawn." } : refusal
      )
  }),
  "the receipt outlives the yes": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Withdrawn" && state._tag === "Granted" ? { ...machine.evolve(state, event), receiptHash: state.receiptHash } : machine.evolve(state, event))
  }),
  "an expired consent remembers its purposes": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Expired" && state._tag === "Granted" ? { ...machine.evolve(state, event), purposes: state.purposes } : machine.evolve(state, event))
  }),
  "the deadline counts from the question": hears((command) => (command._tag === "ShowNotice" ? { ...command, openedAt: command.at } : command)),
  "a deadline can be moved later": instead((state, command) =>
    command._tag === "Shorten" && "deleteAt" in state ? { _tag: "Shortened", at: command.at, deleteAt: command.deleteAt } : undefined
  ),
  "a stricter policy changes nothing": hears((command, state) => (command._tag === "Shorten" && "deleteAt" in state ? { ...command, deleteAt: state.deleteAt } : command)),
  "the deadline comes one moment late": (machine) => {
    const late = (state: ConsentState): ConsentState => ("deleteAt" in state ? { ...state, deleteAt: (state.deleteAt + 1) as Instant } : state)
    return { ...machine, due: (state) => machine.due(late(state)) }
  },
  "an unused consent goes on": hears((command, state) => (command._tag === "Halt" && (state._tag === "Granted" || state._tag === "Asked") ? { _tag: "StateAge", at: command.at, years: 120 } : command)),
  "a no says why": (machine) => ({
    ...machine,
    decide: (state, command) => Result.map(machine.decide(state, command), (events) => events.map((event) => (event._tag === "Declined" ? { ...event, why: "synthetic" } : event)))
  }),
  "a deadline is sometimes overslept": (machine) => {
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

const receipt = "c".repeat(64) as Extract<ConsentEvent, { readonly _tag: "Granted" }>["receiptHash"]

export type ConsentBug = keyof typeof consentBugs
