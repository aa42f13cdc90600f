import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { oversleeping, unequalBugs } from "../../../../test/spec/bookingBugs.ts"
import { beginning, type BookingMachine, drafts, historyOf, lives, policies, readers, reference, ticking, told } from "../../../../test/spec/bookingLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { type SessionRef, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { SessionCommand, type SessionEvent } from "../session/messages.ts"
import type { BookingHistory } from "./laws.ts"
import { type BookingPolicy, bookingMachine } from "./machine.ts"
import type { BookingCommand, DraftId, HandOverKey, ReaderRef, SealedPayload } from "./messages.ts"
import { ReaderRef as Reader } from "./messages.ts"
import { decliningChangesNothing, noSharedIdentifier, tickingMakesNoDifference } from "./pairLaws.ts"

type Plant = (machine: BookingMachine, policy: BookingPolicy) => BookingMachine
const right: Plant = (machine) => machine

/** The same life by somebody who declines: no item is approved, and what is shown holds none. */
const declining = (commands: ReadonlyArray<BookingCommand>): ReadonlyArray<BookingCommand> =>
  commands.map((command) => {
    if (command._tag === "Show") return { ...command, info: [], characters: 0 }
    return command._tag === "AnswerItem" ? { _tag: "DeclineInfo", at: command.at } : command
  })

/** A life in which everything that is to be shown may be: every item is approved just before it, and it is short enough. */
const granting = (commands: ReadonlyArray<BookingCommand>): ReadonlyArray<BookingCommand> =>
  commands.flatMap((command): ReadonlyArray<BookingCommand> => {
    if (command._tag !== "Show") return command._tag === "AnswerItem" ? [{ ...command, approved: true }] : [command]
    return [...command.info.map((item) => ({ _tag: "AnswerItem", at: command.at, item, approved: true }) as const), { ...command, characters: command.info.length === 0 ? 0 : 1 }]
  })

/** Both forget at the same moments what was shown: answering after showing makes either visitor look again. */
const showsLast = (commands: ReadonlyArray<BookingCommand>): ReadonlyArray<BookingCommand> =>
  commands.flatMap((command): ReadonlyArray<BookingCommand> =>
    command._tag === "AnswerItem" || command._tag === "DeclineInfo" ? [command, { _tag: "Show", at: command.at, draft: drafts[0], info: [], characters: 0 }] : [command]
  )

const equalTreatment = (plant: Plant, down: boolean) =>
  fc.property(policies, lives, (policy, life) => {
    // With the patient record down nothing is ever acknowledged, only tried.
    const commands = showsLast(granting(told(life))).map((command): BookingCommand => (down && command._tag === "Acknowledge" ? { ...command, _tag: "Fail" } : command))
    const run = (of: ReadonlyArray<BookingCommand>): BookingHistory => historyOf(plant(bookingMachine(policy), policy), policy, of)
    assert.deepStrictEqual(decliningChangesNothing.broken({ granted: run(commands), declined: run(declining(commands)) }), [])
  })

const ticked = (plant: Plant) =>
  fc.property(policies, lives, fc.array(fc.integer({ min: 0, max: 26 * 3_600_000 }), { maxLength: 12 }), (policy, life, ticks) => {
    const machine = () => plant(bookingMachine(policy), policy)
    const commands = told([...life, { gap: 24 * 3_600_000, wish: { _tag: "Leave" } }])
    assert.deepStrictEqual(
      tickingMakesNoDifference.broken({
        withCommands: ticking(machine(), commands, [], 1),
        ticked: ticking(machine(), commands, ticks, 1),
        tickedTwice: ticking(machine(), commands, ticks, 2)
      }),
      []
    )
  })

describe("a visitor who declines information in the referral", () => {
  it(decliningChangesNothing.says, () => {
    fc.assert(equalTreatment(right, false), runs(1000))
    fc.assert(equalTreatment(right, true), runs(500))
  }, patience)

  it.each(Object.entries(unequalBugs))("would be noticed to be treated otherwise: %s", (_, plant) => {
    assert.isTrue(fc.check(equalTreatment(plant, true), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

describe("the timer of a booking", () => {
  it(tickingMakesNoDifference.says, () => {
    fc.assert(ticked(right), runs(500))
  }, patience)

  it("is noticed when it is sometimes overslept", () => {
    assert.isTrue(fc.check(ticked(oversleeping), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

/** Nothing that names something in a booking can be put where a chat or its counsellor is named, or the other way round; else this would not compile. */
type Apart<A, B> = [A] extends [B] ? false : [B] extends [A] ? false : true
type Names = HandOverKey | SealedPayload | DraftId | ReaderRef
const apart: readonly [Apart<Names, SessionRef>, Apart<Names, StaffId>] = [true, true]

/** Chats of the same hour, accepted by three counsellors. */
const chats: fc.Arbitrary<ReadonlyArray<SessionEvent>> = fc.array(
  fc.constantFrom("a", "b", "c").map((counsellor): SessionEvent => ({ _tag: "Accepted", at: Instant.make(beginning), counsellor: StaffId.make(counsellor.repeat(32)) }))
)

const sideBySide = (change: (commands: ReadonlyArray<BookingCommand>) => ReadonlyArray<BookingCommand>) =>
  fc.property(policies, lives, chats, (policy, life, talks) => {
    const { steps } = historyOf(bookingMachine(policy), policy, change(told(life)))
    assert.deepStrictEqual(noSharedIdentifier.broken({ bookings: steps.flatMap(({ after, events }) => [after, ...events]), chats: talks }), [])
  })

describe("a booking and a chat", () => {
  it(noSharedIdentifier.says, () => {
    assert.deepStrictEqual(apart, [true, true])
    fc.assert(sideBySide((commands) => commands), runs(500))
  }, patience)

  it("would be noticed to share the name of a counsellor who reads a booking", () => {
    const asInChats = Reader.make("a".repeat(32))
    const naming = (commands: ReadonlyArray<BookingCommand>) => commands.map((command) => (command._tag === "Read" ? { ...command, reader: asInChats } : command))
    assert.isTrue(fc.check(sideBySide(naming), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
    assert.isFalse(readers.includes(asInChats))
  }, patience)

  it("are each begun without the other", () => {
    const chosen = historyOf(bookingMachine(reference), reference, told([{ gap: 0, wish: { _tag: "Choose", route: "form" } }]))
    assert.deepStrictEqual(chosen.steps.map(({ after, refusal }) => ({ after, refusal })), [{ after: { _tag: "Form", answers: [], shown: null }, refusal: undefined }])
    for (const { fields } of Object.values(SessionCommand.cases)) assert.isFalse(Object.keys(fields).some((field) => field.toLowerCase().includes("booking")))
  })
})
