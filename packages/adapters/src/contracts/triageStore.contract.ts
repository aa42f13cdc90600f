/**
 * What every store of triage notes does, severing included.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { sever } from "@fortrolig/core/app/sever"
import type { AnonymousNote } from "@fortrolig/core/consent/triage"
import { Instant } from "@fortrolig/core/kernel/instant"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { asked, consentOf, type ConsentStores, fields, granted, newReceipt, noteOf, triageService, yesAndNote } from "./consents.contract.ts"
import { dueAt, justBefore, newRef, start } from "./fixtures.contract.ts"

const anonymous = { _tag: "Anonymous", period: "2026-01", purposes: ["quality", "research"], fields } as const

/** Notes in an order of their own: the store's order says nothing. */
const told = (notes: ReadonlyArray<AnonymousNote>): ReadonlyArray<string> => notes.map((note) => JSON.stringify(note)).sort()

/** Empties what an earlier test left linked; answers how many anonymous notes there are then. */
const settled = Effect.gen(function*() {
  yield* sever(dueAt)
  return yield* (yield* AnonymousNotes).count(triageService)
})

/** Runs the contract over a layer of stores. */
export const triageStoreContract = <E>(name: string, stores: Layer.Layer<ConsentStores, E>): void => {
  layer(stores, { timeout: "60 seconds" })(name, (it) => {
    it.effect("keeps one note of a session under its live yes, the last one written, until the deadline", () =>
      Effect.gen(function*() {
        const notes = yield* TriageStore
        const ref = newRef()
        const state = yield* yesAndNote(ref)
        assert.deepStrictEqual(yield* notes.find(ref, justBefore), Option.some(noteOf(ref, state)))
        assert.deepStrictEqual(yield* notes.find(ref, dueAt), Option.none())
        const again = noteOf(ref, state, { fields: { ...fields, topic: "other" }, writtenAt: Instant.make(start + 1) })
        yield* notes.write(again, 1)
        assert.deepStrictEqual(yield* notes.find(ref, start), Option.some(again))
        assert.deepStrictEqual(yield* notes.find(newRef(), start), Option.none())
      }))

    it.effect("refuses a note without the yes that it names: none, an open question, another version, receipt or deadline (DFH-13)", () =>
      Effect.gen(function*() {
        const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
        const state = granted(newReceipt())
        const [none, open, yes] = [newRef(), newRef(), newRef()]
        yield* consents.save(consentOf(open, 0, asked()))
        yield* consents.save(consentOf(yes, 0, state))
        const attempts = [
          notes.write(noteOf(none, state), 0),
          notes.write(noteOf(none, state), 1),
          notes.write(noteOf(open, state), 1),
          notes.write(noteOf(yes, state), 0),
          notes.write(noteOf(yes, state), 2),
          notes.write(noteOf(yes, { ...state, receiptHash: newReceipt() }), 1),
          notes.write(noteOf(yes, { ...state, deleteAt: justBefore }), 1)
        ]
        for (const one of attempts) assert.strictEqual((yield* Effect.flip(one))._tag, "Conflict")
        for (const ref of [none, open, yes]) assert.deepStrictEqual(yield* notes.find(ref, start), Option.none())
      }))

    it.effect("never leaves a note without its yes when writing and taking back race", () =>
      Effect.gen(function*() {
        const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
        for (let round = 0; round < 8; round += 1) {
          const ref = newRef()
          const state = yield* yesAndNote(ref)
          const race = [notes.write(noteOf(ref, state), 1), consents.save(consentOf(ref, 1, { _tag: "Withdrawn", deleteAt: dueAt })), notes.write(noteOf(ref, state), 1)]
          yield* Effect.forEach(race, (one) => Effect.exit(one), { concurrency: "unbounded" })
          const consent = yield* consents.load(ref, "triage", start)
          const withdrawn = Option.isSome(consent) && consent.value.state._tag === "Withdrawn"
          assert.strictEqual(Option.isNone(yield* notes.find(ref, start)), withdrawn)
        }
      }))

    it.effect("severs at the deadline and not before: the anonymous note stays, and linked note, consent and receipt are gone together", () =>
      Effect.gen(function*() {
        const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
        yield* settled
        const before = yield* (yield* AnonymousNotes).read(triageService, "research")
        const ref = newRef()
        const { receiptHash } = yield* yesAndNote(ref)
        assert.deepStrictEqual(yield* sever(justBefore), { severed: 0, lost: 0 })
        assert.isTrue(Option.isSome(yield* notes.find(ref, start)))
        assert.deepStrictEqual(yield* sever(dueAt), { severed: 1, lost: 0 })
        assert.deepStrictEqual([yield* notes.find(ref, start), yield* consents.load(ref, "triage", start)], [Option.none(), Option.none()])
        assert.deepStrictEqual(yield* consents.findByReceipt(receiptHash, start), [])
        assert.deepStrictEqual(told(yield* (yield* AnonymousNotes).read(triageService, "research")), told([...before, anonymous]))
        assert.deepStrictEqual(yield* sever(dueAt), { severed: 0, lost: 0 })
      }))

    it.effect("severs each note once when three sweeps meet, however many batches it takes", () =>
      Effect.gen(function*() {
        const before = yield* settled
        const many = 23
        yield* Effect.forEach(Array.from({ length: many }, () => newRef()), (ref) => yesAndNote(ref), { discard: true })
        const sweeps = yield* Effect.all([sever(dueAt, 5), sever(dueAt, 5), sever(dueAt, 5)], { concurrency: "unbounded" })
        assert.deepStrictEqual([sweeps.reduce((sum, { severed }) => sum + severed, 0), sweeps.reduce((sum, { lost }) => sum + lost, 0)], [many, 0])
        assert.strictEqual(yield* (yield* AnonymousNotes).count(triageService), before + many)
      }))

    it.effect("severs what one of two callers took first only for that one", () =>
      Effect.gen(function*() {
        const notes = yield* TriageStore
        const before = yield* settled
        yield* yesAndNote(newRef())
        const [due] = yield* notes.due(dueAt, 10)
        if (due === undefined) return assert.fail("a note is due")
        const batch = (id: string) => [{ due, id: id.repeat(32), anonymous }]
        assert.deepStrictEqual(yield* notes.sever(batch("1")), { severed: 1, lost: 0 })
        assert.deepStrictEqual(yield* notes.sever(batch("2")), { severed: 0, lost: 0 })
        assert.strictEqual(yield* (yield* AnonymousNotes).count(triageService), before + 1)
      }))

    it.effect("leaves nothing anonymous of a yes that was taken back before the deadline", () =>
      Effect.gen(function*() {
        const before = yield* settled
        const ref = newRef()
        yield* yesAndNote(ref)
        yield* (yield* ConsentStore).save(consentOf(ref, 1, { _tag: "Withdrawn", deleteAt: dueAt }))
        assert.deepStrictEqual(yield* sever(dueAt), { severed: 0, lost: 0 })
        assert.strictEqual(yield* (yield* AnonymousNotes).count(triageService), before)
      }))

    it.effect("deletes a note whose key is gone and counts it as lost", () =>
      Effect.gen(function*() {
        const before = yield* settled
        const ref = newRef()
        yield* yesAndNote(ref)
        yield* (yield* KeyVault).destroyDue(dueAt)
        assert.deepStrictEqual(yield* sever(dueAt), { severed: 0, lost: 1 })
        assert.deepStrictEqual(yield* sever(dueAt), { severed: 0, lost: 0 })
        assert.strictEqual(yield* (yield* AnonymousNotes).count(triageService), before)
      }))
  })
}
