/**
 * What a person enters about a danger: coded answers only, never a word that a visitor wrote, and never who the visitor is.
 */
import * as Schema from "effect/Schema"
import { Trigger } from "../policy/duties.ts"
import { Offence } from "./offences.ts"

/** How strongly a person believes that there is a danger, from not at all to at once (DUV-18, DFH-32, IF-19). */
export const beliefs = ["none", "mayBe", "reason", "immediate"] as const
/** One of the beliefs. */
export const Belief = Schema.Literals(beliefs)
export type Belief = typeof Belief.Type

/** When an act happens; what is past is told apart by whether it will happen again (IF-24, IF-25). */
export const whens = ["will", "ongoing", "pastProbablyAgain", "pastUnclear", "pastCertainlyNotAgain"] as const
/** One of the answers. */
export const When = Schema.Literals(whens)
export type When = typeof When.Type

/** How likely it is that an act is or will be committed, in rising order; entered by a person (DFH-51). */
export const likelihoods = ["unlikely", "possible", "mostLikely", "certain"] as const
/** One of the likelihoods. */
export const Likelihood = Schema.Literals(likelihoods)
export type Likelihood = typeof Likelihood.Type

/** How grave a danger to life or health is, in rising order, whatever tool or judgement it comes from. */
export const levels = ["none", "low", "moderate", "high", "imminent"] as const
/** One of the levels. */
export const Level = Schema.Literals(levels)
export type Level = typeof Level.Type

/** The five statutory grounds for telling child welfare (DFH-35). */
export const childGrounds = ["abuseOrNeglect", "illnessUntreated", "disabilityNeedsUnmet", "behaviour", "trafficking"] as const
/** One of the grounds. */
export const ChildGround = Schema.Literals(childGrounds)
export type ChildGround = typeof ChildGround.Type

const Unknown = "unknown" as const

/** A child that a case is about; an unknown age or ground is `null`. Age in whole years. */
export const Child = Schema.Struct({
  ground: Schema.NullOr(ChildGround),
  age: Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 130 })))
})
export type Child = typeof Child.Type

/** A short structured assessment; what is not known is said to be unknown, and nothing is left out. */
export const Assessment = Schema.Struct({
  trigger: Trigger,
  /** An entry of the catalogue; `notInCatalogue` when the statute may list what our catalogue does not; `none` when no offence is meant. */
  offence: Offence,
  when: Schema.Literals([...whens, Unknown]),
  likelihood: Schema.Literals([...likelihoods, Unknown]),
  /** Whether the act can still be averted, and whether its consequences can. */
  avertable: Schema.Literals(["yes", "no", Unknown]),
  consequencesAvertable: Schema.Literals(["yes", "no", Unknown]),
  /** Whether what was written can lead to who it is about; never an address (IF-22). */
  identifiability: Schema.Literals(["content", "none", Unknown]),
  level: Level,
  child: Schema.NullOr(Child)
})
export type Assessment = typeof Assessment.Type
