/**
 * The retention clock of one datum, written a second time and badly on purpose: three flags and two numbers, no helper of the product.
 * With it, random lives of a datum and clocks that are wrong in one way each.
 */
import type { Instant, Period } from "@fortrolig/core/kernel/instant"
import type { Machine } from "@fortrolig/core/kernel/machine"
import type { RetentionCommand, RetentionEvent, RetentionState } from "@fortrolig/core/retention/messages"
import * as Result from "effect/Result"
import * as fc from "fast-check"

export type RetentionMachine = Machine<RetentionState, RetentionCommand, RetentionEvent>

export class NaiveDatum {
  started = false
  hidden = false
  destroyed = false
  deadline = 0
  destroyedAt = 0

  picture(): object {
    if (!this.started) return { _tag: "Unstarted" }
    if (this.destroyed) return { _tag: "Destroyed", deleteAt: this.deadline, destroyedAt: this.destroyedAt }
    return { _tag: this.hidden ? "Hidden" : "Running", deleteAt: this.deadline }
  }

  /** Whether it may be read when the later of two clocks shows `latest`. */
  shows(latest: number): boolean {
    return !this.started || (!this.hidden && !this.destroyed && latest < this.deadline)
  }

  run(command: RetentionCommand): { refusedBy: string | undefined; events: ReadonlyArray<object> } {
    const events: Array<object> = []
    const { at } = command
    if (this.started && !this.hidden && at >= this.deadline) {
      this.hidden = true
      events.push({ _tag: "Expired", at: this.deadline })
    }
    if (command._tag === "Start") {
      if (this.started) return { refusedBy: "X-02", events }
      const promise = command.startedAt + command.period
      this.started = true
      // Counted down minute by minute from the promise to a round one, as one would on a dial.
      this.deadline = promise - (promise % 60_000)
      while ((this.deadline / 60_000) % command.bucketMinutes !== 0) this.deadline -= 60_000
      events.push({ _tag: "Started", at, deleteAt: this.deadline })
    }
    if (command._tag === "Touch") return { refusedBy: undefined, events }
    if (!this.started) return { refusedBy: "X-03", events }
    if (command._tag === "Shorten" && !this.hidden && command.deleteAt < this.deadline) {
      this.deadline = command.deleteAt
      events.push({ _tag: "Shortened", at, deleteAt: command.deleteAt })
    }
    if (command._tag === "Expire" && !this.hidden) return { refusedBy: "X-03", events }
    if (command._tag === "Destroy" && !this.destroyed) {
      if (at < this.deadline) return { refusedBy: "X-03", events }
      this.destroyed = true
      this.destroyedAt = at
      events.push({ _tag: "Destroyed", at })
    }
    return { refusedBy: undefined, events }
  }
}

const hour = 3_600_000
export const beginning = Date.UTC(2026, 9, 23, 10)

/** A command, and the two clocks: `gap` moves the trusted one, `ahead` is how far the other is in front, or that it shows the very deadline. */
export interface Moment {
  readonly gap: number
  readonly ahead: number | "deadline"
  readonly wish: (now: number) => RetentionCommand
  readonly name: string
}

/** What the later clock shows at a moment. */
export const latestOf = (moment: Moment, now: number, state: RetentionState): Instant => {
  if (moment.ahead !== "deadline") return (now + moment.ahead) as Instant
  return (state._tag === "Unstarted" ? now : Math.max(now, state.deleteAt)) as Instant
}

const named = (name: string, wish: (now: Instant) => RetentionCommand) => ({ name, wish: (now: number) => wish(now as Instant) })
const starts = fc
  .record({ age: fc.integer({ min: 0, max: 2 * hour }), period: fc.integer({ min: 0, max: 8 * hour }), bucketMinutes: fc.constantFrom(1, 5, 7, 60, 1440) })
  .map(({ age, period, bucketMinutes }) =>
    named(`Start(${age}, ${period}, ${bucketMinutes})`, (at) => ({ _tag: "Start", at, startedAt: (at - age) as Instant, period: period as Period, bucketMinutes }))
  )
const shortens = fc
  .integer({ min: -2 * hour, max: 9 * hour })
  .map((delta) => named(`Shorten(${delta})`, (at) => ({ _tag: "Shorten", at, deleteAt: (at + delta) as Instant })))

export const moments: fc.Arbitrary<Moment> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * hour }) }, { weight: 2, arbitrary: fc.integer({ min: -9 * hour, max: 0 }) }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 * hour }) },
      { weight: 1, arbitrary: fc.constant("deadline" as const) }
    ),
    fc.oneof(
      { weight: 3, arbitrary: starts },
      { weight: 3, arbitrary: shortens },
      { weight: 2, arbitrary: fc.constant(named("Touch", (at) => ({ _tag: "Touch", at }))) },
      { weight: 4, arbitrary: fc.constant(named("Destroy", (at) => ({ _tag: "Destroy", at }))) },
      { weight: 1, arbitrary: fc.constant(named("Expire", (at) => ({ _tag: "Expire", at }))) }
    )
  )
  .map(([gap, ahead, { name, wish }]) => ({ gap, ahead, name, wish }))

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
    decide: (state, command) =>
      command._tag === "Destroy" && state._tag === "Running" ? Result.succeed([{ _tag: "Expired", at: command.at }, { _tag: "Destroyed", at: command.at }]) : machine.decide(state, command)
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
    evolve: (state, event) => (event._tag === "Shortened" && state._tag === "Hidden" ? { _tag: "Running", deleteAt: event.deleteAt } : machine.evolve(state, event))
  }),
  "destroying again moves the instant of destruction": (machine) => ({
    ...machine,
    decide: (state, command) => (command._tag === "Destroy" && state._tag === "Destroyed" ? does({ _tag: "Destroyed", at: command.at }) : machine.decide(state, command)),
    evolve: (state, event) => (state._tag === "Destroyed" && event._tag === "Destroyed" ? { ...state, destroyedAt: event.at } : machine.evolve(state, event))
  })
} as const satisfies Record<string, (machine: RetentionMachine) => RetentionMachine>

export type RetentionBug = keyof typeof retentionBugs
