/**
 * Random lives of a booking: two drafts, two keys, three items, checks of today and of another day, and a clock that leaps to the end of the outbox.
 */
import { Appointment, type BookingCommand, type BookingEvent, type BookingState, CheckedIdentity, DraftId, HandOverKey, ItemId, ReaderRef, SealedPayload } from "@fortrolig/core/booking/messages"
import type { BookingHistory } from "@fortrolig/core/booking/laws"
import type { BookingPolicy } from "@fortrolig/core/booking/machine"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import * as fc from "fast-check"
import type { NaiveTerms } from "./booking.ts"

export type BookingMachine = Machine<BookingState, BookingCommand, BookingEvent>
/** A command without its instant. */
export type Wish = { [Tag in BookingCommand["_tag"]]: Omit<Extract<BookingCommand, { readonly _tag: Tag }>, "at"> }[BookingCommand["_tag"]]
export interface Deed {
  readonly gap: number
  readonly wish: Wish
}

const terms = detfinneshjelp.booking
if (terms === null) throw new Error("the policy has no booking")

/** Det finnes hjelp with a number to call, and otherwise small numbers. */
export const reference: BookingPolicy = {
  booking: { ...terms, phone: { number: "00 00 00 00", lastVerified: "2026-11-01" }, referralCharacters: 40, outboxHours: 2 },
  bucketMinutes: 5
}

/** Policies that differ in what a booking reads. */
export const policies: fc.Arbitrary<BookingPolicy> = fc
  .record({
    phone: fc.integer({ min: 0, max: 7 }).map((n) => (n > 0 ? reference.booking.phone : null)),
    performers: fc.constantFrom<BookingPolicy["booking"]["performers"]>(["clinicalPsychologist", "psychiatrist"], ["psychiatrist"]),
    outboxHours: fc.constantFrom(1, 2, 24),
    referralCharacters: fc.constantFrom(1, 40),
    bucketMinutes: fc.constantFrom(1, 5, 7)
  })
  .map(({ bucketMinutes, ...rest }) => ({ booking: { ...reference.booking, ...rest }, bucketMinutes }))

/** The same for the naive booking. */
export const naively = ({ booking, bucketMinutes }: BookingPolicy): NaiveTerms => ({
  phone: booking.phone !== null,
  characters: booking.referralCharacters,
  outbox: booking.outboxHours * 3_600_000,
  bucket: bucketMinutes * 60_000,
  performers: booking.performers,
  sites: booking.sites
})

/** Where every random life begins: an hour before midnight in Norway. */
export const beginning = Date.UTC(2026, 10, 21, 22, 3, 20)

const hex = (digit: string) => digit.repeat(32)
export const drafts = [DraftId.make(hex("1")), DraftId.make(hex("2"))] as const
export const keys = [HandOverKey.make(hex("3")), HandOverKey.make(hex("4"))] as const
export const payloads = [SealedPayload.make(hex("5")), SealedPayload.make(hex("6"))] as const
export const readers = [ReaderRef.make(hex("7")), ReaderRef.make(hex("8"))] as const
export const items = [0, 1, 2].map((item) => ItemId.make(item))
export const checked = (age: CheckedIdentity["age"], on = "2026-11-21") => CheckedIdentity.make({ kind: "FNR", age, on })
export const fitting = Appointment.make({ on: "2026-12-01", site: "Oslo", performer: "psychiatrist" })

const one = ItemId.make(1)
const item = fc.constantFrom(...items, one, one)
const key = fc.constantFrom(keys[0], keys[0], keys[0], keys[1])
const draft = fc.constantFrom(drafts[0], drafts[0], drafts[0], drafts[1])
const appointment = fc.constantFrom(
  fitting, fitting, fitting,
  Appointment.make({ on: "2026-12-01", site: "Tromsø", performer: "clinicalPsychologist" }),
  Appointment.make({ on: "2020-12-31", site: "Tromsø", performer: "psychiatrist" }),
  Appointment.make({ on: "2026-12-01", site: "Elsewhere", performer: "psychiatrist" })
)
const is = <Tag extends string>(tag: Tag) => fc.constant(tag)
const verdict = fc
  .tuple(fc.constantFrom("oldEnough", "oldEnough", "oldEnough", "oldEnough", "tooYoung", "unknown"), fc.constantFrom("2026-11-21", "2026-11-21", "2026-11-21", "2026-11-22"))
  .map(([age, on]) => checked(age, on))
const some = fc.subarray(items)

