import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant, Period } from "./instant.ts"
import { type Clocks, firstTrust, readClocks, type Trust, type Trusted } from "./trustedClock.ts"

const minute = 60_000
const start = Date.UTC(2026, 2, 27, 11)

/** What the clocks show `ms` after the start of the process, with the wall `offset` away from true time. */
const clocks = (ms: number, offset: number): Clocks => ({ wall: Instant.make(start + ms + offset), monotonic: Period.make(1000 + ms) })

type Read = typeof readClocks

/** Readings at `[gap, offset]`, each `gap` ms after the one before, with the true time of each. */
const readings = (trace: ReadonlyArray<readonly [gap: number, offset: number]>, read: Read = readClocks): ReadonlyArray<Trusted & { readonly truth: number; readonly wall: number }> => {
  let trust: Trust = firstTrust(clocks(0, 0))
  let ms = 0
  return trace.map(([gap, offset]) => {
    ms += gap
    const shown = clocks(ms, offset)
    const answer = read(trust, shown)
    trust = answer.trust
    return { ...answer.reading, truth: start + ms, wall: shown.wall }
  })
}

const gap = fc.integer({ min: 0, max: 2 * minute })
const day = 24 * 60 * minute
const anyTrace = fc.array(
  fc.tuple(
    fc.oneof(gap, fc.integer({ min: 0, max: 20 * minute })),
    fc.oneof(fc.constant(0), fc.integer({ min: -6 * minute, max: 6 * minute }), fc.integer({ min: -day, max: 400 * day }))
  ),
  { maxLength: 40, size: "max" }
)

/** Spells of a wrong wall clock, too short to be believed, each followed by the right one. */
const falseJumps = fc
  .array(
    fc.tuple(
      fc.oneof(fc.integer({ min: 5 * minute + 1, max: 400 * day }), fc.integer({ min: -30 * day, max: -5 * minute - 1 })),
      fc.array(fc.integer({ min: 0, max: minute }), { minLength: 1, maxLength: 14 }),
      fc.array(gap, { minLength: 1, maxLength: 10 })
    ),
    { maxLength: 6, size: "max" }
  )
  .map((spells) => spells.flatMap(([offset, wrong, right]) => [...wrong.map((ms) => [ms, offset] as const), ...right.map((ms) => [ms, 0] as const)]))

/** A law over traces that any reader can be held to. */
const law = <Trace>(traces: fc.Arbitrary<Trace>, holds: (trace: Trace, read: Read) => void) => {
  const property = (read: Read) => fc.property(traces, (trace) => holds(trace, read))
  return {
    assert: (read: Read) => fc.assert(property(read), runs(1000)),
    notices: (read: Read) => fc.check(property(read), { numRuns: 3000, seed: 7, endOnFailure: true }).failed
  }
}

const neverBack = law(anyTrace, (trace, read) => {
  const all = readings(trace, read)
  for (const [index, { now, latest, suspect, truth, wall }] of all.entries()) {
    assert.strictEqual(latest, Math.max(now, wall))
    const before = all[index - 1] ?? { now: start, truth: start }
    if (now >= before.now) continue
    assert.deepStrictEqual([now, suspect], [wall, false])
    assert.isAbove(before.now + truth - before.truth - wall, 5 * minute)
    const from = all.findIndex((_, first) =>
      all.slice(first, index).every((one) => one.suspect && Math.abs(one.wall - one.truth - (all[first]?.wall ?? 0) + (all[first]?.truth ?? 0)) <= 5 * minute))
    assert.isAtLeast(truth - (all[from]?.truth ?? truth), 15 * minute)
  }
})

/** A wall that has been anywhere, also where it was believed, and then is right for good. */
const corrected = fc.tuple(anyTrace, fc.array(gap, { minLength: 1, maxLength: 40, size: "max" }))
const rightAgain = law(corrected, ([wrong, right], read) => {
  const put = readings([...wrong, ...right.map((ms) => [ms, 0] as const)], read).slice(wrong.length)
  for (const { now, truth } of put) {
    if (truth - (put[0]?.truth ?? 0) >= 15 * minute) assert.isAtMost(Math.abs(now - truth), 5 * minute)
  }
})

