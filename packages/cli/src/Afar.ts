/**
 * Databases that are looked at by their address alone, composed in `main.ts`.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Redacted } from "effect/Redacted"
import type { AfarStore } from "@fortrolig/core/ports/AfarStore"

/** How a database is looked at. The address may carry a password, so it is never shown. */
export class Afar extends Context.Service<Afar, { readonly at: (url: Redacted) => Effect.Effect<AfarStore> }>()("@fortrolig/cli/Afar") {}
