import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { newDisk, openDisk } from "../../packages/adapters/src/contracts/disk.contract.ts"
import { temporaryFolder } from "../../packages/adapters/src/contracts/temporary.contract.ts"
import { after, minutes } from "@fortrolig/core/kernel/instant"
import { deep } from "../support/runs.ts"
import { openEyes } from "./dump.ts"
import { children, startAfter } from "./killed.ts"
import { openLane, startOf } from "./lane.ts"
import { missing } from "./plan.ts"
import { steps } from "./scenario.ts"
import { databases } from "./stack.ts"
import type { Gate } from "./trap.ts"

/** The calls of ports before which a process can be killed, and one more after the last; and how many of them find something else on the disks than the one before. */
const points = 224
const distinct = 121

type Owed = Readonly<Record<string, number>>

/** A place where the process dies. */
interface Point {
  readonly call: number
  /** That call, and the step that makes it. */
  readonly name: string
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
  let step = ""
  let before = ""
  const look = Effect.fnUntraced(function*(name: string) {
    const bytes = disks.flatMap(({ slots }) => [...slots].map(([at, slot]) => `${at} ${slot.toString("hex")}`))
    const now = [yield* lane.eyes.fingerprint, ...bytes].join()
    const owed = yield* lane.eyes.owed(after(start, minutes(minute)))
    found.push({ call: found.length, name: `${name} of "${step}"`, minute, owed, owedAfter: owed, fresh: now !== before })
    before = now
  })
  const gate: Gate = (name, call) => Effect.andThen(look(name), call)
  let from = 0
  const left = yield* lane.run({
    vaults,
    gate,
    begun: (next) => Effect.sync(() => void ([minute, step] = [next.minute, next.name])),
    heard: (done) => Effect.gen(function*() {
      if (done === steps.at(-1)) yield* look("the end")
      const owed = yield* lane.eyes.owed(after(start, minutes(minute)))
      for (const point of found.slice(from)) point.owedAfter = owed
      from = found.length
    })
  })
  return { left, found }
})

/** What there is too little or too much of. */
const between = (found: Owed, { owed, owedAfter }: Point): ReadonlyArray<string> =>
  [...new Set([found, owed, owedAfter].flatMap(Object.keys))].flatMap((what) => {
    const [n, a, b] = [found[what] ?? 0, owed[what] ?? 0, owedAfter[what] ?? 0]
    return Math.min(a, b) <= n && n <= Math.max(a, b) ? [] : [`${what}: ${n}, where ${a} were before the call and ${b} after its step`]
  })

const isNote = (line: string) => line.startsWith("service.anonymous_note")

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
      const undisturbed = left.end.filter((line) => !isNote(line))
      const todo = chosen.map((point, at) => ({ point, at }))
      const open = Effect.gen(function*() {
        const url = yield* copiedDatabase
        return { url, on: yield* databases(url), eyes: yield* openEyes(url) }
      })
      /** One kill in a database, and all that is wrong afterwards. */
      const kill = Effect.fnUntraced(function*({ eyes, on, url }: Effect.Success<typeof open>, { at, point }: (typeof todo)[number]) {
        const keys = join(folder, String(at))
        mkdirSync(keys)
        const start = startOf(at + 2)
        yield* run({ url: Redacted.value(url), keys, start, call: point.call })
        yield* eyes.quiet
        const denied = yield* eyes.denied
        const { notes, end, owed } = yield* Effect.scoped(startAfter(on, keys, start, point.minute, ({ sweepAt, vaults }) =>
          Effect.gen(function*() {
            const found = yield* eyes.owed(after(start, minutes(point.minute)))
            yield* sweepAt(1800)
            return { notes: found["note"] ?? 0, end: yield* eyes.dump(start, vaults), owed: between(found, point) }
          })))
        yield* eyes.clear
        const rest = end.filter((line) => !isNote(line))
        return [
          ...(denied === 0 ? [] : [`${denied} rows that the ledger denies`]),
          ...owed,
          ...(end.filter(isNote).length === notes ? [] : [`${end.filter(isNote).length} notes at the end, of ${notes}`]),
          ...missing(rest, undisturbed).map((line) => `left at the end: ${line}`),
          ...missing(undisturbed, rest).map((line) => `lacks at the end: ${line}`)
        ]
      })
      const wrong: Array<string> = []
      const work = Effect.gen(function*() {
        let database = yield* open
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
          const { call, name } = next.point
          const outcome = yield* Effect.exit(kill(database, next))
          const found = Exit.isSuccess(outcome) ? outcome.value : [Cause.pretty(outcome.cause)]
          wrong.push(...found.map((what) => `a kill before call ${call}, ${name}: ${what}`))
          // What is wrong after one kill is not told again after the next.
          if (found.length > 0) database = yield* open
        }
      })
      yield* Effect.all([work, work], { concurrency: "unbounded" })
      assert.strictEqual(wrong.join("\n"), "")
    }), 900_000)
})
