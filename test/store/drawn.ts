/**
 * Numbers that look random and are the same for the same seed, so that a run that failed can be had again.
 */
import { deep } from "../support/runs.ts"

/** The seed of this run: always the same in the deep one. */
export const seed = deep ? 20260327 : Date.now() % 2 ** 31

/** The same numbers for the same seed, from 0 to below 1. */
export const drawn = (from: number): () => number => {
  let state = from
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