const exactThroughFalseJumps = law(falseJumps, (trace, read) => {
  for (const [index, { now, truth, suspect, latest, wall }] of readings(trace, read).entries()) {
    assert.strictEqual(now, truth)
    assert.strictEqual(suspect, trace[index]?.[1] !== 0)
    assert.isAtLeast(latest, wall)
  }
})

const smallSteps = fc.array(fc.tuple(gap, fc.integer({ min: -2 * minute, max: 2 * minute })), { maxLength: 40, size: "max" })
const followsSmallSteps = law(smallSteps, (trace, read) => {
  for (const { now, truth, suspect, wall } of readings(trace, read)) {
    assert.isFalse(suspect)
    assert.isAtLeast(now, wall)
    assert.isAtMost(Math.abs(now - truth), 2 * minute)
  }
})

/** After a lasting jump, readings a minute apart. */
const lasting = (offset: number, minutes: number, read: Read = readClocks) =>
  readings(Array.from({ length: minutes }, () => [minute, offset] as const), read)

const jumps = fc.oneof(fc.integer({ min: 5 * minute + 1, max: 400 * day }), fc.integer({ min: -day, max: -5 * minute - 1 }))
const believesWhatLasts = law(jumps, (offset, read) => {
  const trace = lasting(offset, 20, read)
  assert.deepStrictEqual(
    trace.map(({ suspect }) => suspect),
    Array.from({ length: 20 }, (_, i) => i < 15)
  )
  assert.strictEqual(trace[14]?.now, trace[14]?.truth)
  if (offset > 0) assert.strictEqual(trace.at(-1)?.now, trace.at(-1)?.wall)
})

const readTwice = law(anyTrace, (trace, read) => {
  const twice = readings(trace.flatMap(([ms, offset]) => [[ms, offset], [0, offset]] as const), read)
  const answers = twice.map(({ latest, now, suspect }) => ({ latest, now, suspect }))
  const first = answers.filter((_answer, index) => index % 2 === 0)
  assert.deepStrictEqual(answers.filter((_answer, index) => index % 2 === 1), first)
})

/** Less than a quarter of an hour of a wall clock that goes anywhere, also a little at a time. */
const wandering = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.oneof(fc.integer({ min: -12 * minute, max: 12 * minute }), fc.integer({ min: -day, max: day }))), { maxLength: 44, size: "max" })
const holdsForAQuarter = law(wandering, (trace, read) => {
  for (const { now, truth } of readings(trace, read)) assert.isAtMost(Math.abs(now - truth), 5 * minute)
})

const laws = {
  "For any trace of clocks, now never decreases but for a jump of more than five minutes back that has lasted a quarter of an hour, and latest is the later of now and the wall clock": neverBack,
  "After a false jump that was believed and then put right, every stamp from a quarter of an hour on is within five minutes of true time": rightAgain,
  "A false jump, however far, moves no stamp by a millisecond, and is doubted exactly as long as it lasts": exactThroughFalseJumps,
  "Small steps are followed, never doubted, and leave every stamp as near to true time as the wall clock was at its worst": followsSmallSteps,
  "A jump that lasts is doubted for 15 minutes and then believed": believesWhatLasts,
  "Read twice at one moment, the clock answers the same": readTwice,
  "In a quarter of an hour no wall clock, wherever it goes and by however small steps, moves a stamp by more than five minutes": holdsForAQuarter
} as const

/** Believes a doubted wall as soon as it is near the last stamp, though it has come there by many steps. */
const nearIsBack: Read = (trust, shown) => {
  const carried = trust.lastTrusted + shown.monotonic - trust.monotonicLast
  const near = trust.doubted !== undefined && Math.abs(shown.wall - carried) <= 5 * minute
  return readClocks(near ? { ...trust, believed: shown } : trust, shown)
}

/** Reads, and then says another `now` where the clock is believed. */
const believing = (say: (trust: Trust, now: Instant, shown: Clocks) => number): Read => (trust, shown) => {
  const answer = readClocks(trust, shown)
  if (answer.reading.suspect) return answer
  const now = Instant.make(say(trust, answer.reading.now, shown))
  return { reading: { ...answer.reading, now, latest: Instant.make(Math.max(now, shown.wall)) }, trust: { ...answer.trust, lastTrusted: now } }
}

