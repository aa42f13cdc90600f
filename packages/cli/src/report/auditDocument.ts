/**
 * The audit as a document: the one source of every format. It carries counts, deadlines, rule ids and a fingerprint of itself, never a row.
 */
import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"
import { AuditedJoins, AuditedLaw, type AuditReport, AuditRow, Unserved } from "@fortrolig/core/app/auditReport"
import type { Policy } from "@fortrolig/core/policy/policy"
import { StoreFinding } from "@fortrolig/core/ports/StoreProfile"

/** Rises whenever a reader of an earlier document would misread this one. */
export const schemaVersion = 2

/** A policy that was in force, by name and by the SHA-256 of its whole text, so that a reader can tell whether it changed. */
const PolicyInForce = Schema.Struct({ service: Schema.String, sha256: Schema.String })

const body = {
  schemaVersion: Schema.Literal(schemaVersion),
  tool: Schema.String,
  /** When the check was made, in UTC. */
  checkedAt: Schema.String,
  policies: Schema.Array(PolicyInForce)
}

/** The result of an audit that ran: every promise, and whether it is kept. */
export const AuditDocument = Schema.Struct({
  ...body,
  /** `unchecked`: nothing was seen to be broken, but a realm that is there could not be counted. */
  verdict: Schema.Literals(["kept", "broken", "unchecked"]),
  /** `proof`: nothing is due, and what is not due was not counted; `count`: every row was counted. */
  how: Schema.Literals(["proof", "count"]),
  rows: Schema.Array(AuditRow),
  laws: Schema.Array(AuditedLaw),
  unserved: Schema.Array(Unserved),
  undeclared: Schema.Array(Schema.String),
  overdueKeys: Schema.NullOr(Schema.Int),
  joins: Schema.NullOr(AuditedJoins),
  store: Schema.Array(StoreFinding),
  /** What could not be looked at, one sentence each. */
  unchecked: Schema.Array(Schema.String),
  /** The SHA-256 of this document without this field, as compact JSON. */
  sha256: Schema.String
})
export type AuditDocument = typeof AuditDocument.Type

/** The result of an audit that could not run. Nothing was checked, so nothing counts as kept. */
export const UncheckedDocument = Schema.Struct({
  schemaVersion: Schema.Literal(schemaVersion),
  tool: Schema.String,
  verdict: Schema.Literal("unchecked"),
  why: Schema.String,
  /** What was seen all the same, where something was. */
  seen: Schema.optionalKey(Schema.Struct({ columns: Schema.Array(Schema.String), personal: Schema.Array(Schema.String), store: Schema.Array(StoreFinding) }))
})
export type UncheckedDocument = typeof UncheckedDocument.Type

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Makes the document of a finished audit. `whole` is false when a realm that is there could not be counted. */
export const auditDocument = (report: AuditReport, policies: ReadonlyArray<Policy>, tool: string, whole = true): AuditDocument => {
  const content = {
    schemaVersion,
    tool,
    checkedAt: new Date(report.at).toISOString(),
    policies: policies.map((policy) => ({ service: policy.service, sha256: sha256(JSON.stringify(policy)) })),
    verdict: !report.kept ? "broken" : whole ? "kept" : "unchecked",
    how: report.how,
    rows: report.rows,
    laws: report.laws,
    unserved: report.unserved,
    undeclared: report.undeclared,
    overdueKeys: report.overdueKeys,
    joins: report.joins,
    store: report.store,
    unchecked: report.unchecked
  } as const
  return { ...content, sha256: fingerprint(content) }
}

/** The fingerprint that a document should carry. */
export const fingerprint = (content: Omit<AuditDocument, "sha256">): string => sha256(JSON.stringify(content))
