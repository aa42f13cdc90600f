/**
 * What a realm's store holds, counted and never shown: the audit's eyes.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ServiceName } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { DataClass } from "../policy/accountability.ts"
import type { StoreUnavailable } from "./errors.ts"

/** The rows of one data class of one service, as the store has them at this moment. */
export interface Measured {
  readonly dataClass: DataClass
  /** `null` for what belongs to no single service. */
  readonly service: ServiceName | null
  readonly count: number
  /** The earliest deadline among the rows; `null` when there are none or they have none. */
  readonly earliestDeleteAt: Instant | null
  /** Rows whose deadline is at or before the instant asked about. */
  readonly overdue: number
}

/** What one realm's store can be asked. */
export interface Realm {
  /** Counts of every declared class that has rows. Fails when the store or its schema cannot be read. */
  readonly measure: (at: Instant) => Effect.Effect<ReadonlyArray<Measured>, StoreUnavailable>
  /** Tables and columns (`table.column`) that no declaration names, sorted. */
  readonly undeclared: Effect.Effect<ReadonlyArray<string>, StoreUnavailable>
}

/** The service realm's store. */
export class ServiceRealm extends Context.Service<ServiceRealm, Realm>()("@fortrolig/core/ports/ServiceRealm") {}
/** The vendor realm's store. */
export class VendorRealm extends Context.Service<VendorRealm, Realm>()("@fortrolig/core/ports/VendorRealm") {}
