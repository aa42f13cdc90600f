/** 11 s. */
import { assert, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { deeds } from "../../../../test/spec/triageStores.ts"
import { deep } from "../../../../test/support/runs.ts"
import { sever } from "@fortrolig/core/app/sever"
import { triageService, yesAndNote } from "../contracts/consents.contract.ts"
import { consentsIn, consentsInPglite } from "../contracts/consentsDatabase.contract.ts"
import { dueAt, newRef } from "../contracts/fixtures.contract.ts"
import { liveThrough, sweepNotes } from "../contracts/severing.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { randomness } from "../system/randomness.ts"
import { attempt } from "./database.ts"
import { eq, sql } from "./drizzle.ts"
import { pgliteDatabase } from "./pglite.ts"
import { anonymousNote, triage } from "./serviceSchema.ts"

layer(consentsInPglite, { timeout: "60 seconds" })("severing over PGlite", (it) => {
  it.effect("leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked", () =>
    Effect.forEach(fc.sample(deeds, { numRuns: deep ? 100 : 5, seed: 11 }), (life) => liveThrough(life, sweepNotes), { discard: true }), 300_000)
})

it.live("what notes leave lies in the table in the order of ids that chance drew, not in that in which people came (DFH-18)", () =>
  Effect.gen(function*() {
    const realm = yield* pgliteDatabase(undefined, "service", [triageService])
    const refs = Array.from({ length: 12 }, () => newRef())
    yield* Effect.andThen(Effect.forEach(refs, (ref) => yesAndNote(ref)), sever(dueAt)).pipe(Effect.provide(consentsIn(realm)), Effect.provide(randomness))
    const rows = yield* attempt("look", () => realm.asOwner((tx) => tx.select({ id: anonymousNote.id }).from(anonymousNote).orderBy(sql`ctid`)))
    const ids = rows.map(({ id }) => id.replaceAll("-", ""))
    assert.deepStrictEqual(ids, ids.toSorted())
    assert.deepStrictEqual(ids.filter((id) => refs.some((ref) => ref === id)), [])
    assert.strictEqual(ids.length, refs.length)
  }).pipe(Effect.scoped), 60_000)

it.live("a note that opens but says nothing that can be read is lost by itself, and every other one that is due is severed", () =>
  Effect.gen(function*() {
    const realm = yield* pgliteDatabase(undefined, "service", [triageService])
    const vault = vaultMemory()
    const [broken, whole] = [newRef(), newRef()]
    const outcome = yield* Effect.gen(function*() {
      yield* Effect.forEach([broken, whole], (ref) => yesAndNote(ref))
      const row = yield* vault.sealUntil("triage", dueAt, Buffer.from("{}"), `triage|${broken}`)
      yield* attempt("break a note", () => realm.asOwner((tx) => tx.update(triage).set(row).where(eq(triage.ref, broken))))
      return yield* sever(dueAt)
    }).pipe(Effect.provide(consentsIn(realm, vault)), Effect.provide(randomness))
    assert.deepStrictEqual(outcome, { severed: 1, lost: 1 })
    assert.deepStrictEqual(yield* attempt("look", () => realm.asOwner((tx) => tx.$count(triage))), 0)
  }).pipe(Effect.scoped), 60_000)
