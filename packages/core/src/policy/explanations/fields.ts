/**
 * The explanation of every field of a policy, by the field's path: `limits.idleMinutes`, `activities[].basis`.
 */
import { besideFields, dutyFields } from "./beside.ts"
import { chatFields } from "./chat.ts"
import type { Explanation } from "./explanation.ts"
import { serviceFields } from "./service.ts"

/** All explanations, in the order of the page about policies. */
export const explanations = { ...serviceFields, ...chatFields, ...besideFields, ...dutyFields }

const byPath: ReadonlyMap<string, Explanation> = new Map(Object.entries(explanations))

/** The paths of all fields. */
export const fieldPaths: ReadonlyArray<string> = [...byPath.keys()]

/** The path of a field with the places in lists left open: `activities[2].basis[0]` is `activities[].basis[]`. */
export const patternOf = (path: string): string => path.replace(/\[\d+\]/g, "[]")

/** The explanation of the field at a path, or of the nearest field around it; nothing where the path begins with no field of a policy. */
export const explanationAt = (path: string): Explanation | undefined => {
  let around = patternOf(path)
  while (around !== "") {
    const found = byPath.get(around)
    if (found !== undefined) return found
    around = around.replace(/(?:\.?[^.[\]]+|\[\])$/, "")
  }
  return undefined
}

/** Whether a path, without places in lists, is a field of a policy. */
export const isField = (path: string): boolean => byPath.has(path)
