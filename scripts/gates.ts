/**
 * Runs every gate over a checkout and prints what each found. Exit code 1 when anything was found, or when nothing was there to check.
 *
 *     node scripts/gates.ts [folder]
 */
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { type Finding, type Module, readModules } from "./gates/graph.ts"
import { realmGate, ringGate } from "./gates/rings.ts"
import { logGate, placeGate } from "./gates/said.ts"
import { barrelGate, castGate, circleGate, docstringGate, lengthGate } from "./gates/shape.ts"
import { unusedGate } from "./gates/unused.ts"

/** What the gates that read the import graph say of a checkout, and how many modules of the packages they read. */
export const graphGates = (root: string): { readonly checked: number; readonly findings: ReadonlyArray<Finding> } => {
  const modules: ReadonlyArray<Module> = readModules(root)
  const checked = modules.filter(({ file }) => file.startsWith("packages/")).length
  const nothing: ReadonlyArray<Finding> = checked === 0 ? [{ gate: "count", file: root, line: 1, says: "has no module to check: a gate that reads nothing proves nothing" }] : []
  const findings = [
    ...nothing,
    ...ringGate(root, modules),
    ...realmGate(modules),
    ...barrelGate(modules),
    ...circleGate(modules),
    ...lengthGate(modules),
    ...docstringGate(modules),
    ...castGate(modules),
    ...logGate(modules),
    ...placeGate(modules)
  ]
  return { checked, findings }
}

const main = async (root: string): Promise<void> => {
  const { checked, findings } = graphGates(root)
  const all = [...findings, ...(checked === 0 ? [] : await unusedGate(root))]
  for (const { file, gate, line, says } of all) console.log(`${gate.padEnd(10)} ${file}:${line} ${says}`)
  console.log(`${checked} modules checked, ${all.length} findings`)
  process.exitCode = all.length === 0 ? 0 : 1
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(resolve(process.argv[2] ?? "."))
}
