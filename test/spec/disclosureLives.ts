/**
 * Random lives of a case: terms whose timers collide, everybody who may do something, steps that often make sense and sometimes do not, and any clock.
 */
import type { ConcernHistory } from "@fortrolig/core/disclosure/laws"
import type { ConcernCommand, ConcernEvent, ConcernState } from "@fortrolig/core/disclosure/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import { type DisclosureTerms, recipients as everyone, thresholds, triggers } from "@fortrolig/core/policy/duties"
import * as fc from "fast-check"
import { beginning, chosen, type Deed, type Wish, wishes } from "./disclosureWishes.ts"

export type ConcernMachine = Machine<ConcernState, ConcernCommand, ConcernEvent>

const few = fc.constantFrom(1, 2, 3)
/** Terms with timers from a small set of numbers, so that two of them often fall due at the same instant. */
export const terms: fc.Arbitrary<DisclosureTerms> = fc.record({
  openCaseAt: fc.constantFrom(...thresholds),
  triggers: fc.constantFrom<DisclosureTerms["triggers"]>(triggers, ["dangerSelf", "crimePlanned"], ["seriousOffence", "dangerOthers", "childWelfare"]),
  crimeNeedsIdentification: fc.boolean(),
  recipients: fc.constantFrom<DisclosureTerms["recipients"]>(everyone, ["police", "childWelfare"]),
  rightToDisclose: fc.boolean(),
  timers: fc.record({
    assessMinutes: few,
    consultHighMinutes: few,
    consultMinutes: few,
    callMinutes: few,
    notifyMinutes: few,
    childWelfareMinutes: few,
    acknowledgeMinutes: few,
    reviewHours: fc.constantFrom(1, 24, 30),
    warnHours: fc.constantFrom<DisclosureTerms["timers"]["warnHours"]>([24, 4, 1], [1], [1, 1]),
    recordDays: fc.constantFrom(1, 90)
  })
})

/** Mostly a moment, or none; often exactly a limit, one millisecond less or more; sometimes hours or days. */
const gaps = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(60_000, 120_000, 180_000, 3_600_000), fc.constantFrom(-1, 0, 0, 1)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * 3_600_000 }) }
)

/** One deed; with `back`, now and then the clock has been set back. */
export const deeds = (back: boolean): fc.Arbitrary<Deed> =>
  fc.record({
    gap: back ? fc.oneof({ weight: 9, arbitrary: gaps }, { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) }) : gaps,
    pick: fc.nat(9999),
    stubborn: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    sensible: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    wishes
  })

/** The last look, long after everything. */
const late = (deed: Deed, days: number): Deed => ({ ...deed, gap: days * 24 * 3_600_000 + 1 })

/** A life in which time never goes back, looked at once more long after everything. */
export const lives = fc
  .tuple(fc.array(deeds(false), { maxLength: 30, size: "max" }), deeds(false), fc.constantFrom(1, 30, 200))
  .map(([rest, last, days]): ReadonlyArray<Deed> => [...rest, late(last, days)])

/** A wish at an instant. */
export const at = (instant: number, wished: Wish): ConcernCommand => ({ ...wished, at: instant as Instant })

/** Runs a life on a machine and keeps what each step did. */
export const historyOf = (machine: ConcernMachine, policy: DisclosureTerms, life: ReadonlyArray<Deed>, twist = (wished: Wish): Wish => wished): ConcernHistory => {
  let before = machine.initial
  let now = beginning
  return {
    terms: policy,
    steps: life.map((deed) => {
      const command = at((now += deed.gap), twist(chosen(deed, before)))
      const done = { command, before, ...step(machine, before, command) }
      before = done.state
      return { command, before: done.before, after: done.state, events: done.events, refusal: done.refusal }
    })
  }
}

/** Where commands lead when the timers also run at `ticks`, each `times` times. */
export const ticking = (machine: ConcernMachine, commands: ReadonlyArray<ConcernCommand>, ticks: ReadonlyArray<number>, times: number): ConcernState => {
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
