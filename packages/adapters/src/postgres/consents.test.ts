/** About 5 s. */
import { layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { deeds } from "../../../../test/spec/triageStores.ts"
import { deep } from "../../../../test/support/runs.ts"
import { consentsInPostgres } from "../contracts/consentsDatabase.contract.ts"
import { consentStoreContract } from "../contracts/consentStore.contract.ts"
import { liveThrough, sweepNotes } from "../contracts/severing.contract.ts"
import { triageStoreContract } from "../contracts/triageStore.contract.ts"

consentStoreContract("the stores over PostgreSQL", consentsInPostgres)
triageStoreContract("the stores over PostgreSQL", consentsInPostgres)

layer(consentsInPostgres, { timeout: "60 seconds" })("severing over PostgreSQL", (it) => {
  it.effect("leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked", () =>
    Effect.forEach(fc.sample(deeds, { numRuns: deep ? 100 : 5, seed: 11 }), (life) => liveThrough(life, sweepNotes), { discard: true }), 300_000)
})
