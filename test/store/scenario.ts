/**
 * A day of two services, step by step, through the product's own workflows: every way in which something is stored, moved and destroyed, until every deadline is over.
 * What a caller of the product does when a store fails, a step does too: it tries again.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { Stores } from "@fortrolig/adapters/stores"
import { orderHold, releaseHold } from "@fortrolig/core/app/hold"
import { recover } from "@fortrolig/core/app/recover"
import { sweep } from "@fortrolig/core/app/sweep"
import { invite, redeem, signOut, whoIs } from "@fortrolig/core/app/staff"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { type Granted, ReceiptHash } from "@fortrolig/core/consent/messages"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { type SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { after, hours, type Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore, KeepPermit, type Kept } from "@fortrolig/core/ports/ContentStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { CaseRef } from "@fortrolig/core/retention/messages"
import { asking, type Ground, type Hands, keeping } from "./ground.ts"

/** What a step needs. */
export type World = Stores | Ground

/** A chat as its visitor knows it. */
interface Chat {
  readonly ref: SessionRef
  readonly openedAt: Instant
  readonly policy: Policy
}

/** What is in the memory of the server, and of the people. */
export interface Life {
  readonly hands: Hands
  /** Told at the beginning of every try. */
  readonly trying: () => void
  switchboard: Switchboard["Service"]
  readonly chats: Map<string, Chat>
}

/** One step, and how many minutes after the start it is taken. */
export interface Step {
  readonly name: string
  readonly minute: number
  /** A round of forgetting, which asks for the same things at every try. */
  readonly sweeps: boolean
  readonly run: (life: Life) => Effect.Effect<unknown, unknown, World | Scope.Scope>
}

const ada = StaffId.make("a".repeat(32))
const bo = StaffId.make("b".repeat(32))
const times = 6

