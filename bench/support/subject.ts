/**
 * What is measured of a machine: one representative life of commands, accepted and refused, and where there is one a hand-written switch over the same states.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Machine } from "@fortrolig/core/kernel/machine"
import * as Result from "effect/Result"
import { deepStrictEqual } from "node:assert"
import type { No } from "./handwritten.ts"
import { keep } from "./race.ts"

/** A pair of switches that a careful developer writes without the product's kernel. */
export interface ByHand<State, Command, Event> {
  readonly decide: (state: State, command: Command) => ReadonlyArray<Event> | No
  readonly evolve: (state: State, event: Event) => State
}

/** A life that can be led once, by the machine and by hand, and how long it is. */
export interface Subject {
  readonly commands: number
  readonly refused: number
  readonly byMachine: () => void
  readonly byHand: (() => void) | undefined
}

/**
 * A subject from its machine and life. Throws where the hand-written switch decides or applies anything otherwise than the machine does:
 * a switch that does less is no measure.
 */
export const subject = <State, Command extends { readonly at: Instant }, Event>(
  machine: Machine<State, Command, Event>,
  life: ReadonlyArray<Command>,
  hand?: ByHand<State, Command, Event>
): Subject => {
  let state = machine.initial
  let refused = 0
  for (const command of life) {
    const decided = machine.decide(state, command)
    const events = Result.isSuccess(decided) ? decided.success : []
    if (Result.isFailure(decided)) refused++
    if (hand !== undefined) {
      const answered = hand.decide(state, command)
      deepStrictEqual("no" in answered ? "refused" : answered, Result.isSuccess(decided) ? events : "refused")
    }
    for (const event of events) {
      const next = machine.evolve(state, event)
      if (hand !== undefined) deepStrictEqual(hand.evolve(state, event), next)
      state = next
    }
  }
  return { commands: life.length, refused, byMachine: led(machine, life), byHand: hand === undefined ? undefined : ledByHand(machine.initial, life, hand) }
}

const led =
  <State, Command extends { readonly at: Instant }, Event>(machine: Machine<State, Command, Event>, life: ReadonlyArray<Command>) =>
  (): void => {
    let state = machine.initial
    for (const command of life) {
      const decided = machine.decide(state, command)
      if (Result.isSuccess(decided)) for (const event of decided.success) state = machine.evolve(state, event)
    }
    keep(state)
  }

const ledByHand =
  <State, Command, Event>(initial: State, life: ReadonlyArray<Command>, hand: ByHand<State, Command, Event>) =>
  (): void => {
    let state = initial
    for (const command of life) {
      const decided = hand.decide(state, command)
      if (!("no" in decided)) for (const event of decided) state = hand.evolve(state, event)
    }
    keep(state)
  }
