/**
 * The closing line of a run: the tests that passed and failed, plus each failed step. Exit code 1 when anything failed or no test ran.
 *
 *     node scripts/verdict.ts REPORT.json [failed step ...]
 */
import { existsSync, readFileSync } from "node:fs"

const [report = "", ...steps] = process.argv.slice(2)

const { failed, passed } = existsSync(report)
  ? (JSON.parse(readFileSync(report, "utf8")) as { readonly passed: number; readonly failed: number })
  : { passed: 0, failed: 0 }

/** A failed step counts once, the tests' own step only when no single test explains it. */
const others = steps.filter((name) => name !== "tests" || failed === 0).length
const nothing = passed + failed === 0 && others === 0 ? 1 : 0

if (steps.length > 0) console.log(`failed: ${steps.join(", ")}`)
if (nothing === 1) console.log("no test ran")
console.log(`${passed} passed, ${failed + others + nothing} failed`)
process.exitCode = failed + others + nothing === 0 ? 0 : 1
