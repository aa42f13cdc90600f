import { assert, describe, it } from "vitest"
import { trace } from "../../../../test/spec/retentionLives.ts"
import { Instant, Period } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { Trusted } from "../kernel/trustedClock.ts"
import { clockLaws, destroyedByATrustedClock, hiddenByEitherClock, type Look } from "./clockLaws.ts"
import * as laws from "./laws.ts"
import type { RetentionCommand, RetentionState } from "./messages.ts"

const at = (ms: number): Instant => Instant.make(1_000_000 + ms)
const unstarted: RetentionState = { _tag: "Unstarted" }
const running = (deadline: number): RetentionState => ({ _tag: "Running", item: trace, deleteAt: at(deadline), orders: [] })
const hidden = (deadline: number): RetentionState => ({ _tag: "Hidden", item: trace, deleteAt: at(deadline), destroyFrom: at(deadline) })
const held = (deadline: number): RetentionState => ({ _tag: "Held", item: trace, deleteAt: at(deadline), orders: [] })

/** One step as it may be written down: right or wrong, the law decides. */
const step = (command: RetentionCommand, more: Partial<laws.RetentionStep> = {}): laws.RetentionStep => ({
  command,
  before: unstarted,
  after: unstarted,
  events: [],
  refusal: undefined,
  latest: at(0),
  readable: true,
  ...more
})
const touch = (ms: number) => ({ _tag: "Touch", at: at(ms) }) as const

type Row = readonly [what: string, broken: boolean, last: laws.RetentionStep, before?: ReadonlyArray<laws.RetentionStep>]

/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
const hold = (law: Law<laws.RetentionHistory>, what: string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    it.each(rows.map(([title, broken, last, before = []]) => [title, { broken, last, before }] as const))("%s", (_, { broken, last, before }) => {
      assert.deepStrictEqual(law.broken({ holds: null, steps: [...before, last] }), broken ? [`step ${before.length + 1} (${last.command._tag}): ${what}`] : [])
    })
  })

const start = { _tag: "Start", at: at(0), item: trace, startedAt: at(0), period: Period.make(500_000), bucketMinutes: 2 } as const
const begun = (deadline: number, command: RetentionCommand = start) => step(command, { events: [{ _tag: "Started", at: at(0), item: trace, deleteAt: at(deadline) }] })

hold(laws.deadlineIsThePromise, "the deadline is not the promise", [
  ["the promise itself", false, begun(500_000)],
  ["a millisecond more", true, begun(500_001)],
  ["less than a bucket earlier", false, begun(500_000 - 119_999)],
  ["a bucket earlier", true, begun(500_000 - 120_000)],
  ["begun twice", true, begun(500_000), [begun(500_000)]],
  ["begun by nothing", true, begun(500_000, touch(0))],
  ["another event", false, step(start, { events: [{ _tag: "Expired", at: at(0) }] })]
])

hold(laws.absentFromDeadline, "reading and deadline disagree", [
  ["read before the deadline", false, step(touch(0), { after: running(5), latest: at(4) })],
  ["not read before it", true, step(touch(0), { after: running(5), latest: at(4), readable: false })],
  ["read at it", true, step(touch(0), { after: running(5), latest: at(5) })],
  ["not read at it", false, step(touch(0), { after: running(5), latest: at(5), readable: false })],
  ["read before counting", false, step(touch(0))],
  ["not read before counting", true, step(touch(0), { readable: false })],
  ["hidden, and the clock is back", false, step(touch(0), { after: hidden(5), latest: at(4), readable: false })],
  ["kept by an order, and the clock is back", false, step(touch(0), { after: held(5), latest: at(4), readable: false })]
])

const shorten = (ms: number, deadline: number) => ({ _tag: "Shorten", at: at(ms), deleteAt: at(deadline) }) as const

hold(laws.neverLater, "the deadline moved wrongly", [
  ["it stays", false, step(touch(0), { before: running(5), after: running(5) })],
  ["it moves later", true, step(touch(0), { before: running(5), after: running(6) })],
  ["it moves earlier by itself", true, step(touch(0), { before: running(5), after: running(4) })],
  ["it is shortened", false, step(shorten(0, 3), { before: running(5), after: running(3) })],
  ["it is not shortened", true, step(shorten(0, 3), { before: running(5), after: running(5) })],
  ["it is shortened to less", true, step(shorten(0, 3), { before: running(5), after: running(2) })],
  ["a looser policy", false, step(shorten(0, 9), { before: running(5), after: running(5) })],
  ["a looser policy moves it", true, step(shorten(0, 9), { before: running(5), after: running(9) })],
  ["shortened when it is due", false, step(shorten(5, 3), { before: running(5), after: hidden(5) })],
  ["shortened when it is hidden", false, step(shorten(0, 3), { before: hidden(5), after: hidden(5) })],
  ["it begins", false, step(start, { after: running(5) })],
  ["it begins by nothing", true, step(touch(0), { after: running(5) })],
  ["it does not begin", false, step(touch(0))]
])

