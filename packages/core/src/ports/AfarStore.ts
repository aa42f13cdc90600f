/**
 * A database that is looked at from outside, as whoever logs in sees it: perhaps an install of this product, perhaps one of somebody else.
 */
import type * as Effect from "effect/Effect"
import type { Instant } from "../kernel/instant.ts"
import type { StoreUnavailable } from "./errors.ts"
import type { Measured } from "./Inspection.ts"
import type { StoreFinding } from "./StoreProfile.ts"

/** One realm of an install, as the login sees it. */
export interface AfarRealm {
  readonly realm: "service" | "vendor"
  /** Counts of every class; `undefined` when the login may not read them, or not all of them. */
  readonly measured: ReadonlyArray<Measured> | undefined
}

/** What was seen. */
export interface SeenAfar {
  /** The realms of an install whose schemas are here; none where the product never migrated. */
  readonly realms: ReadonlyArray<AfarRealm>
  /** Columns (`schema.table.column`) that no declaration of the product covers, sorted. */
  readonly undeclared: ReadonlyArray<string>
  /** Those of them that by type or name hold something about people, with their type. */
  readonly personal: ReadonlyArray<string>
  readonly store: ReadonlyArray<StoreFinding>
}

/** One look, which changes nothing. Fails when the database cannot be reached or does not let the login in. */
export interface AfarStore {
  readonly look: (at: Instant) => Effect.Effect<SeenAfar, StoreUnavailable>
}
