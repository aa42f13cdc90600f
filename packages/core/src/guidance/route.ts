/**
 * The way to a service: by oneself, or through the GP or the dentist, and what comes first in an emergency.
 */
import type { GuidePolicy } from "../policy/guide.ts"
import { Competence, type Entry, Referrer, Therapist } from "../policy/guideEntries.ts"

/** One step on the way to a service. */
export type Step =
  /** Help now, before anything else. */
  | { readonly _tag: "CallNow"; readonly numbers: GuidePolicy["emergency"] }
  /** Ask one of these to refer to one of those, and for a therapist who knows about this. */
  | {
      readonly _tag: "AskForReferral"
      readonly of: ReadonlyArray<Referrer>
      readonly to: ReadonlyArray<Therapist>
      readonly requesting: ReadonlyArray<Competence>
    }
  | { readonly _tag: "Contact"; readonly entry: string }

/** Who may refer to whom: every referrer to every kind of therapist (DUV-08, DUV-09). */
export const referralGraph: ReadonlyArray<{ readonly from: Referrer; readonly to: Therapist }> = Referrer.literals.flatMap((from) =>
  Therapist.literals.map((to) => ({ from, to }))
)

/** Whether the way to a service leads through a referral; an emergency takes it away where the service may be contacted directly (DUV-13, DUV-14). */
export const needsReferral = (entry: Pick<Entry, "access" | "directInEmergency">, emergency: boolean): boolean =>
  entry.access === "referral" && !(emergency && entry.directInEmergency)

const askForReferral: Step = { _tag: "AskForReferral", of: Referrer.literals, to: Therapist.literals, requesting: Competence.literals }

/** The steps to a service, in order; it is always the last. In an emergency the numbers for help now come first, whatever the service (DUV-14). */
export const routeTo = (guide: Pick<GuidePolicy, "emergency">, entry: Entry, emergency: boolean): ReadonlyArray<Step> => [
  ...(emergency ? [{ _tag: "CallNow" as const, numbers: guide.emergency }] : []),
  ...(needsReferral(entry, emergency) ? [askForReferral] : []),
  { _tag: "Contact", entry: entry.id }
]