const shut = step(touch(0), { after: hidden(5), readable: false })
hold(laws.staysExpired, "something expired came back", [
  ["read before", false, step(touch(0), { after: running(5) })],
  ["hidden", false, shut],
  ["hidden and never read", false, shut, [shut]],
  ["read again", true, step(touch(0), { after: hidden(5) }), [shut]],
  ["running again", true, step(touch(0), { after: running(5), readable: false }), [shut]],
  ["as if it never began", true, step(touch(0), { readable: false }), [shut]]
])

describe(laws.ordersAreInvisible.says, () => {
  it("names the reading that an order changed", () => {
    assert.deepStrictEqual(laws.ordersAreInvisible.broken({ ordered: [true, false, true], unordered: [true, false, true] }), [])
    assert.deepStrictEqual(laws.ordersAreInvisible.broken({ ordered: [true, false, true], unordered: [true, true, false] }), [
      "reading 2 depends on an order",
      "reading 3 depends on an order"
    ])
  })
})

const reading = (now: number, suspect = false): Trusted => ({ now: at(now), latest: at(now), suspect })
const look = (truth: number, more: Partial<Look> = {}): Look => ({ truth: at(truth), wall: at(truth), reading: reading(truth), readable: true, destroyed: false, ...more })
type Seen = readonly [what: string, broken: boolean, last: Look, before?: ReadonlyArray<Look>]

/** A deadline at 100, with clocks that are wrong by 10 at most. */
const see = (law: (typeof clockLaws)[number], what: string, rows: ReadonlyArray<Seen>) =>
  describe(law.says, () => {
    it.each(rows.map(([title, broken, last, before = []]) => [title, { broken, last, before }] as const))("%s", (_, { broken, last, before }) => {
      assert.deepStrictEqual(law.broken({ deleteAt: at(100), skew: Period.make(10), looks: [...before, last] }), broken ? [`look ${before.length + 1}: ${what}`] : [])
    })
  })

const unseen = { readable: false } as const
see(hiddenByEitherClock, "reading and clocks disagree", [
  ["seen before the deadline", false, look(99)],
  ["not seen before it", true, look(99, unseen)],
  ["destroyed before it", true, look(99, { destroyed: true })],
  ["seen at it", true, look(100)],
  ["not seen at it", false, look(100, unseen)],
  ["seen while the wall is past it", true, look(50, { wall: at(100) })],
  ["seen while the trusted clock is past it", true, look(50, { reading: reading(100) })],
  ["not seen while the wall is past it", false, look(50, { ...unseen, wall: at(100) })],
  ["seen while both clocks are slow", false, look(109, { wall: at(99), reading: reading(99) })],
  ["seen while both clocks are too slow", true, look(110, { wall: at(99), reading: reading(99) })],
  ["hidden by a wall that was wrong", false, look(51, unseen), [look(50, { ...unseen, wall: at(100) })]],
  ["seen again after that", false, look(51), [look(50, { ...unseen, wall: at(100) })]],
  ["due at the next look only", true, look(51, unseen), [look(50)]]
])

it("a look that comes later excuses nothing", () => {
  const looks = [look(50, unseen), look(100, unseen)]
  assert.deepStrictEqual(hiddenByEitherClock.broken({ deleteAt: at(100), skew: Period.make(10), looks }), ["look 1: reading and clocks disagree"])
})

const gone = { destroyed: true } as const
see(destroyedByATrustedClock, "destruction and clocks disagree", [
  ["not yet", false, look(109)],
  ["too late", true, look(110)],
  ["in time", false, look(110, gone)],
  ["as early as the clock's error allows", false, look(90, gone)],
  ["earlier", true, look(89, gone)],
  ["in doubt", true, look(110, { ...gone, reading: reading(110, true) })],
  ["waiting while in doubt", false, look(200, { reading: reading(200, true) })],
  ["gone before", false, look(50, { ...gone, reading: reading(50, true) }), [look(95, gone)]],
  ["back again", true, look(96), [look(95, gone)]]
])

it("are all of the laws of a datum under doubtful clocks", () => {
  assert.deepStrictEqual(clockLaws, [hiddenByEitherClock, destroyedByATrustedClock])
})
