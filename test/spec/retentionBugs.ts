/**
 * Retention clocks that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { RetentionEvent } from "@fortrolig/core/retention/messages"
import * as Result from "effect/Result"
import type { RetentionMachine } from "./retentionLives.ts"

const hour = 3_600_000

const later = (instant: Instant, ms: number): Instant => (instant + ms) as Instant
const does = (event: RetentionEvent) => Result.succeed([event])

/** The planted bugs, by what is wrong. */
export const retentionBugs = {
  "a promise is rounded up to its bucket": (machine) => ({
    ...machine,
    decide: (state, command) =>
      Result.map(machine.decide(state, command), (events) =>
        events.map((event) =>
          event._tag === "Started" && command._tag === "Start" ? { ...event, deleteAt: later(event.deleteAt, command.bucketMinutes * 60_000) } : event
        )
      )
  }),
  "counting begins when it is told, not when it began": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Start" ? { ...command, startedAt: command.at } : command)
  }),
  "counting can begin again": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(command._tag === "Start" && state._tag === "Running" ? { _tag: "Unstarted" } : state, command),
    evolve: (state, event) => machine.evolve(event._tag === "Started" && state._tag === "Running" ? { _tag: "Unstarted" } : state, event)
  }),
  "a looser policy makes a deadline later": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Shorten" && state._tag === "Running" ? does({ _tag: "Shortened", at: command.at, deleteAt: command.deleteAt }) : machine.decide(state, command)
  }),
  "a stricter policy changes nothing": (machine) => ({
    ...machine,
    evolve: (state, event) => (event._tag === "Shortened" ? state : machine.evolve(state, event))
  }),
  "using a datum keeps it longer": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Touch" && state._tag === "Running" ? does({ _tag: "Shortened", at: command.at, deleteAt: later(state.deleteAt, hour) }) : machine.decide(state, command)
  }),
  "a datum can be destroyed early": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Running" ? does({ _tag: "Destroyed", at: command.at }) : machine.decide(state, command)),
    evolve: (state, event) =>
      event._tag === "Destroyed" && state._tag === "Running" ? { _tag: "Destroyed", deleteAt: state.deleteAt, destroyedAt: event.at } : machine.evolve(state, event)
  }),
  "a clock set back lets a hidden datum be destroyed early": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Hidden" ? does({ _tag: "Destroyed", at: command.at }) : machine.decide(state, command))
  }),
  "a datum is never destroyed": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Hidden" ? Result.succeed([]) : machine.decide(state, command))
  }),
  "a datum is hidden a minute late": (machine) => ({
    ...machine,
    due: (state) => (state._tag === "Running" ? { at: later(state.deleteAt, 60_000), command: { _tag: "Expire", at: later(state.deleteAt, 60_000) } } : undefined)
  }),
  "a clock set back shows a hidden datum again": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Touch" && state._tag === "Hidden" && command.at < state.deleteAt ? does({ _tag: "Shortened", at: command.at, deleteAt: state.deleteAt }) : machine.decide(state, command)),
    evolve: (state, event) => (event._tag === "Shortened" && state._tag === "Hidden" ? { _tag: "Running", item: state.item, deleteAt: event.deleteAt, orders: [] } : machine.evolve(state, event))
  }),
  "destroying again moves the instant of destruction": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Destroyed" ? does({ _tag: "Destroyed", at: command.at }) : machine.decide(state, command)),
    evolve: (state, event) => (state._tag === "Destroyed" && event._tag === "Destroyed" ? { ...state, destroyedAt: event.at } : machine.evolve(state, event))
  }),
  "an order shows a datum past its deadline": (machine) => ({
    ...machine,
    evolve: (state, event) => {
      const next = machine.evolve(state, event)
      return event._tag === "Ordered" && next._tag === "Running" ? { ...next, deleteAt: event.until } : next
    }
  }),
  "an order that comes too late brings a datum back": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "Order" && state._tag === "Hidden"
        ? does({ _tag: "Ordered", at: command.at, authority: command.authority, caseRef: command.caseRef, until: command.until })
        : machine.decide(state, command),
    evolve: (state, event) =>
      event._tag === "Ordered" && state._tag === "Hidden"
        ? { _tag: "Held", item: state.item, deleteAt: state.deleteAt, orders: [{ authority: event.authority, caseRef: event.caseRef, until: event.until }] }
        : machine.evolve(state, event)
  }),
  "an order for something else is obeyed": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "Order" && (state._tag === "Running" || state._tag === "Held") ? { ...command, item: state.item } : command)
  }),
  "an order may last a millisecond too long": (machine) => ({
    ...machine,
    decide: (state, command) => {
      const shorter = command._tag === "Order" ? machine.decide(state, { ...command, until: later(command.until, -1) }) : machine.decide(state, command)
      return command._tag === "Order" ? Result.map(shorter, (events) => events.map((event) => (event._tag === "Ordered" ? { ...event, until: command.until } : event))) : shorter
    }
  }),
  "each new order counts its longest time anew": (machine) => ({
    ...machine,
    decide: (state, command) => {
      if (command._tag !== "Order" || state._tag !== "Held") return machine.decide(state, command)
      const last = Math.max(...state.orders.map(({ until }) => until)) as Instant
      return machine.decide({ ...state, deleteAt: last }, command)
    }
  }),
  "a datum is destroyed although an order keeps it": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Held" ? does({ _tag: "Destroyed", at: command.at }) : machine.decide(state, command)),
    evolve: (state, event) => (event._tag === "Destroyed" && state._tag === "Held" ? { _tag: "Destroyed", deleteAt: state.deleteAt, destroyedAt: event.at } : machine.evolve(state, event))
  }),
  "an order is forgotten at the deadline": (machine) => ({
    ...machine,
    evolve: (state, event) => machine.evolve(event._tag === "Expired" && state._tag === "Running" ? { ...state, orders: [] } : state, event)
  }),
  "taking an order back does nothing": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Release" && state._tag === "Held" ? Result.succeed([]) : machine.decide(state, command))
  }),
  "one authority takes back what another ordered": (machine) => ({
    ...machine,
    decide: (state, command) => {
      const first = state._tag === "Running" || state._tag === "Held" ? state.orders[0] : undefined
      return machine.decide(state, command._tag === "Release" && first !== undefined ? { ...command, authority: first.authority, caseRef: first.caseRef } : command)
    }
  }),
  "a new order of one case ends the order of another": (machine) => ({
    ...machine,
    evolve: (state, event) => machine.evolve(event._tag === "Ordered" && (state._tag === "Running" || state._tag === "Held") ? { ...state, orders: [] } : state, event)
  }),
  "an order is refused although it comes in time": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(command._tag === "Order" && state._tag === "Held" ? { _tag: "Hidden", item: state.item, deleteAt: state.deleteAt, destroyFrom: state.deleteAt } : state, command)
  })
} as const satisfies Record<string, (machine: RetentionMachine) => RetentionMachine>

export type RetentionBug = keyof typeof retentionBugs
