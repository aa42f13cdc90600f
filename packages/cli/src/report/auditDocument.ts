/**
 * The audit as a document: the one source of every format. It carries counts, deadlines, rule ids and a fingerprint of itself, never a row.
 */
import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"
import { AuditedLaw, type AuditReport, AuditRow } from "@fortrolig/core/app/audit"
import type { Policy } from "@fortrolig/core/policy/policy"

/** A policy that was in force, by name and by the SHA-256 of its whole text, so that a reader can tell whether it changed. */
const PolicyInForce = Schema.Struct({ service: Schema.String, sha256: Schema.String })

const body = {
  schemaVersion: Schema.Literal(1),
  tool: Schema.String,
  /** When the check was made, in UTC. */
  checkedAt: Schema.String,
  policies: Schema.Array(PolicyInForce)
}

/** The result of an audit that ran: every promise, and whether it is kept. */
export const AuditDocument = Schema.Struct({
  ...body,
  verdict: Schema.Literals(["kept", "broken"]),
  rows: Schema.Array(AuditRow),
  laws: Schema.Array(AuditedLaw),
  undeclared: Schema.Array(Schema.String),
  overdueKeys: Schema.Int,
  /** The SHA-256 of this document without this field, as compact JSON. */
  sha256: Schema.String
})
export type AuditDocument = typeof AuditDocument.Type

/** The result of an audit that could not run. Nothing was checked, so nothing counts as kept. */
export const UncheckedDocument = Schema.Struct({ schemaVersion: Schema.Literal(1), tool: Schema.String, verdict: Schema.Literal("unchecked"), why: Schema.String })
export type UncheckedDocument = typeof UncheckedDocument.Type

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Makes the document of a finished audit. */
export const auditDocument = (report: AuditReport, policies: ReadonlyArray<Policy>, tool: string): AuditDocument => {
  const content = {
    schemaVersion: 1,
    tool,
    checkedAt: new Date(report.at).toISOString(),
    policies: policies.map((policy) => ({ service: policy.service, sha256: sha256(JSON.stringify(policy)) })),
    verdict: report.kept ? "kept" : "broken",
    rows: report.rows,
    laws: report.laws,
    undeclared: report.undeclared,
    overdueKeys: report.overdueKeys
  } as const
  return { ...content, sha256: fingerprint(content) }
}

/** The fingerprint that a document should carry. */
export const fingerprint = (content: Omit<AuditDocument, "sha256">): string => sha256(JSON.stringify(content))
