/**
 * The leads of services that keep content: the only people who can open a kept conversation, for an open concern or a hand-over.
 */
import * as Context from "effect/Context"
import type { ServiceName } from "../kernel/identity.ts"

export class Leads extends Context.Service<
  Leads,
  {
    /** The public key (P-256, uncompressed, base64url) that counsellors' browsers seal the key of a kept chat to; nothing for a service that keeps none. */
    readonly keyOf: (service: ServiceName) => string | undefined
  }
>()("@fortrolig/core/ports/Leads") {}
