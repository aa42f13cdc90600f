/** About 6 s. */
import { randomBytes } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import type { Stores } from "@fortrolig/adapters/stores"
import { randomness } from "@fortrolig/adapters/system/randomness"
import { sever } from "@fortrolig/core/app/sever"
import { coarsePeriod } from "@fortrolig/core/consent/coarse"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import type { AnonymousNote } from "@fortrolig/core/consent/triage"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { after, type Instant, minutes } from "@fortrolig/core/kernel/instant"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { deep } from "../support/runs.ts"
import { asking } from "./ground.ts"
import { startOf } from "./lane.ts"
import { databases, stack, type Vaults } from "./stack.ts"

const rounds = deep ? 40 : 4
const many = 42
const { service } = asking
const topics = ["thoughts", "behaviour", "images", "someoneElse", "treatment", "other", "notSaid"] as const
const helps = ["advice", "selfHelp", "therapyOffered", "otherService", "emergencyHelp", "none"] as const

/** What the n-th note of a round leaves: no other one of that round says the same. */
const leaves = (n: number, start: Instant): AnonymousNote => ({
  _tag: "Anonymous",
  period: coarsePeriod(start, "month"),
  purposes: ["quality", "research"],
  fields: { topic: topics[n % 7] ?? "other", talkedBefore: "no", help: helps[n % 6] ?? "none", useful: "yes" }
})
const told = (notes: ReadonlyArray<AnonymousNote>): ReadonlyArray<string> => notes.map((note) => JSON.stringify(note)).toSorted()

/** A server with a runtime, connections and stores of its own; only the vaults are the same for all. */
const server = (url: Redacted.Redacted, vaults: Vaults) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => ManagedRuntime.make(Layer.merge(Layer.effectContext(Effect.flatMap(databases(url), (on) => stack(on, vaults))), randomness))),
      ({ disposeEffect }) => disposeEffect
    ),
    (runtime) => <A>(work: Effect.Effect<A, unknown, Stores | Randomness>): Effect.Effect<A> => Effect.promise(() => runtime.runPromise(work))
  )

/** Lets nobody go on until so many have come. */
const meeting = (size: number): Effect.Effect<void> => {
  let come = 0
  const met = Promise.withResolvers<void>()
  return Effect.promise(() => {
    come += 1
    if (come >= size) met.resolve()
    return met.promise
  })
}

interface Note {
  readonly ref: SessionRef
  readonly receiptHash: ReceiptHash
  readonly deleteAt: Instant
}

/** A round's notes, due in three hours one after the other. */
const fill = (start: Instant) =>
  Effect.forEach(Array.from({ length: many }, (_, n) => n), (n) =>
    Effect.gen(function*() {
      const [ref, receiptHash, deleteAt] = [SessionRef.make(randomBytes(16).toString("hex")), ReceiptHash.make(randomBytes(32).toString("hex")), after(start, minutes(5 * (1 + (n % 36))))]
      const { fields, purposes } = leaves(n, start)
      const notice = { version: "v1", language: "nb" } as const
      yield* (yield* ConsentStore).save({ ref, subject: "triage", service, version: 0, state: { _tag: "Granted", deleteAt, timesAsked: 1, notice, purposes, receiptHash, grantedAt: start } })
      yield* (yield* TriageStore).write({ note: { _tag: "Linked", session: ref, receiptHash, writtenAt: start, deleteAt, purposes, fields }, service, grain: "month" }, 1)
      return { ref, receiptHash, deleteAt } satisfies Note
    }), { concurrency: 6 })

/** Severs with notes in hand before anybody else of the meeting has severed any; answers what it reports, and how many it had in hand that somebody else took. */
const severing = Effect.fnUntraced(function*(at: Instant, atOnce: number, met: Effect.Effect<void>) {
  const notes = yield* TriageStore
  let missed = 0
  const meets: TriageStore["Service"] = {
    ...notes,
    sever: (batch) => Effect.tap(Effect.andThen(met, notes.sever(batch)), ({ lost, severed }) => Effect.sync(() => void (missed += batch.length - severed - lost)))
  }
  const reported = yield* Effect.provideService(sever(at, atOnce), TriageStore, meets)
  return { ...reported, missed }
})

const noted = Effect.flatMap(AnonymousNotes, (notes) => notes.read(service, "research"))

