/**
 * Keys live here and nowhere else. Destroying a key destroys every copy of what it sealed, in tables, logs, replicas and backups alike.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { DataClass } from "../policy/accountability.ts"
import type { KeyGone, StoreUnavailable } from "./errors.ts"

/** What was sealed until a deadline: the ciphertext and its record key, wrapped by the bucket's key. */
export interface SealedUntil {
  readonly wrapped: Uint8Array
  readonly sealed: Uint8Array
}

/** A vault: live slots for sessions whose end is not known yet, and one bucket slot for each class and deadline. `context` is bound to the ciphertext as additional data. */
export interface Vault {
  /** Makes a live key for the session; making it again keeps the first. */
  readonly begin: (ref: SessionRef) => Effect.Effect<void, StoreUnavailable>
  /** Seals under the live key. */
  readonly seal: (ref: SessionRef, plain: Uint8Array, context: string) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  readonly open: (ref: SessionRef, sealed: Uint8Array, context: string) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** 16 bytes that name `text` to whoever has the live key, and say nothing of it to anyone else. */
  readonly tag: (ref: SessionRef, text: string) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Wraps the live key for the bucket of `deleteAt`, synced to disk before it answers; the live slot stays until `end`. */
  readonly wrap: (ref: SessionRef, dataClass: DataClass, deleteAt: Instant) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Destroys the live key, synced to disk before it answers. Doing it twice changes nothing. */
  readonly end: (ref: SessionRef) => Effect.Effect<void, StoreUnavailable>
  /** Seals under a fresh record key wrapped by the bucket of `deleteAt`. */
  readonly sealUntil: (dataClass: DataClass, deleteAt: Instant, plain: Uint8Array, context: string) => Effect.Effect<SealedUntil, StoreUnavailable>
  readonly openUntil: (
    dataClass: DataClass,
    deleteAt: Instant,
    sealed: SealedUntil,
    context: string
  ) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Destroys every bucket key whose deadline is at or before `at`, synced to disk before it answers; answers how many. */
  readonly destroyDue: (at: Instant) => Effect.Effect<number, StoreUnavailable>
  /** What the vault holds: sessions with a live key, and the deadlines of the bucket keys. */
  readonly inventory: Effect.Effect<
    { readonly live: ReadonlyArray<SessionRef>; readonly buckets: ReadonlyArray<Instant> },
    StoreUnavailable
  >
  /** The latest instant known to have been reached; the server refuses to start before it. */
  readonly mark: Effect.Effect<Instant, StoreUnavailable>
  /** Raises the mark to `at`; never lowers it. */
  readonly raiseMark: (at: Instant) => Effect.Effect<void, StoreUnavailable>
  /** Sets the mark, also backwards: only after a person has said that the clock is right now and was wrong before. */
  readonly correctMark: (at: Instant) => Effect.Effect<void, StoreUnavailable>
}

/** The service realm's vault. */
export class KeyVault extends Context.Service<KeyVault, Vault>()("@fortrolig/core/ports/KeyVault") {}