/** Clocks that are wrong in one way each, and the law that must notice. */
const bugs: ReadonlyArray<readonly [string, keyof typeof laws, Read]> = [
  [
    "a clock that shows the wall as it is",
    "For any trace of clocks, now never decreases but for a jump of more than five minutes back that has lasted a quarter of an hour, and latest is the later of now and the wall clock",
    (_, shown) => ({ reading: { now: shown.wall, latest: shown.wall, suspect: false }, trust: firstTrust(shown) })
  ],
  [
    "a clock that steps down with every wall that it believes",
    "For any trace of clocks, now never decreases but for a jump of more than five minutes back that has lasted a quarter of an hour, and latest is the later of now and the wall clock",
    believing((_trust, _now, { wall }) => wall)
  ],
  [
    "a clock that waits at half speed for a wall that was put right after it had been believed",
    "After a false jump that was believed and then put right, every stamp from a quarter of an hour on is within five minutes of true time",
    believing((trust, now, shown) => (now >= trust.lastTrusted ? now : trust.lastTrusted + Math.floor((shown.monotonic - trust.monotonicLast) / 2)))
  ],
  [
    "a clock that only remembers the highest instant",
    "A false jump, however far, moves no stamp by a millisecond, and is doubted exactly as long as it lasts",
    (trust, shown) => {
      const now = Instant.make(Math.max(trust.lastTrusted, shown.wall))
      return { reading: { now, latest: now, suspect: false }, trust: { ...firstTrust(shown), lastTrusted: now } }
    }
  ],
  [
    "a clock that never believes the wall",
    "A jump that lasts is doubted for 15 minutes and then believed",
    (trust, shown) => readClocks({ ...trust, doubted: undefined }, shown)
  ],
  [
    "a clock that stands still while it doubts",
    "A false jump, however far, moves no stamp by a millisecond, and is doubted exactly as long as it lasts",
    (trust, shown) => {
      const answer = readClocks(trust, shown)
      return answer.reading.suspect
        ? { reading: { ...answer.reading, now: trust.lastTrusted }, trust: { ...answer.trust, lastTrusted: trust.lastTrusted } }
        : answer
    }
  ],
  [
    "a clock that takes a wall near its own stamps for one that has returned",
    "Read twice at one moment, the clock answers the same",
    nearIsBack
  ],
  [
    "a clock that is led away by one small step after the other",
    "In a quarter of an hour no wall clock, wherever it goes and by however small steps, moves a stamp by more than five minutes",
    nearIsBack
  ],
  [
    "a clock that doubts every step",
    "Small steps are followed, never doubted, and leave every stamp as near to true time as the wall clock was at its worst",
    (trust, shown) => {
      const answer = readClocks(trust, shown)
      return { ...answer, reading: { ...answer.reading, suspect: answer.reading.now !== shown.wall } }
    }
  ]
]

