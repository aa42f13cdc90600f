/**
 * What a policy says of confidentiality giving way: when a concern is opened, who may be told, and how long each step may take.
 */
import * as Schema from "effect/Schema"
import { Positive } from "./values.ts"

/**
 * When a concern must be opened, from the strictest to the widest: whatever opens one under the first opens one under the others
 * (DUV-18, DFH-32, IF-19).
 */
export const thresholds = ["immediateRisk", "reasonToBelieve", "mayBeDanger"] as const
/** From which likelihood on a concern must be opened. */
export const Threshold = Schema.Literals(thresholds)
export type Threshold = typeof Threshold.Type

/** What a concern can be about. */
export const triggers = ["seriousOffence", "dangerSelf", "dangerOthers", "childWelfare", "crimeVictim", "crimePlanned"] as const
/** A subject of a concern. */
export const Trigger = Schema.Literals(triggers)
export type Trigger = typeof Trigger.Type

/** Whom a disclosure may go to; nobody else exists. */
export const recipients = ["police", "ambulance", "fire", "childWelfare"] as const
/** Somebody whom a disclosure may go to. */
export const Recipient = Schema.Literals(recipients)
export type Recipient = typeof Recipient.Type

/** The disclosure of a danger (DFH-29..35, IF-12..31, DUV-18). */
export const DisclosureTerms = Schema.Struct({
  openCaseAt: Threshold,
  triggers: Schema.NonEmptyArray(Trigger),
  /** Whether a crime is a duty only when the content can identify the person (IF-22); never asked of a danger to life. */
  crimeNeedsIdentification: Schema.Boolean,
  recipients: Schema.NonEmptyArray(Recipient),
  /** Whether health personnel may disclose without being obliged to (helsepersonelloven § 23 no. 4). */
  rightToDisclose: Schema.Boolean,
  /** How long each step may take. No statute gives minutes: these are the service's own. */
  timers: Schema.Struct({
    assessMinutes: Positive(24 * 60),
    /** A second person's opinion when the level is high, and otherwise. */
    consultHighMinutes: Positive(24 * 60),
    consultMinutes: Positive(24 * 60),
    /** From an imminent decision to the call. */
    callMinutes: Positive(60),
    /** From any other decision to the notification. */
    notifyMinutes: Positive(24 * 60),
    childWelfareMinutes: Positive(24 * 60),
    /** Until a recipient has acknowledged, before the next channel is tried. */
    acknowledgeMinutes: Positive(24 * 60),
    /** The later look at a decision taken alone, or against advice. */
    reviewHours: Positive(24 * 30),
    /** Warnings before something that a case may need is destroyed, in hours before. */
    warnHours: Schema.NonEmptyArray(Positive(24 * 7)),
    /** How long a closed case is kept. */
    recordDays: Positive(366)
  })
})
export type DisclosureTerms = typeof DisclosureTerms.Type

/** What an authority's order may keep beyond its deadline, and for how long (X-02, E-05). */
export const HoldTerms = Schema.Struct({
  items: Schema.NonEmptyArray(Schema.Literals(["accessTrace", "content"])),
  maximumDays: Positive(180)
})
export type HoldTerms = typeof HoldTerms.Type
