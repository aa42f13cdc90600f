/**
 * Random lives of consents and notes over a store, with sweeps that die half way and sweeps that meet, held against a naive second hand.
 */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { sever } from "@fortrolig/core/app/sever"
import { after, before, earlier, type Instant, minutes, Period } from "@fortrolig/core/kernel/instant"
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore, type StoredConsent } from "@fortrolig/core/ports/ConsentStore"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { type Deed, NaiveNotes, people, traceMinutes } from "../../../../test/spec/triageStores.ts"
import { consentOf, declined, fields, granted, newReceipt, noteOf, triageService } from "./consents.contract.ts"
import { newRef, start } from "./fixtures.contract.ts"

const topics = ["thoughts", "behaviour", "images", "other"] as const
const withTopic = (topic: number): TriageFields => ({ ...fields, topic: topics[topic] ?? "notSaid" })

/** One sweep of what this part owns, which can be killed before and after each of its steps. */
export type Sweep = (at: Instant, crash: number | undefined) => Effect.Effect<void, StoreUnavailable, TriageStore | ConsentStore | KeyVault | Randomness>

/** The product's order: sever, then the keys, then the rows. */
export const sweepNotes: Sweep = (at, crash) =>
  Effect.gen(function*() {
    const [notes, consents, vault] = [yield* TriageStore, yield* ConsentStore, yield* KeyVault]
    const step = killable(crash)
    const killed: TriageStore["Service"] = { ...notes, due: (...asked) => step(notes.due(...asked)), sever: (batch) => step(notes.sever(batch)) }
    yield* sever(at, 2).pipe(Effect.provideService(TriageStore, killed))
    yield* step(vault.destroyDue(at))
    yield* step(consents.forget(at))
    yield* step(notes.forget(at))
  })

/** Runs each effect between two points at which the server may die. */
export const killable = (crash: number | undefined) => {
  let passed = 0
  const point = Effect.suspend(() => (passed++ === crash ? Effect.fail(new StoreUnavailable({ operation: "killed" })) : Effect.void))
  return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StoreUnavailable, R> => Effect.tap(Effect.andThen(point, effect), () => point)
}

const told = (found: ReadonlyArray<string>): string => found.toSorted().join()

/** Lives through the deeds and fails where the store and the second hand disagree; at the end every deadline has passed. */
export const liveThrough = Effect.fnUntraced(function*(deeds: ReadonlyArray<Deed>, sweep: Sweep) {
  const [consents, notes, anonymous] = [yield* ConsentStore, yield* TriageStore, yield* AnonymousNotes]
  const read = Effect.map(anonymous.read(triageService, "research"), (found) => found.map((note) => note.fields.topic))
  const earlierNotes = yield* read
  const naive = new NaiveNotes()
  const now = () => after(start, minutes(naive.minute))
  const sessions = Array.from({ length: people }, () => ({ ref: newRef(), receipt: newReceipt() }))
  const deadline = after(start, minutes(traceMinutes))

  const save = (stored: StoredConsent, state: StoredConsent["state"]) => consents.save({ ...stored, state })
  const act = Effect.fnUntraced(function*(deed: Exclude<Deed, { readonly do: "wait" | "sweep" }>) {
    const who = sessions[deed.who]
    if (who === undefined) return
    const fresh = consentOf(who.ref, 0, declined(deadline))
    if (deed.do === "decline") return yield* consents.save(fresh)
    if (deed.do === "yes") return yield* save(fresh, granted(who.receipt, deadline))
    const stored = Option.getOrThrow(yield* consents.load(who.ref, "triage", now()))
    const { state } = stored
    if (state._tag !== "Granted") return assert.fail("there is a yes")
    if (deed.do === "write") return yield* notes.write(noteOf(who.ref, state, { fields: withTopic(deed.topic) }), stored.version)
    if (deed.do === "shorten") return yield* save(stored, { ...state, deleteAt: earlier(state.deleteAt, after(now(), minutes(5))) })
    const [found] = yield* consents.findByReceipt(who.receipt, now())
    assert.deepStrictEqual(found, stored)
    yield* save(stored, { _tag: "Withdrawn", deleteAt: state.deleteAt })
  })
  const sweepNow = Effect.fnUntraced(function*(crash: number | undefined, two: boolean) {
    const both = two ? [sweep(now(), crash), sweep(now(), undefined)] : [sweep(now(), crash)]
    const ends = yield* Effect.forEach(both, Effect.exit, { concurrency: "unbounded" })
    if (!ends.some(Exit.isSuccess)) return
    naive.swept()
    assert.strictEqual(told(yield* read), told([...earlierNotes, ...naive.anonymous.map((topic) => topics[topic] ?? "notSaid")]), "the anonymous notes")
  })

  for (const deed of deeds) {
    if (!naive.may(deed)) continue
    if (deed.do === "sweep") yield* sweepNow(deed.crash, deed.two)
    else if (deed.do !== "wait") yield* act(deed)
    naive.do(deed)
    for (const [who, { ref }] of sessions.entries()) {
      const found = Option.map(yield* notes.find(ref, now()), ({ note }) => topics.findIndex((topic) => topic === note.fields.topic))
      assert.strictEqual(Option.getOrUndefined(found), naive.linked(who), `the linked note of session ${who}`)
    }
  }
  naive.minute += traceMinutes
  yield* sweepNow(undefined, false)
  const past = before(start, Period.make(1))
  for (const { receipt, ref } of sessions) {
    assert.deepStrictEqual([yield* notes.find(ref, past), yield* consents.load(ref, "triage", past)], [Option.none(), Option.none()], "nothing linked is left")
    assert.deepStrictEqual(yield* consents.findByReceipt(receipt, past), [], "no receipt is left")
  }
  assert.deepStrictEqual(yield* notes.due(now(), 10), [], "no linked note is left")
  assert.deepStrictEqual((yield* (yield* KeyVault).inventory).buckets, [], "no key is left")
})
