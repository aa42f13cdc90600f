/**
 * What a decision costs: the session machine against a hand-written switch and XState's pure `transition`, on the same life of a session, in one run.
 * Run with `node --conditions=@fortrolig/source bench/decide.ts`. Ratios within one run count; absolute figures drift with the machine.
 */
import { standingFor } from "@fortrolig/core/session/assignment"
import { sessionMachine } from "@fortrolig/core/session/machine"
import { SessionCommand, type SessionState } from "@fortrolig/core/session/messages"
import { step } from "@fortrolig/core/kernel/machine"
import { Instant, minutes } from "@fortrolig/core/kernel/instant"
import { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { accessTraceDeleteAt, deadlines } from "@fortrolig/core/retention"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { getInitialSnapshot, transition } from "xstate"
import { checkByHand } from "./support/checked.ts"
import { decideByHand, evolveByHand, type Limits } from "./support/handwritten.ts"
import { statechart } from "./support/statechart.ts"

const policy = detfinneshjelp
const machine = sessionMachine(policy)
const limits: Limits = {
  queue: policy.limits.queueMinutes * 60_000,
  visitorGrace: policy.limits.graceSeconds * 1000,
  counsellorGrace: policy.limits.counsellorGraceSeconds * 1000,
  idle: policy.limits.idleMinutes * 60_000,
  length: policy.limits.lengthMinutes * 60_000,
  closing: policy.limits.closingMinutes * 60_000,
  call: (policy.phone?.reservedMinutes ?? 0) * 60_000,
  capacity: policy.capacity,
  standing: standingFor(policy)
}

const start = Date.UTC(2026, 2, 27, 11)
const service = ServiceName.make("detfinneshjelp")
const at = (second: number) => Instant.make(start + second * 1000)
const standing = standingFor(policy)
const ada = StaffId.make("a".repeat(32))
const ben = StaffId.make("b".repeat(32))
const talk = (from: number) => Array.from({ length: 6 }, (_, i): SessionCommand => ({ _tag: "Activity", at: at(from + i) }))

/** One whole life: opened, accepted, given back, accepted again, a connection lost and found, something deleted, ended; with refusals on the way. */
const life: ReadonlyArray<SessionCommand> = [
  { _tag: "Open", at: at(0), service, noticeVersion: "1", serviceOpen: true, front: false },
  { _tag: "Accept", at: at(20), counsellor: ben, holding: 1, standing, reserved: false },
  { _tag: "Accept", at: at(30), counsellor: ada, holding: 0, standing, reserved: false },
  { _tag: "Accept", at: at(31), counsellor: ben, holding: 0, standing, reserved: false },
  ...talk(40),
  { _tag: "Away", at: at(60), party: "visitor" },
  { _tag: "Back", at: at(70), party: "visitor" },
  ...talk(80),
  { _tag: "Return", at: at(90), counsellor: ada },
  { _tag: "Accept", at: at(95), counsellor: ben, holding: 0, standing, reserved: false },
  { _tag: "Away", at: at(96), party: "counsellor" },
  { _tag: "Back", at: at(97), party: "counsellor" },
  { _tag: "Redact", at: at(98), by: "visitor" },
  { _tag: "Redact", at: at(99), by: "counsellor" },
  ...talk(100),
  { _tag: "End", at: at(120), by: "visitor" },
  { _tag: "Leave", at: at(121) }
]

let sink: unknown

const byMachine = () => {
  let state: SessionState = machine.initial
  for (const command of life) {
    const decided = machine.decide(state, command)
    if (Result.isSuccess(decided)) for (const event of decided.success) state = machine.evolve(state, event)
  }
  sink = state
}

const byHand = () => {
  let state: SessionState = { _tag: "Unopened" }
  for (const command of life) {
    const decided = decideByHand(limits, state, command)
    if (!("no" in decided)) for (const event of decided) state = evolveByHand(state, event)
  }
  sink = state
}

const byStep = () => {
  let state: SessionState = machine.initial
  for (const command of life) state = step(machine, state, command).state
  sink = state
}

const chart = statechart(policy)
const initial = getInitialSnapshot(chart)
const chartLife = life.map(({ _tag, ...rest }) => ({ type: _tag, ...rest }) as Parameters<typeof transition<typeof chart>>[2])
const byChart = () => {
  let snapshot = initial
  for (const event of chartLife) snapshot = transition(chart, snapshot, event)[0]
  sink = snapshot
}

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
  sink = state
}
const fromTextByHand = () => {
  let state: SessionState = { _tag: "Unopened" }
  for (const text of texts) {
    const command = checkByHand(JSON.parse(text))
    if (command === undefined) throw new Error("the bench's own command was refused")
    const decided = decideByHand(limits, state, command)
    if (!("no" in decided)) for (const event of decided) state = evolveByHand(state, event)
  }
  sink = state
}

/** Nanoseconds per command: the median of nine rounds, with the contestants taking turns so that a slow moment of the machine meets all of them. */
const race = (contestants: ReadonlyArray<readonly [name: string, lives: number, run: () => void]>): Map<string, number> => {
  for (const [, lives, run] of contestants) for (let i = 0; i < lives; i++) run()
  const rounds = new Map<string, Array<number>>(contestants.map(([name]) => [name, []]))
  for (let round = 0; round < 9; round++) {
    for (const [name, lives, run] of contestants) {
      const began = process.hrtime.bigint()
      for (let i = 0; i < lives; i++) run()
      rounds.get(name)?.push(Number(process.hrtime.bigint() - began) / (lives * life.length))
    }
  }
  return new Map([...rounds].map(([name, times]) => [name, times.toSorted((a, b) => a - b)[4] ?? Number.NaN]))
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
const of = (name: string) => times.get(name) ?? Number.NaN

const evaluations = 1_000_000
/** Seconds for a million evaluations, each at another instant; the best of five, as the first ones compile. */
const million = (evaluate: (openedAt: Instant) => number): number => {
  const rounds = Array.from({ length: 5 }, () => {
    let sum = 0
    const began = process.hrtime.bigint()
    for (let i = 0; i < evaluations; i++) sum += evaluate((start + i * 977) as Instant)
    sink = sum
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

const verdict = (met: boolean) => (met ? "met" : "NOT met")
console.log(`node ${process.version}, one life of ${life.length} commands, median of 9 rounds`)
for (const [name, ns] of times) console.log(`${name.padEnd(40)} ${ns.toFixed(1).padStart(9)} ns per command`)
console.log("")
const line = (what: string, ratio: number, target: string, met: boolean) => console.log(`${what.padEnd(52)} ${ratio.toFixed(3).padStart(9)}   target ${target}: ${verdict(met)}`)
line("machine / switch", of(own) / of(hand), "<= 2", of(own) / of(hand) <= 2)
line("XState / machine", of(xstate) / of(own), ">= 100", of(xstate) / of(own) >= 100)
line("text to state: product / by hand", of(text) / of(textByHand), "<= 2.2", of(text) / of(textByHand) <= 2.2)
line("1,000,000 deadlines, seconds", oneDeadline, "< 0.1", oneDeadline < 0.1)
line("1,000,000 sessions' three deadlines, seconds", allDeadlines, "< 0.3", allDeadlines < 0.3)
line("1,000,000 next timers of a session, seconds", timer, "< 0.1", timer < 0.1)
if (sink === undefined) throw new Error("nothing was measured")
