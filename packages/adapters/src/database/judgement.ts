/**
 * How one fact of the store is judged: what was found, what is wanted, and why it matters, each in words for people.
 */
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import type { Seen } from "./profileFacts.ts"

/** What came of one judgement: the verdict, and what was found. */
export type Outcome = readonly [StoreFinding["verdict"], string]

/** One thing to judge. */
export interface Judgement<Facts> extends Pick<StoreFinding, "id" | "weight" | "wanted" | "why"> {
  readonly judge: (facts: Facts) => Outcome
}

/** It is as wanted. */
export const kept = (found: string): Outcome => ["kept", found]
/** It is not as wanted. */
export const broken = (found: string): Outcome => ["broken", found]
/** It could not be seen. */
export const notChecked = (found: string): Outcome => ["not checked", found]

/** Where the login may not look. */
export const unseen: Outcome = notChecked("this login may not see it")

/** Judges a fact that may not have been seen. */
export const whenSeen = <Fact>(fact: Seen<Fact>, judge: (fact: Fact) => Outcome): Outcome => (fact === undefined ? unseen : judge(fact))

/** So many names are written out; of the rest only the number. */
const mostNames = 3

/** Names as a phrase: the first few, and how many more. */
export const named = (names: ReadonlyArray<string>): string =>
  names.length <= mostNames ? names.join(", ") : `${names.slice(0, mostNames).join(", ")} and ${names.length - mostNames} more`

/** Kept when there are none of them, broken with their names otherwise. */
export const none = (names: ReadonlyArray<string>): Outcome => (names.length === 0 ? kept("none") : broken(named(names)))
