/**
 * What every vault does, over slots that some medium keeps: the medium answers only when a write is safe on it.
 */
import { createHmac, randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { KeyGone, StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { keyBytes, type RecordSeal } from "./recordSeal.ts"
import { bucketLabel, encodeHeader, encodeSlot, type Header, type Slot, slotBytes } from "./slot.ts"

/** Where slots are kept. */
export interface Medium {
  /** Writes every change at its slot number and answers when all of them are synced. */
  readonly write: (changes: ReadonlyArray<{ readonly at: number; readonly bytes: Buffer }>) => Promise<void>
}

/** A vault that also knows its own age and can be closed. */
export interface OpenVault extends Vault {
  readonly epoch: string
  readonly generation: () => number
  /** Raises the generation, synced to the medium before it answers, so that every older copy of the vault is recognised as older. */
  readonly advance: Effect.Effect<number, StoreUnavailable>
  /** Zeroes every key in memory; the medium keeps its own. */
  readonly forgetKeys: () => void
}

interface Held extends Slot {
  readonly at: number
}

const zeros = Buffer.alloc(slotBytes)
const record = (dataClass: DataClass, deadline: Instant): string => `record|${dataClass}|${deadline}`

/** Makes a vault over a medium that holds `header` and `slots` (index 0 is the first slot after the header). */
export const vaultOver = (medium: Medium, header: Header, slots: ReadonlyArray<Slot | undefined>, { open, seal }: RecordSeal): OpenVault => {
  const live = new Map<string, Held>()
  const buckets = new Map<string, Held>()
  const free: Array<number> = []
  let size = slots.length + 1
  let { generation, mark } = header
  slots.forEach((slot, index) => {
    if (slot === undefined) free.push(index + 1)
    else (slot.kind === "live" ? live : buckets).set(slot.label, { ...slot, at: index + 1 })
  })
  free.reverse()

  const writing = Semaphore.makeUnsafe(1)
  /** One writer at a time, and never half: an interrupted caller waits until medium and memory agree. */
  const alone = <A>(operation: string, work: () => Promise<A>): Effect.Effect<A, StoreUnavailable> =>
    writing.withPermit(Effect.uninterruptible(Effect.tryPromise({ try: work, catch: () => new StoreUnavailable({ operation }) })))

  const add = async (into: Map<string, Held>, kind: Slot["kind"], deadline: number, label: string): Promise<Held> => {
    const held = into.get(label)
    if (held !== undefined) return held
    const at = free.pop() ?? size
    const slot: Held = { kind, deadline, label, key: randomBytes(keyBytes), at }
    try {
      await medium.write([{ at, bytes: encodeSlot(slot) }])
    } catch (error) {
      if (at < size) free.push(at)
      throw error
    }
    if (at === size) size += 1
    into.set(label, slot)
    return slot
  }

  const writeMark = async (at: Instant): Promise<void> => {
    await medium.write([{ at: 0, bytes: encodeHeader({ epoch: header.epoch, generation, mark: at }) }])
    mark = at
  }

  const destroy = async (from: Map<string, Held>, gone: ReadonlyArray<Held>): Promise<number> => {
    if (gone.length === 0) return 0
    await medium.write(gone.map(({ at }) => ({ at, bytes: zeros })))
    for (const slot of gone) {
      slot.key.fill(0)
      from.delete(slot.label)
      free.push(slot.at)
    }
    return gone.length
  }

  /** Reads a key and uses it in one step, so that no key is zeroed between the two. */
  const use = <A>(held: Held | undefined, work: (key: Buffer) => A): Effect.Effect<A, KeyGone> =>
    held === undefined ? Effect.fail(new KeyGone()) : Effect.succeed(work(held.key))

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
      const held = buckets.get(label)
      return held === undefined
        ? Effect.andThen(alone("make a bucket key", () => add(buckets, "bucket", deadline, label)), inBucket(dataClass, deadline, work))
        : work(held.key)
    })

  return {
    epoch: header.epoch,
    generation: () => generation,
    advance: alone("advance the key vault", async () => {
      await medium.write([{ at: 0, bytes: encodeHeader({ epoch: header.epoch, mark, generation: generation + 1 }) }])
      generation += 1
      return generation
    }),
    begin: (ref) => Effect.asVoid(alone("make a session key", () => add(live, "live", 0, ref))),
    seal: (ref, plain, context) => Effect.suspend(() => use(live.get(ref), (key) => seal(key, plain, context))),
    open: (ref, sealed, context) => Effect.suspend(() => Effect.flatten(use(live.get(ref), (key) => opened(key, sealed, context)))),
    tag: (ref, text) => Effect.suspend(() => use(live.get(ref), (key) => createHmac("sha256", key).update(`tag|${text}`).digest().subarray(0, 16))),
    wrap: (ref, dataClass, deadline) =>
      Effect.suspend(() =>
        live.has(ref)
          ? inBucket(dataClass, deadline, (outer) => use(live.get(ref), (key) => seal(outer, key, record(dataClass, deadline))))
          : Effect.fail(new KeyGone())
      ),
    end: (ref) => Effect.asVoid(alone("destroy a session key", async () => destroy(live, present(live.get(ref))))),
    sealUntil: (dataClass, deadline, plain, context) =>
      inBucket(dataClass, deadline, (outer) => {
        const key = randomBytes(keyBytes)
        const both = { wrapped: seal(outer, key, record(dataClass, deadline)), sealed: seal(key, plain, context) }
        key.fill(0)
        return Effect.succeed(both)
      }),
    openUntil: (dataClass, deadline, { sealed, wrapped }, context) =>
      Effect.gen(function*() {
        const key = yield* Effect.flatten(use(buckets.get(bucketLabel(dataClass, deadline)), (outer) => opened(outer, wrapped, record(dataClass, deadline))))
        const plain = yield* opened(key, sealed, context)
        key.fill(0)
        return plain
      }),
    destroyDue: (at) => alone("destroy due keys", async () => destroy(buckets, [...buckets.values()].filter(({ deadline }) => deadline <= at))),
    inventory: Effect.sync(() => ({
      live: [...live.keys()].map((ref) => SessionRef.make(ref)),
      buckets: [...buckets.values()].map(({ deadline }) => deadline as Instant).sort((a, b) => a - b)
    })),
    mark: Effect.sync(() => mark as Instant),
    raiseMark: (at) => alone("raise the mark", async () => (at > mark ? writeMark(at) : undefined)),
    correctMark: (at) => alone("correct the mark", () => writeMark(at)),
    forgetKeys: () => {
      for (const slot of [...live.values(), ...buckets.values()]) slot.key.fill(0)
      live.clear()
      buckets.clear()
    }
  }
}

const present = <A>(value: A | undefined): ReadonlyArray<A> => (value === undefined ? [] : [value])
