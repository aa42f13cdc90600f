/**
 * Where sessions are kept while they live: state, never history, sealed under a key that dies with the session.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Stored } from "../session/messages.ts"
import type { Conflict, StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** A session that has not ended, with the version that the next save must name. */
export interface StoredSession {
  readonly ref: SessionRef
  readonly version: number
  /** Without what hangs in the air: a call's code never reaches a store (DFH-22). */
  readonly state: Stored
}

export class SessionStore extends Context.Service<
  SessionStore,
  {
    /** The session, or nothing when it has ended, is unknown, or nobody can read it: its key is gone, or what it sealed is no state. */
    readonly load: (ref: SessionRef) => Effect.Effect<Option.Option<StoredSession>, StoreUnavailable>
    /** Saves the state under `version + 1` if the stored version is still `version`; version 0 creates the session and its key. A reference is random and never used twice. */
    readonly save: (session: StoredSession) => Effect.Effect<void, Conflict | StoreUnavailable>
    /**
     * Shrinks the row to reference, service and `deleteAt`, keeping nothing of the state; a row whose deadline is behind what is destroyed already goes at once.
     * Doing it twice changes nothing.
     */
    readonly end: (ref: SessionRef, service: ServiceName, deleteAt: Instant) => Effect.Effect<void, StoreUnavailable>
    /** Every session of the services that this install serves that has not ended. */
    readonly live: Effect.Effect<ReadonlyArray<{ readonly ref: SessionRef; readonly service: ServiceName }>, StoreUnavailable>
    /** Destroys the rows of ended sessions whose `deleteAt` is at or before `at`. */
    readonly forget: (at: Instant) => Effect.Effect<Forgotten, StoreUnavailable>
  }
>()("@fortrolig/core/ports/SessionStore") {}
