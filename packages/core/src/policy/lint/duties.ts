/**
 * Confidentiality giving way: triggers that somebody can act on, timers that fit into one another, and orders that can be obeyed.
 */
import { type Recipient, type Trigger } from "../duties.ts"
import { keepsContent, type Policy, questionOf } from "../policy.ts"
import { contradiction, type Finding, when } from "./finding.ts"

/** Who can do something about each trigger: one of them must be a recipient. */
const whoCanAct: Readonly<Record<Trigger, ReadonlyArray<Recipient>>> = {
  seriousOffence: ["police"],
  dangerSelf: ["police", "ambulance"],
  dangerOthers: ["police", "ambulance"],
  childWelfare: ["childWelfare"],
  crimeVictim: ["police", "childWelfare"],
  crimePlanned: ["police"]
}

const lives: ReadonlyArray<Trigger> = ["dangerSelf", "dangerOthers"]

const triggers = ({ answeredBy, disclosure }: Policy): ReadonlyArray<Finding> => [
  ...disclosure.triggers.flatMap((trigger) =>
    when(!whoCanAct[trigger].some((recipient) => disclosure.recipients.includes(recipient)), () =>
      contradiction(
        "disclosure.recipients",
        "DFH-31",
        `Nobody who may be told can act on \`${trigger}\`.`,
        `Add ${whoCanAct[trigger].map((one) => `\`${one}\``).join(" or ")}.`
      )
    )
  ),
  ...lives.flatMap((trigger) =>
    when(!disclosure.triggers.includes(trigger), () =>
      contradiction("disclosure.triggers", "DFH-33", `A danger to life is always a concern, and \`${trigger}\` is left out.`, `Add \`${trigger}\`.`)
    )
  ),
  ...when(answeredBy === "healthProfessionals" && !disclosure.triggers.includes("childWelfare"), () =>
    contradiction(
      "disclosure.triggers", "DFH-35", "Health professionals must tell child welfare, and `childWelfare` is left out.", "Add `childWelfare`."
    )
  )
]

const terms = (policy: Policy): ReadonlyArray<Finding> => [
  ...when(policy.disclosure.crimeNeedsIdentification && questionOf(policy, "disclosure.crimeNeedsIdentification") === undefined, () =>
    contradiction(
      "disclosure.crimeNeedsIdentification",
      "IF-22",
      "The duty to avert a crime does not depend on who can be identified.",
      "Write `false`, or name a question about this field that says what happens instead."
    )
  ),
  ...when(policy.disclosure.rightToDisclose && policy.answeredBy !== "healthProfessionals", () =>
    contradiction("disclosure.rightToDisclose", "DFH-29", "Only health professionals have a right to tell without a duty.", "Write `false`.")
  )
]

const timers = (policy: Policy): ReadonlyArray<Finding> => {
  const { timers } = policy.disclosure
  const { assessMinutes, callMinutes, consultHighMinutes, consultMinutes, notifyMinutes, recordDays, reviewHours, warnHours } = timers
  const traceHours = policy.accessTrace.hoursAfterOpening
  const shortest = Math.min(traceHours, keepsContent(policy) ? policy.content.hoursAfterEnd : traceHours)
  const timer = (name: string, rule: string, says: string, remedy: string) => contradiction(`disclosure.timers.${name}`, rule, says, remedy)
  return [
    ...when(consultHighMinutes > consultMinutes, () =>
      timer(
        "consultHighMinutes", "X-08", "The higher level may take longer than the lower.", "Write no more than `disclosure.timers.consultMinutes`."
      )
    ),
    ...when(callMinutes > notifyMinutes, () =>
      timer("callMinutes", "X-08", "An imminent danger may take longer than another.", "Write no more than `disclosure.timers.notifyMinutes`.")
    ),
    ...when(assessMinutes + consultMinutes + notifyMinutes >= traceHours * 60, () =>
      timer(
        "notifyMinutes",
        "X-08",
        "The access trace could be gone before anybody is told.",
        "Let assessing, consulting and notifying together take less than `accessTrace.hoursAfterOpening`."
      )
    ),
    ...warnHours.flatMap((hours, at) =>
      when(hours >= shortest, () =>
        timer(`warnHours[${at}]`, "E-05", "This warning would come before there is anything to lose.", `Write less than ${shortest}.`)
      )
    ),
    ...when(reviewHours >= recordDays * 24, () =>
      timer("reviewHours", "X-08", "A case could be gone before it is looked at again.", "Write less than `disclosure.timers.recordDays`, in hours.")
    )
  ]
}

const orders = (policy: Policy): ReadonlyArray<Finding> =>
  when(policy.holds !== null && policy.holds.items.includes("content") && !keepsContent(policy), () =>
    contradiction("holds.items", "DFH-07", "No order can keep messages that live only in the two browsers.", "Take `content` out.")
  )

/** Everything about telling others. */
export const dutyFindings = (policy: Policy): ReadonlyArray<Finding> => [...triggers(policy), ...terms(policy), ...timers(policy), ...orders(policy)]
