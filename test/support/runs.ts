/**
 * How many cases a property test tries: a few by default, many with a fixed seed when `FORTROLIG_DEEP` is set.
 */

/** Whether the larger numbers are asked for. */
export const deep = (process.env["FORTROLIG_DEEP"] ?? "") !== ""

/** Parameters of fast-check for a property that tries `small` cases by default and ten times as many in the deep run. */
export const runs = (small: number): { readonly numRuns: number; readonly seed?: number } => (deep ? { numRuns: small * 10, seed: 20260327 } : { numRuns: small })

/** Milliseconds that a property test may take. */
export const patience = deep ? 600_000 : 15_000
