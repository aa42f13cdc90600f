/**
 * The policies that this install serves.
 */
import * as Context from "effect/Context"
import type { ServiceName } from "../kernel/identity.ts"
import type { Policy } from "../policy/policy.ts"

export class Policies extends Context.Service<
  Policies,
  {
    readonly all: ReadonlyArray<Policy>
    /** The policy of a service, or nothing when this install does not serve it. */
    readonly of: (service: ServiceName) => Policy | undefined
    /** A demonstration: every service is open whatever the hour, and says so on screen. */
    readonly demonstration: boolean
  }
>()("@fortrolig/core/ports/Policies") {}
