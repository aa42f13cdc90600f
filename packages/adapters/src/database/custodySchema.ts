/**
 * The tables of the vendor realm: who opened a chat, sealed to two custodians, and nothing else.
 */
import { bytes, deadline, random128 } from "./columns.ts"
import { bigint, index, pgTable, text } from "./drizzle.ts"

/** The trace of one opening. Address and opening time are inside `sealed`. */
export const accessTrace = pgTable("access_trace", {
  ref: random128("ref").primaryKey(),
  service: text("service").notNull(),
  wrapped: bytes("wrapped").notNull(),
  sealed: bytes("sealed").notNull(),
  deleteAt: deadline().notNull()
}, (table) => [index("access_trace_delete_at").on(table.deleteAt)])

/** Which vault sealed these rows, and how old it was at least. One row, about nobody. */
export const installation = pgTable("installation", {
  epoch: random128("epoch").primaryKey(),
  generation: bigint("generation", { mode: "number" }).notNull()
})
