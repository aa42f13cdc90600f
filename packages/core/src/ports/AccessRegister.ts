/**
 * The vendor realm's register of who opened a chat: sealed to two custodians, readable by nobody else (DFH-10, DFH-11, IF-30, IF-31).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { IpAddress } from "../custody/ipAddress.ts"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Vault } from "./KeyVault.ts"
import type { StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** The record of one opening: exactly these fields, no port, no user agent, no end time. */
export interface AccessTrace {
  readonly sessionRef: SessionRef
  readonly service: ServiceName
  readonly ip: IpAddress
  readonly openedAt: Instant
  readonly deleteAt: Instant
}

/** The vendor realm's own vault. */
export class CustodyVault extends Context.Service<CustodyVault, Vault>()("@fortrolig/core/ports/CustodyVault") {}

export class AccessRegister extends Context.Service<
  AccessRegister,
  {
    /** Records one opening, sealed inner to custodian A and outer to custodian B, then under a record key of the vendor's vault. Fails when its deadline is behind what is destroyed already. */
    readonly register: (trace: AccessTrace) => Effect.Effect<void, StoreUnavailable>
    /** Destroys the traces whose `deleteAt` is at or before `at`. */
    readonly forget: (at: Instant) => Effect.Effect<Forgotten, StoreUnavailable>
  }
>()("@fortrolig/core/ports/AccessRegister") {}
