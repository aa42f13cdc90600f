/**
 * One machine in a simulated world: it is given commands, its timers run when the world's time reaches them, and all that it did is kept for the laws.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Machine } from "@fortrolig/core/kernel/machine"
import type { Refusal } from "@fortrolig/core/kernel/rule"
import * as Result from "effect/Result"
import type { Coverage } from "./coverage.ts"

interface Tagged {
  readonly _tag: string
}

/** One command with what it did, timers included: the shape of which every topic's histories are made. */
export interface Step<State, Command, Event> {
  readonly command: Command
  readonly before: State
  readonly after: State
  readonly events: ReadonlyArray<Event>
  readonly refusal: Refusal | undefined
}

/** What the world asks of every actor, whatever its machine. */
export interface Timed {
  /** When the next timer is due; infinity when there is none. */
  readonly dueAt: number
  /** Runs that one timer. */
  readonly fire: () => void
}

/** A running machine. */
export class Actor<State extends Tagged, Command extends Tagged & { readonly at: Instant }, Event> implements Timed {
  readonly name: string
  readonly machine: Machine<State, Command, Event>
  readonly coverage: Coverage
  readonly steps: Array<Step<State, Command, Event>> = []
  /** Told of each event after it was applied. */
  hears: (event: Event, at: Instant) => void = () => undefined
  state: State
  dueAt: number
  private before: State
  /** What timers did since the last command. */
  private since: Array<Event> = []

  constructor(name: string, machine: Machine<State, Command, Event>, coverage: Coverage) {
    this.name = name
    this.machine = machine
    this.coverage = coverage
    this.state = machine.initial
    this.before = machine.initial
    this.dueAt = machine.due(machine.initial)?.at ?? Infinity
  }

  private apply(command: Command): Result.Result<ReadonlyArray<Event>, Refusal> {
    const decided = this.machine.decide(this.state, command)
    if (Result.isFailure(decided)) return decided
    const from = this.state._tag
    const { success } = decided
    if (success.length > 0) {
      for (const event of success) this.state = this.machine.evolve(this.state, event)
      this.dueAt = this.machine.due(this.state)?.at ?? Infinity
    }
    this.coverage.walked(this.name, from, command._tag, this.state._tag)
    return decided
  }

  fire(): void {
    const timer = this.machine.due(this.state)
    if (timer === undefined) throw new Error(`${this.name} has no timer`)
    const fired = this.apply(timer.command)
    if (Result.isFailure(fired) || fired.success.length === 0) throw new Error(`${this.name} refused its own timer ${timer.command._tag}`)
    this.since.push(...fired.success)
    for (const event of fired.success) this.hears(event, timer.at)
  }

  /** Does one command, after its own timers that are due by then; whether it was accepted. */
  act(command: Command): boolean {
    while (this.dueAt <= command.at) this.fire()
    const decided = this.apply(command)
    const { before } = this
    this.before = this.state
    if (Result.isFailure(decided)) {
      const refusal = decided.failure
      this.steps.push({ command, before, after: this.state, events: this.since, refusal })
      this.since = []
      this.coverage.refusedBy(refusal)
      return false
    }
    const { success } = decided
    this.steps.push({ command, before, after: this.state, events: this.since.length === 0 ? success : [...this.since, ...success], refusal: undefined })
    this.since = []
    this.coverage.accepted += 1
    for (const event of success) this.hears(event, command.at)
    return true
  }
}
