/**
 * Random lives of a session: limits that collide, commands by everyone, lost and found connections, and a clock that stands still, leaps or goes back.
 */
import { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import type { Policy } from "@fortrolig/core/policy/policy"
import type { SessionHistory } from "@fortrolig/core/session/laws"
import type { Limit, Party, SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"
import * as fc from "fast-check"
import type { NaiveLimits } from "./session.ts"

export type SessionPolicy = Pick<Policy, "limits" | "capacity">
export type SessionMachine = Machine<SessionState, SessionCommand, SessionEvent>

/** A command without its instant, and how long after the one before it comes. */
export type Wish = { [Tag in SessionCommand["_tag"]]: Omit<Extract<SessionCommand, { readonly _tag: Tag }>, "at"> }[SessionCommand["_tag"]]
export interface Deed {
  readonly gap: number
  readonly wish: Wish
  /** Tried whether or not it makes sense in the state. */
  readonly stubborn: boolean
}

/** Where every random life begins. */
export const beginning = Date.UTC(2026, 2, 27, 11)

const few = [1, 2, 3]
/** Limits from a small set of numbers, so that two of them often fall due at the same instant. */
export const policies: fc.Arbitrary<SessionPolicy> = fc
  .record({
    idleMinutes: fc.constantFrom(...few),
    graceSeconds: fc.constantFrom(30, 60, 120),
    counsellorGraceSeconds: fc.constantFrom(30, 60, 120),
    queueMinutes: fc.constantFrom(...few),
    lengthMinutes: fc.constantFrom(2, 3, 5, 60),
    capacity: fc.constantFrom(1, 2, 3)
  })
  .map(({ capacity, ...limits }) => ({ capacity, limits: { ...limits, closingMinutes: 30, messageBytes: 1024, messagesPerMinute: 60 } }))

/** The same limits for the naive session. */
export const naively = ({ limits, capacity }: SessionPolicy): NaiveLimits => ({
  queue: limits.queueMinutes * 60_000,
  visitorGrace: limits.graceSeconds * 1000,
  counsellorGrace: limits.counsellorGraceSeconds * 1000,
  idle: limits.idleMinutes * 60_000,
  length: limits.lengthMinutes * 60_000,
  capacity
})

const staff = fc.constantFrom(StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32)), StaffId.make("c".repeat(32)))
const party = fc.constantFrom<Party>("visitor", "counsellor")
const service = ServiceName.make("ifengsel")
const limit = fc.constantFrom<Limit>("queue", "visitorGrace", "counsellorGrace", "idle", "length")

const wishes: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Open" as const), service: fc.constant(service), noticeVersion: fc.constantFrom("1", "2"), serviceOpen: fc.integer({ min: 0, max: 3 }).map((n) => n > 0), front: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("Accept" as const), counsellor: staff, holding: fc.constantFrom(0, 0, 0, 1, 2, 3) }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Return" as const), counsellor: staff }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("Away" as const), party }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant("Back" as const), party }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant("Activity" as const) }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Redact" as const), by: party }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("End" as const), by: party }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ _tag: "Leave" }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ _tag: "Stop" }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Expire" as const), limit }) }
)

/** Mostly a moment, or none; often exactly a limit, one millisecond less or more; sometimes hours. */
const gaps = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(30_000, 60_000, 120_000, 180_000), fc.constantFrom(-1, 0, 0, 1)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * 3_600_000 }) }
)

/** One deed; with `back`, now and then the clock has been set back. */
export const deeds = (back: boolean): fc.Arbitrary<Deed> =>
  fc.record({
    gap: back ? fc.oneof({ weight: 9, arbitrary: gaps }, { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) }) : gaps,
    wish: wishes,
    stubborn: fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
  })

export const at = (instant: number, wish: Wish): SessionCommand => ({ ...wish, at: instant as Instant })

/** The commands of a life in which time never goes back: opened at once, and looked at once more long after everything. */
export const lives = fc
  .tuple(fc.array(deeds(false), { maxLength: 20, size: "max" }), fc.boolean(), fc.integer({ min: 0, max: 2 }))
  .map(([rest, front, late]): ReadonlyArray<SessionCommand> => {
    let now = beginning
    const opened = at(now, { _tag: "Open", service, noticeVersion: "1", serviceOpen: true, front })
    const told = rest.map(({ gap, wish }) => at((now += gap), wish))
    return [opened, ...told, at(now + 24 * 3_600_000 * late + 1, { _tag: "Back", party: "visitor" })]
  })

/** Runs a life on a machine and keeps what each step did. */
export const historyOf = (machine: SessionMachine, policy: SessionPolicy, commands: ReadonlyArray<SessionCommand>): SessionHistory => {
  let before = machine.initial
  return {
    policy,
    steps: commands.map((command) => {
      const done = { command, before, ...step(machine, before, command) }
      before = done.state
      return { command, before: done.before, after: done.state, events: done.events, refusal: done.refusal }
    })
  }
}

/** Where a life leads when its timers also run at `ticks`, each `times` times. */
export const ticking = (machine: SessionMachine, commands: ReadonlyArray<SessionCommand>, ticks: ReadonlyArray<number>, times: number): SessionState => {
  let state = machine.initial
  let last = beginning
  for (const command of commands) {
    for (const tick of ticks.filter((instant) => instant >= last && instant <= command.at).toSorted((a, b) => a - b)) {
      for (let i = 0; i < times; i++) state = catchUp(machine, state, tick as Instant).state
    }
    state = step(machine, state, command).state
    last = command.at
  }
  return state
}