/** What still ties any of these notes to its session, as an instant before every deadline sees it. */
const linked = (kept: ReadonlyArray<Note>) =>
  Effect.gen(function*() {
    const [notes, consents] = [yield* TriageStore, yield* ConsentStore]
    const found = yield* Effect.forEach(kept, ({ receiptHash, ref }) =>
      Effect.gen(function*() {
        return (Option.isSome(yield* notes.find(ref, 0 as Instant)) ? 1 : 0) + (yield* consents.findByReceipt(receiptHash, 0 as Instant)).length
      }), { concurrency: 6 })
    return found.reduce((sum, each) => sum + each, (yield* notes.due(startOf(rounds), many)).length)
  })

describe("two servers with runtimes and connections of their own", () => {
  it.effect("that sever the same notes at the same moment sever each once, lose none, and report each once between them", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const vaults = { service: vaultMemory(), custody: vaultMemory() }
      const [one, other] = [yield* server(url, vaults), yield* server(url, vaults)]
      let before: ReadonlyArray<AnonymousNote> = []
      let missed = 0
      for (let round = 0; round < rounds; round += 1) {
        const start = startOf(round)
        const at = after(start, minutes(180))
        const kept = yield* one(fill(start))
        // Both with all of them in hand, and both with parts that overlap: so large that neither gives up because the other takes them all.
        const [most, more] = round % 2 === 0 ? [many, many] : [9, 11]
        const met = meeting(2)
        const reports = yield* Effect.all([one(severing(at, most, met)), other(severing(at, more, met))], { concurrency: "unbounded" })
        const sum = (what: "severed" | "lost" | "missed") => reports.reduce((total, report) => total + report[what], 0)
        assert.deepStrictEqual([sum("severed"), sum("lost")], [many, 0])
        missed += sum("missed")
        before = [...before, ...kept.map((_, n) => leaves(n, start))]
        for (const on of [one, other]) {
          assert.deepStrictEqual(told(yield* on(noted)), told(before))
          assert.deepStrictEqual(yield* on(sever(at)), { severed: 0, lost: 0 })
        }
        assert.strictEqual(yield* other(linked(kept)), 0)
      }
      assert.isAtLeast(missed, many * (rounds / 2), "they had the same notes in hand")
    }), 120_000)

  it.effect("of which one severs while the other takes the same yeses back: each note is anonymous once or deleted, never both and never linked (E-03)", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const vaults = { service: vaultMemory(), custody: vaultMemory() }
      const [one, other] = [yield* server(url, vaults), yield* server(url, vaults)]
      let before: ReadonlyArray<AnonymousNote> = []
      const all = { deleted: 0, severed: 0 }
      for (let round = 0; round < rounds; round += 1) {
        const start = startOf(round)
        const kept = yield* one(fill(start))
        const met = meeting(2)
        const takingBack = Effect.gen(function*() {
          const consents = yield* ConsentStore
          // The other way round as well. Some are taken back while the other server has them in hand, and the rest while it severs.
          const back = yield* Effect.forEach(round % 2 === 0 ? kept : kept.toReversed(), ({ deleteAt, ref }, n) =>
            Effect.andThen(n === 10 ? met : Effect.void, consents.save({ ref, subject: "triage", service, version: 1, state: { _tag: "Withdrawn", deleteAt } })).pipe(
              Effect.as([ref]),
              Effect.catchTag("Conflict", () => Effect.succeed([]))
            ), { concurrency: 2 })
          return new Set(back.flat())
        })
        const [report, back] = yield* Effect.all([one(severing(after(start, minutes(180)), 10, met)), other(takingBack)], { concurrency: "unbounded" })
        const stayed = kept.flatMap(({ ref }, n) => (back.has(ref) ? [] : [leaves(n, start)]))
        assert.deepStrictEqual([report.severed, report.lost], [stayed.length, 0])
        before = [...before, ...stayed]
        for (const on of [one, other]) assert.deepStrictEqual(told(yield* on(noted)), told(before))
        assert.strictEqual(yield* other(linked(kept)), 0)
        all.severed += report.severed
        all.deleted += many - report.severed
      }
      assert.isAtLeast(all.deleted, rounds * 9)
      assert.isAbove(all.severed, 0, "they did race")
      console.log(`${all.severed} severed, ${all.deleted} taken back`)
    }), 120_000)
})
