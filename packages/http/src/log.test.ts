import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as Console from "effect/Console"
import { assert, describe, it } from "vitest"
import { declaredLogger, say, sayFault, stream } from "./log.ts"

/** What an effect writes to standard error, with the instant cut off. */
const lines = (effect: Effect.Effect<unknown>): ReadonlyArray<string> => {
  const written: Array<string> = []
  const recorder: Console.Console = { ...console, error: (...parts: ReadonlyArray<unknown>) => void written.push(parts.join(" ")) }
  Effect.runSync(effect.pipe(Effect.provide(Logger.layer([declaredLogger])), Effect.provideService(Console.Console, recorder)))
  return written.map((line) => line.replace(/^timestamp=\d{4}-\d\d-\d\dT[\d:.]{12}Z /, ""))
}
class StoreBroke extends Error {
  override readonly name = "StoreBroke"
}
const named = (name: string): Error => Object.assign(new Error("hemmelig"), { name })

describe("the log of a server", () => {
  it("holds the declared sentences as they are", () => {
    assert.strictEqual(stream, "server")
    assert.deepStrictEqual(lines(say("scriptsMissing")), [
      'level=WARN message="The scripts for browsers are not built, so pages cannot start a chat. Run the build first."'
    ])
    assert.deepStrictEqual(lines(say("sweepFailed")), ['level=ERROR message="A sweep could not be completed; it is tried again."'])
  })

  it("names of a fault only its class, and that only where it looks like one", () => {
    const fault = (error: unknown) => lines(sayFault("tickerFault", Cause.die(error)))
    assert.deepStrictEqual(fault(new StoreBroke("hemmelig")), ['level=ERROR message="An unexpected fault in the ticker." fault=StoreBroke'])
    const unknown = ['level=ERROR message="An unexpected fault in the ticker." fault=unknown']
    for (const error of ["hemmelig", named("hemmelig tekst"), named("hemmelig"), named("AB"), named(`A${"b".repeat(41)}`), undefined]) assert.deepStrictEqual(fault(error), unknown)
    assert.deepStrictEqual(fault(named(`A${"b".repeat(40)}`)), [`${unknown[0]?.slice(0, -"unknown".length)}A${"b".repeat(40)}`])
    assert.deepStrictEqual(fault(named("Abc")), [`${unknown[0]?.slice(0, -"unknown".length)}Abc`])
  })

  it("withholds what anybody else logs, with its words, its cause and its annotations, and says that it did", () => {
    const withheld = 'level=ERROR message="A line that nobody declared was withheld."'
    assert.deepStrictEqual(lines(Effect.logError("hemmelig", Cause.die(named("hemmelig"))).pipe(Effect.annotateLogs("hemmelig", "hemmelig"))), [withheld])
    assert.deepStrictEqual(lines(Effect.logWarning({ sentence: "sweepFailed", fault: "hemmelig" })), [withheld])
    assert.deepStrictEqual(lines(say("sweepFailed").pipe(Effect.annotateLogs("hemmelig", "hemmelig"))), ['level=ERROR message="A sweep could not be completed; it is tried again."'])
  })
})
