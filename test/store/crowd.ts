/**
 * A database with several hundred rows that are due, of every kind, and copies of it.
 */
import { randomBytes } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { Stores } from "@fortrolig/adapters/stores"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { after, type Instant, minutes } from "@fortrolig/core/kernel/instant"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore, KeepPermit } from "@fortrolig/core/ports/ContentStore"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { CaseRef } from "@fortrolig/core/retention/messages"
import { addressOf, asSuperuser } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { asking, keeping } from "./ground.ts"

/** How many of each kind there are. Notes are severed in two batches. */
export const crowd = { notes: 220, chats: 90, traces: 60, held: 10, invitations: 20 } as const
/** From this minute on all of it is due. */
export const allDue = 260

const newRef = () => SessionRef.make(randomBytes(16).toString("hex"))
const purposes = ["quality"] as const
const fields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" } as const

/** Fills the stores with rows whose deadlines lie in the four hours after `start`. */
export const fill = (stores: Context.Context<Stores>, start: Instant): Effect.Effect<void, unknown> =>
  Effect.gen(function*() {
    const dueAt = (n: number) => after(start, minutes(5 * (1 + (n % 48))))
    const each = (many: number, work: (n: number) => Effect.Effect<unknown, unknown>) =>
      Effect.forEach(Array.from({ length: many }, (_, n) => n), work, { concurrency: 6, discard: true })
    const consents = Context.get(stores, ConsentStore)
    const sessions = Context.get(stores, SessionStore)
    const contents = Context.get(stores, ContentStore)
    const register = Context.get(stores, AccessRegister)
    const held = Context.get(stores, HeldTraces)
    const permit = KeepPermit.of(keeping)
    if (permit === undefined) return yield* Effect.die("the policy keeps text")

    yield* each(crowd.notes, (n) =>
      Effect.gen(function*() {
        const [ref, deleteAt, receiptHash, service] = [newRef(), dueAt(n), ReceiptHash.make(randomBytes(32).toString("hex")), asking.service]
        const notice = { version: "v1", language: "nb" } as const
        yield* consents.save({ ref, subject: "triage", service, version: 0, state: { _tag: "Granted", deleteAt, timesAsked: 1, notice, purposes, receiptHash, grantedAt: start } })
        const note = { _tag: "Linked", session: ref, receiptHash, writtenAt: start, deleteAt, purposes, fields } as const
        yield* Context.get(stores, TriageStore).write({ note, service, grain: "month" }, 1)
      }))
    yield* each(crowd.chats, (n) =>
      Effect.gen(function*() {
        const [ref, service] = [newRef(), keeping.service]
        yield* sessions.save({ ref, version: 0, state: { _tag: "Waiting", service, openedAt: start, noticeVersion: "v1", queuedAt: start, front: false, visitorAway: null } })
        yield* contents.keep(permit, ref, [{ by: "visitor", n: 1, at: start, bytes: randomBytes(40) }])
        yield* contents.settle(permit, ref, dueAt(n))
        yield* sessions.end(ref, service, dueAt(n))
      }))
    yield* each(crowd.traces, (n) =>
      Effect.gen(function*() {
        const [sessionRef, deleteAt] = [newRef(), dueAt(n)]
        yield* register.register({ sessionRef, service: asking.service, ip: ipAddress("127.8.3.7"), openedAt: start, deleteAt })
        if (n >= crowd.held) return
        const trace = Option.getOrThrow(yield* held.find(sessionRef, deleteAt))
        yield* held.keep(trace, [{ authority: "court", caseRef: CaseRef.make("1"), until: after(deleteAt, minutes(10)) }], after(deleteAt, minutes(10)))
      }))
    yield* each(crowd.invitations, (n) => Context.get(stores, StaffStore).invite({ secret: randomBytes(32).toString("hex"), service: keeping.service, deleteAt: dueAt(n) }))
  })

/** A copy of a database that nobody is connected to. */
export const copyOf = (url: Redacted.Redacted): Effect.Effect<Redacted.Redacted, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const name = `copy_${randomBytes(6).toString("hex")}`
      const cluster = addressOf(url, "postgres")
      return Effect.as(asSuperuser(cluster, `create database ${name} template ${new URL(Redacted.value(url)).pathname.slice(1)}`), addressOf(url, name))
    }),
    (copy) => asSuperuser(addressOf(url, "postgres"), `drop database ${new URL(Redacted.value(copy)).pathname.slice(1)} with (force)`)
  )
