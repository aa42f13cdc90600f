import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { generatedPages } from "../../scripts/pages/all.ts"
import { load, root, traced } from "../../scripts/pages/registry.ts"
import { defects } from "../rules/defects.ts"
import { sources } from "../rules/sources.ts"
import type { Proof, Traced } from "../rules/traced.ts"

const numbered = (prefix: string, last: number): ReadonlyArray<string> => Array.from({ length: last }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`)
const every = [...numbered("DFH", 58), ...numbered("IF", 36), ...numbered("DUV", 35), ...numbered("X", 13)]

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

/** Every test that a run would execute in some files, as "file > title". */
const testsIn = (files: ReadonlyArray<string>): ReadonlySet<string> => {
  const folder = mkdtempSync(join(tmpdir(), "fortrolig-list-"))
  const list = join(folder, "list.json")
  // Nothing runs, so files may share what they import.
  execFileSync("npx", ["vitest", "list", "--no-static-parse", "--no-isolate", `--json=${list}`, "--config", "vitest.workspace.ts", ...files], { cwd: root, stdio: "ignore" })
  const tests: ReadonlyArray<{ readonly file: string; readonly name: string }> = JSON.parse(readFileSync(list, "utf8"))
  rmSync(folder, { recursive: true })
  return new Set(tests.map(({ file, name }) => `${relative(root, file)} > ${name}`))
}

describe("the rules", () => {
  let entries: ReadonlyArray<Traced> = []
  beforeAll(async () => {
    entries = await traced()
  })

  it("are all of the sources', each with its words, and each is answered for", () => {
    assert.deepStrictEqual(sources.flatMap(({ words }) => Object.keys(words)), every)
    assert.deepStrictEqual(every.filter((id) => !entries.some(({ rule }) => rule === id)), [])
    // Edge cases have entries too, where a topic keeps one of its own.
    assert.deepStrictEqual(entries.filter(({ rule }) => !every.includes(rule) && !/^E-\d\d$/.test(rule)).map(({ rule }) => rule), [])
  })

  it("are enforced by exports that exist, and said by texts that exist", async () => {
    for (const entry of entries) {
      if (entry.kind !== "enforced" && entry.kind !== "said") continue
      const [file = "", name = ""] = entry.by.split("#")
      assert.property(await load(file), name, `${entry.rule}: ${entry.by}`)
    }
  })

  it("name an enforcement that stands once in the source, so that it can be taken away", () => {
    for (const entry of entries) {
      if (entry.kind !== "enforced") continue
      const file = entry.disable.file ?? entry.by.split("#")[0] ?? ""
      assert.isTrue(existsSync(join(root, file)), `${entry.rule}: ${file}`)
      const found = readFileSync(join(root, file), "utf8").split(entry.disable.find).length - 1
      assert.strictEqual(found, 1, `${entry.rule}: the text to replace in ${file}`)
      assert.notStrictEqual(entry.disable.find, entry.disable.replace, entry.rule)
    }
  })

  it("are proven by tests that exist", () => {
    const proofs = [...entries.flatMap(proofsOf), ...defects.flatMap((defect) => defect.proofs)]
    const tests = testsIn([...new Set(proofs.map(({ file }) => file))])
    assert.deepStrictEqual([...new Set(proofs.map(({ file, title }) => `${file} > ${title}`))].filter((test) => !tests.has(test)), [])
  })
})

describe("the defects of others", () => {
  it("are twenty-three, each an invariant with a proof", () => {
    assert.deepStrictEqual(defects.map(({ number }) => number), Array.from({ length: 23 }, (_, index) => index + 1))
    for (const { number, proofs } of defects) assert.isNotEmpty(proofs, String(number))
  })
})

describe("the generated pages", () => {
  it("are as they would be generated now: run `npm run docs` when this fails", async () => {
    for (const [file, content] of await generatedPages()) {
      assert.isTrue(existsSync(join(root, file)), file)
      assert.strictEqual(readFileSync(join(root, file), "utf8"), content, file)
    }
  })
})
