/**
 * The coded words of a case: on what basis, by which channel, for which reason. Coded fields come first; there is no field for free text.
 */
import * as Schema from "effect/Schema"

/** On what a disclosure rests. `avert` (avvergingsplikt) and `childWelfareReport` (meldeplikt) are two different duties (IF-27). */
export const Basis = Schema.Literals([
  /** Straffeloven § 196. */
  "avert",
  /** Helsepersonelloven § 31. */
  "healthEmergency",
  /** Straffeloven § 17. */
  "necessity",
  /** Helsepersonelloven § 33, barnevernsloven § 13-2. */
  "childWelfareReport",
  /** Helsepersonelloven § 23 no. 4: a right, not a duty. */
  "rightToDisclose",
  /** Helsepersonelloven § 22: the visitor asked for it. */
  "visitorAsked"
])
export type Basis = typeof Basis.Type

/** What a second person is asked to agree to. */
export const Proposal = Schema.Literals(["duty", "right", "consent", "none"])
export type Proposal = typeof Proposal.Type

/** Why a case leads to nothing being passed on. */
export const NoReason = Schema.Literals(["noDanger", "notListed", "notLikely", "notAgain", "tooLate", "misunderstood"])
export type NoReason = typeof NoReason.Type

/** Why the raiser goes on although the second person disagrees. */
export const DissentReason = Schema.Literals(["knowsMore", "dangerTooGrave", "noTimeForMore"])
export type DissentReason = typeof DissentReason.Type

/** How a danger was averted in another way than by the planned notification (IF-26). */
export const Means = Schema.Literals(["crisisCentre", "childWelfare", "othersActed", "dangerPassed"])
export type Means = typeof Means.Type

/** How a recipient is reached, in the order in which they are tried; after the last comes the first again. */
export const channels = ["phone", "otherPhone", "form"] as const
/** One of the channels. */
export const Channel = Schema.Literals(channels)
export type Channel = typeof Channel.Type

/** Why the visitor is not told now. */
export const DeferReason = Schema.Literals(["increasesRisk", "visitorGone", "policeRequest"])
export type DeferReason = typeof DeferReason.Type

/** Why a case changes hands. None of these closes it. */
export const HandOverCause = Schema.Literals(["shiftEnd", "crash", "asked"])
export type HandOverCause = typeof HandOverCause.Type

/** Something that is destroyed by itself at a deadline, and that an authority may want before it. */
export const Item = Schema.Literals(["accessTrace", "content"])
export type Item = typeof Item.Type

/** Who is called upon when something has taken too long. */
export const Whom = Schema.Literals(["holder", "lead", "leadAndManager", "manager", "everyone"])
export type Whom = typeof Whom.Type

/** The timers of a case, each a period of the policy. */
export const ConcernTimer = Schema.Literals(["assess", "decide", "consult", "notify", "acknowledge", "resend", "review", "deadline", "close", "record"])
export type ConcernTimer = typeof ConcernTimer.Type
