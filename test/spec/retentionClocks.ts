/**
 * One datum under a wall clock that is a little wrong always, and very wrong for spells too short to be believed; with its true time beside it.
 */
import { Instant, minutes, type Period } from "@fortrolig/core/kernel/instant"
import { type Clocks, firstTrust, readClocks, type Trust, type Trusted } from "@fortrolig/core/kernel/trustedClock"
import type { Look, Watched } from "@fortrolig/core/retention/clockLaws"
import { retentionMachine } from "@fortrolig/core/retention/machine"
import { keyOf, type Register, shows, sweep, tell } from "@fortrolig/core/retention/register"
import * as fc from "fast-check"
import { beginning, trace } from "./retentionLives.ts"

const minute = 60_000
const day = 24 * 60 * minute

/** The wall clock `offset` away from true time, `gap` after the look before. */
interface Tick {
  readonly gap: number
  readonly offset: number
}

/** A course of clocks, and how far they are wrong outside of jumps. */
export interface Course {
  readonly skew: Period
  readonly period: Period
  readonly bucketMinutes: number
  readonly ticks: ReadonlyArray<Tick>
}

const coursesOf = (skew: number): fc.Arbitrary<Course> => {
  const right = fc.record({ gap: fc.integer({ min: 0, max: 2 * minute }), offset: fc.integer({ min: -skew, max: skew }) })
  const jump = fc.oneof(
    fc.integer({ min: 5 * minute + 2 * skew + 1, max: 40 * minute }),
    fc.integer({ min: 5 * minute + 2 * skew + 1, max: 400 * day }),
    fc.integer({ min: -30 * day, max: -5 * minute - 2 * skew - 1 })
  )
  const spell = fc
    .tuple(jump, fc.array(fc.integer({ min: 0, max: minute }), { minLength: 1, maxLength: 14 }))
    .map(([offset, gaps]) => gaps.map((gap) => ({ gap, offset })))
  const stretch = fc.tuple(fc.array(right, { minLength: 1, maxLength: 10 }), fc.oneof(fc.constant([]), spell)).map(([good, bad]) => [...good, ...bad])
  return fc.record({
    skew: fc.constant(skew as Period),
    period: fc.integer({ min: 0, max: 60 * minute }).map((ms) => ms as Period),
    bucketMinutes: fc.constantFrom(1, 5),
    ticks: fc.array(stretch, { maxLength: 8, size: "max" }).map((stretches) => stretches.flat())
  })
}

export const courses: fc.Arbitrary<Course> = fc.constantFrom(5000, minutes(2)).chain(coursesOf)

/** What somebody does with a datum at each reading of the clocks. */
export interface Keeper {
  readonly sees: (register: Register, reading: Trusted, wall: Instant) => boolean
  readonly sweeps: (register: Register, reading: Trusted, wall: Instant) => Register
}

const machine = retentionMachine(null)

/** As the product does it. */
export const rightKeeper: Keeper = {
  sees: (register, reading) => shows(register, trace, reading.latest),
  sweeps: (register, reading) => sweep(machine, register, reading)
}

/** Keepers that are wrong in one way each. */
export const wrongKeepers: Readonly<Record<string, Keeper>> = {
  "a reader who believes the clock on the wall": { ...rightKeeper, sees: (register, _, wall) => shows(register, trace, wall) },
  "a reader who believes the trusted clock alone": { ...rightKeeper, sees: (register, { now }) => shows(register, trace, now) },
  "a reader who sees nothing": { ...rightKeeper, sees: () => false },
  "a sweep by the later clock": { ...rightKeeper, sweeps: (register, { latest }) => sweep(machine, register, { now: latest, latest, suspect: false }) },
  "a sweep by the clock on the wall": { ...rightKeeper, sweeps: (register, _, wall) => sweep(machine, register, { now: wall, latest: wall, suspect: false }) },
  "a sweep that does not mind a doubt": { ...rightKeeper, sweeps: (register, reading) => sweep(machine, register, { ...reading, suspect: false }) },
  "a sweep that never comes": { ...rightKeeper, sweeps: (register) => register }
}

/** Watches one datum, stamped at the beginning by a right clock, through a course. */
export const watch = ({ skew, period, bucketMinutes, ticks }: Course, { sees, sweeps }: Keeper): Watched => {
  const shown = (ms: number, offset: number): Clocks => ({ wall: Instant.make(beginning + ms + offset), monotonic: ms as Period })
  const at = Instant.make(beginning)
  let trust: Trust = firstTrust(shown(0, 0))
  let register: Register = tell(machine, new Map(), trace, { _tag: "Start", at, item: trace, startedAt: at, period, bucketMinutes })
  const started = register.get(keyOf(trace))
  let ms = 0
  const looks: Array<Look> = []
  for (const { gap, offset } of ticks) {
    ms += gap
    const clocks = shown(ms, offset)
    const answer = readClocks(trust, clocks)
    trust = answer.trust
    const readable = sees(register, answer.reading, clocks.wall)
    register = sweeps(register, answer.reading, clocks.wall)
    looks.push({ truth: Instant.make(beginning + ms), wall: clocks.wall, reading: answer.reading, readable, destroyed: !register.has(keyOf(trace)) })
  }
  return { deleteAt: started?._tag === "Running" ? started.deleteAt : at, skew, looks }
}
