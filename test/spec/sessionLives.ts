/**
 * Random lives of a session: limits that collide, commands by everyone, lost and found connections, and a clock that stands still, leaps or goes back.
 */
import { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { catchUp, type Machine, step } from "@fortrolig/core/kernel/machine"
import type { SessionHistory } from "@fortrolig/core/session/history"
import type { SessionTerms } from "@fortrolig/core/session/machine"
import { type Choice, CodeHash, type Limit, type Party, type SessionCommand, type SessionEvent, type SessionState, type Standing } from "@fortrolig/core/session/messages"
import * as fc from "fast-check"
import { type NaiveLimits, NaiveSession } from "./session.ts"

export type SessionPolicy = SessionTerms
export type SessionMachine = Machine<SessionState, SessionCommand, SessionEvent>

/** A command without its instant, and how long after the one before it comes. */
export type Wish = { [Tag in SessionCommand["_tag"]]: Omit<Extract<SessionCommand, { readonly _tag: Tag }>, "at"> }[SessionCommand["_tag"]]
export interface Deed {
  readonly gap: number
  readonly wish: Wish
  /** How far the wish is about the people, the offer and the call that the chat has just then: not at all (0), the counsellor only (1), or everything. */
  readonly aimed: number
  /** Tried whether or not it makes sense in the state. */
  readonly stubborn: boolean
}

/** Where every random life begins. */
export const beginning = Date.UTC(2026, 2, 27, 11)

const few = [1, 2, 3]
/** Limits from a small set of numbers, so that two of them often fall due at the same instant. */
export const policies: fc.Arbitrary<SessionPolicy> = fc
  .record({
    idleMinutes: fc.constantFrom(...few, 30, 30),
    graceSeconds: fc.constantFrom(30, 60, 120),
    counsellorGraceSeconds: fc.constantFrom(30, 60, 120),
    queueMinutes: fc.constantFrom(...few, 30),
    lengthMinutes: fc.constantFrom(2, 3, 5, 60, 60),
    closingMinutes: fc.constantFrom(...few),
    capacity: fc.constantFrom(1, 2, 3),
    answeredBy: fc.constantFrom("healthProfessionals" as const, "healthProfessionals" as const, "healthProfessionals" as const, "declaredHosts" as const),
    phone: fc.option(fc.record({ number: fc.constant("synthetic"), reservedMinutes: fc.constantFrom(...few, 10, 10), codeDigits: fc.constant(6) }), { freq: 5 })
  })
  .map(({ capacity, answeredBy, phone, ...limits }) => ({ capacity, answeredBy, phone, limits: { ...limits, messageBytes: 1024, messagesPerMinute: 60 } }))

/** The same limits for the naive session. */
export const naively = ({ limits, capacity, answeredBy, phone }: SessionPolicy): NaiveLimits => ({
  queue: limits.queueMinutes * 60_000,
  visitorGrace: limits.graceSeconds * 1000,
  counsellorGrace: limits.counsellorGraceSeconds * 1000,
  idle: limits.idleMinutes * 60_000,
  length: limits.lengthMinutes * 60_000,
  closing: limits.closingMinutes * 60_000,
  call: phone === null ? -1 : phone.reservedMinutes * 60_000,
  capacity,
  answers: answeredBy === "declaredHosts" ? "declaredHost" : "healthProfessional",
  answersRule: answeredBy === "declaredHosts" ? "IF-12" : "DFH-29"
})

const [ada, ben, cleo] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32)), StaffId.make("c".repeat(32))] as const
/** Few people, of whom one is met most often, so that two commands are often about the same. */
const staff = fc.constantFrom(ada, ada, ada, ben, ben, cleo)
const other = fc.constantFrom(ben, ben, ben, ada, ada, cleo)
const party = fc.constantFrom<Party>("visitor", "counsellor")
const service = ServiceName.make("ifengsel")
const limit = fc.constantFrom<Limit>("queue", "visitorGrace", "counsellorGrace", "idle", "length", "closing", "call", "transfer")
const codeHash = fc.constantFrom(CodeHash.make("1".repeat(64)), CodeHash.make("2".repeat(64)))
const keepChat = fc.boolean()
/** Facts about a counsellor: mostly one who may have the chat. */
const candidate = {
  holding: fc.constantFrom(0, 0, 0, 1, 2, 3),
  standing: fc.constantFrom<Standing>("healthProfessional", "healthProfessional", "healthProfessional", "healthProfessional", "declaredHost", "none"),
  reserved: fc.integer({ min: 0, max: 7 }).map((n) => n === 0)
}

