/**
 * Unused code, as knip sees it: files, exports, types and dependencies that nothing uses.
 */
import { execFile } from "node:child_process"
import { join } from "node:path"
import type { Finding } from "./graph.ts"

/** What knip prints with `--reporter json`: the issues of each file, by kind. */
interface Report {
  readonly issues: ReadonlyArray<{ readonly file: string } & Readonly<Record<string, unknown>>>
}

const isNamed = (issue: unknown): issue is { readonly name: string; readonly line?: number } =>
  typeof issue === "object" && issue !== null && "name" in issue && typeof issue.name === "string"

/** Runs knip in `root` and answers what nothing uses. Throws when knip itself cannot run. */
export const unusedGate = async (root: string): Promise<ReadonlyArray<Finding>> => {
  const printed = await new Promise<string>((resolve, reject) => {
    const knip = join(root, "node_modules/knip/bin/knip.js")
    execFile(process.execPath, [knip, "--reporter", "json", "--no-progress", "--directory", root], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 1) reject(new Error(`knip could not run: ${stderr.slice(0, 2000)}`))
      else resolve(stdout)
    })
  })
  const { issues } = JSON.parse(printed) as Report
  return issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, list]) =>
      (Array.isArray(list) ? list : []).flat().filter(isNamed).map(({ line, name }) => ({
        gate: "unused",
        file,
        line: line ?? 1,
        says: kind === "files" ? "is used by nothing" : `${kind}: ${name}`
      }))
    )
  )
}
