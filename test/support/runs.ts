/**
 * How many cases a property test tries: a few by default, many with a fixed seed when `FORTROLIG_DEEP` is set.
 */

/** Whether the larger numbers are asked for. */
export const deep = (process.env["FORTROLIG_DEEP"] ?? "") !== ""

/** Whether mutants are being held against the tests: each is tried thousands of times over, with few cases and always the same. */
export const quick = (process.env["FORTROLIG_QUICK"] ?? "") !== ""

/**
 * Parameters of fast-check for a property that tries `small` cases by default and ten times as many in the deep run;
 * against mutants a hundred at most, and the first that fails is enough.
 */
export const runs = (small: number): { readonly numRuns: number; readonly seed?: number; readonly endOnFailure?: true } => {
  if (quick) return { numRuns: Math.min(small, 100), seed: 20260327, endOnFailure: true }
  return deep ? { numRuns: small * 10, seed: 20260327 } : { numRuns: small }
}

/** `runs` for a property of which each case costs much, such as one that asks a solver: a tenth of the cases against mutants. */
export const costly = (small: number): { readonly numRuns: number; readonly seed?: number } => runs(quick ? Math.ceil(small / 10) : small)

/** Milliseconds that a property test may take. */
export const patience = deep ? 600_000 : 15_000
