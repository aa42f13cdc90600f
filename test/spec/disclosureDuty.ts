/**
 * The duty to avert, danger to life, child welfare and the thresholds, written a second time from the words of the law: counted, not reasoned.
 */
import type { Assessment } from "@fortrolig/core/disclosure/assessment"
import type { DisclosureTerms } from "@fortrolig/core/policy/duties"

/** A listed act that can be averted, by when it happens and how likely it is; the rows are the likelihoods in rising order. */
const canBeAverted: Readonly<Record<string, ReadonlyArray<string>>> = {
  will: ["none", "consult", "duty", "duty"],
  ongoing: ["none", "consult", "duty", "duty"],
  pastProbablyAgain: ["none", "consult", "duty", "duty"],
  pastUnclear: ["none", "consult", "consult", "consult"],
  pastCertainlyNotAgain: ["none", "none", "none", "none"]
}
const steps = ["unlikely", "possible", "mostLikely", "certain"]

/** One of the 160 outcomes. */
export const naiveAvert = (listed: boolean, when: string, likelihood: string, avertable: boolean, consequences: boolean): string => {
  if (!listed || (!avertable && !consequences)) return "none"
  // With consequences to avert, when it happens does not matter.
  return (consequences ? canBeAverted["will"] : canBeAverted[when])?.[steps.indexOf(likelihood)] ?? "?"
}

const verified = "rape abuseOfPosition childUnderFourteen incest otherCloseRelations seriousInjury abuseInCloseRelations graveAbuseInCloseRelations homicide".split(" ")

const naiveCrime = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, a: Assessment): string => {
  const answers: Array<string> = []
  for (const when of Object.keys(canBeAverted))
    for (const likelihood of steps)
      for (const avertable of [true, false])
        for (const consequences of [true, false]) {
          const fits = (said: string, is: boolean) => said === "unknown" || (said === "yes") === is
          if ((a.when !== "unknown" && a.when !== when) || (a.likelihood !== "unknown" && a.likelihood !== likelihood)) continue
          if (fits(a.avertable, avertable) && fits(a.consequencesAvertable, consequences))
            answers.push(naiveAvert(a.offence !== "none", when, likelihood, avertable, consequences))
        }
  if (answers.every((answer) => answer === "none")) return "none"
  if (!answers.every((answer) => answer === "duty")) return "consult"
  if (!verified.includes(a.offence)) return "consult"
  return terms.crimeNeedsIdentification && a.identifiability !== "content" ? "consult" : "duty"
}

const naiveLife = (a: Assessment): string => ({ none: "none", low: "consult", moderate: "consult", high: "duty", imminent: "duty" })[a.level]

const naiveChild = ({ child }: Assessment): string => {
  if (child === null || child.ground === null || (child.age ?? 0) > 17) return "none"
  return child.age === null ? "consult" : "duty"
}

const isDanger = (a: Assessment): boolean => a.trigger === "dangerSelf" || a.trigger === "dangerOthers"
const own = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, a: Assessment): string =>
  isDanger(a) ? naiveLife(a) : a.trigger === "childWelfare" ? "none" : naiveCrime(terms, a)

/** What an assessment leads to. */
export const naiveNeed = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, a: Assessment | null): string => {
  if (a === null) return "duty"
  const both = [own(terms, a), naiveChild(a)]
  return both.includes("duty") ? "duty" : both.includes("consult") ? "consult" : "none"
}

/** Whether an assessment supports a basis. */
export const naiveSupports = (terms: Pick<DisclosureTerms, "crimeNeedsIdentification">, a: Assessment | null, basis: string): boolean => {
  if (a === null) return false
  if (basis === "childWelfareReport") return naiveChild(a) === "duty"
  if (basis === "avert") return !isDanger(a) && own(terms, a) === "duty"
  return (basis === "healthEmergency" || basis === "necessity") && isDanger(a) && naiveLife(a) === "duty"
}

/** Whether a belief opens a case. */
export const naiveOpens = (threshold: string, belief: string): boolean =>
  belief === "immediate" || (belief === "reason" && threshold !== "immediateRisk") || (belief === "mayBe" && threshold === "mayBeDanger")
