/**
 * A machine is data about what may happen: `decide` refuses or answers events, `evolve` applies them and never refuses, `due` names the next timer.
 */
import * as Result from "effect/Result"
import type { Instant } from "./instant.ts"
import type { Decided } from "./decided.ts"
import type { Refusal } from "./rule.ts"

/** A timer that a state is waiting for: the command that it becomes, carrying its due instant as `at`. */
export interface Timer<Command> {
  readonly at: Instant
  readonly command: Command
}

/** A pure state machine. Time arrives in the command as `at`; ids and facts arrive with it too. */
export interface Machine<State, Command extends { readonly at: Instant }, Event> {
  readonly initial: State
  /** The earliest timer of a state, or nothing. Evolving its events must remove it or move it later. */
  readonly due: (state: State) => Timer<Command> | undefined
  readonly decide: (state: State, command: Command) => Decided<Event>
  readonly evolve: (state: State, event: Event) => State
}

/** What one step did: the timers that fell due are kept even when the command itself was refused. */
export interface Stepped<State, Event> {
  readonly state: State
  readonly events: ReadonlyArray<Event>
  readonly refusal: Refusal | undefined
}

/**
 * Runs every timer due at or before `at`, in due order, each at its own instant, so that an outcome never depends on when a timer task ran.
 * Ticking late, twice or only with the next command gives the same state.
 */
export const catchUp = <State, Command extends { readonly at: Instant }, Event>(
  machine: Machine<State, Command, Event>,
  from: State,
  at: Instant
): { readonly state: State; readonly events: ReadonlyArray<Event> } => {
  let state = from
  let timer = machine.due(state)
  if (timer === undefined || timer.at > at) return { state, events: none }
  const events: Array<Event> = []
  while (timer !== undefined && timer.at <= at) {
    const fired = machine.decide(state, timer.command)
    if (Result.isFailure(fired) || fired.success.length === 0) {
      throw new Error(`timer refused by its own machine (${Result.isFailure(fired) ? fired.failure.rule : "no event"})`)
    }
    for (const event of fired.success) {
      state = machine.evolve(state, event)
      events.push(event)
    }
    timer = machine.due(state)
  }
  return { state, events }
}

/** Runs the due timers, then the command, and applies what it decides. */
export const step = <State, Command extends { readonly at: Instant }, Event>(
  machine: Machine<State, Command, Event>,
  from: State,
  command: Command
): Stepped<State, Event> => {
  const caught = catchUp(machine, from, command.at)
  const decided = machine.decide(caught.state, command)
  if (Result.isFailure(decided)) return { ...caught, refusal: decided.failure }
  let state = caught.state
  for (const event of decided.success) state = machine.evolve(state, event)
  const events = caught.events.length === 0 ? decided.success : [...caught.events, ...decided.success]
  return { state, events, refusal: undefined }
}

const none: ReadonlyArray<never> = []
