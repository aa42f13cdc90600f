/**
 * Every table and column with the class of the data that it holds. What stands in a database and not here makes the server refuse to start.
 */
import type { PgTable } from "drizzle-orm/pg-core"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import * as custody from "./custodySchema.ts"
import { getTableColumns, getTableConfig } from "./drizzle.ts"
import * as service from "./serviceSchema.ts"

/** `schema.table.column` to the data class that it holds. */
export type Declarations = ReadonlyMap<string, DataClass>

/** The class of each column by its name in the code: leaving one out, or naming one that is not there, does not compile. */
const table = <T extends PgTable>(of: T, classes: { readonly [K in keyof T["_"]["columns"]]: DataClass }): ReadonlyArray<readonly [string, DataClass]> => {
  const { name, schema = "public" } = getTableConfig(of)
  return Object.entries(getTableColumns(of)).map(([key, column]) => [`${schema}.${name}.${column.name}`, classOf(classes, key)] as const)
}

const classOf = (classes: Readonly<Record<string, DataClass>>, key: string): DataClass => {
  const found = classes[key]
  if (found === undefined) throw new Error(`no data class for column ${key}`)
  return found
}

/** Drizzle's own journals of migrations: about the install, about nobody. */
const journal = (name: string) => ["id", "hash", "created_at"].map((column) => [`drizzle.${name}.${column}`, "installation"] as const)

/** A session's columns hold a live session until its end and an ended one afterwards; the class named here is the longer-lived one. */
export const serviceDeclarations: Declarations = new Map([
  ...table(service.session, { ref: "endedSession", service: "endedSession", version: "liveSession", sealed: "liveSession", deleteAt: "endedSession" }),
  ...table(service.content, { ref: "content", tag: "content", service: "content", sealed: "content", wrapped: "content", deleteAt: "content" }),
  ...table(service.consent, { ref: "consent", purpose: "consent", service: "consent", wrapped: "consent", sealed: "consent", deleteAt: "consent" }),
  ...table(service.receipt, { hash: "consent", service: "consent", wrapped: "consent", sealed: "consent", deleteAt: "consent" }),
  ...table(service.triage, { ref: "triage", service: "triage", wrapped: "triage", sealed: "triage", deleteAt: "triage" }),
  ...table(service.anonymousNote, { id: "anonymousNote", service: "anonymousNote", period: "anonymousNote", purposes: "anonymousNote", fields: "anonymousNote" }),
  ...table(service.invitation, { secret: "invitation", service: "invitation", deleteAt: "invitation" }),
  ...table(service.staffSession, { token: "staffSession", staff: "staffSession", service: "staffSession", deleteAt: "staffSession" }),
  ...table(service.installation, { epoch: "installation", generation: "installation" }),
  ...table(service.bucketLedger, { dataClass: "installation", through: "installation" }),
  ...journal("service_migrations")
])

/** The vendor realm's columns. */
export const custodyDeclarations: Declarations = new Map([
  ...table(custody.accessTrace, { ref: "accessTrace", service: "accessTrace", wrapped: "accessTrace", sealed: "accessTrace", deleteAt: "accessTrace" }),
  ...table(custody.heldTrace, { ref: "accessTrace", service: "accessTrace", wrapped: "accessTrace", sealed: "accessTrace", deleteAt: "accessTrace" }),
  ...table(custody.installation, { epoch: "installation", generation: "installation" }),
  ...table(custody.bucketLedger, { dataClass: "installation", through: "installation" }),
  ...journal("custody_migrations")
])