const wishes: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Open" as const), service: fc.constant(service), noticeVersion: fc.constantFrom("1", "2"), serviceOpen: fc.integer({ min: 0, max: 3 }).map((n) => n > 0), front: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("Accept" as const), counsellor: staff, ...candidate }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("OfferTransfer" as const), counsellor: staff, to: other, ...candidate }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("AnswerTransfer" as const), to: other, yes: fc.integer({ min: 0, max: 2 }).map((n) => n > 0), ...candidate }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("WithdrawTransfer" as const), counsellor: staff }) },
  { weight: 5, arbitrary: fc.record({ _tag: fc.constant("RequestPhone" as const), codeHash, keepChat, reserved: candidate.reserved }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("TakeCall" as const), counsellor: staff, codeHash, keepChat }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant("Choose" as const), choice: fc.constantFrom<Choice>("wait", "wait", "other", "stop") }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Close" as const), closesAt: fc.integer({ min: -1, max: 6 }).map((n) => (beginning + n * 60_000) as Instant) }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant("Concern" as const), open: fc.boolean() }) },
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
  { weight: 24, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 7, arbitrary: fc.tuple(fc.constantFrom(30_000, 60_000, 120_000, 180_000), fc.constantFrom(-1, 0, 0, 1)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * 3_600_000 }) }
)

/** One deed; with `back`, now and then the clock has been set back. */
export const deeds = (back: boolean): fc.Arbitrary<Deed> =>
  fc.record({
    gap: back ? fc.oneof({ weight: 9, arbitrary: gaps }, { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) }) : gaps,
    wish: wishes,
    aimed: fc.constantFrom(0, 0, 1, 2, 2, 2),
    stubborn: fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
  })

export const at = (instant: number, wish: Wish): SessionCommand => ({ ...wish, at: instant as Instant })

/** The wish as it is meant in what the naive session has just then. */
export const aim = (naive: NaiveSession, { wish, aimed }: Deed): Wish => {
  if (aimed === 0 || !naive.active) return wish._tag === "Accept" && aimed > 0 ? { ...wish, standing: naive.limits.answers } : wish
  const counsellor = naive.held as StaffId
  switch (wish._tag) {
    case "Accept":
    case "Open": {
      // Nobody can start or accept what somebody has: such a wish becomes the answer to whatever is asked just then, or has something asked.
      if (aimed < 2) return wish
      if (naive.asked !== "no" && naive.code !== "") return { _tag: "Choose", choice: "wait" }
      const facts = wish._tag === "Accept" ? { holding: wish.holding, reserved: wish.reserved } : { holding: 0, reserved: false }
      if (naive.offered !== "") return { _tag: "AnswerTransfer", to: naive.offered as StaffId, yes: true, ...facts, standing: naive.limits.answers }
      return { _tag: "OfferTransfer", counsellor, to: counsellor === ada ? ben : ada, ...facts, standing: naive.limits.answers }
    }
    case "Concern":
      return aimed > 1 ? { ...wish, open: !naive.concern } : wish
    case "Choose":
      return aimed > 1 ? { ...wish, choice: "wait" } : wish
    case "Back":
      return aimed > 1 && naive.asked !== "no" ? { ...wish, party: "visitor" } : wish
    case "Away":
      return aimed > 1 && (naive.code !== "" || naive.offered !== "") ? { ...wish, party: "counsellor" } : wish
    case "WithdrawTransfer":
      return aimed > 1 ? { ...wish, counsellor } : wish
    case "Return":
      return { ...wish, counsellor }
    case "OfferTransfer":
      return { ...wish, counsellor, standing: aimed > 1 ? naive.limits.answers : wish.standing }
    case "AnswerTransfer":
      return { ...wish, to: aimed > 1 && naive.offered !== "" ? (naive.offered as StaffId) : wish.to, standing: naive.limits.answers }
    case "TakeCall":
      return { ...wish, counsellor, codeHash: aimed > 1 && naive.code !== "" ? (naive.code as CodeHash) : wish.codeHash }
    case "RequestPhone":
    case "Close":
    case "Activity":
    case "Redact":
    case "End":
    case "Leave":
    case "Stop":
    case "Expire":
      return wish
  }
}

/** A policy, and the commands of a life in which time never goes back: opened at once, mostly accepted at once, sometimes told of the evening, and looked at once more long after everything. */
export const lives = fc
  .tuple(policies, fc.array(deeds(false), { maxLength: 40, size: "max" }), fc.boolean(), fc.option(staff, { freq: 4 }), fc.option(fc.integer({ min: 0, max: 6 }), { freq: 1 }), fc.integer({ min: 0, max: 2 }))
  .map(([policy, rest, front, first, closing, late]): { readonly policy: SessionPolicy; readonly commands: ReadonlyArray<SessionCommand> } => {
    let now = beginning
    const naive = new NaiveSession(naively(policy))
    const opened = at(now, { _tag: "Open", service, noticeVersion: "1", serviceOpen: true, front })
    naive.run(opened)
    const begun = first === null ? [] : [at(now, { _tag: "Accept", counsellor: first, holding: 0, standing: naive.limits.answers, reserved: false })]
    const told = closing === null ? [] : [at(now, { _tag: "Close", closesAt: (now + closing * 60_000) as Instant })]
    for (const command of [...told, ...begun]) naive.run(command)
    const lived = rest.map((deed) => {
      now += deed.gap
      const command = at(now, aim(naive, deed))
      naive.run(command)
      return command
    })
    return { policy, commands: [opened, ...told, ...begun, ...lived, at(now + 24 * 3_600_000 * late + 1, { _tag: "Back", party: "visitor" })] }
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
