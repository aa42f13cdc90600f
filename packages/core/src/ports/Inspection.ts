/**
 * What a realm's store holds, counted and never shown: the audit's eyes. And what is known of all that it has destroyed: the ledger.
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

/** One line of the ledger: everything of the class whose deadline is at or before `through` is destroyed, key and row. Driven by the clock alone. */
export interface Destroyed {
  readonly dataClass: DataClass
  readonly through: Instant
}

/** What can be known without reading what is not due: the ledger, the catalogue, and the one hour that is partly due. */
export interface Proof {
  readonly ledger: ReadonlyArray<Destroyed>
  /** Tables of an hour that is over that hold something still. */
  readonly overdueLeaves: number
  /** Tables of an hour that is over that are empty and still stand, because somebody reads. */
  readonly emptyLeaves: number
  /** Rows that are due, in the hour that is partly due and in the tables that have no hours. */
  readonly overdueRows: number
}

/** A class that needs a place for rows with this deadline. */
export interface Need {
  readonly dataClass: DataClass
  readonly deleteAt: Instant
}

/** What one realm's store can be asked, and what a sweep tells it. */
export interface Realm {
  /** Counts of every declared class that has rows, of every service, also one that is not served any more: a full scan. Fails when the store or its schema cannot be read. */
  readonly measure: (at: Instant) => Effect.Effect<ReadonlyArray<Measured>, StoreUnavailable>
  /** Tables and columns (`schema.table.column`) that no declaration names, sorted. */
  readonly undeclared: Effect.Effect<ReadonlyArray<string>, StoreUnavailable>
  /** Whether there is a row of a class of one service; looks no further than the first. */
  readonly holds: (dataClass: DataClass, service: ServiceName) => Effect.Effect<boolean, StoreUnavailable>
  /** Whether anything is due at `at`, in a time that does not depend on how much is stored. */
  readonly prove: (at: Instant) => Effect.Effect<Proof, StoreUnavailable>
  /** Writes into the ledger up to where everything of each class is destroyed. The ledger never falls by it. */
  readonly raise: (lines: ReadonlyArray<Destroyed>) => Effect.Effect<void, StoreUnavailable>
  /** Lowers every line that lies after `at` to it, since a clock that ran ahead has put into the past what is yet to come. For a clock that somebody has accepted. */
  readonly correctLedger: (at: Instant) => Effect.Effect<void, StoreUnavailable>
  /** Makes room for rows with these deadlines before anybody waits for it. What is over, and a class that needs no room, is passed by. */
  readonly prepare: (needs: ReadonlyArray<Need>) => Effect.Effect<void, StoreUnavailable>
}

/** The service realm's store. */
export class ServiceRealm extends Context.Service<ServiceRealm, Realm>()("@fortrolig/core/ports/ServiceRealm") {}
/** The vendor realm's store. */
export class VendorRealm extends Context.Service<VendorRealm, Realm>()("@fortrolig/core/ports/VendorRealm") {}
