/**
 * Texts that say nothing: blanks, and words that only keep a place (DFH-03, DFH-37).
 */
import type { Policy } from "../policy.ts"
import { explanationAt } from "../explanations/fields.ts"
import { type Finding, missing } from "./finding.ts"

const saysNothing = (text: string): boolean =>
  !/[\p{L}\p{N}]/u.test(text) || /^\W*(?:to ?do|tb[acd]|x{2,}|n\/?a|unknown|ukjent|name|navn)\W*$/i.test(text)

/** Texts of dates, links, words from a list and the like have a form of their own, and are none of these. */
const spoken: ReadonlySet<string> = new Set(["text", "text in bokmål and English", "list of words"])

const textsIn = (value: unknown, path: string): ReadonlyArray<readonly [string, string]> => {
  if (typeof value === "string") return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((inner, at) => textsIn(inner, `${path}[${at}]`))
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path === "" ? key : `${path}.${key}`))
}

/** Every text that says nothing. */
export const textFindings = (policy: Policy): ReadonlyArray<Finding> =>
  textsIn(policy, "").flatMap(([field, text]) => {
    const explained = explanationAt(field)
    if (explained === undefined || !spoken.has(explained.unit) || !saysNothing(text)) return []
    return [missing(policy, field, explained.rule, "This text says nothing.", explained.remedy, [])]
  })
