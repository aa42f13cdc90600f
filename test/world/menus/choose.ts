/**
 * How somebody in a simulated world chooses what to do next: mostly something that the state accepts, now and then anything at all.
 */
import type { Table } from "@fortrolig/core/kernel/table"
import type { Random } from "../random.ts"

/** How often somebody tries what the state may not accept. */
const stubbornness = 0.06

/** Chooses the name of a command by a machine's table. Weights are 1 unless told; a weight of 0 leaves a command to stubborn people. */
export const chooser = <State extends string, Command extends string>(
  table: Table<State, Command>,
  weights: { readonly [By in Command]?: number }
): ((random: Random, state: State) => Command) => {
  const rows = new Map<string, ReadonlyArray<Command>>()
  const all = new Set<Command>()
  for (const [state, row] of Object.entries<object>(table)) {
    const named = Object.keys(row).map((command) => command as Command)
    for (const command of named) all.add(command)
    rows.set(state, named.flatMap((command) => Array.from({ length: weights[command] ?? 1 }, () => command)))
  }
  const anything = [...all]
  return (random, state) => {
    const row = rows.get(state) ?? []
    return random.pick(row.length === 0 || random.chance(stubbornness) ? anything : row)
  }
}
