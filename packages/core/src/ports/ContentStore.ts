/**
 * Where ciphertext is kept, for a service whose policy keeps it. The permit cannot be made for any other service, so persisting a message
 * under a `clients-only` policy does not compile (DFH-07).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import { keepsContent, type Policy, type ServerPolicy } from "../policy/policy.ts"
import type { StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** Proof that the policy keeps content; only `keepPermit` makes one. */
export class KeepPermit {
  readonly policy: ServerPolicy
  private constructor(policy: ServerPolicy) {
    this.policy = policy
  }
  /** The permit of a policy that keeps content, or nothing. */
  static of(policy: Policy): KeepPermit | undefined {
    return keepsContent(policy) ? new KeepPermit(policy) : undefined
  }
}

/** One piece of what two browsers said to each other: bytes that the server cannot read. */
export interface Kept {
  /** Who sent it, and the sender's own number for it: what a redaction names. */
  readonly by: "visitor" | "counsellor" | "escrow"
  readonly n: number
  readonly at: Instant
  readonly bytes: Uint8Array
}

export class ContentStore extends Context.Service<
  ContentStore,
  {
    /** Keeps a batch of ciphertexts of one live session, each sealed again under the session's record key. A piece kept twice is one piece. */
    readonly keep: (permit: KeepPermit, ref: SessionRef, batch: ReadonlyArray<Kept>) => Effect.Effect<void, StoreUnavailable>
    /** Removes pieces that the visitor redacted; `"all"` removes everything of the session. */
    readonly redact: (
      permit: KeepPermit,
      ref: SessionRef,
      items: "all" | ReadonlyArray<{ readonly by: "visitor" | "counsellor"; readonly n: number }>
    ) => Effect.Effect<void, StoreUnavailable>
    /** When the last piece of a live session was kept, or nothing. */
    readonly lastKeptAt: (permit: KeepPermit, ref: SessionRef) => Effect.Effect<Option.Option<Instant>, StoreUnavailable>
    /**
     * The session has ended: its record key moves to the bucket of `deleteAt`, and the live slot is destroyed. What is kept goes at once where that deadline is
     * behind what is destroyed already. Doing it twice changes nothing.
     */
    readonly settle: (permit: KeepPermit, ref: SessionRef, deleteAt: Instant) => Effect.Effect<void, StoreUnavailable>
    /** Destroys what is due at or before `at`, and what nobody can open any more because its session ended without it. */
    readonly forget: (at: Instant) => Effect.Effect<Forgotten, StoreUnavailable>
  }
>()("@fortrolig/core/ports/ContentStore") {}
