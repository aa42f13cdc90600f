/**
 * The minimum that each recipient may be told, as one table of fields. What is not in it cannot be passed on; an IP address has no field at all.
 */
import * as Schema from "effect/Schema"
import { SessionRef } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import type { Refusal } from "../kernel/rule.ts"
import { disclosureRules } from "./rules.ts"
import type { Basis } from "./vocabulary.ts"

const text = Schema.String.check(Schema.isMaxLength(500))

/** Every field that any payload may have, and what it holds. Texts are written by a person for this payload, up to 500 characters. */
export const fields = {
  paraphrase: text,
  codedAssessment: text,
  selectedQuotes: text,
  danger: text,
  toWhom: text,
  whenAndWhere: text,
  /** What the visitor said about who they are, in the visitor's own words. */
  visitorStatements: text,
  sessionRef: SessionRef,
  openedAt: Instant,
  service: text,
  /** Whom the police may contact to trace; the service itself cannot. */
  vendorContact: text,
  callbackNumber: text,
  offence: text,
  /** A name and national id given for booking: a new disclosure, for an imminent danger only. */
  bookingIdentity: text,
  medicalDanger: text,
  location: text,
  hazard: text,
  place: text,
  childIdentity: text,
  municipality: text,
  ground: text,
  observations: text,
  reporter: text,
  that: text,
  whom: text,
  why: text,
  what: text,
  next: text,
  support: text,
  quarter: text,
  cases: Schema.Int
} as const

/** The name of a field. */
export const Field = Schema.Literals(Object.keys(fields) as ReadonlyArray<keyof typeof fields>)
export type Field = typeof Field.Type

/** Who is given something, in which stage: the second person, an authority, the visitor, and the count. */
export const allowed = {
  lead: ["paraphrase", "codedAssessment", "selectedQuotes"],
  police: ["danger", "toWhom", "whenAndWhere", "visitorStatements", "sessionRef", "openedAt", "service", "vendorContact", "callbackNumber", "offence", "bookingIdentity"],
  ambulance: ["medicalDanger", "location", "callbackNumber"],
  fire: ["hazard", "place"],
  childWelfare: ["childIdentity", "municipality", "ground", "observations", "reporter"],
  visitor: ["that", "whom", "why", "what", "next", "support"],
  statistics: ["quarter", "cases"]
} as const satisfies Record<string, ReadonlyArray<Field>>

/** Who is given something. */
export type Audience = keyof typeof allowed

/** A payload for one audience: its fields and no others, each of its own type. */
export type Payload<To extends Audience> = { readonly [Name in (typeof allowed)[To][number]]?: (typeof fields)[Name]["Type"] }

/** On what a payload rests, and whether one person decided it at once. */
export interface Ground {
  readonly bases: ReadonlyArray<Basis>
  readonly fast: boolean
}

/** Whether a field may go to an audience on a ground. An offence goes to the police only to avert it, a booking's identity only when minutes count. */
export const mayHave = (to: Audience, name: PropertyKey, { bases, fast }: Ground): boolean => {
  if (name === "offence" && !bases.includes("avert")) return false
  if (name === "bookingIdentity" && !fast) return false
  return (allowed[to] as ReadonlyArray<PropertyKey>).includes(name)
}

/** Refuses field names that lie outside the list of an audience; the refusal does not repeat them. */
export const refuseFields = (to: Audience, names: ReadonlyArray<PropertyKey>, ground: Ground): Refusal | undefined => {
  for (const name of names) if (!mayHave(to, name, ground)) return tooMuch
  return names.length === 0 ? tooLittle : undefined
}

/** Refuses a payload with anything outside the list, hidden and symbol keys included: the last check before it leaves. */
export const refusePayload = (to: Audience, payload: object, ground: Ground): Refusal | undefined => refuseFields(to, Reflect.ownKeys(payload), ground)

const tooMuch: Refusal = { rule: disclosureRules.minimum.id, says: "This is more than that recipient needs." }
const tooLittle: Refusal = { rule: disclosureRules.minimum.id, says: "There is nothing in it to pass on." }
