/**
 * The two consents of a service, read from its policy: the triage note, and the information in a referral.
 */
import type { Policy } from "../policy/policy.ts"
import type { Purposes } from "./messages.ts"

/** What one consent is about and how it may be asked for. */
export interface ConsentTerms {
  /** What is asked for, and nothing else (DFH-16, DFH-27). */
  readonly purposes: Purposes
  /** Whether the purposes are answered together, with one yes or no. */
  readonly bundled: boolean
  /** How often the question may be put to one visitor; two at most (DFH-14). */
  readonly timesAsked: number
  /** Whoever has stated a lower age, in whole years, is not asked (E-10). */
  readonly minimumAge: number
  /** The period of the access trace in hours from the opening: this consent ends with that trace (DFH-17). */
  readonly traceHours: number
  /** The width of the buckets that deadlines are floored to, in minutes. */
  readonly bucketMinutes: number
}

type Clock = Pick<Policy, "accessTrace" | "bucketMinutes">

const clockOf = ({ accessTrace, bucketMinutes }: Clock) => ({ traceHours: accessTrace.hoursAfterOpening, bucketMinutes })

/** The consent to a triage note, or nothing where the service writes none. */
export const triageConsent = (policy: Clock & Pick<Policy, "triage">): ConsentTerms | undefined => {
  if (policy.triage === null) return undefined
  const { purposes, bundled, timesAsked, minimumAge } = policy.triage
  return { purposes, bundled, timesAsked, minimumAge, ...clockOf(policy) }
}

/** The consent to information in a referral, or nothing where the service books no therapy. Which items, the visitor chooses in the booking. */
export const referralConsent = (policy: Clock & Pick<Policy, "booking">): ConsentTerms | undefined =>
  policy.booking === null
    ? undefined
    : { purposes: ["treatment"], bundled: false, timesAsked: 2, minimumAge: policy.booking.minimumAge, ...clockOf(policy) }