export const wishes: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ _tag: is("Choose"), route: fc.constantFrom("form", "phone") }) },
  { weight: 5, arbitrary: fc.record({ _tag: is("AnswerItem"), item, approved: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant<Wish>({ _tag: "DeclineInfo" }) },
  { weight: 8, arbitrary: fc.record({ _tag: is("Show"), draft, info: fc.oneof(some, fc.constant([]), fc.constant([one]), fc.constant([one])), characters: fc.constantFrom(0, 0, 1, 40, 41) }) },
  { weight: 12, arbitrary: fc.record({ _tag: is("Submit"), checked: verdict, appointment, draft, key, sealed: fc.constantFrom(...payloads) }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ _tag: "Leave" }) },
  {
    weight: 5,
    arbitrary: fc.record({
      _tag: is("Read"),
      reader: fc.constantFrom(...readers),
      role: fc.constantFrom("bookingClerk", "bookingClerk", "assignedCounsellor", "assignedCounsellor", "otherCounsellor", "lead", "vendor"),
      purpose: fc.constantFrom("treatment", "treatment", "treatment", "treatment", "treatment", "treatment", "quality", "research", "statistics", "disclosure")
    })
  },
  { weight: 2, arbitrary: fc.record({ _tag: is("Fail"), key }) },
  { weight: 6, arbitrary: fc.record({ _tag: is("Acknowledge"), key }) },
  { weight: 2, arbitrary: fc.constant<Wish>({ _tag: "Lapse" }) },
  { weight: 3, arbitrary: fc.record({ _tag: is("Schedule"), appointment }) },
  { weight: 4, arbitrary: fc.constant<Wish>({ _tag: "EndTreatment" }) },
  { weight: 4, arbitrary: fc.record({ _tag: is("AnswerFollowUp"), accept: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant<Wish>({ _tag: "Contact" }) }
)

/** Mostly a moment; often the length of the outbox, one millisecond less or more; sometimes over midnight; sometimes back. */
const gaps = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(3_400_000, 3_600_000, 7_000_000, 7_200_000), fc.constantFrom(-1, 0, 1)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 * 3_600_000 }) }
)

/** One deed; with `back`, now and then the clock has been set back. */
export const deeds = (back: boolean): fc.Arbitrary<Deed> =>
  fc.record({ gap: back ? fc.oneof({ weight: 9, arbitrary: gaps }, { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) }) : gaps, wish: wishes })

/** The beginning that most lives need: chosen, shown, sent, arrived, ended. */
export const opening: ReadonlyArray<Wish> = [
  { _tag: "Choose", route: "form" },
  { _tag: "AnswerItem", item: one, approved: true },
  { _tag: "Show", draft: drafts[0], info: [one], characters: 12 },
  { _tag: "Submit", checked: checked("oldEnough"), appointment: fitting, draft: drafts[0], key: keys[0], sealed: payloads[0] },
  { _tag: "Acknowledge", key: keys[0] },
  { _tag: "EndTreatment" }
]

/** Lives in which time never goes back: a part of the usual beginning, and then anything. */
export const lives: fc.Arbitrary<ReadonlyArray<Deed>> = fc
  .tuple(fc.integer({ min: 0, max: opening.length }), fc.array(deeds(false), { maxLength: 20, size: "max" }))
  .map(([usual, rest]) => [...opening.slice(0, usual).map((wish) => ({ gap: 1000, wish })), ...rest])

export const at = (instant: number, wish: Wish): BookingCommand => ({ ...wish, at: instant as Instant })

/** The deeds of a life as commands. */
export const told = (life: ReadonlyArray<Deed>): ReadonlyArray<BookingCommand> => {
  let now = beginning
  return life.map(({ gap, wish }) => at((now += gap), wish))
}

/** Runs commands on a machine and keeps what each step did. */
export const historyOf = (machine: BookingMachine, policy: BookingPolicy, commands: ReadonlyArray<BookingCommand>): BookingHistory => {
  let before = machine.initial
  return {
    policy,
    steps: commands.map((command) => {
      const done = step(machine, before, command)
      const told = { command, before, after: done.state, events: done.events, refusal: done.refusal }
      before = done.state
      return told
    })
  }
}

/** Where a life leads when its timer is also looked at `ticks` after each command, each `times` times. */
export const ticking = (machine: BookingMachine, commands: ReadonlyArray<BookingCommand>, ticks: ReadonlyArray<number>, times: number): BookingState => {
  let state = machine.initial
  for (const [i, command] of commands.entries()) {
    state = step(machine, state, command).state
    const until = commands[i + 1]?.at ?? command.at
    for (const tick of ticks.map((after) => command.at + after).filter((instant) => instant <= until).toSorted((a, b) => a - b)) {
      for (let n = 0; n < times; n++) state = catchUp(machine, state, tick as Instant).state
    }
  }
  return state
}
