/**
 * Every column of every table with the class of the data that it holds; how a table forgets is among the places of the product. What stands in a database and not here
 * makes the server refuse to start.
 */
import type { PgTable } from "drizzle-orm/pg-core"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import type { ClassAt, PlaceName } from "@fortrolig/core/retention/productPlaces"
import * as custody from "./custodySchema.ts"
import { getTableColumns, getTableConfig } from "./drizzle.ts"
import * as service from "./serviceSchema.ts"

/** `schema.table.column` to the data class that it holds. */
export type Declarations = ReadonlyMap<string, DataClass>

type Columns<Class extends DataClass> = ReadonlyArray<readonly [string, Class]>

/** The class of each column by its name in the code: leaving one out, or naming one that is not there, does not compile. */
const table = <T extends PgTable, const Class extends DataClass>(of: T, classes: { readonly [K in keyof T["_"]["columns"]]: Class }): Columns<Class> => {
  const { name, schema = "public" } = getTableConfig(of)
  return Object.entries(getTableColumns(of)).map(([key, column]) => [`${schema}.${name}.${column.name}`, classOf<Class>(classes, key)] as const)
}

const classOf = <Class extends DataClass>(classes: Readonly<Record<string, Class>>, key: string): Class => {
  const found = classes[key]
  if (found === undefined) throw new Error(`no data class for column ${key}`)
  return found
}

/** Drizzle's own journals of migrations: about the install, about nobody. */
const journal = (name: string): Columns<"installation"> => ["id", "hash", "created_at"].map((column) => [`drizzle.${name}.${column}`, "installation"] as const)

type TableName = PlaceName<"table">
type VendorTable = Extract<TableName, `custody.${string}` | "drizzle.custody_migrations">

/** Every declared table of one realm, with columns of none but its own classes: a table that is no place of the product does not compile, and neither does a place without its table. */
type Tables<Name extends TableName> = { readonly [N in Name]: Columns<ClassAt<N>> }

/** A session's columns hold a live session until its end and an ended one afterwards; the class named here is the longer-lived one. */
const serviceTables: Tables<Exclude<TableName, VendorTable>> = {
  "service.session": table(service.session, { ref: "endedSession", service: "endedSession", version: "liveSession", sealed: "liveSession", deleteAt: "endedSession" }),
  "service.content": table(service.content, { ref: "content", tag: "content", service: "content", sealed: "content", wrapped: "content", deleteAt: "content" }),
  "service.consent": table(service.consent, { ref: "consent", purpose: "consent", service: "consent", wrapped: "consent", sealed: "consent", deleteAt: "consent" }),
  "service.receipt": table(service.receipt, { hash: "consent", service: "consent", wrapped: "consent", sealed: "consent", deleteAt: "consent" }),
  "service.triage": table(service.triage, { ref: "triage", service: "triage", wrapped: "triage", sealed: "triage", deleteAt: "triage" }),
  "service.anonymous_note": table(service.anonymousNote, {
    id: "anonymousNote",
    service: "anonymousNote",
    period: "anonymousNote",
    purposes: "anonymousNote",
    fields: "anonymousNote"
  }),
  "service.invitation": table(service.invitation, { secret: "invitation", service: "invitation", deleteAt: "invitation" }),
  "service.staff_session": table(service.staffSession, { token: "staffSession", staff: "staffSession", service: "staffSession", deleteAt: "staffSession" }),
  "service.installation": table(service.installation, { epoch: "installation", generation: "installation" }),
  "service.bucket_ledger": table(service.bucketLedger, { dataClass: "installation", through: "installation" }),
  "drizzle.service_migrations": journal("service_migrations")
}

const custodyTables: Tables<VendorTable> = {
  "custody.access_trace": table(custody.accessTrace, { ref: "accessTrace", service: "accessTrace", wrapped: "accessTrace", sealed: "accessTrace", deleteAt: "accessTrace" }),
  "custody.held_trace": table(custody.heldTrace, { ref: "accessTrace", service: "accessTrace", wrapped: "accessTrace", sealed: "accessTrace", deleteAt: "accessTrace" }),
  "custody.installation": table(custody.installation, { epoch: "installation", generation: "installation" }),
  "custody.bucket_ledger": table(custody.bucketLedger, { dataClass: "installation", through: "installation" }),
  "drizzle.custody_migrations": journal("custody_migrations")
}

/** The service realm's columns. */
export const serviceDeclarations: Declarations = new Map(Object.values<Columns<DataClass>>(serviceTables).flat())

/** The vendor realm's columns. */
export const custodyDeclarations: Declarations = new Map(Object.values<Columns<DataClass>>(custodyTables).flat())