/** Tries again, as the product's callers do. */
const insist = <A, E, R>({ trying }: Pick<Life, "trying">, work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.retry(Effect.suspend(() => {
    trying()
    return work
  }), { times })

/** A server that begins to serve: nobody's connections are left. */
const serve = Effect.map(Layer.build(Layer.fresh(Switchboard.layer)), (built) => Context.get(built, Switchboard))

/** A life that begins now. */
export const begin = (hands: Hands, trying: () => void = () => undefined) => Effect.map(serve, (switchboard): Life => ({ hands, trying, switchboard, chats: new Map() }))

const chatOf = ({ chats }: Life, name: string): Chat => {
  const chat = chats.get(name)
  if (chat === undefined) throw new Error(`nobody has opened ${name}`)
  return chat
}

/** As the edge does it: opened and registered, both or neither; the visitor presses again. */
const open = (life: Life, name: string, policy: Policy) =>
  insist(
    life,
    Effect.gen(function*() {
      const { switchboard } = life
      const { ref, state } = yield* switchboard.open({ service: policy.service, noticeVersion: "v1", front: false })
      const openedAt = state._tag === "Waiting" ? state.openedAt : yield* Effect.die("a chat that is opened waits")
      const deleteAt = accessTraceDeleteAt(policy, openedAt)
      yield* (yield* AccessRegister).register({ sessionRef: ref, service: policy.service, ip: ipAddress("127.8.3.7"), openedAt, deleteAt }).pipe(
        Effect.tapCause(() => Effect.ignore(switchboard.command(ref, { _tag: "Stop" })))
      )
      life.chats.set(name, { ref, openedAt, policy })
    })
  )

const command = (life: Life, name: string, ask: Parameters<Life["switchboard"]["command"]>[1]) =>
  Effect.suspend(() => insist(life, Effect.asVoid(life.switchboard.command(chatOf(life, name).ref, ask))))

/** A counsellor who does not hear whether a chat is hers, or still is, sees it among hers or not. */
const hers = (life: Life, name: string, ask: Extract<Parameters<Life["switchboard"]["command"]>[1], { readonly _tag: "Accept" | "Return" }>) =>
  command(life, name, ask).pipe(
    Effect.catch((error) =>
      life.switchboard.holding(ask.counsellor).includes(chatOf(life, name).ref) === (ask._tag === "Accept") ? Effect.void : Effect.fail(error))
  )
const accept = (life: Life, name: string, counsellor: StaffId) => hers(life, name, { _tag: "Accept", counsellor })

/** Offered, and agreed to. One who does not hear that a chat is hers now sees it among hers. */
const handOver = (life: Life, name: string, from: StaffId, to: StaffId) =>
  command(life, name, { _tag: "OfferTransfer", counsellor: from, to }).pipe(
    Effect.andThen(command(life, name, { _tag: "AnswerTransfer", to, yes: true })),
    Effect.catch((error) => (life.switchboard.holding(to).includes(chatOf(life, name).ref) ? Effect.void : Effect.fail(error)))
  )

const permit = KeepPermit.of(keeping)
const write = (life: Life, name: string, pieces: ReadonlyArray<Pick<Kept, "by" | "n">>) =>
  insist(
    life,
    Effect.gen(function*() {
      const { ref } = chatOf(life, name)
      life.switchboard.wrote(ref)
      const batch = pieces.map((piece) => ({ ...piece, at: life.hands.now, bytes: Buffer.from("synthetic ciphertext") }))
      if (permit !== undefined) yield* (yield* ContentStore).keep(permit, ref, batch)
    })
  )

const redact = (life: Life, name: string, items: Parameters<ContentStore["Service"]["redact"]>[2]) =>
  insist(
    life,
    Effect.gen(function*() {
      const { ref } = chatOf(life, name)
      if (permit !== undefined) yield* (yield* ContentStore).redact(permit, ref, items)
      yield* life.switchboard.command(ref, { _tag: "Redact", by: "visitor" })
    })
  )

/** The visitor says yes, and the counsellor writes the note under it. */
const yesAndNote = (life: Life, name: string, receipt: ReceiptHash) =>
  insist(
    life,
    Effect.gen(function*() {
      const { openedAt, policy, ref } = chatOf(life, name)
      const consents = yield* ConsentStore
      const deleteAt = accessTraceDeleteAt(policy, openedAt)
      const purposes = ["quality", "research"] as const
      const state: Granted = { _tag: "Granted", deleteAt, timesAsked: 1, notice: { version: "v1", language: "nb" }, purposes, receiptHash: receipt, grantedAt: openedAt }
      const stored = Option.getOrUndefined(yield* consents.load(ref, "triage", life.hands.now))
      if (stored === undefined) yield* consents.save({ ref, subject: "triage", service: policy.service, version: 0, state })
      const fields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" } as const
      const note = { _tag: "Linked", session: ref, receiptHash: receipt, writtenAt: openedAt, deleteAt, purposes, fields } as const
      yield* (yield* TriageStore).write({ note, service: policy.service, grain: "month" }, 1)
    })
  )

const withdraw = (life: Life, receipt: ReceiptHash) =>
  insist(
    life,
    Effect.gen(function*() {
      const consents = yield* ConsentStore
      for (const found of yield* consents.findByReceipt(receipt, life.hands.now)) {
        yield* consents.save({ ...found, state: { _tag: "Withdrawn", deleteAt: found.state.deleteAt } })
      }
    })
  )

const order = (life: Life) => ({ authority: "police", caseRef: CaseRef.make("1"), until: after(life.hands.start, hours(20)) }) as const
const named = (life: Life, name: string) => {
  const { openedAt, policy, ref } = chatOf(life, name)
  return { sessionRef: ref, deleteAt: accessTraceDeleteAt(policy, openedAt) }
}
const hold = (life: Life, name: string) => Effect.suspend(() => insist(life, Effect.asVoid(orderHold(named(life, name), order(life)))))
const release = (life: Life, name: string) => Effect.suspend(() => insist(life, Effect.asVoid(releaseHold(named(life, name), order(life)))))
/** The ticker runs every second: it runs again. */
const tick = ({ switchboard }: Life) => Effect.andThen(switchboard.tick, switchboard.tick)

const receipts = { kept: ReceiptHash.make("1".repeat(64)), back: ReceiptHash.make("2".repeat(64)) }

const step = (name: string, minute: number, run: Step["run"]): Step => ({ name, minute, run, sweeps: false })
const sweepStep = (name: string, minute: number): Step => ({ name, minute, sweeps: true, run: (life) => insist(life, sweep) })

/** The steps, in order. Traces, notes and text live two hours, ended sessions a day. */
export const steps: ReadonlyArray<Step> = [
  sweepStep("a sweep before anybody is served", 0),
  step("staff sign in", 1, (life) => insist(life, Effect.flatMap(Effect.flatMap(invite(keeping.service), redeem), ({ token }) => whoIs(token)))),
  step("staff sign out", 1, (life) => insist(life, Effect.flatMap(Effect.flatMap(invite(keeping.service), redeem), ({ token }) => signOut(token)))),
  step("an invitation is never used", 1, (life) => insist(life, invite(asking.service))),
  step("a chat that keeps its text is opened", 2, (life) => open(life, "text", keeping)),
  step("it is accepted", 3, (life) => accept(life, "text", ada)),
  step("both write", 4, (life) => write(life, "text", [{ by: "visitor", n: 1 }, { by: "counsellor", n: 1 }])),
  step("the visitor writes again", 4, (life) => write(life, "text", [{ by: "visitor", n: 2 }])),
  step("the visitor redacts", 5, (life) => redact(life, "text", [{ by: "visitor", n: 1 }])),
  step("it ends", 6, (life) => command(life, "text", { _tag: "End", by: "visitor" })),
  step("a chat with a yes is opened", 7, (life) => open(life, "yes", asking)),
  step("it is accepted by another", 7, (life) => accept(life, "yes", bo)),
  step("its note is written", 8, (life) => yesAndNote(life, "yes", receipts.kept)),
  step("it is returned", 9, (life) => hers(life, "yes", { _tag: "Return", counsellor: bo })),
  step("it is accepted again", 9, (life) => accept(life, "yes", ada)),
  step("it is handed over", 9, (life) => handOver(life, "yes", ada, bo)),
  step("its visitor leaves", 9, (life) => command(life, "yes", { _tag: "Leave" })),
  step("a chat is opened whose yes is taken back", 10, (life) => Effect.andThen(open(life, "back", asking), accept(life, "back", bo))),
  step("a note is written under that yes", 10, (life) => yesAndNote(life, "back", receipts.back)),
  step("the yes is taken back", 10, (life) => withdraw(life, receipts.back)),
  step("a chat that nobody accepts", 11, (life) => open(life, "alone", keeping)),
  step("a trace is held", 12, (life) => hold(life, "text")),
  step("another trace is held", 12, (life) => hold(life, "yes")),
  step("a third trace is held", 12, (life) => hold(life, "back")),
  step("the third is given back", 13, (life) => release(life, "back")),
  step("silence ends a chat", 45, tick),
  step("waiting ends a chat", 75, tick),
  sweepStep("a sweep past the deadlines of traces and notes", 125),
  step("an order is taken back past the deadline", 126, (life) => release(life, "yes")),
  step("a chat that the server's stop will cut off", 127, (life) => Effect.andThen(open(life, "cut", keeping), accept(life, "cut", ada))),
  step("somebody writes in it", 127, (life) => write(life, "cut", [{ by: "visitor", n: 1 }])),
  sweepStep("the server starts again, and sweeps", 130),
  step("and recovers", 130, (life) => insist(life, recover(life.hands.now))),
  step("and serves", 130, (life) => Effect.map(serve, (switchboard) => void (life.switchboard = switchboard))),
  sweepStep("a sweep past every deadline", 1800)
]
