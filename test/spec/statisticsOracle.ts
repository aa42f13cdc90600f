/**
 * The attacker a second time, by a solver that is not ours: every count's least and greatest value by mixed-integer or linear programming with HiGHS.
 */
import { createRequire } from "node:module"
import type { Publication } from "@fortrolig/core/statistics/attack"
import type { LegacyHighs } from "highs"

// The package's types describe its form for `require`, not the one for `import`.
const load: () => Promise<LegacyHighs> = createRequire(import.meta.url)("highs")
const solver = await load()

/** What a solver can find of the counts of a publication. `whole` tells it that people come in whole numbers. */
export const oracle = (publication: Publication, whole = true) => {
  const used = new Set<string>()
  const term = (place: number): string => {
    used.add(`x${place}`)
    return `x${place}`
  }
  const lines = publication.sums.map(({ parts, total }, index) => ` c${index}: ${parts.map((part) => `+ ${term(part)}`).join(" ")} - ${term(total)} = 0`)
  const bounds = publication.counts.map(({ least, most }, place) => ` ${least} <= x${place} <= ${most === Infinity ? "+inf" : most}`)
  const rest = `Subject To\n${lines.join("\n")}\nBounds\n${bounds.join("\n")}\n${whole ? `General\n ${[...used].join(" ")}\n` : ""}End\n`
  const best = (place: number, direction: "Minimize" | "Maximize"): number => {
    const found = solver.solve(`${direction}\n o: x${place}\n${rest}`)
    if (found.Status === "Unbounded" || found.Status === "Primal infeasible or unbounded") return Infinity
    if (found.Status !== "Optimal") throw new Error(`the oracle says ${found.Status}`)
    return found.ObjectiveValue
  }
  return (place: number): { readonly least: number; readonly most: number } => {
    const least = best(place, "Minimize")
    const most = best(place, "Maximize")
    return { least: Math.ceil(least - 1e-6) + 0, most: Math.floor(most + 1e-6) + 0 }
  }
}
