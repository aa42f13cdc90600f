/**
 * How the contestants of a bench are timed, and how a target is printed: met, or NOT met.
 */

/** A contestant: its name, how many lives make one round, and one life. */
export type Contestant = readonly [name: string, lives: number, run: () => void]

/** Nanoseconds per life: the median of the rounds, with the contestants taking turns so that a slow moment of the machine meets all of them. */
export const race = (contestants: ReadonlyArray<Contestant>): ReadonlyMap<string, number> => {
  for (const [, lives, run] of contestants) for (let i = 0; i < lives; i++) run()
  const rounds = new Map<string, Array<number>>(contestants.map(([name]) => [name, []]))
  for (let round = 0; round < 9; round++) {
    for (const [name, lives, run] of contestants) {
      const began = process.hrtime.bigint()
      for (let i = 0; i < lives; i++) run()
      rounds.get(name)?.push(Number(process.hrtime.bigint() - began) / lives)
    }
  }
  return new Map([...rounds].map(([name, times]) => [name, median(times)]))
}

/** The middle one of some figures. */
export const median = (figures: ReadonlyArray<number>): number => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN

/** Prints a figure beside its target, and whether it is met. */
export const line = (what: string, figure: number, target: string, met: boolean): void =>
  console.log(`${what.padEnd(52)} ${figure.toFixed(3).padStart(9)}   target ${target}: ${met ? "met" : "NOT met"}`)

let sink: unknown
/** Keeps what a contestant made, so that no engine leaves out making it. */
export const keep = (made: unknown): void => {
  sink = made
}
/** What was kept last. */
export const kept = (): unknown => sink
