/**
 * The edges of one step of a machine: those of the timers that were due before its command, each by the timer's own command, and the command's own edge.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Machine } from "@fortrolig/core/kernel/machine"
import * as Result from "effect/Result"

interface Tagged {
  readonly _tag: string
}

/** The edges that a command walks from a state, as `from by to` in the order in which they were walked. A refused command walks none; its timers do. */
export const trail = <State extends Tagged, Command extends Tagged & { readonly at: Instant }, Event>(
  { decide, due, evolve }: Machine<State, Command, Event>,
  given: State,
  command: Command
): ReadonlyArray<string> => {
  const edges: Array<string> = []
  let state = given
  const walk = (by: Command): void => {
    const decided = decide(state, by)
    if (Result.isFailure(decided)) return
    const from = state._tag
    for (const event of decided.success) state = evolve(state, event)
    edges.push(`${from} ${by._tag} ${state._tag}`)
  }
  for (let timer = due(state); timer !== undefined && timer.at <= command.at; timer = due(state)) walk(timer.command)
  walk(command)
  return edges
}
