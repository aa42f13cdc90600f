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
import { type Dump, openEyes } from "./dump.ts"
import { children, startAfter } from "./killed.ts"
import { openLane, startOf } from "./lane.ts"
import { missing } from "./plan.ts"
import { steps } from "./scenario.ts"
import { databases } from "./stack.ts"
import type { Gate } from "./trap.ts"

/** The calls of ports before which a process can be killed, and one more after the last; and how many of them find something else on the disks than the one before. */
const points = 214
const distinct = 102

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
  /** The call with which its step begins, and the one before which it is done. */
  begins: number
  ends: number
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
    found.push({ call: found.length, name: `${name} of "${step}"`, minute, owed, owedAfter: owed, begins: 0, ends: 0, fresh: now !== before })
    before = now
  })
  const gate: Gate = (name, call) => Effect.andThen(look(name), call)
  let from = 0
  const left = yield* lane.run({
    vaults,
    gate,
    begun: (next) => Effect.sync(() => void ([minute, step] = [next.minute, next.name])),
    heard: (done) => Effect.gen(function*() {
      const ends = found.length
      if (done === steps.at(-1)) yield* look("the end")
      const owed = yield* lane.eyes.owed(after(start, minutes(minute)))
      for (const point of found.slice(from)) Object.assign(point, { owedAfter: owed, begins: from, ends })
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

/** What is there only in the middle of a step, and has to be: the calls before which one dies then, the line, and the one in whose place it may stand. */
const halfWay: ReadonlyArray<readonly [names: RegExp, line: string, instead?: string]> = [
  [/^staff\.redeem of "staff sign (in|out)"$/, "service.invitation ifengsel  1441 min"],
  [/^staff\.signOut of "staff sign out"$/, "service.staff_session ifengsel  721 min"],
  // Its key is gone, and its row does not know yet: it ends at the mark, which the sweep of the very beginning raised.
  [/^(sessions|service vault)\.end of "it ends"$/, "service.session ifengsel empty 1440 min", "service.session ifengsel empty 1445 min"],
  [/^(sessions|service vault)\.end of "waiting ends a chat"$/, "service.session ifengsel empty 1440 min"]
]
const inTheMiddle = (name: string, before: Dump): Dump =>
  halfWay.reduce((lines, [names, line, instead]) => (names.test(name) ? [...missing(lines, instead === undefined ? [] : [instead]), line] : lines), before)

const nameOf = (call: number, minute: number): string => `before call ${call}, to start again at minute ${minute}`

/** What is kept neither by whoever stops before a step nor by whoever stops after it, and what both keep and this one does not: rows, their deadlines, keys. */
const unlike = (found: Dump, before: Dump, done: Dump): ReadonlyArray<string> => [
  ...missing(found, [...before, ...missing(done, before)]).map((line) => `neither before its step nor after it: ${line}`),
  ...missing(missing(before, missing(before, done)), found).map((line) => `before its step and after it, and not now: ${line}`)
]

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
      const todo: Array<{ readonly point: Point; readonly at: number }> = chosen.map((point, at) => ({ point, at }))
      // Whoever stops between two steps and starts again at the minute of the first: an undisturbed run that ends at the same instant.
      if (deep) {
        const done = new Map(all.map((point) => [nameOf(point.ends, point.minute), { ...point, call: point.ends, name: `what follows on ${point.name}` }]))
        for (const point of all) done.delete(nameOf(point.call, point.minute))
        todo.push(...[...done.values()].map((point, at) => ({ point: { ...point, owed: point.owedAfter }, at: chosen.length + at })))
        console.log(`${done.size} more, each where a step is done`)
      }
      const soon = new Map<string, Dump>()
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
            soon.set(nameOf(point.call, point.minute), yield* eyes.dump(start, vaults))
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
      for (const { begins, call, ends, minute, name } of deep ? all : []) {
        const [before, now, done] = [begins, call, ends].map((at) => soon.get(nameOf(at, minute)))
        const found = before === undefined || now === undefined || done === undefined ? ["nothing to be compared with"] : unlike(now, inTheMiddle(name, before), done)
        wrong.push(...found.map((what) => `a restart after a kill before call ${call}, ${name}: ${what}`))
      }
      assert.strictEqual(wrong.join("\n"), "")
    }), 900_000)
})
