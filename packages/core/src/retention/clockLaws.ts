/**
 * The laws of a datum under clocks that may be wrong: a doubt hides, and a doubt destroys nothing (E-09).
 */
import type { Instant, Period } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { Trusted } from "../kernel/trustedClock.ts"
import { retentionRules } from "./rules.ts"

/** One look at a datum, by what the clocks show and at what time it truly was. */
export interface Look {
  readonly truth: Instant
  readonly wall: Instant
  readonly reading: Trusted
  readonly readable: boolean
  /** Whether the datum is destroyed after the sweep that follows the look. */
  readonly destroyed: boolean
}

/** The looks at one datum from its beginning on. Outside a false jump the wall clock is within `skew` of true time. */
export interface Watched {
  readonly deleteAt: Instant
  readonly skew: Period
  readonly looks: ReadonlyArray<Look>
}

const where = ({ looks }: Watched, what: string, broken: (look: Look, index: number) => boolean): ReadonlyArray<string> =>
  looks.flatMap((look, index) => (broken(look, index) ? [`look ${index + 1}: ${what}`] : []))

/** Hidden if either clock says so. */
export const hiddenByEitherClock: Law<Watched> = {
  rule: retentionRules.clocks.id,
  says: "A datum is read only while both clocks lie before its deadline, hence never when true time is past it by more than the clock's error",
  broken: (watched) =>
    where(watched, "reading and clocks disagree", ({ truth, wall, reading, readable, destroyed }, index) => {
      const open = Math.max(reading.now, wall) < watched.deleteAt
      const late = readable && truth >= watched.deleteAt + watched.skew
      // What an earlier, doubted clock hid is not promised back; what was never due by any clock is.
      const neverDue = watched.looks.slice(0, index + 1).every((look) => Math.max(look.reading.now, look.wall) < watched.deleteAt)
      return late || (readable && !open) || (neverDue && (!readable || destroyed))
    })
}

/** Nothing irreversible under doubt. */
export const destroyedByATrustedClock: Law<Watched> = {
  rule: retentionRules.clocks.id,
  says:
    "A datum is destroyed only by a clock that is not in doubt, never before its deadline by true time less the clock's error, and always once both are past",
  broken: (watched) =>
    where(watched, "destruction and clocks disagree", ({ truth, reading, destroyed }, index) => {
      const before = watched.looks[index - 1]?.destroyed ?? false
      if (before) return !destroyed
      const early = destroyed && (reading.suspect || truth < watched.deleteAt - watched.skew)
      return early || (!destroyed && !reading.suspect && truth >= watched.deleteAt + watched.skew)
    })
}

/** Every law of a datum under doubtful clocks. */
export const clockLaws: ReadonlyArray<Law<Watched>> = [hiddenByEitherClock, destroyedByATrustedClock]
