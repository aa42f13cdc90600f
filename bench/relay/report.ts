/**
 * What a run found, as Markdown: medians, ratios and which targets were met.
 */
import { availableParallelism, loadavg } from "node:os"
import type { Flow, Idle, Plan, Round } from "./measure.ts"
import type { ServerName } from "./ways.ts"

/** Everything that a run found. */
export interface Found {
  readonly plan: Plan
  readonly rounds: number
  readonly connects: number
  /** The machine's load average over a minute before the run. */
  readonly loadBefore: number
  readonly measured: ReadonlyMap<ServerName, ReadonlyArray<Round>>
  readonly idles: ReadonlyMap<ServerName, Idle>
  /** Bytes of heap that stay for each connection that came and went. */
  readonly left: ReadonlyMap<ServerName, number>
}

const names: Readonly<Record<ServerName, string>> = { tcp: "TCP splice (floor)", ws: "bare `ws`", product: "the product" }

const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

interface Target {
  readonly what: string
  /** The product's figure over that of bare `ws`. */
  readonly ratio: number
  readonly bound: number
  readonly least?: boolean
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

const flowCells = (flows: ReadonlyArray<Flow>): ReadonlyArray<string> => [
  Math.round(median(flows.map(({ rate }) => rate))).toLocaleString("en"),
  median(flows.map(({ cpu }) => cpu)).toFixed(1),
  `${Math.round(median(flows.map(({ serverCore }) => serverCore)) * 100)} % / ${Math.round(median(flows.map(({ loadCore }) => loadCore)) * 100)} %`
]

/** The run itself keeps two cores busy; whatever was there before it belongs to others and blurs rates and delays, less so processor time. */
const busy = (before: number): string =>
  `Load average before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}${before > 0.5 ? ": others were at work on this machine, so rates and delays are provisional." : "."}`

/** The report of a run. */
export const report = ({ connects, idles, left, loadBefore, measured, plan, rounds }: Found): string => {
  const of = (name: ServerName, read: (round: Round) => number): ReadonlyArray<number> => (measured.get(name) ?? []).map(read)
  /** The median of the ratios within each round, which a slow moment of the machine touches least. */
  const ratio = (read: (round: Round) => number): number => {
    const bare = of("ws", read)
    return median(of("product", read).map((value, index) => value / (bare[index] ?? Number.NaN)))
  }
  const idleRatio = (read: (idle: Idle) => number): number => {
    const [product, bare] = [idles.get("product"), idles.get("ws")]
    return product === undefined || bare === undefined ? Number.NaN : read(product) / read(bare)
  }
  const targets: ReadonlyArray<Target> = [
    { what: "messages/s", ratio: ratio(({ flow }) => flow.rate), bound: 0.9, least: true },
    { what: "messages/s, acknowledged", ratio: ratio(({ acknowledgedFlow }) => acknowledgedFlow.rate), bound: 0.9, least: true },
    { what: "server time per message", ratio: ratio(({ flow }) => flow.cpu), bound: 1.1 },
    { what: "server time per message, acknowledged", ratio: ratio(({ acknowledgedFlow }) => acknowledgedFlow.cpu), bound: 1.1 },
    { what: `p99 at ${plan.rate} messages/s`, ratio: ratio(({ p99 }) => p99), bound: 1.25 },
    { what: "server time per connection, the first", ratio: ratio(({ accept }) => accept), bound: 1.5 },
    { what: "server time per connection, coming back", ratio: ratio(({ back }) => back), bound: 1.5 },
    { what: "resident memory per idle connection", ratio: idleRatio(({ rss }) => rss), bound: 1.35 },
    { what: "heap per idle connection", ratio: idleRatio(({ heap }) => heap), bound: 1.35 }
  ]
  const present = [...measured.keys()]
  const ms = (numbers: ReadonlyArray<number>) => median(numbers).toFixed(2)
  const idleCells = (name: ServerName): ReadonlyArray<string> => {
    const idle = idles.get(name)
    return idle === undefined ? ["-", "-"] : [(idle.heap / 1000).toFixed(1), (idle.rss / 1000).toFixed(1)]
  }
  return [
    `node ${process.version}, ${availableParallelism()} cores; ${plan.pairs} pairs, 1 kB messages, ${rounds} rounds in turn, medians; load from one process of its own. ${busy(loadBefore)}`,
    "",
    table(
      ["relay", "messages/s", "us per message", "core: server / load", "acknowledged/s", "us per message", "core: server / load"],
      present.map((name) => [
        names[name],
        ...flowCells((measured.get(name) ?? []).map(({ flow }) => flow)),
        ...flowCells((measured.get(name) ?? []).map(({ acknowledgedFlow }) => acknowledgedFlow))
      ])
    ),
    "",
    table(
      ["relay", `p50, ms (${plan.rate}/s)`, "p99, ms", "us per connection: first / back", `heap, kB (${plan.idle} idle)`, "resident, kB"],
      present.map((name) => [names[name], ms(of(name, ({ p50 }) => p50)), ms(of(name, ({ p99 }) => p99)), `${Math.round(median(of(name, ({ accept }) => accept)))} / ${Math.round(median(of(name, ({ back }) => back)))}`, ...idleCells(name)])
    ),
    "",
    ...[...left].map(([name, bytes]) => `${names[name]}: ${bytes.toFixed(1)} bytes of heap stay for each of ${connects} connections that came and went.`),
    "",
    table(
      ["the product over bare `ws`", "ratio", "target", "verdict"],
      targets
        .filter(({ ratio: found }) => !Number.isNaN(found))
        .map(({ bound, least = false, ratio: found, what }) => {
          const met = least ? found >= bound : found <= bound
          return [what, found.toFixed(2), `${least ? ">=" : "<="} ${bound}`, met ? "met" : "NOT met"]
        })
    )
  ].join("\n")
}
