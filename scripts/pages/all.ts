/**
 * The generated pages of `docs`, by their path from the root.
 */
import { policyPage } from "../../packages/core/src/policy/page.ts"
import { goldenPages } from "./golden.ts"
import { machinePages } from "./machines.ts"
import { placesPage } from "./places.ts"
import { rulesPage } from "./rules.ts"

/** Every generated page with its content, as it should stand. */
export const generatedPages = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([["docs/rules.md", await rulesPage()], ["docs/policy.md", policyPage()], ["docs/places.md", placesPage()], ...(await machinePages()), ...goldenPages()])
