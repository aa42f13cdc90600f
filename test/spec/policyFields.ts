/**
 * The fields of a policy as its schema has them, read from the schema itself.
 */
import type * as SchemaAST from "effect/SchemaAST"
import { Bilingual } from "../../packages/core/src/policy/bilingual.ts"
import { Policy } from "../../packages/core/src/policy/policy.ts"

/** A field of the schema: its path, and the bounds of its number where it has any. */
export interface SchemaField {
  readonly path: string
  readonly bounds: ReadonlyArray<readonly [number, number]>
}

const boundsOf = (ast: SchemaAST.AST): ReadonlyArray<readonly [number, number]> =>
  ast._tag === "Union"
    ? ast.types.flatMap(boundsOf)
    : [...JSON.stringify(ast.checks ?? []).matchAll(/"payload":\{"minimum":(\d+),"maximum":(\d+)\}/g)].map(([, from, to]) => [Number(from), Number(to)])

const within = (ast: SchemaAST.AST, path: string): ReadonlyArray<SchemaField> => {
  if (ast === Bilingual.ast) return []
  if (ast._tag === "Union") return ast.types.flatMap((type) => within(type, path))
  if (ast._tag === "Arrays") return [...ast.elements, ...ast.rest].flatMap((element) => within(element, `${path}[]`))
  if (ast._tag !== "Objects") return []
  return ast.propertySignatures.flatMap(({ name, type }) => {
    const inner = path === "" ? String(name) : `${path}.${String(name)}`
    return [{ path: inner, bounds: boundsOf(type) }, ...within(type, inner)]
  })
}

/** Every field of the schema, each once. */
export const schemaFields: ReadonlyArray<SchemaField> = within(Policy.ast, "").filter(({ path }, at, all) => all.findIndex((other) => other.path === path) === at)