describe("the trusted clock", () => {
  it.each(Object.entries(laws))("%s", (_, stated) => {
    stated.assert(readClocks)
  }, patience)

  it.each(bugs)("%s is noticed", (_, says, read) => {
    assert.isTrue(laws[says].notices(read))
  }, patience)

  it("doubts a step of one millisecond more than five minutes, either way, and no less", () => {
    const steps = [5 * minute, 5 * minute + 1, -5 * minute, -5 * minute - 1]
    assert.deepStrictEqual(
      steps.map((offset) => readings([[1000, offset]])[0]?.suspect),
      [false, true, false, true]
    )
  })

  it("counts many small steps as the jump that they are", () => {
    const creeping = readings([0, 4, 8, 12].map((minutes) => [1000, minutes * minute] as const))
    assert.deepStrictEqual(
      creeping.map(({ suspect }) => suspect),
      [false, false, true, true]
    )
    const resting = readings([[1000, 4 * minute], [1000, 8 * minute], ...Array.from({ length: 16 }, () => [minute, 8 * minute] as const)])
    assert.deepStrictEqual(resting.map(({ suspect }) => suspect), [false, ...Array.from({ length: 15 }, () => true), false, false])
  })

  it("compares the two clocks anew every 15 minutes, also when the wall has been away in between", () => {
    const doubts = (trace: Parameters<typeof readings>[0]) => readings(trace).map(({ suspect }) => suspect)
    assert.deepStrictEqual(doubts([[15 * minute, 4 * minute], [1000, 8 * minute]]), [false, false])
    assert.deepStrictEqual(doubts([[15 * minute - 1, 4 * minute], [1000, 8 * minute]]), [false, true])
    assert.deepStrictEqual(doubts([[1000, 8 * day], [15 * minute - 1000, 4 * minute], [1000, 8 * minute]]), [true, false, false])
    assert.deepStrictEqual(doubts([[1000, 8 * day], [15 * minute - 1001, 4 * minute], [1000, 8 * minute]]), [true, false, true])
  })

  it("doubts a wall that jumps on while it is doubted for 15 minutes from there", () => {
    const jumping = readings([[1000, 8 * day], [14 * minute, 9 * day], [15 * minute - 1, 9 * day], [1, 9 * day]])
    assert.deepStrictEqual(jumping.map(({ suspect }) => suspect), [true, true, true, false])
  })

  it("lets a wall clock that was ahead by no more than a step be caught up with at half speed, so that limits still run out", () => {
    const behind = lasting(-5 * minute, 12)
    assert.deepStrictEqual([0, 1, 3, 9, 11].map((index) => ((behind[index]?.now ?? 0) - (behind[index]?.wall ?? 0)) / minute), [4.5, 4, 3, 0, 0])
  })

  it("steps down to a wall that was put back by more than five minutes once that has lasted a quarter of an hour, and not for five minutes exactly", () => {
    const month = 31 * day
    const turned = readings([[1000, month], ...Array.from({ length: 60 }, () => [minute, month] as const), ...Array.from({ length: 17 }, () => [minute, 0] as const)])
    assert.deepStrictEqual(turned.slice(-17).map(({ now, truth }) => now - truth), [...Array.from({ length: 15 }, () => month), 0, 0])
    const away = [minute, 40 * minute] as const
    const near = (offset: number) => readings([away, [minute, offset], [15 * minute, offset]], readClocks).map(({ now, truth }) => now - truth)
    assert.deepStrictEqual([near(-5 * minute), near(-5 * minute - 1)], [[0, -30_000, -5 * minute], [0, 0, -5 * minute - 1]])
  })

  it("hides by a wall clock that it does not believe", () => {
    const [first] = readings([[1000, 8 * day]])
    assert.deepStrictEqual(first, { now: Instant.make(start + 1000), latest: Instant.make(start + 1000 + 8 * day), suspect: true, truth: start + 1000, wall: start + 1000 + 8 * day })
  })

  it("believes the wall at the start of a process, and remembers both clocks", () => {
    const at = clocks(0, 0)
    assert.deepStrictEqual(firstTrust(at), { lastTrusted: at.wall, monotonicLast: at.monotonic, believed: at, doubted: undefined })
  })

  it("stands where the wall stands when that has come back to the very last instant", () => {
    assert.deepStrictEqual(readings([[1000, -1000], [1000, -2000]]).map(({ now }) => now - start), [0, 0])
  })

  it("loses none of the steps that are too short to halve, neither while it believes nor when it believes again", () => {
    const behind = readings([[1000, -5000], ...Array.from({ length: 10 }, () => [1, -5000] as const)])
    assert.deepStrictEqual(behind.map(({ now }) => now - start), [500, 500, 501, 501, 502, 502, 503, 503, 504, 504, 505])
    const again = readings([[1000, 8 * day], [1, -minute], [1, -minute]])
    assert.deepStrictEqual(again.map(({ now, suspect }) => [now - start, suspect]), [[1000, true], [1000, false], [1001, false]])
  })

  it("believes a wall that is back to within five minutes exactly, either way, and no further off", () => {
    const back = [5 * minute, 5 * minute + 1, -5 * minute, -5 * minute - 1].map((offset) => readings([[1000, 8 * day], [1000, offset]])[1]?.suspect)
    assert.deepStrictEqual(back, [false, true, false, true])
  })
})
