/** 3 s. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as fc from "fast-check"
import { sever } from "@fortrolig/core/app/sever"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { deeds } from "../../../../test/spec/triageStores.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { consentsOver, triageService } from "../contracts/consents.contract.ts"
import { liveThrough, type Sweep, sweepNotes } from "../contracts/severing.contract.ts"
import { type ConsentRows, noConsentRows } from "./consentRows.ts"

/** Whether a sweep agrees with the second hand for these deeds. */
const agrees = (sweep: (rows: ConsentRows) => Sweep) =>
  fc.asyncProperty(deeds, async (life) => {
    const rows = noConsentRows()
    const exit = await Effect.runPromiseExit(liveThrough(life, sweep(rows)).pipe(Effect.provide(consentsOver(rows))))
    if (Exit.isFailure(exit)) throw new Error(JSON.stringify(exit.cause))
  })

const instead = (change: (notes: TriageStore["Service"]) => TriageStore["Service"]): Sweep => (at, crash) =>
  Effect.gen(function*() {
    const notes = yield* TriageStore
    yield* sweepNotes(at, crash).pipe(Effect.provideService(TriageStore, change(notes)))
  })

/** Stores the anonymous form by itself first, and may die before the linked one is gone. */
const inTwoSteps = (rows: ConsentRows): Sweep => (at, crash) =>
  instead((notes) => ({
    ...notes,
    sever: (batch) => {
      for (const { anonymous, id } of batch) if (anonymous !== undefined) rows.anonymous.set(id, { id, service: triageService, note: anonymous })
      return crash === undefined ? notes.sever(batch) : Effect.fail(new StoreUnavailable({ operation: "killed" }))
    }
  }))(at, crash)

/** Sweeps that are wrong, by what is wrong. */
const bugs: Readonly<Record<string, (rows: ConsentRows) => Sweep>> = {
  "the keys go before the notes are severed": () => (at) =>
    Effect.gen(function*() {
      yield* (yield* KeyVault).destroyDue(at)
      yield* sever(at, 2)
      yield* (yield* ConsentStore).forget(at)
    }),
  "nothing is severed": () => (at) =>
    Effect.gen(function*() {
      yield* (yield* KeyVault).destroyDue(at)
      yield* (yield* ConsentStore).forget(at)
      yield* (yield* TriageStore).forget(at)
    }),
  "only the first batch is severed": () => (at) =>
    Effect.gen(function*() {
      const notes = yield* TriageStore
      let first = true
      const once: TriageStore["Service"] = {
        ...notes,
        due: (...asked) => (first ? ((first = false), notes.due(...asked)) : Effect.succeed([]))
      }
      yield* sweepNotes(at, undefined).pipe(Effect.provideService(TriageStore, once))
    }),
  "the anonymous form is stored in a step of its own": inTwoSteps,
  "what is due a minute later is severed too": () => instead((notes) => ({ ...notes, due: (at, limit) => notes.due((at + 60_000) as typeof at, limit) })),
  "what is due at this very moment is left": () => (at, crash) => sweepNotes((at - 1) as typeof at, crash)
}

describe("severing in memory", () => {
  it("leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked", async () => {
    await fc.assert(agrees(() => sweepNotes), runs(300))
  }, patience)

  it.each(Object.entries(bugs))("is noticed to be wrong when %s", async (_, sweep) => {
    const found = await fc.check(agrees(sweep), { numRuns: 300, seed: 7, endOnFailure: true })
    assert.isTrue(found.failed)
  }, patience)
})
