/**
 * The retention clock of one datum as a machine: running, then hidden at its deadline, then destroyed.
 */
import * as Result from "effect/Result"
import type { Instant } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import type { Refusal, Rule } from "../kernel/rule.ts"
import { deleteAt } from "./deadlines.ts"
import type { RetentionCommand, RetentionEvent, RetentionState } from "./messages.ts"
import { retentionRules } from "./rules.ts"

type Decision = Result.Result<ReadonlyArray<RetentionEvent>, Refusal>

const happened = (...events: ReadonlyArray<RetentionEvent>): Decision => Result.succeed(events)
const refused = (rule: Rule, says: string): Decision => Result.fail({ rule: rule.id, says })

/** Accepted, and nothing changes. */
const nothing: Decision = Result.succeed([])

const alreadyStarted = refused(retentionRules.neverLater, "The time that this is kept is already counting.")
const notStarted = refused(retentionRules.hideAndDestroy, "The time that this is kept has not begun to count.")
const tooEarly = refused(retentionRules.hideAndDestroy, "This is still within the time that it is kept.")

const due = (state: RetentionState): Timer<RetentionCommand> | undefined => {
  switch (state._tag) {
    case "Running":
      return { at: state.deleteAt, command: { _tag: "Expire", at: state.deleteAt } }
    case "Unstarted":
    case "Hidden":
    case "Destroyed":
      return undefined
  }
}

const shorten = (state: RetentionState, at: Instant, to: Instant): Decision => {
  switch (state._tag) {
    case "Unstarted":
      return notStarted
    case "Running":
      return to < state.deleteAt ? happened({ _tag: "Shortened", at, deleteAt: to }) : nothing
    case "Hidden":
    case "Destroyed":
      return nothing
  }
}

/** A hidden datum whose clock has gone back to before the deadline waits: destroying is the one step that cannot be undone. */
const destroy = (state: RetentionState, at: Instant): Decision => {
  switch (state._tag) {
    case "Unstarted":
      return notStarted
    case "Running":
      return at < state.deleteAt ? tooEarly : happened({ _tag: "Expired", at: state.deleteAt }, { _tag: "Destroyed", at })
    case "Hidden":
      return at < state.deleteAt ? tooEarly : happened({ _tag: "Destroyed", at })
    case "Destroyed":
      return nothing
  }
}

const expire = (state: RetentionState, at: Instant): Decision => {
  switch (state._tag) {
    case "Unstarted":
      return notStarted
    case "Running":
      return at < state.deleteAt ? tooEarly : happened({ _tag: "Expired", at: state.deleteAt })
    case "Hidden":
    case "Destroyed":
      return nothing
  }
}

const decide = (state: RetentionState, command: RetentionCommand): Decision => {
  switch (command._tag) {
    case "Start":
      return state._tag === "Unstarted"
        ? happened({ _tag: "Started", at: command.at, deleteAt: deleteAt(command.startedAt, command.period, command) })
        : alreadyStarted
    case "Shorten":
      return shorten(state, command.at, command.deleteAt)
    case "Touch":
      return nothing
    case "Destroy":
      return destroy(state, command.at)
    case "Expire":
      return expire(state, command.at)
  }
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: RetentionState, event: RetentionEvent): RetentionState => {
  switch (event._tag) {
    case "Started":
      return state._tag === "Unstarted" ? { _tag: "Running", deleteAt: event.deleteAt } : state
    case "Shortened":
      return state._tag === "Running" ? { _tag: "Running", deleteAt: event.deleteAt } : state
    case "Expired":
      return state._tag === "Running" ? { _tag: "Hidden", deleteAt: state.deleteAt } : state
    case "Destroyed":
      return state._tag === "Hidden" ? { _tag: "Destroyed", deleteAt: state.deleteAt, destroyedAt: event.at } : state
  }
}

/** The retention clock of any datum; the period and the bucket arrive with `Start`. */
export const retentionMachine: Machine<RetentionState, RetentionCommand, RetentionEvent> = {
  initial: { _tag: "Unstarted" },
  due,
  decide,
  evolve
}

/** Whether a datum may be shown at `latest`, the later of the two clocks: never from its deadline on, also when its timer has not run. */
export const readable = (state: RetentionState, latest: Instant): boolean => {
  switch (state._tag) {
    case "Unstarted":
      return true
    case "Running":
      return latest < state.deleteAt
    case "Hidden":
    case "Destroyed":
      return false
  }
}
