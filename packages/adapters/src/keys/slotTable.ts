/**
 * The slots of a vault in memory and on their medium, changed by one writer at a time: a key is used only after it is safe on the medium,
 * and is gone from memory only after it is gone from the medium.
 */
import { randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { keyBytes } from "./recordSeal.ts"
import { encodeHeader, encodeSlot, type Header, type Slot, slotBytes, type SlotKind } from "./slot.ts"

/** Where slots are kept. */
export interface Medium {
  /** Writes every change at its slot number and answers when all of them are synced. */
  readonly write: (changes: ReadonlyArray<{ readonly at: number; readonly bytes: Buffer }>) => Promise<void>
}

/** A slot and its number on the medium. */
export interface PlacedSlot extends Slot {
  readonly at: number
}

/** What a vault does with its slots. */
export interface SlotTable {
  readonly get: (kind: SlotKind, label: string) => PlacedSlot | undefined
  readonly all: (kind: SlotKind) => ReadonlyArray<PlacedSlot>
  /** Makes a slot with a random key, synced before it answers. One that is there already is kept as it is, with its key and its deadline. */
  readonly add: (operation: string, kind: SlotKind, deadline: number, label: string) => Effect.Effect<void, StoreUnavailable>
  /** Zeroes the chosen slots, synced once for all of them before it answers; answers how many. The choice is made when the writer's turn has come. */
  readonly destroy: (operation: string, choose: () => ReadonlyArray<PlacedSlot>) => Effect.Effect<number, StoreUnavailable>
  readonly header: () => Header
  /** Writes the header that `next` makes of the present one, or nothing where it is the same. */
  readonly writeHeader: (operation: string, next: (header: Header) => Header) => Effect.Effect<Header, StoreUnavailable>
  /** Zeroes every key in memory; the medium keeps its own. */
  readonly forgetKeys: () => void
}

const zeros = Buffer.alloc(slotBytes)

/** A table over a medium that holds `first` and `slots` (index 0 is the first slot after the header). */
export const slotTable = (medium: Medium, first: Header, slots: ReadonlyArray<Slot | undefined>): SlotTable => {
  const kept: Readonly<Record<SlotKind, Map<string, PlacedSlot>>> = { live: new Map(), bucket: new Map(), hold: new Map() }
  const free: Array<number> = []
  /** Places where a slot was to be made and nobody knows what of it was written: left alone, it would stand beside its successor after a restart. */
  const doubtful = new Set<number>()
  let size = slots.length + 1
  let header = first
  slots.forEach((slot, index) => {
    if (slot === undefined) free.push(index + 1)
    else kept[slot.kind].set(slot.label, { ...slot, at: index + 1 })
  })
  free.reverse()

  const writing = Semaphore.makeUnsafe(1)
  /** One writer at a time, and never half: an interrupted caller waits until medium and memory agree. */
  const alone = <A>(operation: string, work: () => Promise<A>): Effect.Effect<A, StoreUnavailable> =>
    writing.withPermit(Effect.uninterruptible(Effect.tryPromise({ try: work, catch: () => new StoreUnavailable({ operation }) })))

  /** Every write first zeroes what an earlier one may have left. */
  const write: Medium["write"] = async (changes) => {
    await medium.write([...[...doubtful].map((at) => ({ at, bytes: zeros })), ...changes])
    free.push(...doubtful)
    doubtful.clear()
  }

  const make = async (kind: SlotKind, deadline: number, label: string): Promise<void> => {
    if (kept[kind].has(label)) return
    const at = free.pop() ?? size
    if (at === size) size += 1
    const slot: PlacedSlot = { kind, deadline, label, key: randomBytes(keyBytes), at }
    try {
      await write([{ at, bytes: encodeSlot(slot) }])
    } catch (error) {
      doubtful.add(at)
      throw error
    }
    kept[kind].set(label, slot)
  }

  const erase = async (gone: ReadonlyArray<PlacedSlot>): Promise<number> => {
    if (gone.length === 0 && doubtful.size === 0) return 0
    await write(gone.map(({ at }) => ({ at, bytes: zeros })))
    for (const slot of gone) {
      slot.key.fill(0)
      kept[slot.kind].delete(slot.label)
      free.push(slot.at)
    }
    return gone.length
  }

  return {
    get: (kind, label) => kept[kind].get(label),
    all: (kind) => [...kept[kind].values()],
    add: (operation, kind, deadline, label) => alone(operation, () => make(kind, deadline, label)),
    destroy: (operation, choose) => alone(operation, () => erase(choose())),
    header: () => header,
    writeHeader: (operation, next) =>
      alone(operation, async () => {
        const changed = next(header)
        if (changed !== header) await write([{ at: 0, bytes: encodeHeader(changed) }])
        header = changed
        return changed
      }),
    forgetKeys: () => {
      for (const map of Object.values(kept)) {
        for (const slot of map.values()) slot.key.fill(0)
        map.clear()
      }
    }
  }
}

/** The instant as which a slot's deadline counts. */
export const deadlineOf = ({ deadline }: Slot): Instant => deadline as Instant
