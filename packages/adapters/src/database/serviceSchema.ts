/**
 * The tables of the service realm: visitors' sessions, kept ciphertext, answers, notes and staff. Nothing here can name an address.
 * No serial and no opening time: a row says nothing of when or after whom it came.
 * Drizzle knows no partitions: that `session`, `content`, `consent` and `triage` consist of leaves by deadline stands in the migration alone.
 */
import { bytes, deadline, random128 } from "./columns.ts"
import { bigint, integer, pgSchema, primaryKey, text, uuid } from "./drizzle.ts"

/** The schema that all of them lie in. */
export const serviceSchema = pgSchema("service")

/** A session: its sealed state while it lives, and only reference, service and deadline after its end. */
export const session = serviceSchema.table("session", {
  ref: random128("ref").notNull(),
  service: text("service").notNull(),
  /** Rises at every save; `null` after the end, since it counts changes. */
  version: integer("version"),
  sealed: bytes("sealed"),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "session_ref", columns: [table.ref, table.deleteAt] })])

/**
 * A piece of ciphertext that a service's policy keeps. `tag` names author and number under the session's key: in clear, the two would show
 * how much each of the two wrote, and a gap would show that something was removed.
 */
export const content = serviceSchema.table("content", {
  ref: random128("ref").notNull(),
  tag: bytes("tag").notNull(),
  service: text("service").notNull(),
  sealed: bytes("sealed").notNull(),
  /** The session's record key under the key of its bucket; `null` while the session lives. */
  wrapped: bytes("wrapped"),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "content_ref", columns: [table.ref, table.tag, table.deleteAt] })])

/** The answer to one question of consent, sealed until the deadline of the session's trace. */
export const consent = serviceSchema.table("consent", {
  ref: random128("ref").notNull(),
  purpose: text("purpose").notNull(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "consent_ref", columns: [table.ref, table.purpose, table.deleteAt] })])

/** A triage note while it can still be linked to its session, sealed until the deadline of the session's trace. */
export const triage = serviceSchema.table("triage", {
  ref: random128("ref").notNull(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "triage_ref", columns: [table.ref, table.deleteAt] })])

/** What is left of a triage note: a coarse period, the purposes it may serve and coarse fields, about nobody. */
export const anonymousNote = serviceSchema.table("anonymous_note", {
  id: uuid("id").defaultRandom().primaryKey(),
  service: text("service").notNull(),
  period: text("period").notNull(),
  purposes: text("purposes").notNull(),
  fields: text("fields").notNull()
})

/** Where the answers that a receipt belongs to are, by the hash of the receipt's secret. */
export const receipt = serviceSchema.table("receipt", {
  hash: bytes("hash").primaryKey(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline()
})

/** An unused invitation of staff, by the hash of its secret. */
export const invitation = serviceSchema.table("invitation", {
  secret: bytes("secret").primaryKey(),
  service: text("service").notNull(),
  deleteAt: deadline()
})

/** A sign-in of staff, by the hash of its token. */
export const staffSession = serviceSchema.table("staff_session", {
  token: bytes("token").primaryKey(),
  staff: random128("staff").notNull(),
  service: text("service").notNull(),
  deleteAt: deadline()
})

/** Which vault sealed these rows, and how old it was at least. One row, about nobody. */
export const installation = serviceSchema.table("installation", {
  epoch: random128("epoch").primaryKey(),
  generation: bigint("generation", { mode: "number" }).notNull()
})

/** Up to which deadline everything of a data class is destroyed, key and row. Driven by the clock alone, about nobody; it only rises. */
export const bucketLedger = serviceSchema.table("bucket_ledger", {
  dataClass: text("data_class").primaryKey(),
  through: bigint("through", { mode: "number" }).notNull()
})
