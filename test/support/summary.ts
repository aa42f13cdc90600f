/**
 * A Vitest reporter: the seconds of each project, and how many tests passed and failed. A file that did not even load counts as a failure.
 * Writes the counts to the file that FORTROLIG_REPORT names, where it names one.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, relative } from "node:path"
import type { Reporter, TestModule } from "vitest/node"
import { traced } from "../../scripts/pages/registry.ts"
import { defects } from "../rules/defects.ts"
import type { Proof, Traced } from "../rules/traced.ts"

const proofsOf = (entry: Traced): ReadonlyArray<Proof> => {
  switch (entry.kind) {
    case "enforced":
      return [entry.never, entry.always]
    case "said":
      return [entry.shown]
    case "deployer":
    case "later":
      return []
  }
}

/** The proofs of rules, in files of this run, that did not run and pass: a rule is proven by a test that ran, not by one that exists. */
const unproven = async (modules: ReadonlyArray<TestModule>): Promise<ReadonlyArray<string>> => {
  const ran = new Map(modules.map((module) => [relative(process.cwd(), module.moduleId), module]))
  const missing = new Set<string>()
  const claims = [
    ...(await traced()).map((entry) => ({ what: entry.rule, proofs: proofsOf(entry) })),
    ...defects.map(({ number, proofs }) => ({ what: `defect ${number}`, proofs }))
  ]
  for (const { what, proofs } of claims) {
    for (const { file, title } of proofs) {
      const passed = [...(ran.get(file)?.children.allTests("passed") ?? [])].some((test) => test.fullName === title)
      if (ran.has(file) && !passed) missing.add(`${what} is not proven by this run: ${title} (${file})`)
    }
  }
  return [...missing]
}

/** Prints the summary when the run has ended. */
export default class Summary implements Reporter {
  async onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<unknown>): Promise<void> {
    const projects = new Map<string, { passed: number; failed: number; milliseconds: number }>()
    for (const module of modules) {
      const sum = projects.get(module.project.name) ?? { passed: 0, failed: 0, milliseconds: 0 }
      projects.set(module.project.name, sum)
      let failed = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === "passed") sum.passed += 1
        if (state === "failed") failed += 1
      }
      sum.failed += failed === 0 && module.state() === "failed" ? 1 : failed
      const { collectDuration, duration, setupDuration } = module.diagnostic()
      sum.milliseconds += collectDuration + setupDuration + duration
    }
    let passed = 0
    let failed = unhandled.length
    for (const [name, sum] of projects) {
      passed += sum.passed
      failed += sum.failed
      console.log(`${name.padEnd(10)} ${(sum.milliseconds / 1000).toFixed(1).padStart(7)} s  ${sum.passed} passed, ${sum.failed} failed`)
    }
    for (const says of await unproven(modules)) {
      console.log(says)
      failed += 1
      process.exitCode = 1
    }
    console.log(`${passed} passed, ${failed} failed`)
    const report = process.env["FORTROLIG_REPORT"]
    if (report === undefined) return
    mkdirSync(dirname(report), { recursive: true })
    writeFileSync(report, JSON.stringify({ passed, failed }))
  }
}
