/**
 * The parts of a policy beside the chat itself, and a policy without those that a program does not carry out.
 */
import type { Policy } from "./policy.ts"

/** What a service may offer beside the chat. */
export const parts = ["triage", "booking", "phone", "statistics"] as const
/** One of them. */
export type Part = (typeof parts)[number]

/** The parts that a policy promises. */
export const partsOf = (policy: Policy): ReadonlyArray<Part> => parts.filter((part) => policy[part] !== null)

/**
 * The policy with only the parts in `carriedOut`: what a program does not do, its notice must not promise.
 * Activities keep only the data classes that remain, and go when none does.
 */
export const carrying = (policy: Policy, carriedOut: ReadonlyArray<Part>): Policy => {
  const dropped = new Set<string>(partsOf(policy).filter((part) => !carriedOut.includes(part)).flatMap((part) => classesOf[part]))
  const activities = policy.activities.flatMap((activity) => {
    const [first, ...rest] = activity.dataClasses.filter((dataClass) => !dropped.has(dataClass))
    return first === undefined ? [] : [{ ...activity, dataClasses: [first, ...rest] as const }]
  })
  const [first, ...rest] = activities
  if (first === undefined) throw new Error("a policy without any activity cannot be carried out")
  return {
    ...policy,
    questions: policy.questions.filter(({ field }) => !parts.some((part) => !carriedOut.includes(part) && field.split(".")[0] === part)),
    triage: carriedOut.includes("triage") ? policy.triage : null,
    booking: carriedOut.includes("booking") ? policy.booking : null,
    phone: carriedOut.includes("phone") ? policy.phone : null,
    statistics: carriedOut.includes("statistics") ? policy.statistics : null,
    activities: [first, ...rest]
  }
}

const classesOf = { triage: ["triage", "consent"], booking: ["booking"], phone: ["phoneCall"], statistics: ["ageCount"] } as const satisfies Record<
  Part,
  ReadonlyArray<string>
>
