/**
 * The retention clocks of many data as one value: what is destroyed leaves nothing behind in it, and no datum touches another.
 */
import type { Instant } from "../kernel/instant.ts"
import { type Machine, step } from "../kernel/machine.ts"
import type { Trusted } from "../kernel/trustedClock.ts"
import { readable } from "./machine.ts"
import type { Item, RetentionCommand, RetentionEvent, RetentionState } from "./messages.ts"

type Clock = Machine<RetentionState, RetentionCommand, RetentionEvent>

/** Each datum's clock under the datum's key. A datum that never was, and one that is destroyed, are both absent. */
export type Register = ReadonlyMap<string, RetentionState>

/** The key of one datum in a register. */
export const keyOf = ({ dataClass, subject }: Item): string => `${dataClass} ${subject}`

const withState = (register: Register, key: string, state: RetentionState): Register => {
  const next = new Map(register)
  // Nothing is remembered of what has not begun and of what is gone: a list of destroyed data would be a list of who was here.
  if (state._tag === "Unstarted" || state._tag === "Destroyed") next.delete(key)
  else next.set(key, state)
  return next
}

/** Gives one datum's clock a command; every other clock stays as it is. */
export const tell = (machine: Clock, register: Register, item: Item, command: RetentionCommand): Register => {
  const key = keyOf(item)
  return withState(register, key, step(machine, register.get(key) ?? machine.initial, command).state)
}

/** Destroys all that is due at `now`, unless the clock is in doubt: then it waits, since destroying cannot be undone (E-09). */
export const sweep = (machine: Clock, register: Register, { now, suspect }: Trusted): Register => {
  if (suspect) return register
  let next = register
  for (const [key, state] of register) next = withState(next, key, step(machine, state, { _tag: "Destroy", at: now }).state)
  return next
}

/** Whether a datum may be shown at `latest`, the later of the two clocks. */
export const shows = (register: Register, item: Item, latest: Instant): boolean => {
  const state = register.get(keyOf(item))
  return state !== undefined && readable(state, latest)
}
