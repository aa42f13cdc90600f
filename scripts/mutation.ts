/**
 * Mutates the topics of the core and counts what the tests beside them notice: `npm run mutation [-- TOPIC | TOPIC/FILE ...]`.
 * Each topic's report goes to `test-output/mutation/TOPIC.json`; the survivors are printed. Exit code 1 when a topic stays below 95 %.
 */
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")
const all = ["kernel", "policy", "session", "consent", "retention", "disclosure", "custody", "booking", "statistics", "hours", "guidance", "notice"]
const least = 95

/** Left out: sentences for people and the words of the law. A changed letter in prose says nothing about a test; what the sentences must hold is tested beside them. */
const prose = [
  "*/rules.ts", "policy/explanations/*.ts", "policy/guideEntries.ts", "policy/reference/*.ts",
  "notice/{chatPhrases,pagePhrases,staffPhrases,privacyTexts,partTexts}.ts"
]

interface Mutant {
  readonly mutatorName: string
  readonly status: string
  readonly replacement: string
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: ReadonlyArray<Mutant> }>>
}

const noticed = new Set(["Killed", "Timeout", "RuntimeError", "CompileError"])

/** The tests that hold a topic: those beside it; the kernel is what the others stand on. */
const testsOf = (topic: string): string =>
  (topic === "kernel" ? ["kernel", "hours", "retention", "session"] : [topic]).map((one) => `packages/core/src/${one}/**/*.test.ts`).join(",")

/** Runs one topic, or one file of it; the share of mutants noticed, in percent. */
const mutate = (asked: string): number => {
  const [topic = "", ...inside] = asked.split("/")
  const file = inside.length === 0 ? "**/*" : inside.join("/")
  const name = asked.replaceAll(/[^a-z]+/gi, "-")
  const report = join(root, "test-output/mutation", `${name}.json`)
  rmSync(report, { force: true })
  try {
    execFileSync(
      "npx",
      [
        "stryker", "run", "--logLevel", "error",
        "--mutate", [`${topic}/${file}.ts`, `!${topic}/**/*.test.ts`, ...prose.map((one) => `!${one}`)].map((glob) => glob.replace(/^(!?)/, "$1packages/core/src/")).join(","),
        "--testFiles", testsOf(topic)
      ],
      { cwd: root, env: { ...process.env, FORTROLIG_QUICK: "1", FORTROLIG_TOPIC: name, FORTROLIG_MUTATION: report }, stdio: ["ignore", "ignore", "inherit"] }
    )
  } catch {
    // A score that is too low is said below; a run that made no report is an error.
  }
  if (!existsSync(report)) throw new Error(`no report for ${asked}`)
  const { files } = JSON.parse(readFileSync(report, "utf8")) as Report
  const mutants = Object.entries(files).flatMap(([file, one]) => one.mutants.filter(({ status }) => status !== "Ignored").map((mutant) => ({ file, ...mutant })))
  const survivors = mutants.filter(({ status }) => !noticed.has(status))
  for (const { file, location, mutatorName, replacement, status } of survivors) {
    console.log(`  ${file}:${location.start.line}:${location.start.column} ${mutatorName} ${status}: ${replacement.replaceAll(/\s+/g, " ").slice(0, 100)}`)
  }
  const score = (100 * (mutants.length - survivors.length)) / mutants.length
  console.log(`${asked.padEnd(12)} ${mutants.length} mutants, ${survivors.length} survived, ${score.toFixed(1)} % noticed`)
  return score
}

mkdirSync(join(root, "test-output/mutation"), { recursive: true })
const asked = process.argv.slice(2)
const low = (asked.length === 0 ? all : asked).filter((topic) => mutate(topic) < least)
console.log(low.length === 0 ? `every topic at ${least} % or better` : `below ${least} %: ${low.join(", ")}`)
process.exitCode = low.length === 0 ? 0 : 1
