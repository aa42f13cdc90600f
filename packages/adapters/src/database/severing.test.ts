/** 8 s. */
import { layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { deeds } from "../../../../test/spec/triageStores.ts"
import { deep } from "../../../../test/support/runs.ts"
import { consentsInPglite } from "../contracts/consentsDatabase.contract.ts"
import { liveThrough, sweepNotes } from "../contracts/severing.contract.ts"

layer(consentsInPglite, { timeout: "60 seconds" })("severing over PGlite", (it) => {
  it.effect("leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked", () =>
    Effect.forEach(fc.sample(deeds, { numRuns: deep ? 100 : 5, seed: 11 }), (life) => liveThrough(life, sweepNotes), { discard: true }), 300_000)
})
