/**
 * What a session went through, as its laws read it.
 */
import type { Refusal } from "../kernel/rule.ts"
import type { Active, SessionCommand, SessionEvent, SessionState, Waiting } from "./messages.ts"
import type { SessionTerms } from "./machine.ts"

/** One command with what it did, timers included. */
export interface SessionStep {
  readonly command: SessionCommand
  readonly before: SessionState
  readonly after: SessionState
  readonly events: ReadonlyArray<SessionEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one session, in order of time. */
export interface SessionHistory {
  readonly policy: SessionTerms
  readonly steps: ReadonlyArray<SessionStep>
}

/** Whether a session is in the queue or with a counsellor. */
export const isLive = (state: SessionState): state is Waiting | Active => state._tag === "Waiting" || state._tag === "Active"

/** Says `what` of every step for which it is true, by the step's number. */
export const where = (steps: ReadonlyArray<SessionStep>, what: string, broken: (step: SessionStep, index: number) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))
