/**
 * What many worlds together have walked through: edges of machines, accepted commands, and refusals by their rule and sentence.
 */
import { type Edge, edgesOf, type Table } from "@fortrolig/core/kernel/table"
import type { Refusal } from "@fortrolig/core/kernel/rule"

/** How often something was counted, by up to three names: texts are not joined where millions are counted. */
type Counts = Map<string, Map<string, Map<string, number>>>

const nested = <Value>(map: Map<string, Value>, key: string, empty: () => Value): Value => {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = empty()))
  return value
}

/** How often each edge of each machine was walked, and how often each refusal was given. */
export class Coverage {
  private readonly machines = new Map<string, Counts>()
  private readonly refusals = new Map<string, number>()
  accepted = 0
  refused = 0

  walked(machine: string, from: string, by: string, to: string): void {
    const counts = nested(nested(nested(this.machines, machine, () => new Map()), from, () => new Map()), by, () => new Map())
    counts.set(to, (counts.get(to) ?? 0) + 1)
  }
  refusedBy({ says }: Refusal): void {
    this.refused += 1
    this.refusals.set(says, (this.refusals.get(says) ?? 0) + 1)
  }
  /** How many sentences were given for a refusal. */
  get distinctRefusals(): number {
    return this.refusals.size
  }
  /** The walked edges of a machine, and how often each was. */
  edges(machine: string): ReadonlyMap<string, number> {
    const flat = new Map<string, number>()
    for (const [from, row] of this.machines.get(machine) ?? []) for (const [by, tos] of row) for (const [to, count] of tos) flat.set(`${from} ${by} ${to}`, count)
    return flat
  }
}

const named = ({ from, by, to }: Edge): string => `${from} ${by} ${to}`

/** The edges of a machine's table that were walked, that were not, and walked edges that the table does not name. */
export const compared = <State extends string, Command extends string>(
  coverage: Coverage,
  machine: string,
  table: Table<State, Command>
): { readonly walked: number; readonly total: number; readonly missing: ReadonlyArray<string>; readonly outside: ReadonlyArray<string> } => {
  const known = coverage.edges(machine)
  const edges = new Set(edgesOf(table).map(named))
  const missing = [...edges].filter((edge) => !known.has(edge))
  return { walked: edges.size - missing.length, total: edges.size, missing, outside: [...known.keys()].filter((edge) => !edges.has(edge)) }
}
