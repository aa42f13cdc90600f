/**
 * A policy is everything that differs between services, as data: it drives the machines, the storage, the notice and the audit.
 * Periods are positive whole numbers in the unit that their name says; a missing period is an error, never a default.
 */
import * as Schema from "effect/Schema"
import { dayNumber, knownTimeZone } from "../kernel/timeZone.ts"
import { ServiceName } from "../kernel/identity.ts"

const Positive = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 1, maximum }))
const LocalTime = Schema.String.check(Schema.isPattern(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/))
const LocalDate = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/),
  Schema.makeFilter((date: string) => isCalendarDate(date) || "is not a date of the calendar")
)
const isCalendarDate = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
  return month >= 1 && month <= 12 && day >= 1 && day <= next - dayNumber(year, month, 1)
}

/** A text in both languages of the product: bokmål and English. */
export const Bilingual = Schema.Struct({ nb: Schema.NonEmptyString, en: Schema.NonEmptyString })
export type Bilingual = typeof Bilingual.Type

/** ISO weekday names, Monday first. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
/** A day of the week. */
export type Weekday = (typeof weekdays)[number]

/** Opening hours on the local wall clock, half-open; a window that ends at or before its start runs past midnight. */
export const Schedule = Schema.Struct({
  timeZone: Schema.NonEmptyString.check(Schema.makeFilter((zone: string) => knownTimeZone(zone) || "is not a time zone that this system knows")),
  weekly: Schema.Array(Schema.Struct({ day: Schema.Literals(weekdays), opens: LocalTime, closes: LocalTime })),
  /** Dates with hours of their own; an empty list of windows closes the day. */
  exceptions: Schema.Array(
    Schema.Struct({ date: LocalDate, windows: Schema.Array(Schema.Struct({ opens: LocalTime, closes: LocalTime })) })
  )
})
export type Schedule = typeof Schedule.Type

/** Messages live only in the two browsers (DFH-07); nothing of them can be kept. */
export const ClientsOnly = Schema.Struct({ store: Schema.Literal("clients-only") })
/** Ciphertext is kept until `hoursAfterEnd` after the end of the session (IF-17). */
export const ServerKept = Schema.Struct({ store: Schema.Literal("server"), hoursAfterEnd: Positive(24 * 366) })

/** One service's promises. */
export const Policy = Schema.Struct({
  service: ServiceName,
  name: Bilingual,
  /** Who reads the notice: children get shorter words. */
  audience: Schema.Literals(["adults", "children"]),
  /** Who is responsible for the personal data (DFH-03), with the page that says more (DFH-04). */
  controller: Schema.Struct({ name: Schema.NonEmptyString, privacyPage: Schema.NonEmptyString }),
  /** Who runs the chat for the controller, and alone can open an access trace (DFH-36, IF-30). */
  vendor: Schema.Struct({ name: Schema.NonEmptyString }),
  /** Where messages may be. */
  content: Schema.Union([ClientsOnly, ServerKept]),
  /** The record of IP address and opening time: hours from the opening until it is gone (DFH-11), and the open question when the service publishes no period (IF-30). */
  accessTrace: Schema.Struct({ hoursAfterOpening: Positive(24 * 366), question: Schema.optionalKey(Schema.NonEmptyString) }),
  /** When new chats may start; `null` where no hours are published, which means closed until configured. */
  openingHours: Schema.NullOr(Schedule),
  /** When a session ends by itself. */
  limits: Schema.Struct({
    idleMinutes: Positive(24 * 60),
    graceSeconds: Positive(3600),
    counsellorGraceSeconds: Positive(3600),
    queueMinutes: Positive(24 * 60),
    lengthMinutes: Positive(24 * 60),
    messageBytes: Positive(65536),
    messagesPerMinute: Positive(6000)
  }),
  /** How many chats one counsellor may hold at a time. */
  capacity: Positive(20),
  /** Width of the buckets that deadlines are floored to, in minutes. */
  bucketMinutes: Positive(60 * 24),
  /** Where "Leave this page" goes: a neutral page that says nothing of the visit. */
  exitUrl: Schema.String.check(Schema.isPattern(/^https:\/\/[^\s]+$/))
}).annotate({ identifier: "Policy" })
export type Policy = typeof Policy.Type

/** A policy whose messages the server keeps for a while: the only kind that a content store accepts. */
export type ServerPolicy = Policy & { readonly content: typeof ServerKept.Type }

/** Whether the service keeps ciphertext on the server; narrows the policy's type. */
export const keepsContent = (policy: Policy): policy is ServerPolicy => policy.content.store === "server"

/** Reads a policy from unknown data; a field that it does not know is refused too. Throws a `SchemaError` that names each field and what is wrong with it. */
export const decodePolicy: (input: unknown) => Policy = Schema.decodeUnknownSync(Policy, { errors: "all", onExcessProperty: "error" })
