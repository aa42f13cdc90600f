/**
 * The linter of policies: contradictions, dishonesty, what is missing, and what has grown stale.
 * Only what is stale depends on the day; whether a policy may be served never does, so that no service falls silent by itself.
 */
import { besideFindings } from "./lint/beside.ts"
import { dutyFindings } from "./lint/duties.ts"
import { contradiction, type Finding, missing, when } from "./lint/finding.ts"
import { limitFindings } from "./lint/limits.ts"
import { promiseFindings } from "./lint/promises.ts"
import { registerFindings } from "./lint/register.ts"
import { repeatedFindings } from "./lint/repeated.ts"
import { siteFindings } from "./lint/site.ts"
import { staleFindings } from "./lint/staleness.ts"
import { textFindings } from "./lint/texts.ts"
import type { Policy } from "./policy.ts"
import type { LocalDate } from "./values.ts"

/** A question says that there is a sub-processor, and none is named (DFH-37); two of one name are one too many. */
const subProcessors = (policy: Policy): ReadonlyArray<Finding> => {
  const asked = policy.questions.some(({ field }) => field === "subProcessors")
  return [
    ...when(asked && policy.subProcessors.length === 0, () =>
      missing(
        policy,
        "subProcessors",
        "DFH-37",
        "There is a sub-processor, and it is not named.",
        "Name the sub-processor and its contract before the service opens."
      )
    ),
    ...policy.subProcessors.flatMap(({ name }, at) =>
      when(policy.subProcessors.findIndex((other) => other.name === name) < at, () =>
        contradiction(`subProcessors[${at}].name`, "DFH-37", "Two sub-processors have the same name.", "Write each once.")
      )
    )
  ]
}

const timeless = (policy: Policy): ReadonlyArray<Finding> => [
  ...textFindings(policy),
  ...subProcessors(policy),
  ...registerFindings(policy),
  ...promiseFindings(policy),
  ...limitFindings(policy),
  ...besideFindings(policy),
  ...dutyFindings(policy),
  ...repeatedFindings(policy),
  ...siteFindings(policy)
]

/** Everything that the linter finds in a policy on a day; what a named question answers is in it too, with `answeredBy`. */
export const lint = (policy: Policy, today: LocalDate): ReadonlyArray<Finding> => [...timeless(policy), ...staleFindings(policy, today)]

/**
 * Why a policy must not be served: its contradictions and dishonesties, and what is missing without a question that answers it.
 * Empty when it may be. The same on every day.
 */
export const unservable = (policy: Policy): ReadonlyArray<Finding> => timeless(policy).filter(({ answeredBy }) => answeredBy === null)
