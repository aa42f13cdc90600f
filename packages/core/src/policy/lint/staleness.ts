/**
 * What was right once: contracts that have ended, and links and texts that nobody has looked at for half a year. These never stop a service.
 */
import { dayNumber } from "../../kernel/timeZone.ts"
import type { Policy } from "../policy.ts"
import type { LocalDate } from "../values.ts"
import { type Finding, stale, when } from "./finding.ts"

/** How many days a link, a number or a published text is trusted after somebody looked at it. */
export const trustedDays = 183

const dayOf = (date: LocalDate): number => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  return dayNumber(year, month, day)
}

/** Everything that has not been looked at for too long on `today`, or that is dated after it. */
export const staleFindings = (policy: Policy, today: LocalDate): ReadonlyArray<Finding> => {
  const looked = (field: string, rule: string, on: LocalDate, remedy: string) => {
    const age = dayOf(today) - dayOf(on)
    return [
      ...when(age > trustedDays, () => stale(field, rule, `Nobody has looked at this for more than ${trustedDays} days.`, remedy)),
      ...when(age < 0, () => stale(field, rule, "This day has not come yet.", remedy))
    ]
  }
  const { booking, links, published, subProcessors } = policy
  const linked = (name: keyof typeof links, rule: string) => {
    const link = links[name]
    return link === null ? [] : looked(`links.${name}.lastVerified`, rule, link.lastVerified, "Follow the link, and write the day.")
  }
  return [
    ...linked("privacy", "DFH-04"),
    ...linked("whoAnswers", "IF-11"),
    ...linked("duty", "IF-21"),
    ...linked("treatment", "DFH-57"),
    ...(booking === null || booking.phone === null
      ? []
      : looked("booking.phone.lastVerified", "DFH-21", booking.phone.lastVerified, "Call the number, and write the day.")),
    ...looked("published.readOn", "X-12", published.readOn, "Read the published text again, and write the day."),
    ...subProcessors.flatMap(({ contractUntil }, at) =>
      when(contractUntil !== null && contractUntil < today, () =>
        stale(
          `subProcessors[${at}].contractUntil`,
          "DFH-37",
          "The contract with this sub-processor has ended.",
          "Renew the contract and write its last day, or take the sub-processor out."
        )
      )
    )
  ]
}
