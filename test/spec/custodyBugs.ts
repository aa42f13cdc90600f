/**
 * Requests for a record that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import type { CustodyEvent, CustodyState } from "@fortrolig/core/custody/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import * as Result from "effect/Result"
import { type CustodyMachine, custodians, type View } from "./custodyLives.ts"

const does = (event: CustodyEvent) => Result.succeed([event])
const third = custodians[2]

/** The planted bugs, by what is wrong. */
export const custodyBugs = {
  "one custodian both approves and releases": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(command._tag === "Release" && state._tag === "Approved" && state.approvedBy === command.by && third !== undefined ? { ...state, approvedBy: third } : state, command)
  }),
  "a record is released without approval": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Release" && state._tag === "AuthenticityChecked" && command.by !== state.checkedBy ? does({ _tag: "Released", at: command.at, by: command.by }) : machine.decide(state, command)
  }),
  "whoever called back cannot release": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(command._tag === "Release" && state._tag === "Approved" && state.checkedBy === command.by ? { ...state, approvedBy: command.by } : state, command)
  }),
  "a record that is gone by one clock is released": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Release" ? { ...command, latest: command.at } : command)
  }),
  "a number that came with the request will do": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "CheckAuthenticity" ? { ...command, number: "ownDirectory" } : command)
  }),
  "a request that nobody knows of goes on": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "CheckAuthenticity" ? { ...command, confirmed: true } : command)
  }),
  "a request is approved unchecked": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Approve" && state._tag === "Received" ? does({ _tag: "Approved", at: command.at, by: command.by }) : machine.decide(state, command))
  }),
  "an approved request outlives its record": (machine) => ({
    ...machine,
    due: (state) => (state._tag === "Approved" ? undefined : machine.due(state))
  }),
  "a record is gone a minute late": (machine) => ({
    ...machine,
    due: (state) => {
      const timer = machine.due(state)
      if (timer === undefined || !("until" in state) || timer.at !== state.until) return timer
      const at = (timer.at + 60_000) as Instant
      return { at, command: { _tag: "Expire", at } }
    }
  }),
  "a record that was destroyed is still asked for": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "FollowRecord" && command.until <= command.at ? Result.succeed([]) : machine.decide(state, command))
  }),
  "an order that keeps the record is not heard of": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "RecordFollowed" ? state : machine.evolve(state, event))
  }),
  "a request waits for ever": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Received" && next._tag === "Received" ? { ...next, receivedAt: (next.receivedAt + 96 * 3_600_000) as Instant } : next
    }
  }),
  "an investigation is enough": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "Receive" && command.request.basis === "investigation" ? { ...command, request: { ...command.request, basis: "productionOrder" } } : command)
  }),
  "averting needs no case": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Receive" ? { ...command, caseNotified: true } : command)
  }),
  "an order needs a case": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(state, command._tag === "Receive" && command.request.basis === "productionOrder" ? { ...command, request: { ...command.request, basis: "averting" } } : command)
  }),
  "a stretch may be a millisecond too long": (machine) => ({
    ...machine,
    decide: (state, command) =>
      machine.decide(
        state,
        command._tag === "Receive" && command.target._tag === "Window" && command.target.to - command.target.from === 900_001
          ? { ...command, target: { ...command.target, from: (command.target.from + 1) as Instant } }
          : command
      )
  }),
  "the first of several people is taken": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Receive" ? { ...command, found: command.found.slice(0, 1) } : command)
  }),
  "an answer can be changed": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Reject" && state._tag === "Released" ? does({ _tag: "Rejected", at: command.at, request: state.request, reason: command.reason }) : machine.decide(state, command),
    evolve: (state, event) =>
      event._tag === "Rejected" && state._tag === "Released" ? { _tag: "Rejected", request: event.request, reason: event.reason, at: event.at } : machine.evolve(state, event)
  })
} as const satisfies Record<string, (machine: CustodyMachine) => CustodyMachine>

export type CustodyBug = keyof typeof custodyBugs

const isAnswered = (state: CustodyState) => state._tag === "Released" || state._tag === "Rejected" || state._tag === "Unavailable"

/** A service that is told too much or too little, in one way each. */
export const wrongViews: Readonly<Record<string, View>> = {
  "the service hears what the police want kept secret": (state) => (isAnswered(state) ? { _tag: "RequestHandled" } : undefined),
  "the service hears of nothing": () => undefined,
  "the service hears of a request before it is handled": (state) => (state._tag === "NoRequest" || state.request.secret ? undefined : { _tag: "RequestHandled" }),
  "the service hears whose record it was": (state) =>
    state._tag === "Released" && !state.request.secret ? Object.assign({ _tag: "RequestHandled" } as const, { trace: state.trace }) : isAnswered(state) && "request" in state && !state.request.secret ? { _tag: "RequestHandled" } : undefined
}
