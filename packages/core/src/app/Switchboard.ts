/**
 * The live sessions of this server, and the only loop that loads, decides and saves them.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import { isOpen } from "../hours/openingHours.ts"
import { type ServiceName, SessionRef, type StaffId } from "../kernel/identity.ts"
import { earlier, type Instant } from "../kernel/instant.ts"
import { catchUp, type Machine, step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import type { Policy } from "../policy/policy.ts"
import { Bus } from "../ports/Bus.ts"
import { ContentStore } from "../ports/ContentStore.ts"
import type { Conflict, StoreUnavailable } from "../ports/errors.ts"
import { Policies } from "../ports/Policies.ts"
import { Randomness } from "../ports/Randomness.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { standingFor } from "../session/assignment.ts"
import { queueOrder, sessionMachine } from "../session/machine.ts"
import { isStored, type SessionCommand, type SessionEvent, type SessionState, stored, type Waiting } from "../session/messages.ts"
import { notAfter } from "../session/notAfter.ts"
import { isReserved } from "../session/phone.ts"
import { Refused, UnknownService, UnknownSession } from "./errors.ts"
import { settleEnded } from "./settle.ts"
import { strayChats } from "./strayChats.ts"

/** A command as its giver knows it: the switchboard adds `at`, and what it knows of the counsellor who would get the chat or the call. */
export type Ask = { [Tag in SessionCommand["_tag"]]: Omit<Extract<SessionCommand, { readonly _tag: Tag }>, "at" | "holding" | "standing" | "reserved"> }[Exclude<
  SessionCommand["_tag"],
  "Open" | "Expire" | "Activity"
>]

/** A session that waits, as the queue shows it. */
export interface Queued {
  readonly ref: SessionRef
  readonly state: Waiting
}

type SessionMachine = Machine<SessionState, SessionCommand, SessionEvent>

interface Line {
  readonly ref: SessionRef
  readonly policy: Policy
  readonly machine: SessionMachine
  readonly turn: Semaphore.Semaphore
  state: SessionState
  version: number
  /** When somebody last wrote, to the second; folded into the state before anything is decided. */
  wroteAt: Instant
}

/** A command made at its instant, with what is known then. */
type Give = (at: Instant, line: Line) => SessionCommand
type Failure = Refused | UnknownSession | StoreUnavailable

export class Switchboard extends Context.Service<
  Switchboard,
  {
    /** Opens a session under a fresh reference and puts it in the queue. Refused when the service is closed or the server is about to stop. */
    readonly open: (ask: {
      readonly service: ServiceName
      readonly noticeVersion: string
      readonly front: boolean
    }) => Effect.Effect<{ readonly ref: SessionRef; readonly state: SessionState }, Refused | UnknownService | StoreUnavailable>
    /** Runs every timer that is due, then the command, saves what must be kept, and tells the bus. */
    readonly command: (ref: SessionRef, ask: Ask) => Effect.Effect<SessionState, Failure>
    /** How a live session stands, due timers included. */
    readonly state: (ref: SessionRef) => Effect.Effect<SessionState, Failure>
    /** Who waits for a service, in the order in which they should be accepted. */
    readonly queue: (service: ServiceName) => ReadonlyArray<Queued>
    /** The sessions that a counsellor holds. */
    readonly holding: (staff: StaffId) => ReadonlyArray<SessionRef>
    /** How many sessions are live. */
    readonly size: () => number
    /** Somebody wrote in this session: moves the idle limit, allocates nothing. */
    readonly wrote: (ref: SessionRef) => void
    /** Runs the due timers of every live session. Pauses while the clock is in doubt. */
    readonly tick: Effect.Effect<void>
    /** Whether a service admits new chats at this moment. */
    readonly admits: (service: ServiceName) => Effect.Effect<boolean>
    /** From now on nobody new is let in; live chats go on. */
    readonly drain: Effect.Effect<void>
    /** Ends every live session because the server stops. */
    readonly stopAll: Effect.Effect<void, StoreUnavailable>
  }
