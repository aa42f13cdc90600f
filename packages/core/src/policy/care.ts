/**
 * What a policy says of the help beside the chat: the triage note, the booking of therapy, the phone call, and the statistics.
 */
import * as Schema from "effect/Schema"
import { knownTimeZone } from "../kernel/timeZone.ts"
import { LocalDate, Positive } from "./values.ts"

/** The purposes that a visitor can be asked to let a triage note serve (DFH-16). */
export const triagePurposes = ["quality", "research"] as const
/** A purpose of the triage note. */
export const TriagePurpose = Schema.Literals(triagePurposes)
export type TriagePurpose = typeof TriagePurpose.Type

/** The note that a counsellor may ask to write, on closed coded fields only (DFH-13..18). */
export const TriageTerms = Schema.Struct({
  /** The youngest that may be asked, in years. */
  minimumAge: Positive(120),
  purposes: Schema.NonEmptyArray(TriagePurpose),
  /** Whether one answer covers all purposes, as the published text has it; otherwise each purpose is asked for. */
  bundled: Schema.Boolean,
  /** How often one visitor may be asked about one consent, two at most: asking again and again is pressure. */
  timesAsked: Positive(2),
  /** The period that a note keeps of its time when it becomes anonymous. */
  grain: Schema.Literals(["week", "month", "quarter"])
})
export type TriageTerms = typeof TriageTerms.Type

/** A place of treatment, the health region that it belongs to, and the first day on which it takes patients (DFH-55). */
export const Site = Schema.Struct({ name: Schema.NonEmptyString, region: Schema.NonEmptyString, from: LocalDate })
export type Site = typeof Site.Type

/** Booking of therapy, whose identities belong to the patient record and pass through only (DFH-19..28, DFH-45..47, DFH-54..58). */
export const BookingTerms = Schema.Struct({
  /** The youngest that may book, in whole years on the day of booking in `timeZone`. */
  minimumAge: Positive(120),
  timeZone: Schema.NonEmptyString.check(Schema.makeFilter((zone: string) => knownTimeZone(zone) || "is not a time zone that this system knows")),
  /** The number to call instead of giving a name here (DFH-21), with the day it was last verified; `null` where none is published. */
  phone: Schema.NullOr(Schema.Struct({ number: Schema.NonEmptyString, lastVerified: LocalDate })),
  /** Longest referral information in characters, everything together (DFH-26). */
  referralCharacters: Positive(10_000),
  /** How long an undelivered hand-over to the patient record is kept, in hours (E-15). */
  outboxHours: Positive(24),
  /** The performers that an appointment may have (DFH-45). */
  performers: Schema.NonEmptyArray(Schema.Literals(["clinicalPsychologist", "psychiatrist"])),
  /** Every health region that the service covers. */
  regions: Schema.NonEmptyArray(Schema.NonEmptyString),
  /** Sites by region; a region without a site of its own on a date is served by the sites of the others (DFH-56). */
  sites: Schema.NonEmptyArray(Site)
})
export type BookingTerms = typeof BookingTerms.Type

/** A call to the counsellor of the chat, never recorded (DFH-22, DFH-23). */
export const PhoneTerms = Schema.Struct({
  number: Schema.NonEmptyString,
  /** How long the counsellor is kept free for the call, in minutes. */
  reservedMinutes: Positive(60),
  /** Digits of the spoken one-time code. */
  codeDigits: Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 8 }))
})
export type PhoneTerms = typeof PhoneTerms.Type

/** One group of ages, from `from` to `to` inclusive; `null` is open upwards. */
export const AgeBand = Schema.Struct({ from: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 120 })), to: Schema.NullOr(Positive(120)) })
export type AgeBand = typeof AgeBand.Type

/** Counts by age group, and how they are made safe to publish (IF-16, IF-32..35, E-11, E-12). */
export const StatisticsTerms = Schema.Struct({
  /** Groups that follow one another without gap or overlap, from 0, the last open upwards. "Not given" is a group of its own. */
  bands: Schema.NonEmptyArray(AgeBand),
  /** What else is counted beside the age group; empty where the service promises nothing else (IF-35). */
  dimensions: Schema.Array(Schema.Literals(["topic", "county", "contactType"])),
  period: Schema.Literals(["month", "quarter", "year"]),
  /** The smallest count that may be published; smaller ones, but not zero, are hidden. */
  smallestCell: Positive(20),
  /** The smallest total for which anything is published. */
  smallestTotal: Positive(100),
  /** Hide small cells, or round every count to the nearest multiple of `smallestCell`. */
  method: Schema.Literals(["suppress", "round"])
})
export type StatisticsTerms = typeof StatisticsTerms.Type
