/**
 * Column types that every table shares.
 */
import { bigint, customType } from "./drizzle.ts"

/** Sealed or hashed bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" })

/** Random 128 bits, stored as a uuid and spoken of as 32 hexadecimal digits. */
export const random128 = customType<{ data: string; driverData: string }>({
  dataType: () => "uuid",
  fromDriver: (stored) => stored.replaceAll("-", "")
})

/** A deadline in milliseconds since 1970, at the granularity of its bucket; the only kind of instant that is stored. `live` stands for none yet. */
export const deadline = () => bigint("delete_at", { mode: "number" }).notNull()

/** What the deadline of a row says while its session lives: the row lies in the leaf of the living, and every look-up names it. */
export const live = 0