>()("@fortrolig/core/app/Switchboard") {
  static readonly layer = Layer.effect(
    Switchboard,
    Effect.gen(function*() {
      const clock = yield* TrustedClock
      const policies = yield* Policies
      const sessions = yield* SessionStore
      const contents = yield* ContentStore
      const bus = yield* Bus
      const randomness = yield* Randomness

      const machines = new Map(policies.all.map((policy) => [policy.service, { policy, machine: sessionMachine(policy) }]))
      const lines = new Map<SessionRef, Line>()
      /** One acceptance at a time, so that a counsellor racing with herself never exceeds the capacity. */
      const accepting = yield* Semaphore.make(1)
      const strays = strayChats(sessions, contents)
      let draining = false
      let nowish = (yield* clock.read).now

      const held = (staff: StaffId) =>
        [...lines.values()].filter((line) => line.state._tag === "Active" && line.state.counsellor === staff).map((line) => line.ref)

      const reserved = (staff: StaffId, at: Instant) => isReserved([...lines.values()].map(({ state }) => state), staff, at)

      /** What is known of a counsellor who would get a chat. Whoever handed out the invitation has vouched for the standing (DFH-29, IF-12). */
      const candidate = (staff: StaffId, at: Instant, { policy }: Line) => ({ holding: held(staff).length, standing: standingFor(policy), reserved: reserved(staff, at) })

      const lineOf = Effect.fnUntraced(function*(ref: SessionRef, before: Line | undefined) {
        const known = lines.get(ref)
        if (known !== undefined) return known
        const found = yield* sessions.load(ref)
        if (Option.isNone(found)) {
          // It was there a moment ago: an end that failed half way took its key, and left what nobody can read.
          if (before !== undefined) strays.add(ref, before.policy, nowish)
          return yield* new UnknownSession()
        }
        const served = machines.get(found.value.state.service)
        if (served === undefined) return yield* new UnknownSession()
        // Two callers may have loaded at once: the first line stays, so that both take turns on it.
        const raced = lines.get(ref)
        if (raced !== undefined) return raced
        const { state, version } = found.value
        const line: Line = { ref, ...served, turn: Semaphore.makeUnsafe(1), state, version, wroteAt: 0 as Instant }
        lines.set(ref, line)
        return line
      })

      /** Saves, settles the end and tells the bus: whole or, when the store fails, not at all. */
      const apply = Effect.fnUntraced(function*(line: Line, state: SessionState, events: ReadonlyArray<SessionEvent>) {
        if (events.length === 0) return
        if (state._tag === "Ended") {
          yield* settleEnded(sessions, contents, line.policy, line.ref, state.endedAt)
          lines.delete(line.ref)
        } else if (state._tag !== "Unopened" && events.some(isStored)) {
          yield* sessions.save({ ref: line.ref, version: line.version, state: stored(state) })
          line.version += 1
        }
        line.state = state
        yield* bus.publish({ ref: line.ref, service: line.policy.service, state, events })
      }, Effect.uninterruptible)

      /** A clock that was wrong may have been put back: nothing in a line has happened later than now. */
      const broughtDown = (line: Line, now: Instant): SessionState => {
        line.wroteAt = earlier(line.wroteAt, now)
        return (line.state = notAfter(line.policy, line.state, now))
      }

      /** Folds activity and due timers into a line, then runs the command if there is one. */
      const run = Effect.fnUntraced(function*(line: Line, command: Give | undefined) {
        const { now } = yield* clock.read
        nowish = now
        let state = broughtDown(line, now)
        let events: ReadonlyArray<SessionEvent> = []
        if (state._tag === "Active" && line.wroteAt > state.lastActivity) {
          const active = step(line.machine, state, { _tag: "Activity", at: line.wroteAt })
          state = active.state
          events = active.events
        }
        if (command === undefined) {
          const caught = catchUp(line.machine, state, now)
          return yield* apply(line, caught.state, [...events, ...caught.events])
        }
        const decided = step(line.machine, state, command(now, line))
        yield* apply(line, decided.state, [...events, ...decided.events])
        if (decided.refusal !== undefined) return yield* Refused.of(decided.refusal)
      })

      /** Takes the session's turn; a lost race with another server loads the session anew and decides again. */
      const turn = (ref: SessionRef, command: Give | undefined): Effect.Effect<SessionState, Failure> => {
        let before: Line | undefined
        const once: Effect.Effect<SessionState, Failure | Conflict> = Effect.gen(function*() {
          const line = yield* lineOf(ref, before)
          return yield* line.turn.withPermit(
            Effect.gen(function*() {
              if (lines.get(ref) !== line) return yield* new UnknownSession()
              yield* run(line, command)
              return line.state
            })
          )
        })
        const again = once.pipe(Effect.tapErrorTag("Conflict", () =>
          Effect.sync(() => {
            before = lines.get(ref)
            lines.delete(ref)
          })))
        return again.pipe(
          Effect.retry({ times: 3, while: (error) => error._tag === "Conflict" }),
          Effect.catchTag("Conflict", () => Effect.fail(new UnknownSession()))
        )
      }

      const admits = Effect.fnUntraced(function*(service: ServiceName) {
        const policy = policies.of(service)
        if (policy === undefined || draining) return false
        const { now } = yield* clock.read
        return policies.demonstration || isOpen(policy.openingHours, now)
      })

      return Switchboard.of({
        open: Effect.fnUntraced(function*({ service, noticeVersion, front }) {
          const served = machines.get(service)
          if (served === undefined) return yield* new UnknownService()
          if (draining) return yield* new Refused({ rule: stopping, says: "The service is about to restart. Please try again in a few minutes." })
          const ref = SessionRef.make(yield* randomness.id)
          const serviceOpen = yield* admits(service)
          const { now } = yield* clock.read
          const line: Line = { ref, ...served, turn: Semaphore.makeUnsafe(1), state: served.machine.initial, version: 0, wroteAt: 0 as Instant }
          const opened = step(line.machine, line.state, { _tag: "Open", at: now, service, noticeVersion, serviceOpen, front })
          if (opened.refusal !== undefined) return yield* Refused.of(opened.refusal)
          lines.set(ref, line)
          yield* line.turn.withPermit(apply(line, opened.state, opened.events)).pipe(
            // A fresh random reference cannot be taken; if the store says so, the store is not to be trusted.
            Effect.catchTag("Conflict", (error) => Effect.die(error)),
            Effect.tapCause(() => {
              lines.delete(ref)
              strays.add(ref, line.policy, now)
              return strays.end
            })
          )
          return { ref, state: line.state }
        }),
        command: (ref, ask) => {
          switch (ask._tag) {
            case "Accept":
              return accepting.withPermit(turn(ref, (at, line) => ({ ...ask, at, ...candidate(ask.counsellor, at, line) })))
            case "OfferTransfer":
            case "AnswerTransfer":
              return accepting.withPermit(turn(ref, (at, line) => ({ ...ask, at, ...candidate(ask.to, at, line) })))
            case "RequestPhone":
              return accepting.withPermit(turn(ref, (at, line) => ({ ...ask, at, reserved: line.state._tag === "Active" && reserved(line.state.counsellor, at) })))
            case "Return":
            case "WithdrawTransfer":
            case "TakeCall":
            case "Choose":
            case "Close":
            case "Concern":
            case "Away":
            case "Back":
            case "Redact":
            case "End":
            case "Leave":
            case "Stop":
              return turn(ref, (at) => ({ ...ask, at }))
          }
        },
        state: (ref) => turn(ref, undefined),
        queue: (service) => {
          const waiting: Array<Queued> = []
          for (const { ref, state } of lines.values()) {
            if (state._tag === "Waiting" && state.service === service) waiting.push({ ref, state })
          }
          return queueOrder(waiting)
        },
        holding: held,
        size: () => lines.size,
        wrote: (ref) => {
          const line = lines.get(ref)
          if (line !== undefined) line.wroteAt = nowish
        },
        tick: Effect.gen(function*() {
          const { now, suspect } = yield* clock.read
          nowish = now
          if (suspect) return
          for (const line of [...lines.values()]) {
            const due = line.machine.due(broughtDown(line, now))
            // What was written since is folded in first, and may show that nothing is due after all.
            if (due !== undefined && due.at <= now) {
              // A failing store is tried again at the next tick; the deadline itself does not move.
              yield* turn(line.ref, undefined).pipe(Effect.ignore)
            }
          }
          yield* strays.end
        }),
        admits,
        drain: Effect.sync(() => {
          draining = true
        }),
        stopAll: Effect.gen(function*() {
          draining = true
          for (const ref of [...lines.keys()]) {
            yield* turn(ref, (at) => ({ _tag: "Stop", at })).pipe(Effect.catchTags({ Refused: () => Effect.void, UnknownSession: () => Effect.void }))
          }
        })
      })
    })
  )
}

const stopping = RuleId.make("E-14")
