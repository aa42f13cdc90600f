/**
 * Whether anything that is stored leads from a session, a receipt or an access trace to an anonymous note: answered in counts and names of columns, never in rows (DFH-18).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ServiceName } from "../kernel/identity.ts"
import type { Instant, Period } from "../kernel/instant.ts"
import type { StoreUnavailable } from "./errors.ts"

/** What a join audit found. Everything but `notes` and `identifiers` is zero or empty when the promise is kept. */
export interface Joins {
  /** Anonymous notes that were looked at, and columns of references, hashes and the like that they were held against. */
  readonly notes: number
  readonly identifiers: number
  /** What an anonymous note has beyond its own five columns, and what refers to it or acts on it, by name. */
  readonly strange: ReadonlyArray<string>
  /** Notes that say anything but closed codes, known purposes and a coarse period. */
  readonly openText: number
  /** Stored identifiers that are the id of an anonymous note, or from which it could be computed. */
  readonly linked: number
  /** Consents, receipts and linked notes whose deadline is at or before the instant. */
  readonly overdue: number
  /** Linked notes whose consent has another deadline, or none at all: both count from the same opening. */
  readonly apart: number
  /** Consents, receipts and linked notes with a later deadline than any access trace that is opened by then has. */
  readonly outliving: number
}

export class JoinAudit extends Context.Service<
  JoinAudit,
  {
    /** Looks at `at`. `traces` is how long each service keeps an access trace after its opening; a service that is not named keeps none. */
    readonly find: (at: Instant, traces: ReadonlyMap<ServiceName, Period>) => Effect.Effect<Joins, StoreUnavailable>
  }
>()("@fortrolig/core/ports/JoinAudit") {}
