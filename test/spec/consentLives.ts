/**
 * Random lives of a consent: few words, so that they meet; a clock that stands still, leaps to the deadline and just past it, or goes back.
 */
import type { ConsentHistory } from "@fortrolig/core/consent/laws"
import { type ConsentCommand, type ConsentEvent, type ConsentPurpose, type ConsentState, ReceiptHash, type ShownNotice } from "@fortrolig/core/consent/messages"
import type { ConsentTerms } from "@fortrolig/core/consent/terms"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import type { Party } from "@fortrolig/core/session/messages"
import * as fc from "fast-check"
import type { NaiveTerms } from "./consent.ts"

export type ConsentMachine = Machine<ConsentState, ConsentCommand, ConsentEvent>

/** A command without its instant, and how long after the one before it comes. */
export type Wish = { [Tag in ConsentCommand["_tag"]]: Omit<Extract<ConsentCommand, { readonly _tag: Tag }>, "at"> }[ConsentCommand["_tag"]]
export interface Deed {
  readonly gap: number
  readonly wish: Wish
  /** Tried whether or not it makes sense in the state. */
  readonly stubborn: boolean
}

/** Where every random life begins, and when its session was opened. */
export const beginning = Date.UTC(2026, 2, 27, 11) as Instant
const hour = 3_600_000

export const allTerms: fc.Arbitrary<ConsentTerms> = fc.record({
  purposes: fc.constantFrom<ConsentTerms["purposes"]>(["quality", "research"], ["quality", "research"], ["quality", "research"], ["research"], ["treatment"]),
  bundled: fc.boolean(),
  timesAsked: fc.constantFrom(1, 2),
  minimumAge: fc.constantFrom(15, 18),
  traceHours: fc.constantFrom(1, 2),
  bucketMinutes: fc.constantFrom(1, 7)
})

/** The same terms for the naive consent. */
export const naively = ({ purposes, bundled, timesAsked, minimumAge, traceHours, bucketMinutes }: ConsentTerms): NaiveTerms => ({
  wanted: purposes,
  together: bundled,
  timesAsked,
  youngest: minimumAge,
  kept: traceHours * hour,
  bucket: bucketMinutes * 60_000
})

export const receipts = [ReceiptHash.make("a".repeat(64)), ReceiptHash.make("b".repeat(64))] as const
export const notices: readonly [ShownNotice, ...ReadonlyArray<ShownNotice>] = [
  { version: "1", language: "nb" },
  { version: "1", language: "en" },
  { version: "2", language: "nb" }
]
const often = <T>(usual: T, ...seldom: ReadonlyArray<T>) => fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(usual, ...seldom) })

const notice = often(notices[0], ...notices)
const by = often<Party>("visitor", "counsellor")
const question = fc.constantFrom(1, 1, 1, 2, 2, 0)
const statedAge = often<number | null>(null, 12, 14, 15, 17, 18, 40)
const chatActive = often(true, false)
const receiptHash = often(...receipts)
const chosen: fc.Arbitrary<ConsentTerms["purposes"]> = fc.constantFrom<Array<[ConsentPurpose, ...Array<ConsentPurpose>]>[number]>(
  ["quality", "research"],
  ["quality", "research"],
  ["research", "quality", "research"],
  ["quality"],
  ["research"],
  ["treatment"],
  ["quality", "treatment"]
)

const wishes: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("ShowNotice" as const), openedAt: often(beginning, (beginning - 1) as Instant, (beginning - 2 * hour) as Instant), notice, chatActive, statedAge }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("Ask" as const), notice, chatActive, statedAge }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("Grant" as const), by, question, notice, purposes: chosen, receiptHash }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Decline" as const), by, question }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Withdraw" as const), receiptHash }) },
  { weight: 2, arbitrary: fc.constant<Wish>({ _tag: "SessionOver" }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("StateAge" as const), years: fc.constantFrom(12, 14, 15, 17, 18, 40) }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ _tag: "Halt" }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Shorten" as const), deleteAt: fc.integer({ min: -2, max: 130 }).map((minute) => (beginning + minute * 60_000) as Instant) }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ _tag: "Expire" }) }
)

/** Mostly a moment, or none; sometimes an hour, exactly, or nearly. */
const gaps = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(hour, hour / 2), fc.constantFrom(-1, 0, 1)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * hour }) }
)

/** One deed; with `back`, now and then the clock has been set back. */
export const deeds = (back: boolean): fc.Arbitrary<Deed> =>
  fc.record({
    gap: back ? fc.oneof({ weight: 9, arbitrary: gaps }, { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) }) : gaps,
    wish: wishes,
    stubborn: fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
  })

export const at = (instant: number, wish: Wish): ConsentCommand => ({ ...wish, at: instant as Instant })

/** The commands of a life in which time never goes back: many begin with the question on the screen, or answered, and all are looked at once more after. */
export const lives = fc
  .tuple(fc.array(deeds(false), { maxLength: 24, size: "max" }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }))
  .map(([rest, begun, late]): ReadonlyArray<ConsentCommand> => {
    let now: number = beginning
    const facts = { notice: notices[0], chatActive: true, statedAge: null }
    const asked = [at(now, { _tag: "ShowNotice", openedAt: beginning, ...facts }), at(now, { _tag: "Ask", ...facts })]
    const yes = at(now, { _tag: "Grant", by: "visitor", question: 1, notice: notices[0], purposes: ["quality", "research"], receiptHash: receipts[0] })
    const first = begun === 0 ? [] : begun === 1 ? asked : [...asked, yes]
    const told = rest.map(({ gap, wish }) => at((now += gap), wish))
    return [...first, ...told, at(now + hour * late, { _tag: "SessionOver" })]
  })

/** Runs a life on a machine and keeps what each step did. */
export const historyOf = (machine: ConsentMachine, terms: ConsentTerms, commands: ReadonlyArray<ConsentCommand>): ConsentHistory => {
  let before = machine.initial
  return {
    terms,
    steps: commands.map((command) => {
      const { state, events, refusal } = step(machine, before, command)
      const done = { command, before, after: state, events, refusal }
      before = state
      return done
    })
  }
}

/** Where a life leads when its timer also runs at `ticks`, each `times` times. */
export const ticking = (machine: ConsentMachine, commands: ReadonlyArray<ConsentCommand>, ticks: ReadonlyArray<number>, times: number): ConsentState => {
  let state = machine.initial
  let last: number = beginning
  for (const command of commands) {
    for (const tick of ticks.filter((instant) => instant >= last && instant <= command.at).toSorted((a, b) => a - b)) {
      for (let i = 0; i < times; i++) state = catchUp(machine, state, tick as Instant).state
    }
    state = step(machine, state, command).state
    last = command.at
  }
  return state
}
