/**
 * What a decision costs: the session machine against a hand-written switch and XState's pure `transition`, on the same life of a session, in one run.
 * Run with `node --conditions=@fortrolig/source bench/decide.ts`. Ratios within one run count; absolute figures drift with the machine.
 */
import { SessionCommand, type SessionState } from "@fortrolig/core/session/messages"
import { type Instant, minutes } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp as policy } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { accessTraceDeleteAt, deadlines } from "@fortrolig/core/retention"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { checkByHand } from "./support/checked.ts"
import { decideByHand, evolveByHand } from "./support/handwritten.ts"
import { keep, kept, line, race } from "./support/race.ts"
import { byChart, byHand, byMachine, byStep, life, limits, machine, service, start } from "./support/sessionLife.ts"

const texts = life.map((command) => JSON.stringify(command))
const decode = Schema.decodeUnknownResult(SessionCommand)
const fromText = () => {
  let state: SessionState = machine.initial
  for (const text of texts) {
    const command = decode(JSON.parse(text))
    if (Result.isFailure(command)) throw new Error("the bench's own command was refused")
    const decided = machine.decide(state, command.success)
    if (Result.isSuccess(decided)) for (const event of decided.success) state = machine.evolve(state, event)
  }
  keep(state)
}
const fromTextByHand = () => {
  let state: SessionState = { _tag: "Unopened" }
  for (const text of texts) {
    const command = checkByHand(JSON.parse(text))
    if (command === undefined) throw new Error("the bench's own command was refused")
    const decided = decideByHand(limits, state, command)
    if (!("no" in decided)) for (const event of decided) state = evolveByHand(state, event)
  }
  keep(state)
}

const hand = "hand-written switch"
const own = "session machine, decide + evolve"
const stepped = "session machine, step (timers first)"
const xstate = "XState pure transition"
const textByHand = "JSON.parse + hand check + switch"
const text = "JSON.parse + schema + machine"
const times = race([
  [hand, 20_000, byHand],
  [own, 20_000, byMachine],
  [stepped, 20_000, byStep],
  [xstate, 150, byChart],
  [textByHand, 8_000, fromTextByHand],
  [text, 8_000, fromText]
])
const of = (name: string) => (times.get(name) ?? Number.NaN) / life.length

const evaluations = 1_000_000
/** Seconds for a million evaluations, each at another instant; the best of five, as the first ones compile. */
const million = (evaluate: (openedAt: Instant) => number): number => {
  const rounds = Array.from({ length: 5 }, () => {
    let sum = 0
    const began = process.hrtime.bigint()
    for (let i = 0; i < evaluations; i++) sum += evaluate((start + i * 977) as Instant)
    keep(sum)
    return Number(process.hrtime.bigint() - began) / 1e9
  })
  return Math.min(...rounds)
}
const halfAnHour = minutes(30)
const oneDeadline = million((openedAt) => accessTraceDeleteAt(policy, openedAt))
const allDeadlines = million((openedAt) => {
  const due = deadlines(policy, { startedAt: openedAt, endedAt: (openedAt + halfAnHour) as Instant })
  return due.ip + due.session + due.text
})
const timer = million((openedAt) => machine.due({ _tag: "Waiting", service, openedAt, noticeVersion: "1", queuedAt: openedAt, front: false, visitorAway: null })?.at ?? 0)

console.log(`node ${process.version}, one life of ${life.length} commands, median of 9 rounds`)
for (const name of times.keys()) console.log(`${name.padEnd(40)} ${of(name).toFixed(1).padStart(9)} ns per command`)
console.log("")
line("machine / switch", of(own) / of(hand), "<= 2", of(own) / of(hand) <= 2)
line("XState / machine", of(xstate) / of(own), ">= 100", of(xstate) / of(own) >= 100)
line("text to state: product / by hand", of(text) / of(textByHand), "<= 2.2", of(text) / of(textByHand) <= 2.2)
line("1,000,000 deadlines, seconds", oneDeadline, "< 0.1", oneDeadline < 0.1)
line("1,000,000 sessions' three deadlines, seconds", allDeadlines, "< 0.3", allDeadlines < 0.3)
line("1,000,000 next timers of a session, seconds", timer, "< 0.1", timer < 0.1)
if (kept() === undefined) throw new Error("nothing was measured")
