/**
 * What the stores are told when they open: what the policies in force keep, and until when at the latest.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ServiceName } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { DataClass } from "../policy/accountability.ts"
import type { StoreUnavailable } from "./errors.ts"

/** What a service keeps of a class: nothing with a deadline later than `latest`. */
export interface KeptUntil {
  readonly dataClass: DataClass
  readonly service: ServiceName
  readonly latest: Instant
}

/** What a change of policy did to what was stored under the old one, in rows. */
export interface Tightened {
  readonly destroyed: number
  readonly shortened: number
}

export class Tightening extends Context.Service<
  Tightening,
  {
    /**
     * Destroys in one realm, keys included, what belongs to a class of a service that nobody named here keeps, and shortens what would be kept longer than its service
     * keeps it; whatever shared a key with it gets another. Only before anything is served. Again changes nothing, also after a crash half way.
     */
    readonly tighten: (part: "service" | "vendor", kept: ReadonlyArray<KeptUntil>) => Effect.Effect<Tightened, StoreUnavailable>
  }
>()("@fortrolig/core/ports/Tightening") {}
