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

/** A deadline in milliseconds since 1970, at the granularity of its bucket; the only kind of instant that is stored. */
export const deadline = () => bigint("delete_at", { mode: "number" })

