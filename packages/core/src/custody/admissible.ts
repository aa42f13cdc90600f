/**
 * Whether a request for a record can be met at all, judged when it is received: its basis first, then what it asks for.
 */
import { elapsed, type Instant, minutes, type Period } from "../kernel/instant.ts"
import type { CustodyCommand, Found, LegalBasis, RejectReason, Target } from "./messages.ts"

type Receive = Extract<CustodyCommand, { readonly _tag: "Receive" }>

/** The longest stretch of time that a request may name. */
export const longestWindow: Period = minutes(15)

const basisFails = (basis: LegalBasis, caseNotified: boolean): RejectReason | undefined => {
  switch (basis) {
    case "averting":
      return caseNotified ? undefined : "noNotifiedCase"
    case "investigation":
      return "noOrder"
    case "productionOrder":
    case "preservationOrder":
      return undefined
  }
}

const targetFails = (target: Target, at: Instant): RejectReason | undefined => {
  switch (target._tag) {
    case "Session":
      return undefined
    case "Topic":
      return "tooWide"
    case "Window":
      if (target.from >= target.to || target.to > at) return "unclear"
      return elapsed(target.from, target.to) > longestWindow ? "tooWide" : undefined
  }
}

/**
 * The one record that a request may go on with, or why it may not; `unavailable` when nothing matches that is still there.
 * Whoever asks without a right to ask learns from the answer nothing of what there is.
 */
export const admit = ({ at, request, target, caseNotified, found }: Receive): Found | RejectReason | "unavailable" => {
  const fails = basisFails(request.basis, caseNotified) ?? targetFails(target, at)
  if (fails !== undefined) return fails
  const matching = found.filter(({ trace, until }) => at < until && (target._tag !== "Session" || target.ref === trace))
  const [one, another] = matching
  if (one === undefined) return "unavailable"
  return another === undefined ? one : "severalPeople"
}
