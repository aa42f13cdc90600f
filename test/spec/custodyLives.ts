/**
 * Random lives of a request for a record: of every basis and target, by custodians who do things twice, out of turn, and too late.
 */
import { type CustodianId, type CustodyCommand, type CustodyEvent, type CustodyState, RejectReason, type Target } from "@fortrolig/core/custody/messages"
import type { CustodyHistory } from "@fortrolig/core/custody/laws"
import { serviceRealmView } from "@fortrolig/core/custody/machine"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import type { CaseRef } from "@fortrolig/core/retention/messages"
import * as fc from "fast-check"

export type CustodyMachine = Machine<CustodyState, CustodyCommand, CustodyEvent>
export type View = typeof serviceRealmView

const minute = 60_000
const hour = 60 * minute
export const beginning = Date.UTC(2026, 9, 23, 10)

export const one = "a1".repeat(16) as SessionRef
export const other = "b2".repeat(16) as SessionRef
export const custodians = ["1", "2", "3"].map((digit) => `custodian-${digit.repeat(32)}` as CustodianId)

type Wish = (at: Instant) => CustodyCommand
/** Something that is done `gap` after what was done before. */
export interface Deed {
  readonly gap: number
  readonly wish: Wish
  readonly name: string
}

const plus = (at: Instant, ms: number): Instant => (at + ms) as Instant

/** What is asked, most often something that can be met: the edges of a stretch of time are tried one by one. */
const targets: fc.Arbitrary<(at: Instant) => Target> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(() => ({ _tag: "Session", ref: one }) as const) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(1, minute, 15 * minute, 15 * minute, 15 * minute + 1, 0, -1), fc.constantFrom(0, 0, hour, -1))
      .map(([width, ago]) => (at: Instant) => ({ _tag: "Window", from: plus(at, -ago - width), to: plus(at, -ago) }) as const)
  },
  { weight: 1, arbitrary: fc.constant(() => ({ _tag: "Topic" }) as const) }
)
const lifetimes = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 40 * hour }) }, { weight: 2, arbitrary: fc.constantFrom(24 * hour, 24 * hour - 1, 24 * hour + 1, 1, 0, -1) })
const finds = fc.array(fc.tuple(fc.oneof({ weight: 4, arbitrary: fc.constant(one) }, { weight: 1, arbitrary: fc.constant(other) }), lifetimes), { minLength: 0, maxLength: 2 })
const requests = fc.record({
  channel: fc.constantFrom("phone", "secureMail", "letter", "inPerson"),
  authority: fc.constantFrom("police", "prosecution", "court"),
  caseRef: fc.constant("case 1" as CaseRef),
  basis: fc.constantFrom("averting", "averting", "productionOrder", "preservationOrder", "investigation"),
  secret: fc.boolean()
})

const receipts = fc
  .record({ request: requests, target: targets, caseNotified: fc.integer({ min: 0, max: 4 }).map((n) => n > 0), found: fc.oneof({ weight: 4, arbitrary: fc.tuple(fc.tuple(fc.constant(one), lifetimes)) }, { weight: 1, arbitrary: finds }) })
  .map(({ request, target, caseNotified, found }) => ({
    name: `Receive(${request.basis}, ${found.length} found)`,
    wish: (at: Instant): CustodyCommand => ({
      _tag: "Receive",
      at,
      request,
      target: target(at),
      caseNotified,
      found: found.map(([trace, life]) => ({ trace, until: plus(at, life) }))
    })
  }))

const by = fc.constantFrom(...custodians)
const steps = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ by, number: fc.constantFrom("ownDirectory", "ownDirectory", "ownDirectory", "given"), confirmed: fc.integer({ min: 0, max: 7 }).map((n) => n > 0) })
      .map((check) => ({ name: "CheckAuthenticity", wish: (at: Instant): CustodyCommand => ({ _tag: "CheckAuthenticity", at, ...check }) }))
  },
  { weight: 5, arbitrary: by.map((by) => ({ name: "Approve", wish: (at: Instant): CustodyCommand => ({ _tag: "Approve", at, by }) })) },
  {
    weight: 5,
    arbitrary: fc
      .record({ by, ahead: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * hour }) }) })
      .map(({ by, ahead }) => ({ name: "Release", wish: (at: Instant): CustodyCommand => ({ _tag: "Release", at, by, latest: plus(at, ahead) }) }))
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ by, reason: fc.constantFrom("notLawful", "withdrawn") })
      .map((rejection) => ({ name: "Reject", wish: (at: Instant): CustodyCommand => ({ _tag: "Reject", at, ...rejection }) }))
  },
  { weight: 1, arbitrary: lifetimes.map((life) => ({ name: "FollowRecord", wish: (at: Instant): CustodyCommand => ({ _tag: "FollowRecord", at, until: plus(at, life) }) })) },
  { weight: 1, arbitrary: fc.constant({ name: "Expire", wish: (at: Instant): CustodyCommand => ({ _tag: "Expire", at }) }) },
  { weight: 1, arbitrary: receipts }
)
const gaps = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * hour }) }, { weight: 1, arbitrary: fc.constantFrom(24 * hour, 24 * hour - 1, 1, 0) })
const withGap = (arbitrary: fc.Arbitrary<{ readonly name: string; readonly wish: Wish }>): fc.Arbitrary<Deed> => fc.tuple(gaps, arbitrary).map(([gap, deed]) => ({ gap, ...deed }))

export const deeds: fc.Arbitrary<Deed> = withGap(fc.oneof({ weight: 6, arbitrary: steps }, { weight: 1, arbitrary: receipts }))
export const receives: fc.Arbitrary<Deed> = withGap(receipts)

/** A life that begins with a request and is looked at once more long after. */
export const lives: fc.Arbitrary<ReadonlyArray<CustodyCommand>> = fc.tuple(receives, fc.array(withGap(steps), { maxLength: 12, size: "max" })).map(([first, rest]) => {
  let now = beginning
  const told = [first, ...rest].map(({ gap, wish }) => wish((now += gap) as Instant))
  return [...told, { _tag: "FollowRecord", at: (now + 48 * hour) as Instant, until: (now + 72 * hour) as Instant }]
})

/** Runs a life on a machine and keeps what each step did and what the service was told after it. */
export const historyOf = (machine: CustodyMachine, commands: ReadonlyArray<CustodyCommand>, view: View = serviceRealmView): CustodyHistory => {
  let before = machine.initial
  return {
    steps: commands.map((command) => {
      const was = before
      const { state, events, refusal } = step(machine, was, command)
      before = state
      return { command, before: was, after: state, events, refusal, told: view(state) }
    })
  }
}

/** Where a life leads when its timers also run at `ticks`, each `times` times. */
export const ticking = (machine: CustodyMachine, commands: ReadonlyArray<CustodyCommand>, ticks: ReadonlyArray<number>, times: number): CustodyState => {
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

/** Every reason there is, so that a test can ask whether each was seen. */
export const reasons: ReadonlyArray<string> = RejectReason.literals
