/**
 * Which call of which step fails in which run, so that in few runs each one fails once in each way; and what two runs may not differ in.
 */
import { assert } from "@effect/vitest"
import type { Dump } from "./dump.ts"
import type { Step } from "./scenario.ts"
import type { How, Spring } from "./trap.ts"

/** The calls that each step makes when nothing fails. */
export type Counted = ReadonlyMap<Step, ReadonlyArray<string>>

/** What springs in one run: at each step one call, and at each try of a sweep one, since a sweep asks for the same things again. */
export type Run = (step: Step) => ReadonlyArray<Spring>

/** Every way in which every call can fail, by step. */
export const springsOf = (counted: Counted, hows: ReadonlyArray<How> = ["before", "after"]): ReadonlyMap<Step, ReadonlyArray<Spring>> =>
  new Map([...counted].map(([step, calls]) => [step, calls.flatMap((call) => hows.map((how) => ({ call, how })))]))

/** How many they are. */
export const count = (springs: ReadonlyMap<Step, ReadonlyArray<Spring>>): number => [...springs.values()].reduce((sum, { length }) => sum + length, 0)

/** What is left of them. */
export const without = (springs: ReadonlyMap<Step, ReadonlyArray<Spring>>, sprung: ReadonlySet<Spring>): ReadonlyMap<Step, ReadonlyArray<Spring>> =>
  new Map([...springs].map(([step, all]) => [step, all.filter((spring) => !sprung.has(spring))]))

/** As many runs as the longest step that is no sweep needs; `most` springs at one sweep, at a try each. */
export const runsOf = (springs: ReadonlyMap<Step, ReadonlyArray<Spring>>, most: number): ReadonlyArray<Run> => {
  const length = Math.max(...[...springs].map(([{ sweeps }, all]) => (sweeps ? Math.ceil(all.length / most) : all.length)))
  return Array.from({ length }, (_, run): Run => (step) => (springs.get(step) ?? []).filter((_spring, at) => at % length === run))
}

/** The lines of one dump that another one lacks, each as often as it lacks it. */
export const missing = (lines: Dump, from: Dump): Dump => {
  const left = [...from]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** What a run has left. */
export interface Left {
  readonly before: Dump
  readonly end: Dump
}

/** Before the first deadline nothing is missing; what nobody has heard of may lie there twice. At the end there is exactly what there must be. */
export const agree = (undisturbed: Left, disturbed: Left, what: string): void => {
  assert.deepStrictEqual(missing(undisturbed.before, disturbed.before), [], `lost by ${what}`)
  assert.deepStrictEqual(disturbed.end, undisturbed.end, `left at the end by ${what}`)
}
