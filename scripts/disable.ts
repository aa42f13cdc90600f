/**
 * Takes each enforcement of a rule away, one at a time, and requires that a proof of it fails then: `npm run disable [-- RULE ...]`.
 * Nothing on disk changes: the text is replaced as the test run loads the file (`vitest.workspace.ts`). Exit code 1 when a proof did not notice.
 */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import type { Enforced, Proof } from "../test/rules/traced.ts"
import { root, traced } from "./pages/registry.ts"

interface Verdict {
  readonly entry: Enforced
  readonly says: string
  readonly noticed: boolean
}

const wanted = process.argv.slice(2)
const entries = (await traced()).filter((entry): entry is Enforced => entry.kind === "enforced" && (wanted.length === 0 || wanted.includes(entry.rule)))

/** The names of tests as the runner's filter sees them, matched as a whole. */
const pattern = (proofs: ReadonlyArray<Proof>): string =>
  proofs.map(({ title }) => `^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`).join("|")

const vitest = (files: ReadonlyArray<string>, names: string, report: string, disable: string): Promise<void> =>
  new Promise((done) => {
    // Without the cache of loaded files, which knows nothing of what is taken away.
    const run = ["vitest", "run", "--fsModuleCache=false", "--config", "vitest.workspace.ts", "--reporter=json", `--outputFile=${report}`, "-t", names, ...files]
    execFile("npx", run, { cwd: root, env: { ...process.env, FORTROLIG_DISABLE: disable }, maxBuffer: 1 << 28 }, () => done())
  })

const judge = async (entry: Enforced, folder: string, index: number): Promise<Verdict> => {
  const file = entry.disable.file ?? entry.by.split("#")[0] ?? ""
  const found = readFileSync(join(root, file), "utf8").split(entry.disable.find).length - 1
  if (found !== 1) return { entry, says: `the text to replace occurs ${found} times in ${file}`, noticed: false }
  const proofs = [entry.never, entry.always]
  const report = join(folder, `${index}.json`)
  await vitest([...new Set(proofs.map((proof) => proof.file))], pattern(proofs), report, JSON.stringify({ file, find: entry.disable.find, replace: entry.disable.replace }))
  const { numFailedTests, numPassedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"))
  if (numFailedTests > 0) return { entry, says: "noticed", noticed: true }
  return { entry, says: `not noticed (${numPassedTests} passed, ${numFailedTestSuites} files failed)`, noticed: false }
}

const folder = mkdtempSync(join(tmpdir(), "fortrolig-disable-"))
const verdicts: Array<Verdict> = []
const queue = entries.entries()
await Promise.all(
  Array.from({ length: Math.max(1, availableParallelism()) }, async () => {
    for (const [index, entry] of queue) {
      const verdict = await judge(entry, folder, index)
      verdicts.push(verdict)
      console.log(`${verdict.noticed ? "ok  " : "FAIL"} ${entry.rule.padEnd(7)} ${entry.by}: ${verdict.says}`)
    }
  })
)
rmSync(folder, { recursive: true })
const missed = verdicts.filter(({ noticed }) => !noticed)
console.log(`${verdicts.length} enforcements taken away, ${verdicts.length - missed.length} noticed`)
process.exitCode = missed.length === 0 && verdicts.length > 0 ? 0 : 1
