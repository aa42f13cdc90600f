/**
 * What every vault does, over slots that some medium keeps: the medium answers only when a write is safe on it.
 */
import { createHmac, randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { KeyGone, type StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HoldId, type Vault, type WrappedBy } from "@fortrolig/core/ports/KeyVault"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { keyBytes, type RecordSeal } from "./recordSeal.ts"
import { bucketLabel, type Header, type Slot } from "./slot.ts"
import { deadlineOf, type Medium, type PlacedSlot, slotTable } from "./slotTable.ts"

/** A vault that also knows its own age and can be closed. */
export interface OpenVault extends Vault {
  readonly epoch: string
  readonly generation: () => number
  /** Raises the generation, synced to the medium before it answers, so that every older copy of the vault is recognised as older. */
  readonly advance: Effect.Effect<number, StoreUnavailable>
  /** Zeroes every key in memory; the medium keeps its own. */
  readonly forgetKeys: () => void
}

const inBucketOf = (dataClass: DataClass, deadline: Instant): string => `record|${dataClass}|${deadline}`
const inHold = (id: HoldId): string => `hold|${id}`

/** Makes a vault over a medium that holds `header` and `slots` (index 0 is the first slot after the header). */
export const vaultOver = (medium: Medium, header: Header, slots: ReadonlyArray<Slot | undefined>, { open, seal }: RecordSeal): OpenVault => {
  const table = slotTable(medium, header, slots)

  /** Reads a key and uses it in one step, so that no key is zeroed between the two. */
  const use = <A>(slot: PlacedSlot | undefined, work: (key: Buffer) => A): Effect.Effect<A, KeyGone> =>
    slot === undefined ? Effect.fail(new KeyGone()) : Effect.succeed(work(slot.key))

  /** What does not open was sealed under a key that is gone, or was tampered with: either way nobody can read it. */
  const opened = (key: Uint8Array, sealed: Uint8Array, context: string): Effect.Effect<Uint8Array, KeyGone> =>
    Effect.try({ try: () => open(key, sealed, context), catch: () => new KeyGone() })

  const inBucket = <A, E>(
    dataClass: DataClass,
    deadline: Instant,
    work: (key: Buffer) => Effect.Effect<A, E>
  ): Effect.Effect<A, E | StoreUnavailable> =>
    Effect.suspend(() => {
      const label = bucketLabel(dataClass, deadline)
      const slot = table.get("bucket", label)
      return slot === undefined
        ? Effect.andThen(table.add("make a bucket key", "bucket", deadline, label), inBucket(dataClass, deadline, work))
        : work(slot.key)
    })

  /** The record key, and behind it the note of a hold. */
  const unwrapped = (from: WrappedBy): Effect.Effect<Uint8Array, KeyGone> =>
    Effect.suspend(() =>
      "hold" in from
        ? Effect.flatten(use(table.get("hold", from.hold), (outer) => opened(outer, from.wrapped, inHold(from.hold))))
        : Effect.flatten(use(table.get("bucket", bucketLabel(from.dataClass, from.deleteAt)), (outer) => opened(outer, from.wrapped, inBucketOf(from.dataClass, from.deleteAt))))
    )

  /** Uses a record key and forgets it again. */
  const withRecordKey = <A, E>(from: WrappedBy, work: (key: Uint8Array) => Effect.Effect<A, E>): Effect.Effect<A, E | KeyGone> =>
    Effect.flatMap(unwrapped(from), (whole) => Effect.ensuring(work(whole.subarray(0, keyBytes)), Effect.sync(() => whole.fill(0))))

  const release = (id: HoldId): Effect.Effect<void, StoreUnavailable> =>
    Effect.asVoid(table.destroy("destroy the key of a hold", () => present(table.get("hold", id))))

  return {
    epoch: header.epoch,
    generation: () => table.header().generation,
    advance: Effect.map(table.writeHeader("advance the key vault", (now) => ({ ...now, generation: now.generation + 1 })), ({ generation }) => generation),
    begin: (ref) => table.add("make a session key", "live", 0, ref),
    seal: (ref, plain, context) => Effect.suspend(() => use(table.get("live", ref), (key) => seal(key, plain, context))),
    open: (ref, sealed, context) => Effect.suspend(() => Effect.flatten(use(table.get("live", ref), (key) => opened(key, sealed, context)))),
    tag: (ref, text) =>
      Effect.suspend(() => use(table.get("live", ref), (key) => createHmac("sha256", key).update(`tag|${text}`).digest().subarray(0, 16))),
    wrap: (ref, dataClass, deadline) =>
      Effect.suspend(() =>
        table.get("live", ref) === undefined
          ? Effect.fail(new KeyGone())
          : inBucket(dataClass, deadline, (outer) => use(table.get("live", ref), (key) => seal(outer, key, inBucketOf(dataClass, deadline))))
      ),
    end: (ref) => Effect.asVoid(table.destroy("destroy a session key", () => present(table.get("live", ref)))),
    sealUntil: (dataClass, deadline, plain, context) =>
      inBucket(dataClass, deadline, (outer) => {
        const key = randomBytes(keyBytes)
        const both = { wrapped: seal(outer, key, inBucketOf(dataClass, deadline)), sealed: seal(key, plain, context) }
        key.fill(0)
        return Effect.succeed(both)
      }),
    openUntil: (dataClass, deleteAt, { sealed, wrapped }, context) =>
      withRecordKey({ dataClass, deleteAt, wrapped }, (key) => opened(key, sealed, context)),
    hold: (id, from, until, note) =>
      Effect.gen(function*() {
        // What is gone already makes no slot.
        yield* Effect.map(unwrapped(from), (whole) => whole.fill(0))
        const made = table.get("hold", id) === undefined
        yield* table.add("make the key of a hold", "hold", until, id)
        // The record key is read only now: whatever was destroyed while the slot was made stays destroyed.
        return yield* withRecordKey(from, (key) => use(table.get("hold", id), (outer) => seal(outer, Buffer.concat([key, note]), inHold(id)))).pipe(
          Effect.tapError(() => (made ? release(id) : Effect.void))
        )
      }),
    openHeld: (id, { sealed, wrapped }, context) => withRecordKey({ hold: id, wrapped }, (key) => opened(key, sealed, context)),
    noteOf: (id, wrapped) => Effect.map(unwrapped({ hold: id, wrapped }), (whole) => whole.subarray(keyBytes)),
    giveBack: (id, wrapped, dataClass, deleteAt) =>
      Effect.andThen(
        Effect.map(unwrapped({ hold: id, wrapped }), (whole) => whole.fill(0)),
        inBucket(dataClass, deleteAt, (outer) => withRecordKey({ hold: id, wrapped }, (key) => Effect.succeed(seal(outer, key, inBucketOf(dataClass, deleteAt)))))
      ),
    release,
    rewrap: (dataClass, from, wrapped, to) =>
      Effect.andThen(
        // What is gone already makes no slot.
        Effect.map(unwrapped({ dataClass, deleteAt: from, wrapped }), (whole) => whole.fill(0)),
        inBucket(dataClass, to, (outer) =>
          withRecordKey({ dataClass, deleteAt: from, wrapped }, (key) => Effect.succeed(seal(outer, key, inBucketOf(dataClass, to)))))
      ),
    destroyBucket: (dataClass, deleteAt) =>
      Effect.asVoid(table.destroy("destroy a bucket key", () => {
        const slot = table.get("bucket", bucketLabel(dataClass, deleteAt))
        return slot === undefined ? [] : [slot]
      })),
    destroyDue: (at) => table.destroy("destroy due keys", () => [...table.all("bucket"), ...table.all("hold")].filter(({ deadline }) => deadline <= at)),
    inventory: Effect.sync(() => ({
      live: table.all("live").map(({ label }) => SessionRef.make(label)),
      buckets: table.all("bucket").map(deadlineOf).sort((a, b) => a - b),
      holds: table.all("hold").map((slot) => ({ id: HoldId.make(slot.label), until: deadlineOf(slot) })).sort((a, b) => a.until - b.until)
    })),
    mark: Effect.sync(() => table.header().mark as Instant),
    raiseMark: (at) => Effect.asVoid(table.writeHeader("raise the mark", (now) => (at > now.mark ? { ...now, mark: at } : now))),
    correctMark: (at) => Effect.asVoid(table.writeHeader("correct the mark", (now) => ({ ...now, mark: at }))),
    forgetKeys: table.forgetKeys
  }
}

const present = <A>(value: A | undefined): ReadonlyArray<A> => (value === undefined ? [] : [value])
