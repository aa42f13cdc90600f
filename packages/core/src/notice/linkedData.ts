/**
 * JSON-LD with terms of the Data Privacy Vocabulary (W3C DPV 2.3), under one context that is part of the document: nothing is fetched to read it.
 */
import type { Period } from "../kernel/instant.ts"

/** A value of a JSON-LD document. */
export type LinkedValue = string | number | boolean | LinkedNode | ReadonlyArray<LinkedValue>
/** A node of a JSON-LD document. */
export interface LinkedNode {
  readonly [term: string]: LinkedValue
}

/** The context of every document, frozen here. */
export const context = {
  dpv: "https://w3id.org/dpv#",
  loc: "https://w3id.org/dpv/loc#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  dct: "http://purl.org/dc/terms/",
  xsd: "http://www.w3.org/2001/XMLSchema#"
} as const

/** A typed literal. */
export const literal = (type: "dateTime" | "date" | "duration", value: string): LinkedNode => ({ "@type": `xsd:${type}`, "@value": value })

/** A term of the vocabulary as a reference and not as a text. */
export const term = (name: string): LinkedNode => ({ "@id": name })

/** A period as an ISO 8601 duration in seconds: `PT604800S`. Seconds, so that no calendar decides how long a day is (E-01). */
export const duration = (period: Period): LinkedNode => literal("duration", `PT${period / 1000}S`)

/** What is kept how long, and gone by when at worst. */
export const storage = (promise: Period, worst: Period): LinkedValue => [
  { "@type": "dpv:StorageDuration", "dpv:hasDuration": duration(promise) },
  { "@type": "dpv:StorageDeletion", "dpv:hasDuration": duration(worst) }
]

/** A legal basis by its article, as the register has it. */
export const legalBasis = (article: string): LinkedNode => ({ "@type": "dpv:LegalBasis", "dct:title": article })

/** An organisation by its name. */
export const organisation = (kind: "dpv:DataController" | "dpv:DataProcessor" | "dpv:DataSubProcessor", name: string): LinkedNode => ({
  "@type": kind,
  "dpv:hasName": name
})
