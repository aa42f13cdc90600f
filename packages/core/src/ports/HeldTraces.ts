/**
 * Access traces that an authority's order keeps past their deadline: one at a time, by name, and never longer than the order (E-05, X-02).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { KeepOrder } from "../retention/messages.ts"
import type { Conflict, StoreUnavailable } from "./errors.ts"

/** What is known of a trace without opening it. */
export interface HoldableTrace {
  readonly sessionRef: SessionRef
  readonly service: ServiceName
  /** The trace's own deadline, which no order moves. */
  readonly deleteAt: Instant
  /** The orders that keep it; none where it lies in its bucket. */
  readonly orders: ReadonlyArray<KeepOrder>
  /** Changes with everything that is done to the trace; what is done under an old one fails with `Conflict`. */
  readonly version: Uint8Array
}

export class HeldTraces extends Context.Service<
  HeldTraces,
  {
    /** The trace of a session whose own deadline is `deleteAt`, held or not; nothing when there is none or its key is gone. */
    readonly find: (sessionRef: SessionRef, deleteAt: Instant) => Effect.Effect<Option.Option<HoldableTrace>, StoreUnavailable>
    /** Keeps the trace under a key of its own until `until`, for these orders instead of those before; out of its bucket, which dies on time. */
    readonly keep: (trace: HoldableTrace, orders: ReadonlyArray<KeepOrder>, until: Instant) => Effect.Effect<void, Conflict | StoreUnavailable>
    /** Puts a held trace back into the bucket of its own deadline, never a later one. One that is not held stays as it is. */
    readonly giveBack: (trace: HoldableTrace) => Effect.Effect<void, Conflict | StoreUnavailable>
    /** Destroys a held trace at once, its key first. One that is not held stays as it is: its bucket ends it. */
    readonly destroy: (trace: HoldableTrace) => Effect.Effect<void, Conflict | StoreUnavailable>
    /** Destroys every held trace whose hold ends at or before `at`, of every service, and every key of a hold that no trace has; answers how many traces. */
    readonly forget: (at: Instant) => Effect.Effect<number, StoreUnavailable>
    /** How many traces are held. */
    readonly count: Effect.Effect<number, StoreUnavailable>
  }
>()("@fortrolig/core/ports/HeldTraces") {}
