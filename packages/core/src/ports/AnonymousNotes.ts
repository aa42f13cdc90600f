/**
 * What triage notes have left, about nobody: read for a purpose that was said yes to, and in no other way (DFH-16, X-10).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { AnonymousNote } from "../consent/triage.ts"
import type { ServiceName } from "../kernel/identity.ts"
import type { TriagePurpose } from "../policy/care.ts"
import type { StoreUnavailable } from "./errors.ts"

export class AnonymousNotes extends Context.Service<
  AnonymousNotes,
  {
    /** The anonymous notes of a service that may serve this purpose, in an order that says nothing. */
    readonly read: (service: ServiceName, purpose: TriagePurpose) => Effect.Effect<ReadonlyArray<AnonymousNote>, StoreUnavailable>
    /** How many anonymous notes a service has, whatever they may serve. */
    readonly count: (service: ServiceName) => Effect.Effect<number, StoreUnavailable>
  }
>()("@fortrolig/core/ports/AnonymousNotes") {}
