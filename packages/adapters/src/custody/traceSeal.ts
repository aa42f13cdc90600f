/**
 * What the custodians see of an access trace: the address and the opening time (DFH-10), filled up to one length, so that a stored trace does not even tell IPv4 from IPv6.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { IpAddress } from "@fortrolig/core/custody/ipAddress"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { AccessTrace } from "@fortrolig/core/ports/AccessRegister"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { padded } from "../keys/padding.ts"

/** Seals bytes so that only both custodians together open them. */
export type SealToCustodians = (plain: Uint8Array) => Promise<Uint8Array>

/** The sealed part of a trace. */
export const SealedTrace = Schema.Struct({ ip: IpAddress, openedAt: Instant })
export type SealedTrace = typeof SealedTrace.Type

const codec = Schema.fromJsonString(SealedTrace)
const encode = Schema.encodeSync(codec)
const decode = Schema.decodeUnknownSync(codec)
const length = 128

/** What the vault's seal of a trace is bound to. */
export const traceContext = (ref: SessionRef): string => `accessTrace|${ref}`

/** Seals a trace to the custodians. Fails, saying nothing of the trace, when their keys are unusable. */
export const sealTrace = (seal: SealToCustodians, { ip, openedAt }: AccessTrace): Effect.Effect<Uint8Array, StoreUnavailable> =>
  Effect.tryPromise({
    try: () => seal(padded(encode({ ip, openedAt }), length)),
    catch: () => new StoreUnavailable({ operation: "seal an access trace" })
  })

/** The trace in bytes that both custodians have opened; throws when they hold none. */
export const readTrace = (opened: Uint8Array): SealedTrace => decode(Buffer.from(opened).toString("utf8"))
