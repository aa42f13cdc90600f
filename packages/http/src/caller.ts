/**
 * Who calls, as the service realm may know it: that the vendor's register took the opening down, and nothing else (IF-14, X-06).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"

/** The opening of one session, without the address that the edge adds. */
export interface Opening {
  readonly sessionRef: SessionRef
  readonly service: ServiceName
  readonly openedAt: Instant
  readonly deleteAt: Instant
}

/** The caller of one request, as the service realm sees it. */
export class Caller extends Context.Service<
  Caller,
  {
    /** Hands the opening to the vendor realm together with the caller's address. */
    readonly register: (opening: Opening) => Effect.Effect<void, StoreUnavailable>
  }
>()("@fortrolig/http/caller") {}
