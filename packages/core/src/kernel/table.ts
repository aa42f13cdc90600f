/**
 * The one table of a machine: from which state, by which command, to which states. Refusals, diagrams and coverage are all read from it.
 */

/** For each state, the commands that it accepts and the states that each may lead to. A command that is not named in a state is refused there. */
export type Table<State extends string, Command extends string> = { readonly [From in State]: { readonly [By in Command]?: ReadonlyArray<State> } }

/** One way through a machine. */
export interface Edge {
  readonly from: string
  readonly by: string
  readonly to: string
}

/** Every edge of a table, in the order in which it is written. */
export const edgesOf = <State extends string, Command extends string>(table: Table<State, Command>): ReadonlyArray<Edge> =>
  Object.entries<{ readonly [By in Command]?: ReadonlyArray<State> }>(table).flatMap(([from, row]) =>
    Object.entries<ReadonlyArray<State> | undefined>(row).flatMap(([by, states]) => (states ?? []).map((to) => ({ from, by, to })))
  )

/** Whether a state accepts a command at all. */
export const accepts = <State extends string, Command extends string>(table: Table<State, Command>, from: State, by: Command): boolean =>
  table[from][by] !== undefined
