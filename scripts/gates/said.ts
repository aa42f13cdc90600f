/**
 * What leaves a process or stays behind it goes through one declared module each: log lines, words for the terminal, cookies, figures, what a browser keeps, and files.
 */
import type { ESTree } from "rolldown/utils"
import { type Finding, isTest, lineOf, type Module, walk } from "./graph.ts"

/** The modules that may log or print, each with the only values that its sentences may hold. */
const speaking: Readonly<Record<string, ReadonlySet<string>>> = {
  "packages/http/src/log.ts": new Set(["date", "level", "says", "fault", "undefined"]),
  "packages/cli/src/commands/shared.ts": new Set(["version"])
}
const cookieModule = "packages/http/src/routes/cookies.ts"
const metricModule = "packages/http/src/routes/metrics.ts"

/** The modules that may make or fill files; every file that they make is declared among the places of the product. */
const filing: ReadonlySet<string> = new Set([
  "packages/adapters/src/custody/custodians.ts",
  "packages/adapters/src/custody/leads.ts",
  "packages/adapters/src/database/makeTemplate.ts",
  "packages/adapters/src/database/pglite.ts",
  "packages/adapters/src/database/unpack.ts",
  "packages/adapters/src/keys/vaultFile.ts",
  "packages/adapters/src/system/owner.ts",
  "packages/cli/src/commands/reset.ts",
  "packages/cli/src/control/socketPath.ts"
])
const fills = /^(?:writeFile|appendFile|createWriteStream|copyFile|cp|open|mkdtemp|symlink|link|rename)(?:Sync)?$/

const isName = (node: ESTree.Node, name: string): boolean => node.type === "Identifier" && node.name === name
/** `object.property`, where both are plain names. */
const memberOf = (node: ESTree.Node): readonly [object: string, property: string] | undefined =>
  node.type === "MemberExpression" && node.object.type === "Identifier" && node.property.type === "Identifier" ? [node.object.name, node.property.name] : undefined

/** Names that an import gives to one module as a whole: `Effect` of `import * as Effect from "effect/Effect"`. */
const wholes = (program: ESTree.Program, specifier: string): ReadonlySet<string> =>
  new Set(
    program.body.flatMap((node) =>
      node.type === "ImportDeclaration" && node.source.value === specifier
        ? node.specifiers.filter(({ type }) => type === "ImportNamespaceSpecifier").map(({ local }) => local.name)
        : []
    )
  )

const product = (modules: ReadonlyArray<Module>): ReadonlyArray<Module> => modules.filter(({ file }) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file))

/** Collects what a visit of every node says. */
const visiting = (gate: string, { file, program, text }: Module, says: (node: ESTree.Node) => string | undefined): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  walk(program, (node) => {
    const found = says(node)
    if (found !== undefined) findings.push({ gate, file, line: lineOf(text, node.start), says: found })
  })
  return findings
}

/** Log lines and printed words outside the modules that may speak, and values in their sentences that are not of a declared kind. */
export const logGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  product(modules).flatMap((module) => {
    const allowed = speaking[module.file]
    const effects = wholes(module.program, "effect/Effect")
    const consoles = new Set([...wholes(module.program, "effect/Console"), "console"])
    const loggers = wholes(module.program, "effect/Logger")
    if (allowed === undefined) {
      return visiting("log", module, (node) => {
        const member = memberOf(node)
        if (member === undefined) return isName(node, "console") ? "uses the console: words for people go through the declared modules" : undefined
        const [object, property] = member
        if (effects.has(object) && /^log(?:$|[A-Z])/.test(property)) return "logs: lines go through packages/http/src/log.ts"
        if (consoles.has(object) && object !== "console") return "prints: words for people go through the declared modules"
        if (object === "process" && (property === "stdout" || property === "stderr") && !/\.isTTY\b/.test(module.text.slice(node.end, node.end + 6))) return `writes to ${property}: words go through the declared modules`
        if (loggers.has(object) && property !== "layer") return "makes a logger: lines leave through the declared one only"
        return undefined
      })
    }
    return visiting("log", module, (node) => {
      if (node.type !== "TemplateLiteral") return undefined
      const held: Array<string> = []
      for (const expression of node.expressions) {
        walk(expression, (part) => {
          if (part.type === "Identifier") held.push(part.name)
        })
      }
      const other = held.find((name) => !allowed.has(name) && name !== "toISOString")
      return other === undefined ? undefined : `puts ${other} into a sentence, which is no declared kind of value`
    })
  })

/** Cookies, figures and labels outside their modules, and kinds of browser storage that nothing declares. */
export const placeGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  product(modules).flatMap((module) =>
    visiting("place", module, (node) => {
      const { file } = module
      const text = node.type === "Literal" && typeof node.value === "string" ? node.value : node.type === "TemplateElement" ? node.value.raw : undefined
      if (text !== undefined && /^set-cookie$/i.test(text) && file !== cookieModule) return `sets a cookie: ${cookieModule} sets the declared ones`
      if (text !== undefined && /^# (?:HELP|TYPE) /.test(text) && file !== metricModule) return `tells a figure: ${metricModule} tells the declared ones`
      if (text !== undefined && /\{\w+=/.test(text) && file === metricModule) return "gives a figure a label, and none is declared"
      if (node.type === "ImportDeclaration" && /^(?:hono\/cookie|effect\/http\/Cookies)$/.test(node.source.value) && file !== cookieModule) return `sets a cookie: ${cookieModule} sets the declared ones`
      if (node.type === "ImportDeclaration" && node.source.value === "effect/Metric") return `tells a figure: ${metricModule} tells the declared ones`
      if (node.type === "Identifier" && /^(?:localStorage|indexedDB|cookieStore|caches)$/.test(node.name)) return `keeps something in ${node.name}, which no place declares`
      if (memberOf(node)?.join(".") === "document.cookie") return "keeps something in a cookie of the page, which no place declares"
      if (node.type === "ImportDeclaration" && /^node:fs(?:\/promises)?$/.test(node.source.value) && !filing.has(file)) {
        const name = node.specifiers.map(({ local }) => local.name).find((one) => fills.test(one))
        return name === undefined ? undefined : `makes files (${name}): only the modules that the gate names do, and every file is a declared place`
      }
      return undefined
    })
  )
