/**
 * What is wrong with a policy that somebody wrote: every fault at once, with its field, the rule behind the field, and what to write instead.
 * No value of the input is repeated; it may be long, or personal by mistake.
 */
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import { RuleId } from "../kernel/rule.ts"
import { explanationAt, fieldPaths, isField, patternOf } from "./explanations/fields.ts"

/** One fault of a policy. */
export interface Problem {
  /** Where, as `activities[0].basis`; empty when the whole is no policy. */
  readonly field: string
  readonly rule: RuleId
  /** What is wrong, in one plain sentence. */
  readonly says: string
  /** What to write instead. */
  readonly remedy: string
}

/** One fault on one line: the field, what is wrong, the rule, and the remedy. */
export const problemLine = ({ field, remedy, rule, says }: Problem): string => `${field === "" ? "policy" : field}: ${says} (${rule}) ${remedy}`

/** A policy was refused. The message has one line for each fault. */
export class PolicyRefused extends Schema.TaggedError<PolicyRefused>()("PolicyRefused", {
  problems: Schema.Array(Schema.Struct({ field: Schema.String, rule: RuleId, says: Schema.String, remedy: Schema.String }))
}) {
  override get message(): string {
    const { length } = this.problems
    return [`${length} ${length === 1 ? "field" : "fields"} refused`, ...this.problems.map(problemLine)].join("\n")
  }
}

const honesty = RuleId.make("X-12")

/** A name that somebody wrote, if it is short and plain enough to show. */
const shown = (name: string | symbol): string =>
  typeof name === "string" && /^[\w-]{1,40}$/.test(name) ? name : "(a name that cannot be shown)"

const join = (path: string, key: PropertyKey): string =>
  typeof key === "number" ? `${path}[${key}]` : path === "" ? shown(key) : `${path}.${shown(key)}`

/** How many letters must change to make one word of another. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter.toLowerCase() === other.toLowerCase() ? 0 : 1)))
    }
    row = next
  }
  return row[to.length] ?? 0
}

const last = (path: string): string => path.slice(path.lastIndexOf(".") + 1)
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(".")))

/** The known field that an unknown one was probably meant to be: one beside it before one elsewhere; nothing where none is like it. */
const nearest = (path: string): string | undefined => {
  const pattern = patternOf(path)
  const near = fieldPaths.filter((known) => distance(last(pattern), last(known)) <= Math.max(2, last(pattern).length / 2))
  const scored = near.map((known) => ({ known, score: distance(last(pattern), last(known)) * 2 + (parent(known) === parent(pattern) ? 0 : 5) }))
  return scored.toSorted((a, b) => a.score - b.score)[0]?.known
}

const problem = (field: string, says: string): Problem => {
  const explained = explanationAt(field)
  const { remedy = "Write the fields of a policy, as docs/policy.md explains them.", rule = honesty } = explained ?? {}
  return { field, rule, says, remedy }
}

const unknown = (field: string): Problem => {
  if (isField(patternOf(field))) {
    const known = problem(field, "This cannot stand beside the other values here.")
    return { ...known, remedy: `Remove it. ${known.remedy}` }
  }
  const near = nearest(field)
  return {
    ...problem(field, "A policy has no such field here."),
    remedy: near === undefined ? "Remove it; docs/policy.md explains every field." : `Remove it; the nearest field is \`${near}\`.`
  }
}

/** Our own filters say what is wrong without repeating it; Effect's filters say what they expect. */
const filterWords = ({ filter, issue }: SchemaIssue.Filter): string => {
  const message = issue._tag === "InvalidValue" ? issue.annotations?.message : undefined
  if (typeof message === "string") return `This ${message}.`
  const range = filter.annotations?.["representation"]
  const limits = /"minimum":(\d+),"maximum":(\d+)/.exec(`${JSON.stringify(range)}`)
  return limits === null ? "This is not written as it should be." : `This is not from ${limits[1]} to ${limits[2]}.`
}

/** Every field that the schema found at fault, in the order of the schema, each with the first thing that is wrong with it. */
export const problemsIn = (issue: SchemaIssue.Issue): ReadonlyArray<Problem> =>
  faults(issue, "").filter(({ field }, at, all) => all.findIndex((other) => other.field === field) === at)

const faults = (issue: SchemaIssue.Issue, path: string): ReadonlyArray<Problem> => {
  switch (issue._tag) {
    case "Pointer":
      return faults(issue.issue, issue.path.reduce(join, path))
    case "Composite":
    case "AnyOf":
      if (issue.issues.length === 0) return [problem(path, "This is none of what may stand here.")]
      return issue.issues.flatMap((inner) => faults(inner, path))
    case "Filter":
      return [problem(path, filterWords(issue))]
    case "Encoding":
      return faults(issue.issue, path)
    case "MissingKey":
      // Of a list that must not be empty the first is missing.
      return path.endsWith("[0]") ? [problem(path.slice(0, -3), "This list is empty.")] : [problem(path, "This is missing.")]
    case "UnexpectedKey":
      return [unknown(path)]
    case "InvalidType":
      return [problem(path, "This is not the kind of value that stands here.")]
    case "InvalidValue":
    case "Forbidden":
    case "OneOf":
      return [problem(path, "This is not allowed here.")]
  }
}
