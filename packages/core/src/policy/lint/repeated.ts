/**
 * Words that stand twice in a list in which each stands for itself.
 */
import { explanationAt } from "../explanations/fields.ts"
import type { Policy } from "../policy.ts"
import { contradiction, type Finding, when } from "./finding.ts"

const listsOf = ({ booking, disclosure, holds, statistics, triage }: Policy): Readonly<Record<string, ReadonlyArray<string | number>>> => ({
  "triage.purposes": triage?.purposes ?? [],
  "booking.performers": booking?.performers ?? [],
  "booking.regions": booking?.regions ?? [],
  "statistics.dimensions": statistics?.dimensions ?? [],
  "disclosure.triggers": disclosure.triggers,
  "disclosure.recipients": disclosure.recipients,
  "disclosure.timers.warnHours": disclosure.timers.warnHours,
  "holds.items": holds?.items ?? []
})

/** Every list with a word that stands in it twice. */
export const repeatedFindings = (policy: Policy): ReadonlyArray<Finding> =>
  Object.entries(listsOf(policy)).flatMap(([field, list]) =>
    when(new Set(list).size < list.length, () =>
      contradiction(field, explanationAt(field)?.rule ?? "X-12", "Something stands in this list twice.", "Write each only once.")
    )
  )
