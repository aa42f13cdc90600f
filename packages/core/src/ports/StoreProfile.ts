/**
 * How the store below is set up, judged: whether it keeps copies that forgetting does not reach, and who may read what.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StoreUnavailable } from "./errors.ts"

/** One judgement on the store of one realm, in words for people. It names tables, columns, roles and settings, never a row. */
export const StoreFinding = Schema.Struct({
  realm: Schema.Literals(["service", "vendor"]),
  /** Stable, for machines: lower case with hyphens. */
  id: Schema.String,
  /** `promise`: broken, something lies where no sweep reaches it, or with somebody who may not read it. `caution`: broken, only shells live longer than they need. */
  weight: Schema.Literals(["promise", "caution"]),
  found: Schema.String,
  wanted: Schema.String,
  why: Schema.String,
  /** `not checked` where the login may not see it, or where it has no meaning for the store in use; never to be shown as passed. */
  verdict: Schema.Literals(["kept", "broken", "not checked"])
})
export type StoreFinding = typeof StoreFinding.Type

/** The stores of both realms, judged. */
export class StoreProfile extends Context.Service<
  StoreProfile,
  {
    /** Every judgement, in an order that stays the same. Fails only when the store cannot be reached. */
    readonly judged: Effect.Effect<ReadonlyArray<StoreFinding>, StoreUnavailable>
  }
>()("@fortrolig/core/ports/StoreProfile") {}
