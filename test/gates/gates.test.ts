import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { graphGates } from "../../scripts/gates.ts"
import type { Finding } from "../../scripts/gates/graph.ts"
import { unusedGate } from "../../scripts/gates/unused.ts"
import { type Copy, copyOfSources } from "./copy.ts"
import { graphPlants, lintPlants, unusedPlants } from "./plants.ts"

let copy: Copy
let before: ReadonlySet<string>
const name = ({ file, gate }: Finding): string => `${gate} ${file}`

beforeAll(() => {
  copy = copyOfSources()
  before = new Set(graphGates(copy.folder).findings.map(name))
})
afterAll(() => copy.remove())

const show = (findings: ReadonlyArray<Finding>): string => findings.map(({ file, gate, line, says }) => `${gate} ${file}:${line} ${says}`).join("\n")

interface Linted {
  readonly number_of_files: number
  readonly diagnostics: ReadonlyArray<{ readonly code: string; readonly filename: string; readonly message: string }>
}

const lint = ({ folder, whileBuilt }: Copy): Linted => {
  const oxlint = join(folder, "node_modules/.bin/oxlint")
  const { stderr, stdout } = whileBuilt(() =>
    spawnSync(oxlint, ["--type-aware", "--deny-warnings", "--format=json", "packages", "scripts", "test"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024
    })
  )
  assert.match(stdout, /^\s*\{/, stderr)
  return JSON.parse(stdout) as Linted
}

describe("the sources as they are pass", () => {
  it("rings, realms, barrels, circles, lengths, docstrings and casts", () => {
    const { checked, findings } = graphGates(copy.folder)
    assert.isAbove(checked, 30)
    assert.strictEqual(show(findings), "")
  })

  it("unused code", async () => {
    assert.strictEqual(show(await unusedGate(copy.folder)), "")
  })

  it("lint", () => {
    const { diagnostics, number_of_files } = lint(copy)
    assert.isAbove(number_of_files, 30)
    assert.strictEqual(diagnostics.map(({ code, filename, message }) => `${filename} ${code} ${message}`).join("\n"), "")
  })
})

describe("one violation of each kind is refused, by name", () => {
  it.each(graphPlants)("$what", ({ beside, file, gate, says, text }) => {
    const undo = [copy.plant(file, text), ...(beside === undefined ? [] : [copy.plant(beside.file, beside.text)])]
    try {
      const found = graphGates(copy.folder).findings.filter((finding) => !before.has(name(finding)))
      assert.isTrue(
        found.some((finding) => finding.gate === gate && finding.file === file && finding.says.includes(says)),
        `found instead: ${show(found)}`
      )
    } finally {
      for (const back of undo) back()
    }
  })

  it("each thing that the lint refuses", () => {
    const undo = lintPlants.map(({ file, text }) => copy.plant(file, text))
    try {
      const { diagnostics } = lint(copy)
      const found = diagnostics.filter(({ filename }) => filename.includes("/planted")).map(({ code, filename }) => `${code} ${filename}`)
      assert.deepStrictEqual([...new Set(found)].sort(), lintPlants.map(({ file, gate }) => `${gate} ${file}`).sort())
    } finally {
      for (const back of undo) back()
    }
  })

  it("unused files, exports, types and dependencies", async () => {
    const undo = unusedPlants.map(({ file, text }) => copy.plant(file, text))
    const manifest = join(copy.folder, "packages/core/package.json")
    const written = readFileSync(manifest, "utf8")
    const changed = JSON.parse(written) as { dependencies: Record<string, string> }
    changed.dependencies["hono"] = "4.13.19"
    writeFileSync(manifest, JSON.stringify(changed, null, 2))
    try {
      const found = await unusedGate(copy.folder)
      for (const { file, says } of unusedPlants) {
        assert.isTrue(found.some((finding) => finding.file === file && finding.says === says), `${file} ${says} is missing from\n${show(found)}`)
      }
      assert.isTrue(found.some(({ file, says }) => file === "packages/core/package.json" && says === "dependencies: hono"), show(found))
    } finally {
      for (const back of undo) back()
      writeFileSync(manifest, written)
    }
  })

  it("a checkout without any module", () => {
    const empty = mkdtempSync(join(tmpdir(), "fortrolig-empty-"))
    try {
      assert.deepStrictEqual(graphGates(empty).findings.map(({ gate }) => gate), ["count"])
      assert.throws(() => execFileSync(process.execPath, [join(copy.folder, "scripts/gates.ts"), empty], { stdio: "pipe" }))
    } finally {
      rmSync(empty, { recursive: true, force: true })
    }
  })
})
