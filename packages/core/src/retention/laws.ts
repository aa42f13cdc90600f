/**
 * The laws of a retention clock, as sentences over histories of one datum.
 */
import type { Instant } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
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
  says: "What is due by either clock cannot be read, whether or not its timer has run, and what is not due can be",
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
  says: "A deadline never moves later, a stricter policy moves it exactly to its own, and reading or changing the datum moves nothing",
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

/** Hidden at the deadline, destroyed not before. */
export const destroyedOnTime: Law<RetentionHistory> = {
  rule: retentionRules.hideAndDestroy.id,
  says: "A datum is destroyed as soon as that is asked at or after its deadline, and never before it",
  broken: ({ steps }) =>
    where(steps, "destruction and deadline disagree", ({ command, before, after }) => {
      if (before._tag === "Destroyed") return after._tag !== "Destroyed" || after.destroyedAt !== before.destroyedAt
      const due = deadline(before)
      const must = command._tag === "Destroy" && due !== undefined && command.at >= due
      return (after._tag === "Destroyed") !== must || (after._tag === "Destroyed" && after.destroyedAt !== command.at)
    })
}

/** Expired stays expired. */
export const staysExpired: Law<RetentionHistory> = {
  rule: retentionRules.staysExpired.id,
  says: "What has been hidden is never shown again, however far the clock goes back",
  broken: ({ steps }) => {
    let hidden = false
    return where(steps, "something expired came back", ({ after, readable }) => {
      const back = hidden && (readable || after._tag === "Unstarted" || after._tag === "Running")
      hidden ||= after._tag === "Hidden" || after._tag === "Destroyed"
      return back
    })
  }
}

/** Every law of one datum's history. */
export const retentionLaws: ReadonlyArray<Law<RetentionHistory>> = [deadlineIsThePromise, absentFromDeadline, neverLater, destroyedOnTime, staysExpired]
