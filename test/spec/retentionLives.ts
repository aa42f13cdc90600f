/**
 * Random lives of one datum, with clocks that leap and go back, and orders that come in time, late, for something else or for too long.
 */
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant, Period } from "@fortrolig/core/kernel/instant"
import { type Machine, step } from "@fortrolig/core/kernel/machine"
import type { HoldTerms } from "@fortrolig/core/policy/duties"
import type { RetentionHistory, RetentionStep } from "@fortrolig/core/retention/laws"
import type { readable } from "@fortrolig/core/retention/machine"
import type { CaseRef, Item, RetentionCommand, RetentionEvent, RetentionState } from "@fortrolig/core/retention/messages"
import * as fc from "fast-check"

export type RetentionMachine = Machine<RetentionState, RetentionCommand, RetentionEvent>
export type Readable = typeof readable

const hour = 3_600_000
export const beginning = Date.UTC(2026, 9, 23, 10)

/** The datum whose clock it is, the same kind of datum of another session, and another datum of the same session. */
export const trace: Item = { dataClass: "accessTrace", subject: "a1".repeat(16) as SessionRef }
export const otherSession: Item = { dataClass: "accessTrace", subject: "b2".repeat(16) as SessionRef }
export const otherClass: Item = { dataClass: "content", subject: trace.subject }

/** Terms for orders: none at all, of something else only, and of traces for a day. */
export const terms: fc.Arbitrary<HoldTerms | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({ items: ["content"], maximumDays: 1 } as const) },
  { weight: 8, arbitrary: fc.constant({ items: ["content", "accessTrace"], maximumDays: 1 } as const) }
)

/** A command, and the two clocks: `gap` moves the trusted one, `ahead` is how far the other is in front, or that it shows the very deadline. */
export interface Moment {
  readonly gap: number
  readonly ahead: number | "deadline"
  readonly wish: (now: number, state: RetentionState) => RetentionCommand
  readonly name: string
}

/** What the later clock shows at a moment. */
export const latestOf = (moment: Moment, now: number, state: RetentionState): Instant => {
  if (moment.ahead !== "deadline") return (now + moment.ahead) as Instant
  return (state._tag === "Unstarted" ? now : Math.max(now, state.deleteAt)) as Instant
}

type Wish = Pick<Moment, "name" | "wish">
const named = (name: string, wish: (now: Instant, deadline: number) => RetentionCommand): Wish => ({
  name,
  wish: (now, state) => wish(now as Instant, state._tag === "Unstarted" ? now : state.deleteAt)
})
const starts = fc
  .record({ age: fc.integer({ min: 0, max: 2 * hour }), period: fc.integer({ min: 0, max: 8 * hour }), bucketMinutes: fc.constantFrom(1, 5, 7, 60, 1440) })
  .map(({ age, period, bucketMinutes }) =>
    named(`Start(${age}, ${period}, ${bucketMinutes})`, (at) => ({ _tag: "Start", at, item: trace, startedAt: (at - age) as Instant, period: period as Period, bucketMinutes }))
  )
const shortens = fc
  .integer({ min: -2 * hour, max: 9 * hour })
  .map((delta) => named(`Shorten(${delta})`, (at) => ({ _tag: "Shorten", at, deleteAt: (at + delta) as Instant })))

const from = fc.record({ authority: fc.constantFrom("police", "court"), caseRef: fc.constantFrom("case 1" as CaseRef, "case 2" as CaseRef) })
const orders = fc
  .record({
    from,
    item: fc.oneof({ weight: 8, arbitrary: fc.constant(trace) }, { weight: 1, arbitrary: fc.constantFrom(otherSession, otherClass) }),
    // Counted from the deadline, with the very edges of what is allowed; or, at times, from the moment of the order.
    until: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(0, 1, 24 * hour, 24 * hour + 1) },
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 24 * hour }) },
      { weight: 1, arbitrary: fc.integer({ min: -5 * hour, max: 30 * hour }) }
    ),
    fromNow: fc.integer({ min: 0, max: 5 }).map((n) => n === 0)
  })
  .map(({ from, item, until, fromNow }) =>
    named(`Order(${item.dataClass}, ${until}, ${fromNow ? "from now" : "from the deadline"})`, (at, deadline) => ({
      _tag: "Order",
      at,
      ...from,
      item,
      until: Math.max(0, (fromNow ? at : deadline) + until) as Instant
    }))
  )
const releases = from.map((named_) => named("Release", (at) => ({ _tag: "Release", at, ...named_ })))

export const moments: fc.Arbitrary<Moment> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * hour }) }, { weight: 2, arbitrary: fc.integer({ min: -9 * hour, max: 0 }) }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 * hour }) },
      { weight: 1, arbitrary: fc.constant("deadline" as const) }
    ),
    fc.oneof(
      { weight: 3, arbitrary: starts },
      { weight: 2, arbitrary: shortens },
      { weight: 4, arbitrary: orders },
      { weight: 2, arbitrary: releases },
      { weight: 2, arbitrary: fc.constant(named("Touch", (at) => ({ _tag: "Touch", at }))) },
      { weight: 4, arbitrary: fc.constant(named("Destroy", (at) => ({ _tag: "Destroy", at }))) },
      { weight: 1, arbitrary: fc.constant(named("Expire", (at) => ({ _tag: "Expire", at }))) }
    )
  )
  .map(([gap, ahead, { name, wish }]) => ({ gap, ahead, name, wish }))

/** A life that begins by counting, so that a short one has something to say. */
export const lives: fc.Arbitrary<ReadonlyArray<Moment>> = fc
  .tuple(
    starts.map((start): Moment => ({ gap: 0, ahead: 0, ...start })),
    fc.array(moments, { maxLength: 25, size: "max" })
  )
  .map(([start, rest]) => [start, ...rest])

/** Runs a life on a machine and keeps what each step did and what could be read after it. */
export const historyOf = (machine: RetentionMachine, holds: HoldTerms | null, reads: Readable, life: ReadonlyArray<Moment>): RetentionHistory => {
  let before = machine.initial
  let now = beginning
  const steps: Array<RetentionStep> = []
  for (const moment of life) {
    now = Math.max(0, now + moment.gap)
    const command = moment.wish(now, before)
    const { state, events, refusal } = step(machine, before, command)
    const latest = latestOf(moment, now, state)
    steps.push({ command, before, after: state, events, refusal, latest, readable: reads(state, latest) })
    before = state
  }
  return { holds, steps }
}
