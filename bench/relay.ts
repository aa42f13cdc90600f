/**
 * The whole product beside a bare `ws` relay and, as the floor, a TCP splice: throughput, processor time, delay, memory and the cost of a connection, in one run.
 *
 *     node --conditions=@fortrolig/source bench/relay.ts [--quick] [--pairs 1000] [--rounds 5] [--idle 10000] [--connects 100000] [--profile folder]
 *
 * Servers and load are processes of their own and take turns, round by round; all traffic stays on 127.0.0.0/8. Ratios within one run count; absolute figures drift.
 */
import { loadavg } from "node:os"
import { parseArgs } from "node:util"
import { flatness, idle, type Idle, type Plan, round, type Round } from "./relay/measure.ts"
import { report } from "./relay/report.ts"
import { type ServerName, servers } from "./relay/ways.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    pairs: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    rate: { type: "string" },
    idle: { type: "string" },
    connects: { type: "string" },
    profile: { type: "string" },
    only: { type: "string" }
  }
})
const { quick } = values
/** A whole number from the command line, within bounds. */
const number = (text: string | undefined, otherwise: number, most: number): number => {
  const given = Number(text ?? otherwise)
  if (!Number.isInteger(given) || given < 0 || given > most) throw new Error(`${text} is not a whole number from 0 to ${most}`)
  return given
}

const plan: Plan = {
  pairs: number(values.pairs, quick ? 50 : 200, 4000),
  seconds: number(values.seconds, quick ? 2 : 5, 60),
  rate: number(values.rate, 5000, 50_000),
  paceSeconds: quick ? 3 : 10,
  reconnects: quick ? 400 : 1000,
  idle: number(values.idle, quick ? 1000 : 10_000, 16_000),
  profile: values.profile
}
const rounds = number(values.rounds, 3, 20)
const connects = number(values.connects, 0, 1_000_000)
const compared: ReadonlyArray<ServerName> = servers.filter((name) => values.only === undefined || values.only === name)

// Stopped by hand, it cleans up all the same.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))

const loadBefore = loadavg()[0] ?? 0
const measured = new Map<ServerName, Array<Round>>(compared.map((name) => [name, []]))
for (let turn = 0; turn < rounds; turn++) {
  // Every second round the other way about, so that no server always has the quieter moment.
  for (const name of turn % 2 === 0 ? compared : compared.toReversed()) {
    const found = await round(name, plan)
    measured.get(name)?.push(found)
    console.error(
      `round ${turn + 1} ${name.padEnd(8)} ${Math.round(found.flow.rate)} messages/s, ${found.flow.cpu.toFixed(1)} us each; p99 ${found.p99.toFixed(2)} ms; ${
        Math.round(found.accept)
      } and ${Math.round(found.back)} us a connection`
    )
  }
}

const idles = new Map<ServerName, Idle>()
if (plan.idle > 0) {
  for (const name of compared) {
    const found = await idle(name, plan.idle, plan.profile)
    idles.set(name, found)
    console.error(`idle ${name.padEnd(8)} ${Math.round(found.heap)} bytes of heap, ${Math.round(found.rss)} of resident memory, ${Math.round(found.accept)} us each, connected in ${found.seconds.toFixed(1)} s`)
  }
}

const left = new Map<ServerName, number>()
if (connects > 0) {
  for (const name of compared.filter((one) => one !== "tcp")) left.set(name, await flatness(name, plan.pairs, connects))
}

console.log(report({ plan, rounds, connects, loadBefore, measured, idles, left }))
