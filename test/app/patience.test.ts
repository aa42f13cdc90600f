/**
 * How long the keys wait for the notes that they open: as long as the store answers each question.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { sever } from "@fortrolig/core/app/sever"
import { sweep } from "@fortrolig/core/app/sweep"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { type DueNote, TriageStore } from "@fortrolig/core/ports/TriageStore"
import { wednesday, world } from "./world.ts"

const dueNote = (n: number): DueNote => ({ ref: SessionRef.make(n.toString(16).padStart(32, "0")), deleteAt: wednesday, stored: undefined })

/** A store that has one due note left for each batch, answers as `answering` says, and writes down what it and the vault are asked. */
const slow = (batches: number, answering: (question: "due" | "sever", nth: number) => Effect.Effect<void, StoreUnavailable>) => {
  const { layer } = world()
  const asked: Array<string> = []
  let left = batches
  const ask = (question: "due" | "sever") => Effect.suspend(() => answering(question, asked.push(question)))
  const sweeping = Effect.gen(function*() {
    const [notes, vault] = [yield* TriageStore, yield* KeyVault]
    const answers: TriageStore["Service"] = {
      ...notes,
      due: () => Effect.map(ask("due"), () => (left === 0 ? [] : [dueNote(left)])),
      sever: () => Effect.map(ask("sever"), () => ((left -= 1), { severed: 1, lost: 0 }))
    }
    const watched = { ...vault, destroyDue: (at: typeof wednesday) => Effect.suspend(() => (asked.push("keys"), vault.destroyDue(at))) }
    return yield* sweep.pipe(Effect.provideService(TriageStore, answers), Effect.provideService(KeyVault, watched))
  }).pipe(Effect.provide(layer))
  return { asked, sweeping }
}

describe("the keys of triage notes", () => {
  it.effect("wait for every batch while the store answers each question within five seconds", () =>
    Effect.gen(function*() {
      const { asked, sweeping } = slow(20, () => Effect.sleep("4999 millis"))
      const running = yield* Effect.forkChild(sweeping)
      yield* TestClock.adjust("300 seconds")
      const { lost, severed } = yield* Fiber.join(running)
      assert.deepStrictEqual([severed, lost], [20, 0])
      assert.deepStrictEqual(asked, [...Array.from({ length: 20 }, () => ["due", "sever"]).flat(), "due", "keys"])
    }))

  it.effect("wait for each question to be tried three times, and the count keeps what was severed before", () =>
    Effect.gen(function*() {
      const { asked, sweeping } = slow(2, (question, nth) => (nth % 3 === 0 ? Effect.void : Effect.fail(new StoreUnavailable({ operation: question }))))
      const { severed } = yield* sweeping
      assert.strictEqual(severed, 2)
      const thrice = (question: string) => [question, question, question]
      assert.deepStrictEqual(asked, [...["due", "sever", "due", "sever", "due"].flatMap(thrice), "keys"])
    }))

  it.effect("wait five seconds for a later batch that gets no answer, and then go", () =>
    Effect.gen(function*() {
      const { asked, sweeping } = slow(2, (_, nth) => (nth === 4 ? Effect.never : Effect.void))
      const running = yield* Effect.forkChild(Effect.flip(sweeping))
      yield* TestClock.adjust("4999 millis")
      assert.deepStrictEqual(asked, ["due", "sever", "due", "sever"])
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* Fiber.join(running)).operation, "sever triage notes")
      assert.deepStrictEqual(asked, ["due", "sever", "due", "sever", "keys"])
    }))
})

describe("severing beside another sweep", () => {
  const { layer } = world()
  const beside = (due: (round: number) => DueNote | undefined) =>
    Effect.gen(function*() {
      let round = 0
      const taken: TriageStore["Service"] = {
        ...(yield* TriageStore),
        due: () => Effect.sync(() => [due((round += 1))].flatMap((one) => one ?? [])),
        sever: () => Effect.succeed({ severed: 0, lost: 0 })
      }
      const outcome = yield* Effect.result(Effect.provideService(sever(wednesday), TriageStore, taken))
      return [outcome._tag, round]
    }).pipe(Effect.provide(layer))

  it.effect("goes on for as long as the other takes notes away from it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* beside((round) => (round > 50 ? undefined : dueNote(round))), ["Success", 51])
    }))

  it.effect("gives up when the same notes come again and again, and nobody takes them", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* beside(() => dueNote(1)), ["Failure", 7])
    }))
})
