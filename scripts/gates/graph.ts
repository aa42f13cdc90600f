/**
 * The modules of the repository and what each imports, read by a real parser, so that a gate judges what is written and not what it looks like.
 */
import { existsSync, globSync, readFileSync } from "node:fs"
import { join, posix } from "node:path"
import { type ESTree, parseSync } from "rolldown/utils"

/** One import, re-export, dynamic import or import type of a module. */
export interface Import {
  /** As written in the module. */
  readonly specifier: string
  /** The file within the repository, relative to its root; `undefined` for a package or what Node brings. */
  readonly file: string | undefined
  readonly typeOnly: boolean
  readonly line: number
}

/** One parsed source file. */
export interface Module {
  /** Relative to the root, with forward slashes. */
  readonly file: string
  readonly text: string
  readonly program: ESTree.Program
  readonly comments: ReadonlyArray<{ readonly type: "Line" | "Block"; readonly value: string; readonly start: number; readonly end: number }>
  readonly imports: ReadonlyArray<Import>
}

/** What a gate found: the file, the line, and one sentence. */
export interface Finding {
  readonly gate: string
  readonly file: string
  readonly line: number
  readonly says: string
}

/** Every TypeScript source that people write: not what is built, not declarations. */
const sources = ["packages/*/src/**/*.ts", "packages/*/*.ts", "scripts/**/*.ts", "test/**/*.ts", "bench/**/*.ts", "examples/**/*.ts", "*.ts"]

/** Whether a file is a test or exists only for tests. */
export const isTest = (file: string): boolean => /\.(?:test|contract|arbitrary)\.ts$/.test(file) || file.startsWith("test/")

/** Calls `visit` with every node of a tree, parents first. */
export const walk = (node: unknown, visit: (node: ESTree.Node) => void): void => {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit)
    return
  }
  if (typeof node !== "object" || node === null || !("type" in node) || typeof node.type !== "string") return
  visit(node as ESTree.Node)
  for (const [key, value] of Object.entries(node)) if (key !== "parent") walk(value, visit)
}

/** The line, from 1, of an offset in a text. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

/** Where the exports maps of the packages lead: `@fortrolig/core/kernel/rule` to `packages/core/src/kernel/rule.ts`. */
const packageExports = (root: string): ReadonlyArray<{ readonly from: string; readonly to: string }> =>
  globSync("packages/*/package.json", { cwd: root }).flatMap((manifest) => {
    const folder = posix.dirname(manifest)
    const { exports = {}, name } = JSON.parse(readFileSync(join(root, manifest), "utf8")) as {
      readonly name: string
      readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
    }
    return Object.entries(exports).flatMap(([key, value]) => {
      const source = typeof value === "string" ? value : value["@fortrolig/source"]
      return source === undefined ? [] : [{ from: posix.join(name, key), to: posix.join(folder, source) }]
    })
  })

const resolver = (root: string): ((from: string, specifier: string) => string | undefined) => {
  const exported = packageExports(root)
  const names = new Set(exported.map(({ from }) => from.split("/").slice(0, 2).join("/")))
  return (from, specifier) => {
    if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(from), specifier))
    if (!names.has(specifier.split("/").slice(0, 2).join("/"))) return undefined
    const exact = exported.find((entry) => entry.from === specifier)
    if (exact !== undefined) return exact.to
    const wild = exported.find((entry) => entry.from.endsWith("/*") && specifier.startsWith(entry.from.slice(0, -1)))
    return wild === undefined ? specifier : wild.to.replace("*", specifier.slice(wild.from.length - 1))
  }
}

const importsOf = (file: string, text: string, program: ESTree.Program, resolve: (from: string, specifier: string) => string | undefined): ReadonlyArray<Import> => {
  const found: Array<Import> = []
  const add = (specifier: string, typeOnly: boolean, offset: number) => {
    found.push({ specifier, file: resolve(file, specifier), typeOnly, line: lineOf(text, offset) })
  }
  walk(program, (node) => {
    if (node.type === "ImportDeclaration") add(node.source.value, node.importKind === "type", node.start)
    if (node.type === "ExportAllDeclaration") add(node.source.value, node.exportKind === "type", node.start)
    if (node.type === "ExportNamedDeclaration" && node.source !== null) add(node.source.value, node.exportKind === "type", node.start)
    if (node.type === "ImportExpression") {
      const known = node.source.type === "Literal" && typeof node.source.value === "string"
      add(known ? String(node.source.type === "Literal" ? node.source.value : "") : "(computed)", false, node.start)
    }
    if (node.type === "TSImportType") add(String(node.source.value), true, node.start)
  })
  return found
}

/** Parses every source below `root`. Throws when one cannot be parsed. */
export const readModules = (root: string): ReadonlyArray<Module> => {
  const resolve = resolver(root)
  const files = [...new Set(sources.flatMap((pattern) => globSync(pattern, { cwd: root })))].filter((file) => !file.endsWith(".d.ts")).sort()
  return files.map((file) => {
    const text = readFileSync(join(root, file), "utf8")
    const { comments, errors, program } = parseSync(file, text)
    if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? ""}`)
    return { file, text, program, comments, imports: importsOf(file, text, program, resolve) }
  })
}

/** Whether an import within the repository leads to a file that is there. */
export const leadsNowhere = (root: string, imported: Import): boolean => imported.file !== undefined && !existsSync(join(root, imported.file))
