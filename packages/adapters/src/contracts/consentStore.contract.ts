/**
 * What every store of consents does.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { sever } from "@fortrolig/core/app/sever"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ConsentStore, type KeptConsent } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { asked, consentOf, type ConsentStores, declined, granted, newReceipt, noteOf, shown, yesAndNote } from "./consents.contract.ts"
import { dueAt, justBefore, newRef, start } from "./fixtures.contract.ts"

const sooner = Instant.make(dueAt - 600_000)

/** Runs the contract over a layer of stores. */
export const consentStoreContract = <E>(name: string, stores: Layer.Layer<ConsentStores, E>): void => {
  layer(stores, { timeout: "60 seconds" })(name, (it) => {
    it.effect("gives back every state that was saved, under the next version, until its deadline and not from then on", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const ends: ReadonlyArray<KeptConsent> = (["Withdrawn", "Invalidated", "Halted"] as const).map((_tag) => ({ _tag, deleteAt: dueAt }))
        const ref = newRef()
        let version = 0
        for (const state of [shown(), asked(), granted(newReceipt()), declined(), ...ends]) {
          yield* consents.save(consentOf(ref, version, state))
          version += 1
          assert.deepStrictEqual(yield* consents.load(ref, "triage", justBefore), Option.some(consentOf(ref, version, state)))
          assert.deepStrictEqual(yield* consents.load(ref, "triage", dueAt), Option.none())
        }
        assert.deepStrictEqual(yield* consents.load(ref, "referral", start), Option.none())
        assert.deepStrictEqual(yield* consents.load(newRef(), "triage", start), Option.none())
      }))

    it.effect("keeps the two consents of one session apart", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const ref = newRef()
        const referral = { ...consentOf(ref, 0, asked()), subject: "referral" as const }
        yield* consents.save(consentOf(ref, 0, declined()))
        yield* consents.save(referral)
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.some(consentOf(ref, 1, declined())))
        assert.deepStrictEqual(yield* consents.load(ref, "referral", start), Option.some({ ...referral, version: 1 }))
      }))

    it.effect("refuses a save over another version, and changes nothing then", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const ref = newRef()
        assert.strictEqual((yield* Effect.flip(consents.save(consentOf(ref, 1, asked()))))._tag, "Conflict")
        yield* consents.save(consentOf(ref, 0, asked()))
        for (const version of [0, 2]) assert.strictEqual((yield* Effect.flip(consents.save(consentOf(ref, version, declined()))))._tag, "Conflict")
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.some(consentOf(ref, 1, asked())))
      }))

    it.effect("lets exactly one of many save the same version, the first one included", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const ref = newRef()
        for (const version of [0, 1]) {
          const outcomes = yield* Effect.forEach(Array.from({ length: 8 }, () => asked()), (state) => Effect.exit(consents.save(consentOf(ref, version, state))), { concurrency: "unbounded" })
          assert.strictEqual(outcomes.filter(({ _tag }) => _tag === "Success").length, 1)
        }
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.some(consentOf(ref, 2, asked())))
      }))

    it.effect("finds a yes by its receipt until the deadline, and nothing by any other", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const [ref, state] = [newRef(), granted(newReceipt())]
        yield* consents.save(consentOf(ref, 0, state))
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, justBefore), [consentOf(ref, 1, state)])
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, dueAt), [])
        assert.deepStrictEqual(yield* consents.findByReceipt(newReceipt(), start), [])
      }))

    it.effect("finds both consents of a session by one receipt, and the other one after the first is taken back", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const [ref, state] = [newRef(), granted(newReceipt())]
        const referral = { ...consentOf(ref, 0, { ...state, purposes: ["treatment"] as const }), subject: "referral" as const }
        yield* consents.save(consentOf(ref, 0, state))
        yield* consents.save(referral)
        const found = yield* consents.findByReceipt(state.receiptHash, start)
        assert.deepStrictEqual(found.toSorted((a, b) => (a.subject > b.subject ? -1 : 1)), [consentOf(ref, 1, state), { ...referral, version: 1 }])
        yield* consents.save(consentOf(ref, 1, { _tag: "Withdrawn", deleteAt: dueAt }))
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, start), [{ ...referral, version: 1 }])
        yield* consents.save({ ...referral, version: 1, state: { _tag: "Withdrawn", deleteAt: dueAt } })
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, start), [])
      }))

    it.effect("refuses a receipt that is another session's, so that taking one yes back never takes another", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const [ref, other, state] = [newRef(), newRef(), granted(newReceipt())]
        yield* consents.save(consentOf(ref, 0, state))
        assert.strictEqual((yield* Effect.flip(consents.save(consentOf(other, 0, state))))._tag, "Conflict")
        assert.deepStrictEqual(yield* consents.load(other, "triage", start), Option.none())
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, start), [consentOf(ref, 1, state)])
      }))

    it.effect("takes receipt and note away with the yes, in every way in which a yes ends, and leaves those of others", () =>
      Effect.gen(function*() {
        const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
        const other = newRef()
        const kept = yield* yesAndNote(other)
        for (const _tag of ["Withdrawn", "Invalidated", "Halted"] as const) {
          const ref = newRef()
          const { receiptHash } = yield* yesAndNote(ref)
          yield* consents.save(consentOf(ref, 1, { _tag, deleteAt: dueAt }))
          assert.deepStrictEqual(yield* notes.find(ref, start), Option.none())
          assert.deepStrictEqual(yield* consents.findByReceipt(receiptHash, start), [])
        }
        assert.deepStrictEqual(yield* notes.find(other, start), Option.some(noteOf(other, kept)))
        assert.deepStrictEqual(yield* consents.findByReceipt(kept.receiptHash, start), [consentOf(other, 1, kept)])
      }))

    it.effect("keeps no receipt of a yes that was taken back, or whose note was severed", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        const left = Effect.map(consents.forget(dueAt), ({ receipts }) => receipts.count)
        yield* left
        const ref = newRef()
        yield* yesAndNote(ref)
        yield* consents.save(consentOf(ref, 1, { _tag: "Withdrawn", deleteAt: dueAt }))
        assert.strictEqual(yield* left, 0)
        yield* yesAndNote(newRef())
        yield* sever(dueAt)
        assert.strictEqual(yield* left, 0)
        yield* consents.save(consentOf(newRef(), 0, granted(newReceipt())))
        assert.strictEqual(yield* left, 1)
      }))

    it.effect("moves receipt and note with the yes to an earlier deadline, under a key of that deadline (X-02)", () =>
      Effect.gen(function*() {
        const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
        const ref = newRef()
        const state = yield* yesAndNote(ref)
        const shorter = { ...state, deleteAt: sooner }
        yield* consents.save(consentOf(ref, 1, shorter))
        const last = Instant.make(sooner - 1)
        assert.deepStrictEqual(yield* consents.load(ref, "triage", last), Option.some(consentOf(ref, 2, shorter)))
        assert.deepStrictEqual(yield* notes.find(ref, last), Option.some(noteOf(ref, shorter)))
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, last), [consentOf(ref, 2, shorter)])
        assert.deepStrictEqual(yield* notes.find(ref, sooner), Option.none())
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, sooner), [])
        yield* (yield* KeyVault).destroyDue(sooner)
        assert.deepStrictEqual(yield* notes.find(ref, last), Option.none())
      }))

    it.effect("forgets at the deadline and not before, and what lost its key is absent at once and can be made anew", () =>
      Effect.gen(function*() {
        const consents = yield* ConsentStore
        yield* consents.forget(dueAt)
        const [ref, state] = [newRef(), granted(newReceipt())]
        yield* consents.save(consentOf(ref, 0, state))
        assert.strictEqual((yield* consents.forget(justBefore)).consents.count, 0)
        yield* (yield* KeyVault).destroyDue(dueAt)
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.none())
        assert.deepStrictEqual(yield* consents.findByReceipt(state.receiptHash, start), [])
        yield* consents.save(consentOf(ref, 0, asked()))
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.some(consentOf(ref, 1, asked())))
        const gone = { count: 1, earliest: dueAt, through: dueAt, stayed: 0 }
        const none = { ...gone, count: 0, earliest: null }
        assert.deepStrictEqual(yield* consents.forget(dueAt), { consents: gone, receipts: gone })
        assert.deepStrictEqual(yield* consents.forget(dueAt), { consents: none, receipts: none })
        assert.deepStrictEqual(yield* consents.load(ref, "triage", start), Option.none())
      }))
  })
}
