/**
 * News of sessions, to whoever holds their connections. Ephemeral: what nobody listens to is gone.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { SessionEvent, SessionState } from "../session/messages.ts"

/** What just happened to one session, and how it stands now. */
export interface News {
  readonly ref: SessionRef
  readonly service: ServiceName
  readonly state: SessionState
  readonly events: ReadonlyArray<SessionEvent>
}

export class Bus extends Context.Service<
  Bus,
  {
    readonly publish: (news: News) => Effect.Effect<void>
    /** Calls the listener with all news from now on; answers how to stop. */
    readonly subscribe: (listener: (news: News) => void) => Effect.Effect<() => void>
  }
>()("@fortrolig/core/ports/Bus") {}
