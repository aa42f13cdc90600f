/**
 * When confidentiality must give way: the duty to avert as a total table, danger to life beside it, and the child welfare service with its own grounds.
 * Nothing here reads who the visitor is, what a visitor consented to, or an address.
 */
import { type DisclosureTerms, type Threshold, thresholds } from "../policy/duties.ts"
import { type Assessment, type Belief, beliefs, type Level, levels, type Likelihood, likelihoods, type When, whens } from "./assessment.ts"
import { listing } from "./offences.ts"

/** What an assessment leads to, in rising order: nothing, a second person, or a duty. */
export const outcomes = ["none", "consult", "duty"] as const
/** One of them. */
export type Outcome = (typeof outcomes)[number]

/** The five facts that the duty to avert depends on, and nothing else. */
export interface AvertInput {
  readonly listed: boolean
  readonly when: When
  readonly likelihood: Likelihood
  readonly avertable: boolean
  readonly consequencesAvertable: boolean
}

/** The duty to avert (straffeloven § 196): total over its 160 inputs, and monotone in likelihood (DFH-32, IF-23, IF-24, IF-25). */
export const avert = ({ listed, when, likelihood, avertable, consequencesAvertable }: AvertInput): Outcome => {
  if (!listed) return "none"
  if (!avertable && !consequencesAvertable) return "none"
  // Thoughts are not plans (DFH-51).
  if (likelihood === "unlikely") return "none"
  if (when === "pastCertainlyNotAgain" && !consequencesAvertable) return "none"
  if (likelihood === "possible") return "consult"
  return when === "pastUnclear" && !consequencesAvertable ? "consult" : "duty"
}

const both = [false, true]

/** All 160 inputs with their outcomes: the table that any other implementation can be held against. */
export const avertTable: ReadonlyArray<AvertInput & { readonly outcome: Outcome }> = both.flatMap((listed) =>
  whens.flatMap((when) =>
    likelihoods.flatMap((likelihood) =>
      both.flatMap((avertable) =>
        both.map((consequencesAvertable) => {
          const input = { listed, when, likelihood, avertable, consequencesAvertable }
          return { ...input, outcome: avert(input) }
        })
      )
    )
  )
)

/** The graver of two outcomes. */
export const graver = (a: Outcome, b: Outcome): Outcome => (outcomes.indexOf(a) > outcomes.indexOf(b) ? a : b)

/** Whether a level is at least another. */
export const atLeast = (level: Level, least: Level): boolean => levels.indexOf(level) >= levels.indexOf(least)

/** Danger to life or health: asks for the level alone, never for an offence or for who it is (DFH-33, IF-19, IF-26). */
export const lifeDanger = ({ level }: Pick<Assessment, "level">): Outcome => (level === "none" ? "none" : atLeast(level, "high") ? "duty" : "consult")

/** The child welfare service: a duty with a statutory ground and a child under 18, a second person while the age is unknown (DFH-35). */
export const childWelfare = ({ child }: Pick<Assessment, "child">): Outcome => {
  if (child === null || child.ground === null) return "none"
  if (child.age === null) return "consult"
  return child.age < 18 ? "duty" : "none"
}

const onlyYes = [true]
const onlyNo = [false]
const yesOrNo = (answer: Assessment["avertable"]): ReadonlyArray<boolean> => (answer === "unknown" ? both : answer === "yes" ? onlyYes : onlyNo)

/** The outcome of the duty to avert that every answer leads to which an unknown may stand for; a second person where those disagree. */
const avertOverAll = (listed: boolean, assessment: Assessment): Outcome => {
  let first: Outcome | undefined
  for (const when of assessment.when === "unknown" ? whens : [assessment.when])
    for (const likelihood of assessment.likelihood === "unknown" ? likelihoods : [assessment.likelihood])
      for (const avertable of yesOrNo(assessment.avertable))
        for (const consequencesAvertable of yesOrNo(assessment.consequencesAvertable)) {
          const outcome = avert({ listed, when, likelihood, avertable, consequencesAvertable })
          if (outcome !== (first ??= outcome)) return "consult"
        }
  return first ?? "consult"
}

/**
 * A crime: the duty to avert, over every answer that an unknown may stand for; where those disagree, a second person decides. What the statute is
 * not known to list, and what the service's text ties to an identification that is missing, goes to a second person too (IF-22, IF-23).
 */
export const crime = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, assessment: Assessment): Outcome => {
  const known = listing(assessment.offence)
  const outcome = avertOverAll(known !== "unlisted", assessment)
  if (outcome !== "duty") return outcome
  return known === "unsure" || (terms.crimeNeedsIdentification && assessment.identifiability !== "content") ? "consult" : "duty"
}

/** What the trigger of an assessment leads to, the child welfare service left aside. */
export const ofTrigger = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, assessment: Assessment): Outcome => {
  switch (assessment.trigger) {
    case "dangerSelf":
    case "dangerOthers":
      return lifeDanger(assessment)
    case "seriousOffence":
    case "crimeVictim":
    case "crimePlanned":
      return crime(terms, assessment)
    case "childWelfare":
      return "none"
  }
}

/** What an assessment leads to under a service's terms: the gravest of its trigger and the child it may be about. */
export const need = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, assessment: Assessment): Outcome =>
  graver(ofTrigger(terms, assessment), childWelfare(assessment))

/** Whether a belief opens a case under a threshold: what opens one under a stricter threshold opens one under every wider one (DUV-18). */
export const opensCase = (threshold: Threshold, belief: Belief): boolean =>
  beliefs.indexOf(belief) + thresholds.indexOf(threshold) >= thresholds.length
