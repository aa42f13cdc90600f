/**
 * Where the seeds of a run begin: at random, unless FORTROLIG_SEED says where.
 */

const told = Number(process.env["FORTROLIG_SEED"] ?? "")

/** The first seed of a run, a whole number; the worlds after it count upwards. */
export const firstSeed = (): number => (Number.isInteger(told) && told > 0 ? told : Math.floor(Math.random() * 2 ** 31))
