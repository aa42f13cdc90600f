/**
 * Randomness of the operating system.
 */
import { createHash, randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Randomness } from "@fortrolig/core/ports/Randomness"

/** Ids, secrets and hashes from node:crypto. */
export const randomness: Layer.Layer<Randomness> = Layer.succeed(Randomness, {
  id: Effect.sync(() => randomBytes(16).toString("hex")),
  secret: Effect.sync(() => randomBytes(32).toString("base64url")),
  hash: (secret) => Effect.sync(() => createHash("sha256").update(secret).digest("hex"))
})
