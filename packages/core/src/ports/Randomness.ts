/**
 * Randomness from the operating system: ids and secrets are made here and handed to the core.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

export class Randomness extends Context.Service<
  Randomness,
  {
    /** 128 random bits as 32 hexadecimal digits. */
    readonly id: Effect.Effect<string>
    /** 256 random bits as 43 characters of base64url. */
    readonly secret: Effect.Effect<string>
    /** The SHA-256 of a secret, as 64 hexadecimal digits. */
    readonly hash: (secret: string) => Effect.Effect<string>
  }
>()("@fortrolig/core/ports/Randomness") {}
