import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { graphGates } from "../../scripts/gates.ts"
import type { Finding } from "../../scripts/gates/graph.ts"
import { unusedGate } from "../../scripts/gates/unused.ts"
import { type Copy, copyOfSources } from "./copy.ts"
import { graphPlants, lintPlants, type Plant, unusedPlants } from "./plants.ts"

let copy: Copy
/** What the graph gates find in the sources as they are, and in the sources with every violation planted. */
let before: ReturnType<typeof graphGates>
let planted: ReadonlyArray<Finding>
let linted: Linted
let unused: ReadonlyArray<Finding>
const name = ({ file, gate }: Finding): string => `${gate} ${file}`

/** Each violation has files of its own, so that all can be planted at once and each must be found where it is. */
const apart = graphPlants.map(({ beside, file, text, ...plant }, index): Plant => {
  const own = (words: string): string => words.replaceAll(/\bplanted(Too)?\.ts/g, `planted${index}$1.ts`)
  return { ...plant, file: own(file), text: own(text), ...(beside === undefined ? {} : { beside: { file: own(beside.file), text: own(beside.text) } }) }
})

/** Does some work while these files are planted. */
const whilePlanted = async <A>(plants: ReadonlyArray<Pick<Plant, "beside" | "file" | "text">>, work: () => A | Promise<A>): Promise<A> => {
  const undo = plants.flatMap(({ beside, file, text }) => [{ file, text }, ...(beside === undefined ? [] : [beside])]).map((one) => copy.plant(one.file, one.text))
  try {
    return await work()
  } finally {
    for (const back of undo.toReversed()) back()
  }
}

/** Does some work while a package asks for a dependency that it does not use. */
const whileAsking = async <A>(work: () => Promise<A>): Promise<A> => {
  const manifest = join(copy.folder, "packages/core/package.json")
  const written = readFileSync(manifest, "utf8")
  const changed = JSON.parse(written) as { dependencies: Record<string, string> }
  changed.dependencies["hono"] = "4.13.19"
  writeFileSync(manifest, JSON.stringify(changed, null, 2))
  try {
    return await work()
  } finally {
    writeFileSync(manifest, written)
  }
}

beforeAll(async () => {
  copy = copyOfSources()
  before = graphGates(copy.folder)
  const clean = new Set(before.findings.map(name))
  planted = await whilePlanted(apart, () => graphGates(copy.folder).findings.filter((finding) => !clean.has(name(finding))))
  // The lint and knip read everything anew each time: once is enough for what they must find, and for what they must not.
  linted = await whilePlanted(lintPlants, () => lint(copy))
  unused = await whilePlanted(unusedPlants, () => whileAsking(() => unusedGate(copy.folder)))
}, 120_000)
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

const isPlanted = (file: string): boolean => /\/planted\w*\.ts$/.test(file)
const askedFor = "packages/core/package.json dependencies: hono"
const saying = ({ file, says }: { readonly file: string; readonly says: string }): string => `${file} ${says}`

describe("the sources as they are pass", () => {
  it("rings, realms, barrels, circles, lengths, docstrings and casts", () => {
    assert.isAbove(before.checked, 30)
    assert.strictEqual(show(before.findings), "")
  })

  it("unused code", () => {
    assert.strictEqual(show(unused.filter((finding) => !isPlanted(finding.file) && saying(finding) !== askedFor)), "")
  })

  it("lint", () => {
    const { diagnostics, number_of_files } = linted
    assert.isAbove(number_of_files, 30)
    assert.strictEqual(diagnostics.filter(({ filename }) => !isPlanted(filename)).map(({ code, filename, message }) => `${filename} ${code} ${message}`).join("\n"), "")
  })
})

describe("one violation of each kind is refused, by name", () => {
  it.each(apart)("$what", ({ file, gate, says }) => {
    assert.isTrue(
      planted.some((finding) => finding.gate === gate && finding.file === file && finding.says.includes(says)),
      `found instead: ${show(planted.filter((finding) => finding.file === file))}`
    )
  })

  it("each thing that the lint refuses", () => {
    const found = linted.diagnostics.filter(({ filename }) => isPlanted(filename)).map(({ code, filename }) => `${code} ${filename}`)
    assert.deepStrictEqual([...new Set(found)].sort(), lintPlants.map(({ file, gate }) => `${gate} ${file}`).sort())
  })

  it("unused files, exports, types and dependencies", () => {
    const found = new Set(unused.map(saying))
    for (const plant of unusedPlants) assert.isTrue(found.has(saying(plant)), `${saying(plant)} is missing from\n${show(unused)}`)
    assert.isTrue(found.has(askedFor), show(unused))
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
