/**
 * The shape of single modules: no barrels, no circles, no long files, no undocumented exports, no casts through `unknown`.
 */
import { basename } from "node:path"
import type { ESTree } from "rolldown/utils"
import { type Finding, isTest, lineOf, type Module, walk } from "./graph.ts"

/** The hard ceiling of lines in one source file. */
const longest = 300

/** Files that pass names on instead of making them, and every `export *`. */
export const barrelGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  modules.flatMap(({ file, program, text }) => {
    const imported = new Set(
      program.body.flatMap((node) => (node.type === "ImportDeclaration" ? node.specifiers.map((specifier) => specifier.local.name) : []))
    )
    const passesOn = (node: ESTree.Node): boolean =>
      node.type === "ExportNamedDeclaration" &&
      node.declaration === null &&
      node.specifiers.length > 0 &&
      (node.source !== null || node.specifiers.every(({ local }) => local.type === "Identifier" && imported.has(local.name)))
    const everything = program.body.filter((node) => node.type === "ExportAllDeclaration")
    const rest = program.body.filter((node) => node.type !== "ImportDeclaration" && node.type !== "ExportAllDeclaration")
    const only = everything.length === 0 && rest.length > 0 && rest.every(passesOn)
    return [
      ...everything.map((node) => ({ gate: "barrel", file, line: lineOf(text, node.start), says: "exports everything of another module: import that module instead" })),
      ...(only ? [{ gate: "barrel", file, line: 1, says: "only passes on what other modules make: import them instead" }] : [])
    ]
  })

/** Groups of modules that import each other in a circle, types included; each circle is reported once, at its first file. */
export const circleGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> => {
  const graph = new Map(modules.map(({ file, imports }) => [file, imports.flatMap((imported) => (imported.file === undefined ? [] : [imported.file]))]))
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: Array<string> = []
  const findings: Array<Finding> = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file) ?? 0)
    stack.push(file)
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(file) !== order.get(file)) return
    const group = stack.splice(stack.indexOf(file))
    const itself = graph.get(file)?.includes(file) === true
    if (group.length > 1 || itself) {
      const names = group.sort()
      findings.push({ gate: "circle", file: names[0] ?? file, line: 1, says: `is in a circle of imports: ${names.join(", ")}` })
    }
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return findings
}

/** Files with more lines than anyone should have to read at once. */
export const lengthGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  modules.flatMap(({ file, text }) => {
    const lines = text.trimEnd().split("\n").length
    return lines > longest ? [{ gate: "length", file, line: longest + 1, says: `has ${lines} lines; ${longest} is the ceiling` }] : []
  })

const declaredNames = (node: ESTree.Node): ReadonlyArray<string> => {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []))
  return "id" in node && node.id !== null && typeof node.id === "object" && "name" in node.id && typeof node.id.name === "string" ? [node.id.name] : []
}

/**
 * Exports of the packages without a docstring. A value and a type of one name share theirs; where a file is named after its one service,
 * the words at the head of the file are that service's.
 */
export const docstringGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  modules
    .filter(({ file }) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file))
    .flatMap(({ comments, file, program, text }) => {
      const endings = new Set(
        comments.filter(({ type, value }) => type === "Block" && value.startsWith("*")).map(({ end }) => end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0))
      )
      const documented = new Set<string>(comments[0]?.start === 0 ? [basename(file, ".ts")] : [])
      const exported: Array<{ readonly name: string; readonly start: number }> = []
      for (const node of program.body) {
        const passed = node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration"
        const declaration = passed ? node.declaration : node
        for (const name of declaration === null ? [] : declaredNames(declaration)) {
          if (endings.has(node.start)) documented.add(name)
          if (passed) exported.push({ name, start: node.start })
        }
        if (node.type === "ExportNamedDeclaration" && node.source === null) {
          for (const { local } of node.specifiers) if (local.type === "Identifier") exported.push({ name: local.name, start: node.start })
        }
      }
      const bare = new Map(exported.filter(({ name }) => !documented.has(name)).map(({ name, start }) => [name, start]))
      return [...bare].map(([name, start]) => ({ gate: "docstring", file, line: lineOf(text, start), says: `exports ${name} without a sentence that says what it is` }))
    })

/** Casts through `unknown`, which tell the compiler to believe anything. */
export const castGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  modules.flatMap(({ file, program, text }) => {
    const findings: Array<Finding> = []
    walk(program, (node) => {
      if (node.type !== "TSAsExpression" || node.expression.type !== "TSAsExpression") return
      if (node.expression.typeAnnotation.type !== "TSUnknownKeyword") return
      findings.push({ gate: "cast", file, line: lineOf(text, node.start), says: "casts through unknown" })
    })
    return findings
  })
