/**
 * One world from its beginning to its end, by its seed.
 */
import type { Coverage } from "./coverage.ts"
import { drain } from "./drain.ts"
import { violations } from "./laws.ts"
import { live } from "./life.ts"
import { wiring, type Wiring } from "./wiring.ts"
import { World } from "./world.ts"

/** The fewest commands that each world accepts. */
export const atLeast = 200

/** Lives a world to its end; everything that was wrong in it. every fortieth world abandons its cases instead of settling them. */
export const run = (seed: number, coverage: Coverage, wires: Wiring = wiring): { readonly accepted: number; readonly wrong: ReadonlyArray<string> } => {
  const world = new World(seed, wires, coverage)
  live(world, atLeast)
  const { accepted } = world
  const abandoned = seed % 40 === 0
  drain(world, abandoned)
  return { accepted, wrong: violations(world, abandoned) }
}
