/**
 * Names of things: random 128-bit references and the name of a service. No id in the product is serial or ordered by time.
 */
import * as Schema from "effect/Schema"

const random128 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/))

/** A chat session: 128 random bits as 32 hexadecimal digits, unrelated to any other id. */
export const SessionRef = random128.pipe(Schema.brand("SessionRef"))
export type SessionRef = typeof SessionRef.Type

/** A member of staff: 128 random bits; no name is stored. */
export const StaffId = random128.pipe(Schema.brand("StaffId"))
export type StaffId = typeof StaffId.Type

/** Paths of the product that no service may be named after. */
export const reservedNames = ["api", "ws", "staff", "custody", "guide", "healthz", "readyz", "metrics", "assets"] as const

/** The name of a service as it stands in its address, such as `ifengsel`. */
export const ServiceName = Schema.String.check(
  Schema.isPattern(/^[a-z][a-z0-9-]{1,30}$/),
  Schema.makeFilter((name: string) => !(reservedNames as ReadonlyArray<string>).includes(name) || "is a reserved path")
).pipe(Schema.brand("ServiceName"))
export type ServiceName = typeof ServiceName.Type
