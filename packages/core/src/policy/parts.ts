/**
 * The parts of a policy beside the chat itself, and a policy without those that a program does not carry out.
 */
import type { DataClass } from "./accountability.ts"
import type { Policy } from "./policy.ts"

/** What a service may have beside the chat; `concerns` is the record of a case about danger, not the duty itself. */
export const parts = ["triage", "booking", "phone", "statistics", "concerns", "holds", "webLog"] as const
/** One of them. */
export type Part = (typeof parts)[number]

/** The data classes that exist only for a part. */
const classesOf: Readonly<Record<Part, ReadonlyArray<DataClass>>> = {
  triage: ["triage", "consent", "anonymousNote"],
  booking: ["booking"],
  phone: ["phoneCall"],
  statistics: ["ageCount"],
  concerns: ["concern"],
  holds: [],
  webLog: ["webLog"]
}

/** The data classes in the register of a policy's activities. */
export const registered = (policy: Pick<Policy, "activities">): ReadonlySet<DataClass> =>
  new Set(policy.activities.flatMap((activity) => activity.dataClasses))

/** The parts that a policy promises. */
export const partsOf = (policy: Policy): ReadonlyArray<Part> =>
  parts.filter((part) => (part === "concerns" ? registered(policy).has("concern") : policy[part] !== null))

/** The data classes of the parts that a policy does not have: nothing of them may be held. */
export const missingClasses = (policy: Policy): ReadonlySet<DataClass> => {
  const had = partsOf(policy)
  return new Set(parts.filter((part) => !had.includes(part)).flatMap((part) => classesOf[part]))
}

/**
 * The policy with only the parts in `carriedOut`: what a program does not do, its notice must not promise.
 * Activities keep only the data classes that remain, and go when none does. Throws when no activity is left.
 */
export const carrying = (policy: Policy, carriedOut: ReadonlyArray<Part>): Policy => {
  const left = parts.filter((part) => !carriedOut.includes(part))
  const gone = new Set(left.flatMap((part) => classesOf[part]))
  const [first, ...rest] = policy.activities.flatMap((activity) => {
    const [one, ...others] = activity.dataClasses.filter((dataClass) => !gone.has(dataClass))
    return one === undefined ? [] : [{ ...activity, dataClasses: [one, ...others] as const }]
  })
  if (first === undefined) throw new Error("a policy without any activity cannot be carried out")
  const keep = <Value>(part: Part, value: Value): Value | null => (carriedOut.includes(part) ? value : null)
  return {
    ...policy,
    questions: policy.questions.filter(({ field }) => !left.some((part) => field.split(".")[0] === part)),
    triage: keep("triage", policy.triage),
    booking: keep("booking", policy.booking),
    phone: keep("phone", policy.phone),
    statistics: keep("statistics", policy.statistics),
    holds: keep("holds", policy.holds),
    webLog: keep("webLog", policy.webLog),
    activities: [first, ...rest]
  }
}
