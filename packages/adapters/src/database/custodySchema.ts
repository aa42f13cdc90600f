/**
 * The tables of the vendor realm: who opened a chat, sealed to two custodians, and nothing else.
 * Drizzle knows no partitions: that `access_trace` consists of leaves by deadline stands in the migration alone.
 */
import { bytes, deadline, random128 } from "./columns.ts"
import { bigint, pgSchema, primaryKey, text } from "./drizzle.ts"

/** The schema that all of them lie in. */
export const custodySchema = pgSchema("custody")

/** The trace of one opening. Address and opening time are inside `sealed`. */
export const accessTrace = custodySchema.table("access_trace", {
  ref: random128("ref").notNull(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "access_trace_ref", columns: [table.ref, table.deleteAt] })])

/** A trace that an authority's order keeps, under a key of its own, until the order ends. */
export const heldTrace = custodySchema.table("held_trace", {
  ref: random128("ref").primaryKey(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline()
})

/** Which vault sealed these rows, and how old it was at least. One row, about nobody. */
export const installation = custodySchema.table("installation", {
  epoch: random128("epoch").primaryKey(),
  generation: bigint("generation", { mode: "number" }).notNull()
})

/** Up to which deadline everything of a data class is destroyed, key and row. Driven by the clock alone, about nobody; it only rises. */
export const bucketLedger = custodySchema.table("bucket_ledger", {
  dataClass: text("data_class").primaryKey(),
  through: bigint("through", { mode: "number" }).notNull()
})
