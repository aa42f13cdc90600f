/**
 * The only clock of the product. New records are stamped by `now`; reads hide by `latest`, so that a doubtful clock hides rather than shows.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Instant } from "../kernel/instant.ts"

/** What the clock says, and how far it can be believed. */
export interface Reading {
  /** The instant to stamp with: the wall clock while it agrees with the monotonic clock, else the last trusted instant plus monotonic time. */
  readonly now: Instant
  /** The later of `now` and the wall clock: what is due by either is hidden. */
  readonly latest: Instant
  /** The wall clock jumped and is not confirmed yet: nothing irreversible happens. */
  readonly suspect: boolean
}

export class TrustedClock extends Context.Service<TrustedClock, { readonly read: Effect.Effect<Reading> }>()(
  "@fortrolig/core/ports/TrustedClock"
) {}
