/**
 * The laws of a retention clock, as sentences over histories of one datum.
 */
import type { Instant } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
import type { HoldTerms } from "../policy/duties.ts"
import type { RetentionCommand, RetentionEvent, RetentionState } from "./messages.ts"
import { retentionRules } from "./rules.ts"

/** One command with what it did, and whether the datum could be read afterwards at `latest`. */
export interface RetentionStep {
  readonly command: RetentionCommand
  readonly before: RetentionState
  readonly after: RetentionState
  readonly events: ReadonlyArray<RetentionEvent>
  readonly refusal: Refusal | undefined
  readonly latest: Instant
  readonly readable: boolean
}

/** What happened to one datum. Its commands may carry instants that go back: a clock was set. */
export interface RetentionHistory {
  readonly holds: HoldTerms | null
  readonly steps: ReadonlyArray<RetentionStep>
}

const deadline = (state: RetentionState): Instant | undefined => (state._tag === "Unstarted" ? undefined : state.deleteAt)

const where = (steps: ReadonlyArray<RetentionStep>, what: string, broken: (step: RetentionStep, index: number) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))

/** The deadline is the promise, floored. */
export const deadlineIsThePromise: Law<RetentionHistory> = {
  rule: retentionRules.trace.id,
  says: "The deadline is set once, when counting starts: never later than the promise, and earlier by less than one bucket",
  broken: ({ steps }) => {
    let started = false
    return where(steps, "the deadline is not the promise", ({ command, events }) =>
      events.some((event) => {
        if (event._tag !== "Started") return false
        const again = started
        started = true
        if (again || command._tag !== "Start") return true
        const promise = command.startedAt + command.period
        return event.deleteAt > promise || promise - event.deleteAt >= command.bucketMinutes * 60_000
      })
    )
  }
}

/** Nothing is readable from its deadline on. */
export const absentFromDeadline: Law<RetentionHistory> = {
  rule: retentionRules.text.id,
  says: "What is due by either clock cannot be read, whether or not its timer has run or an order keeps it, and what is not due can be",
  broken: ({ steps }) =>
    where(steps, "reading and deadline disagree", ({ after, latest, readable }) => {
      const due = deadline(after)
      if (due !== undefined && latest >= due) return readable
      return !readable && (after._tag === "Unstarted" || after._tag === "Running")
    })
}

/** A deadline never moves later. */
export const neverLater: Law<RetentionHistory> = {
  rule: retentionRules.neverLater.id,
  says: "A deadline never moves later, a stricter policy moves it exactly to its own, and reading, changing, ordering and releasing move nothing",
  broken: ({ steps }) =>
    where(steps, "the deadline moved wrongly", ({ command, before, after }) => {
      const old = deadline(before)
      const now = deadline(after)
      if (old === undefined) return command._tag !== "Start" && now !== undefined
      // A stricter deadline reaches only what is still running when the command's own timers have run.
      const reached = command._tag === "Shorten" && before._tag === "Running" && command.at < old
      return now !== (reached && command.deleteAt < old ? command.deleteAt : old)
    })
}

/** Expired stays expired. */
export const staysExpired: Law<RetentionHistory> = {
  rule: retentionRules.staysExpired.id,
  says: "What has been hidden is never shown again, however far the clock goes back",
  broken: ({ steps }) => {
    let hidden = false
    return where(steps, "something expired came back", ({ after, readable }) => {
      const open = after._tag === "Unstarted" || after._tag === "Running"
      const back = hidden && (readable || open)
      hidden ||= !open
      return back
    })
  }
}

/** The same datum's readings twice: with every order and release of its history, and without them. */
export interface OrderedReading {
  readonly ordered: ReadonlyArray<boolean>
  readonly unordered: ReadonlyArray<boolean>
}

/** An order shows nobody anything. */
export const ordersAreInvisible: Law<OrderedReading> = {
  rule: retentionRules.orders.id,
  says: "An order changes nothing that any reader sees: what depends on the deadline, such as the severing of a triage note, is never delayed by it",
  broken: ({ ordered, unordered }) => ordered.flatMap((shown, index) => (shown === unordered[index] ? [] : [`reading ${index + 1} depends on an order`]))
}
