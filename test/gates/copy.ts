/**
 * A copy of the repository's sources in a temporary folder, in which a test may plant what must never land.
 */
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { root } from "../support/build.ts"

/** The copy, and how to plant in it and clean it again. */
export interface Copy {
  readonly folder: string
  /** Writes a file, or adds to one that is there; answers how to undo it. */
  readonly plant: (file: string, text: string) => () => void
  /** While `work` runs, the packages are built: the lint reads the types of one package from what another was built to. */
  readonly whileBuilt: <A>(work: () => A) => A
  readonly remove: () => void
}

const copied = ["packages", "scripts", "test", "bench", "examples", "package.json", "package-lock.json", "knip.json", ".oxlintrc.json", ".gitignore", "vitest.workspace.ts", "vitest.mutation.ts", "stryker.config.js"]

/** Packages of this repository must lead to the copy, all others to what is installed. */
const linkPackages = (folder: string): void => {
  const installed = join(root, "node_modules")
  mkdirSync(join(folder, "node_modules/@fortrolig"), { recursive: true })
  for (const name of readdirSync(installed)) if (name !== "@fortrolig" && !name.startsWith(".")) symlinkSync(join(installed, name), join(folder, "node_modules", name))
  symlinkSync(join(installed, ".bin"), join(folder, "node_modules/.bin"))
  for (const name of readdirSync(join(installed, "@fortrolig"))) symlinkSync(join(folder, "packages", name), join(folder, "node_modules/@fortrolig", name))
}

/** Makes the copy. */
export const copyOfSources = (): Copy => {
  const folder = mkdtempSync(join(tmpdir(), "fortrolig-gates-"))
  for (const name of [...copied, ...globSync("tsconfig*.json", { cwd: root })]) {
    try {
      cpSync(join(root, name), join(folder, name), { recursive: true, filter: (from) => !/\/(?:dist|node_modules)(?:\/|$)|\.tsbuildinfo$/.test(from.slice(root.length)) })
    } catch (problem) {
      if (!(problem instanceof Error && "code" in problem && problem.code === "ENOENT")) throw problem
    }
  }
  linkPackages(folder)
  return {
    folder,
    plant: (file, text) => {
      const path = join(folder, file)
      const before = globSync(file, { cwd: folder }).length === 1 ? readFileSync(path, "utf8") : undefined
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, (before ?? "") + text)
      return () => (before === undefined ? rmSync(path) : writeFileSync(path, before))
    },
    whileBuilt: (work) => {
      const links = readdirSync(join(root, "packages")).map((name) => ({ from: join(root, "packages", name, "dist"), to: join(folder, "packages", name, "dist") }))
      for (const { from, to } of links) symlinkSync(from, to)
      try {
        return work()
      } finally {
        for (const { to } of links) rmSync(to)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}
