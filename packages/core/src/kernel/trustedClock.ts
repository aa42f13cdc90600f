/**
 * The decision of a trusted clock, without a clock: what to believe of a wall clock that may jump, given one that only runs forward (E-09).
 */
import { type Instant, later, minutes, type Period } from "./instant.ts"

/** What the two clocks of a machine show at one moment; `monotonic` counts whole milliseconds from any origin and never runs backwards. */
export interface Clocks {
  readonly wall: Instant
  readonly monotonic: Period
}

/** What is remembered from one reading to the next. */
export interface Trust {
  /** The `now` of the last reading, and the monotonic clock then. */
  readonly lastTrusted: Instant
  readonly monotonicLast: Period
  /** Both clocks when they were last compared anew. Small steps add up against this pair, so that many of them count as one jump; only by it has a wall returned. */
  readonly believed: Clocks
  /** Both clocks when the wall, away from there, was first seen where it is now; nothing while it is believed. */
  readonly doubted: Clocks | undefined
}

/** The answer to one reading; `now` stamps, `latest` hides, and nothing irreversible happens while `suspect`. */
export interface Trusted {
  readonly now: Instant
  readonly latest: Instant
  readonly suspect: boolean
}

/** The largest difference between the two clocks that is not a jump. */
export const jumpTolerance: Period = minutes(5)
/** How long the wall clock must agree with the monotonic clock after a jump before it is believed. */
export const confirmation: Period = minutes(15)

/** Trust at the start of a process: the wall clock is believed. */
export const firstTrust = (clocks: Clocks): Trust => ({ lastTrusted: clocks.wall, monotonicLast: clocks.monotonic, believed: clocks, doubted: undefined })

const ran = (from: Period, to: Period): Period => Math.max(0, to - from) as Period

/** The last trusted instant, carried on by the monotonic clock. */
const carriedTo = (trust: Trust, { monotonic }: Clocks): Instant => (trust.lastTrusted + ran(trust.monotonicLast, monotonic)) as Instant

/**
 * Follows a believed wall clock without running backwards: while the wall lies behind, `now` runs at half speed until the wall has caught up,
 * so that limits still end what they must. A step too short to halve waits for the next reading.
 */
const follow = (trust: Trust, { wall, monotonic }: Clocks): Pick<Trust, "lastTrusted" | "monotonicLast"> => {
  if (wall >= trust.lastTrusted) return { lastTrusted: wall, monotonicLast: monotonic }
  const half = Math.floor(ran(trust.monotonicLast, monotonic) / 2)
  return half === 0
    ? { lastTrusted: trust.lastTrusted, monotonicLast: trust.monotonicLast }
    : { lastTrusted: (trust.lastTrusted + half) as Instant, monotonicLast: monotonic }
}

/** Whether the wall runs on from where it was then, to within what is no jump. */
const runsOn = (then: Clocks, { monotonic, wall }: Clocks): boolean => Math.abs(wall - (then.wall + ran(then.monotonic, monotonic))) <= jumpTolerance

/** Whether so much time has passed since then that what the wall has shown ever since is believed. */
const lasts = (since: Clocks, { monotonic }: Clocks): boolean => ran(since.monotonic, monotonic) >= confirmation

/**
 * Goes where a wall stands that has lasted: down to it when it lies further back than a step does, since whatever is stamped by a clock that was
 * believed and wrong would live longer than its promise by as much as the clock was wrong.
 */
const moveTo = (trust: Trust, clocks: Clocks): Pick<Trust, "lastTrusted" | "monotonicLast"> =>
  carriedTo(trust, clocks) - clocks.wall > jumpTolerance ? { lastTrusted: clocks.wall, monotonicLast: clocks.monotonic } : follow(trust, clocks)

const decide = (trust: Trust, clocks: Clocks): Trust => {
  const { believed } = trust
  const goesOn = runsOn(believed, clocks)
  const doubted = trust.doubted !== undefined && runsOn(trust.doubted, clocks) ? trust.doubted : clocks
  if (goesOn || lasts(doubted, clocks)) {
    const moved = goesOn ? follow(trust, clocks) : moveTo(trust, clocks)
    return { ...moved, believed: goesOn && !lasts(believed, clocks) ? believed : clocks, doubted: undefined }
  }
  return { lastTrusted: carriedTo(trust, clocks), monotonicLast: clocks.monotonic, believed, doubted }
}

/**
 * One reading. A jump of more than `jumpTolerance`, either way, makes the clock suspect: `now` goes on from the last trusted instant by the monotonic clock
 * until the wall returns or has agreed with the monotonic clock for `confirmation`. `now` never decreases but for a jump of more than five minutes back
 * that has lasted a quarter of an hour: then it goes down to the wall.
 */
export const readClocks = (trust: Trust, clocks: Clocks): { readonly reading: Trusted; readonly trust: Trust } => {
  const next = decide(trust, clocks)
  return { reading: { now: next.lastTrusted, latest: later(next.lastTrusted, clocks.wall), suspect: next.doubted !== undefined }, trust: next }
}
