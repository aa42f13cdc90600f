/**
 * Invitations and sign-ins of staff: hashes of random secrets, each with a deadline; no name and no password.
 * Whoever issues an invitation vouches that its holder has the standing that the service asks for (DFH-29, IF-12): the product checks nothing of it.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { ServiceName, StaffId } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** A member of staff who is signed in; belongs to exactly one service. */
export interface SignedIn {
  readonly staff: StaffId
  readonly service: ServiceName
}

/** The SHA-256 of a secret, as 64 hexadecimal digits. */
export type SecretHash = string

export class StaffStore extends Context.Service<
  StaffStore,
  {
    readonly invite: (invitation: { readonly secret: SecretHash; readonly service: ServiceName; readonly deleteAt: Instant }) => Effect.Effect<void, StoreUnavailable>
    /** Uses up an invitation that is not past its deadline at `at`, and signs its holder in: exactly one caller succeeds. */
    readonly redeem: (
      invitation: SecretHash,
      at: Instant,
      signIn: { readonly token: SecretHash; readonly staff: StaffId; readonly deleteAt: Instant }
    ) => Effect.Effect<Option.Option<SignedIn>, StoreUnavailable>
    /** Who holds the token, unless it is past its deadline at `at`. */
    readonly find: (token: SecretHash, at: Instant) => Effect.Effect<Option.Option<SignedIn>, StoreUnavailable>
    readonly signOut: (token: SecretHash) => Effect.Effect<void, StoreUnavailable>
    /** Destroys invitations and sign-ins whose deadline is at or before `at`. */
    readonly forget: (at: Instant) => Effect.Effect<{ readonly invitations: Forgotten; readonly signIns: Forgotten }, StoreUnavailable>
  }
>()("@fortrolig/core/ports/StaffStore") {}
