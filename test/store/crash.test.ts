import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { newDisk, openDisk } from "../../packages/adapters/src/contracts/disk.contract.ts"
import { temporaryFolder } from "../../packages/adapters/src/contracts/temporary.contract.ts"
import { after, minutes } from "@fortrolig/core/kernel/instant"
import { deep } from "../support/runs.ts"
import { openEyes } from "./dump.ts"
import { children, startAfter } from "./killed.ts"
import { openLane, startOf } from "./lane.ts"
import { steps } from "./scenario.ts"
import { databases } from "./stack.ts"
import type { Gate } from "./trap.ts"

/** The calls of ports before which a process can be killed, and one more after the last; and how many of them find something else on the disks than the one before. */
const points = 204
const distinct = 101

type Owed = Readonly<Record<string, number>>

/** A place where the process dies. */
interface Point {
  readonly call: number
  readonly minute: number
  readonly owed: Owed
  /** What is owed once the step is done: whatever was begun may be done or not. */
  owedAfter: Owed
  readonly fresh: boolean
}

/** One undisturbed run, and what lay there before each of its calls. */
const survey = Effect.gen(function*() {
  const lane = yield* openLane(yield* copiedDatabase)
  yield* lane.run()
  const start = startOf(1)
  const disks = [newDisk(), newDisk()] as const
  const vaults = { service: openDisk(disks[0]), custody: openDisk(disks[1]) }
  const found: Array<Point> = []
  let minute = 0
  let before = ""
  const look = Effect.gen(function*() {
    const bytes = disks.flatMap(({ slots }) => [...slots].map(([at, slot]) => `${at} ${slot.toString("hex")}`))
    const now = [yield* lane.eyes.fingerprint, ...bytes].join()
    const owed = yield* lane.eyes.owed(after(start, minutes(minute)))
    found.push({ call: found.length, minute, owed, owedAfter: owed, fresh: now !== before })
    before = now
  })
  const gate: Gate = (_name, call) => Effect.andThen(look, call)
  let from = 0
  const left = yield* lane.run({
    vaults,
    gate,
    begun: (step) => Effect.sync(() => void (minute = step.minute)),
    heard: (step) => Effect.gen(function*() {
      if (step === steps.at(-1)) yield* look
      const owed = yield* lane.eyes.owed(after(start, minutes(minute)))
      for (const point of found.slice(from)) point.owedAfter = owed
      from = found.length
    })
  })
  return { left, found }
})

const between = (found: Owed, { owed, owedAfter, call }: Point): void => {
  for (const what of new Set([found, owed, owedAfter].flatMap(Object.keys))) {
    const [n, a, b] = [found[what] ?? 0, owed[what] ?? 0, owedAfter[what] ?? 0]
    assert.isTrue(Math.min(a, b) <= n && n <= Math.max(a, b), `${what}: ${n} after a kill before call ${call}, ${a} before it and ${b} after its step`)
  }
}

describe("a process that is killed", () => {
  it.live(`at one of ${points} calls of ports, ${distinct} of which find something new on the disks: whoever starts next loses nothing, and at the end there is what an undisturbed run leaves`, () =>
    Effect.gen(function*() {
      const { found, left } = yield* survey
      assert.deepStrictEqual([found.length, found.filter(({ fresh }) => fresh).length], [points, distinct])
      const all = found.filter(({ fresh }) => deep || fresh)
      const seed = randomBytes(4).readUInt32LE()
      const chosen = deep ? all : all.filter((_point, at) => at % 5 === seed % 5)
      console.log(`${chosen.length} kills${deep ? "" : `, every fifth from ${seed % 5}`}`)
      const run = yield* children
      const folder = yield* temporaryFolder
      const todo = chosen.map((point, at) => ({ point, at }))
      const work = Effect.gen(function*() {
        const url = yield* copiedDatabase
        const [on, eyes] = [yield* databases(url), yield* openEyes(url)]
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
          const { at, point } = next
          const keys = join(folder, String(at))
          mkdirSync(keys)
          const start = startOf(at + 2)
          yield* run({ url: Redacted.value(url), keys, start, call: point.call })
          yield* eyes.quiet
          assert.strictEqual(yield* eyes.denied, 0, `rows that the ledger denies after a kill before call ${point.call}`)
          const { notes, end } = yield* Effect.scoped(startAfter(on, keys, start, point.minute, ({ sweepAt, vaults }) =>
            Effect.gen(function*() {
              const owed = yield* eyes.owed(after(start, minutes(point.minute)))
              between(owed, point)
              yield* sweepAt(1800)
              return { notes: owed["note"] ?? 0, end: yield* eyes.dump(start, vaults) }
            })))
          const isNote = (line: string) => line.startsWith("service.anonymous_note")
          assert.strictEqual(end.filter(isNote).length, notes, `notes after a kill before call ${point.call}`)
          assert.deepStrictEqual(end.filter((line) => !isNote(line)), left.end.filter((line) => !isNote(line)), `left after a kill before call ${point.call}`)
          yield* eyes.clear
        }
      })
      yield* Effect.all([work, work], { concurrency: "unbounded" })
    }), 900_000)
})
