/**
 * What the code and the tests say of the rules: the entries of `test/rules`, the rules of every topic, and the laws.
 */
import { globSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Rule } from "../../packages/core/src/kernel/rule.ts"
import type { Traced } from "../../test/rules/traced.ts"

/** The root of the repository. */
export const root = join(import.meta.dirname, "../..")

/** The exports of a module, by its path from the root. */
export const load = async (file: string): Promise<Readonly<Record<string, unknown>>> => import(pathToFileURL(join(root, file)).href)

/** The exports of a module by name, in the order of the alphabet: a runtime may list them in that of the source. */
export const exportsOf = async (file: string): Promise<ReadonlyArray<readonly [name: string, value: unknown]>> =>
  Object.entries(await load(file)).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Files of the repository by glob, in order. */
export const files = (pattern: string): ReadonlyArray<string> => globSync(pattern, { cwd: root }).toSorted()

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null

const isTraced = (value: unknown): value is Traced => isObject(value) && typeof value["kind"] === "string" && typeof value["rule"] === "string"
const isRule = (value: unknown): value is Rule => isObject(value) && typeof value["text"] === "string" && typeof value["citation"] === "string"
const isLaw = (value: unknown): value is { readonly rule: string; readonly says: string } => isObject(value) && typeof value["broken"] === "function" && typeof value["says"] === "string"

/** Every entry of `test/rules`, by file and in the order in which it stands. Throws when a file of entries holds none. */
export const traced = async (): Promise<ReadonlyArray<Traced>> => {
  const found: Array<Traced> = []
  for (const file of files("test/rules/*.ts")) {
    if (/\/(?:traced|sources|defects)\.ts$/.test(file)) continue
    const entries = (await exportsOf(file)).flatMap(([, value]) => (Array.isArray(value) ? value.filter(isTraced) : []))
    if (entries.length === 0) throw new Error(`${file} holds no entries`)
    found.push(...entries)
  }
  return found
}

/** Every rule that a topic of the core states, with the topic. */
export const statedRules = async (): Promise<ReadonlyArray<{ readonly topic: string; readonly rule: Rule }>> => {
  const found: Array<{ readonly topic: string; readonly rule: Rule }> = []
  for (const file of files("packages/core/src/*/rules.ts")) {
    const topic = file.split("/")[3] ?? ""
    for (const [, group] of await exportsOf(file)) {
      if (isObject(group)) found.push(...Object.values(group).filter(isRule).map((rule) => ({ topic, rule })))
    }
  }
  return found
}

/** Every law that the core exports, with its topic; a law that stands in several lists counts once. */
export const statedLaws = async (): Promise<ReadonlyArray<{ readonly topic: string; readonly rule: string; readonly says: string }>> => {
  const found = new Map<string, { readonly topic: string; readonly rule: string; readonly says: string }>()
  for (const file of files("packages/core/src/*/*aws.ts")) {
    const topic = file.split("/")[3] ?? ""
    for (const value of (await exportsOf(file)).flatMap(([, exported]) => (Array.isArray(exported) ? exported : [exported]))) {
      if (isLaw(value)) found.set(`${topic} ${value.rule} ${value.says}`, { topic, rule: value.rule, says: value.says })
    }
  }
  return [...found.values()]
}
