/**
 * Walks a machine breadth first, side by side with its naive model, until no command of a small vocabulary leads to a state that is new.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import { assert } from "vitest"

/** A model that can be led two ways from one place. */
interface Model<Command> {
  copy(): Model<Command>
  picture(): object
  run(command: Command): { readonly refusedBy: string | undefined; readonly events: ReadonlyArray<object> }
}

interface Tagged {
  readonly _tag: string
}

/** What was seen: how many states, how many commands were given in all of them, and each way from a state through a command to a state, written once. */
interface Explored {
  readonly states: number
  readonly steps: number
  readonly edges: ReadonlySet<string>
}

/** Explores to the end. An edge starts where the due timers have led; model and machine must agree on every state, event and refusal on the way. */
export const explore = <State extends Tagged, Command extends Tagged & { readonly at: Instant }, Event extends object>(
  machine: Machine<State, Command, Event>,
  model: Model<Command>,
  vocabulary: ReadonlyArray<Command>
): Explored => {
  const edges = new Set<string>()
  const seen = new Set([JSON.stringify(machine.initial)])
  let frontier: Array<readonly [State, Model<Command>]> = [[machine.initial, model]]
  let steps = 0
  while (frontier.length > 0) {
    const next: typeof frontier = []
    for (const [state, naive] of frontier) {
      for (const command of vocabulary) {
        steps++
        const expecting = naive.copy()
        const expected = expecting.run(command)
        const done = step(machine, state, command)
        assert.deepStrictEqual({ refusedBy: done.refusal?.rule, events: done.events }, expected)
        assert.deepStrictEqual(done.state, expecting.picture())
        // A timer is a command too, given by `due` at its own instant.
        let timed = state
        for (let timer = machine.due(timed); timer !== undefined && timer.at <= command.at; timer = machine.due(timed)) {
          const led = catchUp(machine, timed, timer.at).state
          edges.add(`${timed._tag} ${timer.command._tag} ${led._tag}`)
          timed = led
        }
        if (done.refusal === undefined) edges.add(`${timed._tag} ${command._tag} ${done.state._tag}`)
        const key = JSON.stringify(done.state)
        if (seen.has(key)) continue
        seen.add(key)
        next.push([done.state, expecting])
      }
    }
    frontier = next
  }
  return { states: seen.size, steps, edges }
}
