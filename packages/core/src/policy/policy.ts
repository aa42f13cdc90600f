/**
 * A policy is everything that differs between services, as data: it drives the machines, the storage, the notice and the audit.
 * Periods are positive whole numbers in the unit that their name says; a missing period is an error, never a default.
 */
import * as Schema from "effect/Schema"
import { ServiceName } from "../kernel/identity.ts"
import { Activity, OpenQuestion, Published, SubProcessor } from "./accountability.ts"
import { Bilingual } from "./bilingual.ts"
import { BookingTerms, PhoneTerms, StatisticsTerms, TriageTerms } from "./care.ts"
import { DisclosureTerms, HoldTerms } from "./duties.ts"
import { Schedule } from "./schedule.ts"
import { HttpsUrl, Positive } from "./values.ts"
import { Cookie, Links, WebLog } from "./web.ts"

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
  /** Who is responsible for the personal data (DFH-03), as a public or a voluntary body. */
  controller: Schema.Struct({ name: Schema.NonEmptyString, form: Schema.Literals(["public", "voluntary"]) }),
  /** Who runs the chat for the controller, and alone can open an access trace (DFH-36, IF-30). */
  vendor: Schema.Struct({ name: Schema.NonEmptyString }),
  /** Whoever the vendor has under contract (DFH-37). */
  subProcessors: Schema.Array(SubProcessor),
  /** The register of what is processed, why, and on which basis; each data class of the service stands in exactly one activity (DFH-01). */
  activities: Schema.NonEmptyArray(Activity),
  /** Where messages may be. */
  content: Schema.Union([ClientsOnly, ServerKept]),
  /** The record of IP address and opening time, and nothing else: hours from the opening until it is gone (DFH-10, DFH-11, IF-30). */
  accessTrace: Schema.Struct({ hoursAfterOpening: Positive(24 * 366) }),
  /** When new chats may start; `null` where no hours are published, which means closed until configured. */
  openingHours: Schema.NullOr(Schedule),
  /** When a session ends by itself. */
  limits: Schema.Struct({
    idleMinutes: Positive(24 * 60),
    graceSeconds: Positive(3600),
    counsellorGraceSeconds: Positive(3600),
    queueMinutes: Positive(24 * 60),
    lengthMinutes: Positive(24 * 60),
    /** How long a chat that has begun may go on after closing time (IF-05). */
    closingMinutes: Positive(4 * 60),
    messageBytes: Positive(65536),
    messagesPerMinute: Positive(6000)
  }),
  /** How many chats one counsellor may hold at a time. */
  capacity: Positive(20),
  /** Who may answer: health professionals with a duty of confidentiality (DFH-29), or hosts who have signed a declaration (IF-12). */
  answeredBy: Schema.Literals(["healthProfessionals", "declaredHosts"]),
  /** The triage note, or `null` where the service writes none. */
  triage: Schema.NullOr(TriageTerms),
  /** Booking of therapy, or `null`. */
  booking: Schema.NullOr(BookingTerms),
  /** A call to the counsellor of the chat, or `null`. */
  phone: Schema.NullOr(PhoneTerms),
  /** Counts by age group, or `null`. */
  statistics: Schema.NullOr(StatisticsTerms),
  /** When confidentiality gives way, and to whom. */
  disclosure: DisclosureTerms,
  /** What an authority's order may keep, or `null` where no order is obeyed by this software. */
  holds: Schema.NullOr(HoldTerms),
  cookies: Schema.Array(Cookie),
  /** The web server's log, or `null` where none is kept. */
  webLog: Schema.NullOr(WebLog),
  links: Links,
  published: Published,
  /** What the published text leaves open, each with the answer that this policy gives. */
  questions: Schema.Array(OpenQuestion),
  /** Width of the buckets that deadlines are floored to, in minutes. */
  bucketMinutes: Positive(60 * 24),
  /** Where "Leave this page" goes: a neutral page that says nothing of the visit. */
  exitUrl: HttpsUrl
}).annotate({ identifier: "Policy" })
export type Policy = typeof Policy.Type

/** A policy whose messages the server keeps for a while: the only kind that a content store accepts. */
export type ServerPolicy = Policy & { readonly content: typeof ServerKept.Type }

/** Whether the service keeps ciphertext on the server; narrows the policy's type. */
export const keepsContent = (policy: Policy): policy is ServerPolicy => policy.content.store === "server"

/** The open question that a policy answers in a field, or nothing where the published text is clear. */
export const questionOf = (policy: Pick<Policy, "questions">, field: string): OpenQuestion | undefined =>
  policy.questions.find((question) => question.field === field)
