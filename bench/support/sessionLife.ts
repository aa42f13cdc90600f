/**
 * One whole life of a session, led by the session machine, by the hand-written switch and by XState: what every other decision is measured beside.
 */
import { standingFor } from "@fortrolig/core/session/assignment"
import { sessionMachine } from "@fortrolig/core/session/machine"
import type { SessionCommand, SessionState } from "@fortrolig/core/session/messages"
import { step } from "@fortrolig/core/kernel/machine"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import * as Result from "effect/Result"
import { getInitialSnapshot, transition } from "xstate"
import { decideByHand, evolveByHand, type Limits } from "./handwritten.ts"
import { keep } from "./race.ts"
import { statechart } from "./statechart.ts"

const policy = detfinneshjelp
/** The machine of the reference service. */
export const machine = sessionMachine(policy)
/** The limits of the same service for the hand-written switch. */
export const limits: Limits = {
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

/** When the life begins. */
export const start = Date.UTC(2026, 2, 27, 11)
/** The service of the session. */
export const service = ServiceName.make("detfinneshjelp")
const at = (second: number) => Instant.make(start + second * 1000)
const standing = standingFor(policy)
const ada = StaffId.make("a".repeat(32))
const ben = StaffId.make("b".repeat(32))
const talk = (from: number) => Array.from({ length: 6 }, (_, i): SessionCommand => ({ _tag: "Activity", at: at(from + i) }))

/** One whole life: opened, accepted, given back, accepted again, a connection lost and found, something deleted, ended; with refusals on the way. */
export const life: ReadonlyArray<SessionCommand> = [
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

/** By the session machine, decide and evolve. */
export const byMachine = () => {
  let state: SessionState = machine.initial
  for (const command of life) {
    const decided = machine.decide(state, command)
    if (Result.isSuccess(decided)) for (const event of decided.success) state = machine.evolve(state, event)
  }
  keep(state)
}

/** By the hand-written switch. */
export const byHand = () => {
  let state: SessionState = { _tag: "Unopened" }
  for (const command of life) {
    const decided = decideByHand(limits, state, command)
    if (!("no" in decided)) for (const event of decided) state = evolveByHand(state, event)
  }
  keep(state)
}

/** By the session machine, its timers first. */
export const byStep = () => {
  let state: SessionState = machine.initial
  for (const command of life) state = step(machine, state, command).state
  keep(state)
}

const chart = statechart(policy)
const initial = getInitialSnapshot(chart)
const chartLife = life.map(({ _tag, ...rest }) => ({ type: _tag, ...rest }) as Parameters<typeof transition<typeof chart>>[2])
/** By XState's pure `transition`. */
export const byChart = () => {
  let snapshot = initial
  for (const event of chartLife) snapshot = transition(chart, snapshot, event)[0]
  keep(snapshot)
}
