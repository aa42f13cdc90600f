/**
 * Keys live here and nowhere else. Destroying a key destroys every copy of what it sealed, in tables, logs, replicas and backups alike.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { DataClass } from "../policy/accountability.ts"
import type { KeyGone, StoreUnavailable } from "./errors.ts"

/** What was sealed until a deadline: the ciphertext and its record key, wrapped by the bucket's key. */
export interface SealedUntil {
  readonly wrapped: Uint8Array
  readonly sealed: Uint8Array
}

/** The hold of one record under an authority's order: 128 random bits as 32 hexadecimal digits, which say nothing of the record. */
export const HoldId = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/)).pipe(Schema.brand("HoldId"))
export type HoldId = typeof HoldId.Type

/** A record key as it is wrapped: by the bucket of a class and deadline, or by a hold of its own. */
export type WrappedBy =
  | { readonly dataClass: DataClass; readonly deleteAt: Instant; readonly wrapped: Uint8Array }
  | { readonly hold: HoldId; readonly wrapped: Uint8Array }

/** One hold and its end. */
export interface HoldSlot {
  readonly id: HoldId
  readonly until: Instant
}

/** A vault: live slots for sessions whose end is not known yet, one bucket slot for each class and deadline, and one slot for each held record. `context` is bound to the ciphertext as additional data. */
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
  /**
   * Wraps one record key, and `note` with it, for a slot of its own that ends at `until`, synced to disk before it answers. What wrapped the key before
   * is left as it is and dies on time; no other record is kept. Again with the same `id` keeps the slot with its first end.
   */
  readonly hold: (id: HoldId, from: WrappedBy, until: Instant, note: Uint8Array) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Opens a held record, until its hold is released or due. */
  readonly openHeld: (id: HoldId, held: SealedUntil, context: string) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** The note that `hold` was given. */
  readonly noteOf: (id: HoldId, wrapped: Uint8Array) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Wraps a held record's key for the bucket of `deleteAt` again, synced to disk before it answers; the hold stays until `release`. */
  readonly giveBack: (id: HoldId, wrapped: Uint8Array, dataClass: DataClass, deleteAt: Instant) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Destroys the key of a hold, synced to disk before it answers. Doing it twice changes nothing. */
  readonly release: (id: HoldId) => Effect.Effect<void, StoreUnavailable>
  /** Wraps a record's key for another bucket of its class, synced to disk before it answers; what wrapped it before is left as it is. */
  readonly rewrap: (dataClass: DataClass, from: Instant, wrapped: Uint8Array, to: Instant) => Effect.Effect<Uint8Array, KeyGone | StoreUnavailable>
  /** Destroys the key of one bucket before its time, synced to disk before it answers. Doing it twice changes nothing. */
  readonly destroyBucket: (dataClass: DataClass, deleteAt: Instant) => Effect.Effect<void, StoreUnavailable>
  /** Destroys every key of a bucket or a hold whose deadline is at or before `at`, all synced to disk at once before it answers; answers how many. */
  readonly destroyDue: (at: Instant) => Effect.Effect<number, StoreUnavailable>
  /** What the vault holds: sessions with a live key, the deadlines of the bucket keys, and the holds, the earliest first. */
  readonly inventory: Effect.Effect<
    { readonly live: ReadonlyArray<SessionRef>; readonly buckets: ReadonlyArray<Instant>; readonly holds: ReadonlyArray<HoldSlot> },
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
