/**
 * The explanations of a policy's fields, for people who write one and for tools that help them.
 * Complete by type: a field without one does not compile.
 */
import type { Bilingual } from "./bilingual.ts"
import type { Explanation } from "./explanations/explanation.ts"
import { explanations } from "./explanations/fields.ts"
import type { Policy } from "./policy.ts"

type Plain = string | number | boolean | null | undefined
type Within<T, Path extends string> = T extends Plain | Bilingual ? never
  : T extends ReadonlyArray<infer Element> ? Within<Element, `${Path}[]`>
  : { [Key in keyof T & string]: Joined<Path, Key> | Within<T[Key], Joined<Path, Key>> }[keyof T & string]
type Joined<Path extends string, Key extends string> = Path extends "" ? Key : `${Path}.${Key}`

/** The path of a field of a policy, such as `accessTrace.hoursAfterOpening` or `activities[].basis`. */
export type PolicyField = Within<Policy, "">

const complete: Readonly<Record<PolicyField, Explanation>> = explanations satisfies Record<PolicyField, Explanation>

/** What a field decides, its unit, its rule, and what to write when it is refused. */
export const explain = (field: PolicyField): Explanation => complete[field]

/** Every field with its explanation, in the order of the page about policies. */
export const explainAll = (): ReadonlyArray<{ readonly field: string } & Explanation> =>
  Object.entries(complete).map(([field, explanation]) => ({ field, ...explanation }))
