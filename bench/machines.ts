/**
 * What a decision of each machine of the core costs: one representative life, decide + evolve, against a hand-written switch over the same states where there is one,
 * and beside the session's hand-written switch and XState as the common yardstick. Each machine is measured in a process of its own, with its contestants in turns.
 * Then what the core costs before its first decision: a policy read, its import in a fresh process, its size in a browser.
 * Run with `node --conditions=@fortrolig/source bench/machines.ts`, on a quiet machine; `--quick` takes a tenth of the lives. Only ratios within one run count.
 */
import { execFileSync } from "node:child_process"
import { bundled, imported, policyRead } from "./support/footprint.ts"
import { line, median, race } from "./support/race.ts"
import * as session from "./support/sessionLife.ts"
import { subjects } from "./support/subjects.ts"

/** What one process found out about one machine, in nanoseconds per command; `hand` is `null` where no switch over the same states is written. */
interface Figures {
  readonly commands: number
  readonly refused: number
  readonly machine: number
  readonly hand: number | null
  readonly yardstick: number
  readonly chart: number
}

const quick = process.argv.includes("--quick")

const measured = (name: string): Figures => {
  const make = subjects[name]
  if (make === undefined) throw new Error("there is no such machine")
  const { commands, refused, byMachine, byHand, lives } = make()
  const share = quick ? 10 : 1
  const times = race([
    ["machine", Math.ceil(lives / share), byMachine],
    ...(byHand === undefined ? [] : [["hand", Math.ceil(lives / share), byHand] as const]),
    ["yardstick", 20_000 / share, session.byHand],
    ["chart", 150 / share, session.byChart]
  ])
  const per = (one: string, count: number): number => (times.get(one) ?? Number.NaN) / count
  return {
    commands,
    refused,
    machine: per("machine", commands),
    hand: byHand === undefined ? null : per("hand", commands),
    yardstick: per("yardstick", session.life.length),
    chart: per("chart", session.life.length)
  }
}

const asked = process.argv[process.argv.indexOf("--machine") + 1]
if (process.argv.includes("--machine") && asked !== undefined) {
  process.stdout.write(JSON.stringify(measured(asked)))
} else {
  console.log(`node ${process.version}, median of 9 rounds, ns per command; take the figures on a quiet machine`)
  const all = Object.keys(subjects).map((name) => {
    const again = [...process.execArgv, import.meta.filename, "--machine", name, ...(quick ? ["--quick"] : [])]
    const figures = JSON.parse(execFileSync(process.execPath, again, { encoding: "utf8" })) as Figures
    const { commands, refused, machine, hand, yardstick, chart } = figures
    const beside = hand === null ? "none written" : hand.toFixed(1)
    console.log(`${name.padEnd(10)} ${`${commands} commands, ${refused} refused`.padEnd(26)} ${machine.toFixed(1).padStart(9)}   own switch ${beside.padStart(12)}   session's switch ${yardstick.toFixed(1)}   XState ${chart.toFixed(0)}`)
    return { name, ...figures }
  })
  console.log("")
  for (const { name, machine, hand } of all) if (hand !== null) line(`${name} / hand-written switch over its states`, machine / hand, "<= 2", machine / hand <= 2)
  for (const { name, machine, yardstick } of all) line(`${name} / the session's hand-written switch`, machine / yardstick, "<= 2", machine / yardstick <= 2)
  for (const { name, machine, chart } of all) line(`XState / ${name}`, chart / machine, ">= 100", chart / machine >= 100)
  const read = median(policyRead())
  line("a policy read (decodePolicy), ms", read, "< 5", read < 5)
  const { bare, schema, core } = imported(7)
  line("core imported in a fresh process, ms over bare node", core - bare, "< 60", core - bare < 60)
  console.log(`${"".padEnd(52)} ${bare.toFixed(0)} ms bare, ${schema.toFixed(0)} ms with effect/Schema, ${core.toFixed(0)} ms with the core`)
  const { kilobytes } = await bundled()
  line("a first deadline in a browser, kB compressed", kilobytes, "<= 30", kilobytes <= 30)
}
