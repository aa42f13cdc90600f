/**
 * The tables of the service realm: visitors' sessions, kept ciphertext and staff. Nothing here can name an address.
 * No serial and no opening time: a row says nothing of when or after whom it came.
 */
import { bytes, deadline, random128 } from "./columns.ts"
import { bigint, index, integer, pgTable, primaryKey, text } from "./drizzle.ts"

/** A session: its sealed state while it lives, and only reference, service and deadline after its end. */
export const session = pgTable("session", {
  ref: random128("ref").primaryKey(),
  service: text("service").notNull(),
  /** Rises at every save; `null` after the end, since it counts changes. */
  version: integer("version"),
  sealed: bytes("sealed"),
  deleteAt: deadline()
}, (table) => [index("session_delete_at").on(table.deleteAt)])

/**
 * A piece of ciphertext that a service's policy keeps. `tag` names author and number under the session's key: in clear, the two would show
 * how much each of the two wrote, and a gap would show that something was removed.
 */
export const content = pgTable("content", {
  ref: random128("ref").notNull(),
  tag: bytes("tag").notNull(),
  service: text("service").notNull(),
  sealed: bytes("sealed").notNull(),
  /** The session's record key under the key of its bucket; `null` while the session lives. */
  wrapped: bytes("wrapped"),
  deleteAt: deadline()
}, (table) => [primaryKey({ name: "content_ref_tag", columns: [table.ref, table.tag] }), index("content_delete_at").on(table.deleteAt)])

/** An unused invitation of staff, by the hash of its secret. */
export const invitation = pgTable("invitation", {
  secret: bytes("secret").primaryKey(),
  service: text("service").notNull(),
  deleteAt: deadline().notNull()
}, (table) => [index("invitation_delete_at").on(table.deleteAt)])

/** A sign-in of staff, by the hash of its token. */
export const staffSession = pgTable("staff_session", {
  token: bytes("token").primaryKey(),
  staff: random128("staff").notNull(),
  service: text("service").notNull(),
  deleteAt: deadline().notNull()
}, (table) => [index("staff_session_delete_at").on(table.deleteAt)])

/** Which vault sealed these rows, and how old it was at least. One row, about nobody. */
export const installation = pgTable("installation", {
  epoch: random128("epoch").primaryKey(),
  generation: bigint("generation", { mode: "number" }).notNull()
})
