/**
 * What the core costs before its first decision: reading a policy, importing it in a fresh process, sending it to a browser.
 */
import { decodePolicy } from "@fortrolig/core/policy/decode"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { rolldown } from "rolldown"
import { keep, median } from "./race.ts"

/** Milliseconds for each of fifty readings of a reference policy, as whoever runs a service has it: a text without types. */
export const policyRead = (): ReadonlyArray<number> => {
  const text = JSON.stringify(detfinneshjelp)
  return Array.from({ length: 50 }, () => {
    const input: unknown = JSON.parse(text)
    const began = process.hrtime.bigint()
    keep(decodePolicy(input))
    return Number(process.hrtime.bigint() - began) / 1e6
  })
}

const root = join(import.meta.dirname, "../..")

const took = (args: ReadonlyArray<string>): number => {
  const began = process.hrtime.bigint()
  execFileSync(process.execPath, args, { stdio: "ignore", cwd: root })
  return Number(process.hrtime.bigint() - began) / 1e6
}

/** Medians in milliseconds of a process that does nothing, of one that imports `effect/Schema`, and of one that imports what the first example does. */
export interface Imports {
  readonly bare: number
  readonly schema: number
  readonly core: number
}

/** The core as it was built (`npm run build`), imported by fresh processes that take turns. */
export const imported = (times: number): Imports => {
  const programs = ["0", `import "effect/Schema"`, `import "@fortrolig/core/retention"; import "@fortrolig/core/policy/reference/detfinneshjelp"`]
  const rounds = Array.from({ length: times }, () => programs.map((program) => took(["--input-type=module", "-e", program])))
  const [bare = Number.NaN, schema = Number.NaN, core = Number.NaN] = programs.map((_, index) => median(rounds.map((round) => round[index] ?? Number.NaN)))
  return { bare, schema, core }
}

/** The size of the first example as a browser gets it, minified and compressed, in kilobytes of 1000 bytes. */
export const bundled = async (): Promise<{ readonly kilobytes: number }> => {
  const bundle = await rolldown({
    input: join(root, "examples/firstDeadline.ts"),
    platform: "browser",
    resolve: { conditionNames: ["@fortrolig/source", "import", "browser", "default"] },
    logLevel: "silent"
  })
  const { output } = await bundle.generate({ format: "esm", minify: true })
  await bundle.close()
  return { kilobytes: output.reduce((sum, file) => sum + gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }).length, 0) / 1000 }
}
