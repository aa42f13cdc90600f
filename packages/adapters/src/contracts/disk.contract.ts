/**
 * A medium in memory that a test can look into, take away from a vault without a word, and make fail.
 */
import { randomBytes } from "node:crypto"
import { aesGcm } from "../keys/recordSeal.ts"
import { decodeHeader, decodeSlot, encodeHeader, slotBytes } from "../keys/slot.ts"
import type { Medium } from "../keys/slotTable.ts"
import { type OpenVault, vaultOver } from "../keys/vault.ts"

/** How a write fails: nothing of it was written, a part of it, or all of it without anyone hearing so. */
export type Failing = "before" | "half" | "after"

/** A medium and what lies on it. */
export interface Disk {
  readonly medium: Medium
  /** What is on it now: slot number to bytes. */
  readonly slots: ReadonlyMap<number, Buffer>
  /** How many writes were asked for. */
  readonly writes: () => number
  /** The `n`th write from now on fails, once. */
  readonly failAt: (n: number, how: Failing) => void
}

/** A disk that holds nothing but the header of a new vault. */
export const newDisk = (): Disk => {
  const slots = new Map<number, Buffer>([[0, encodeHeader({ epoch: randomBytes(16).toString("hex"), generation: 0, mark: 0 })]])
  let asked = 0
  let failing: { readonly at: number; readonly how: Failing } | undefined
  return {
    slots,
    writes: () => asked,
    failAt: (n, how) => {
      failing = { at: asked + n, how }
    },
    medium: {
      write: async (changes) => {
        asked += 1
        // A disk takes its time: whoever does not wait for it is found out.
        await Promise.resolve()
        const fails = failing?.at === asked ? failing.how : undefined
        const reached = fails === "before" ? [] : fails === "half" ? changes.slice(0, Math.floor(changes.length / 2)) : changes
        for (const { at, bytes } of reached) slots.set(at, Buffer.from(bytes))
        if (fails !== undefined) throw new Error("the disk failed")
      }
    }
  }
}

/** Opens a vault over what lies on a disk, as a process does that starts. */
export const openDisk = ({ medium, slots }: Disk): OpenVault => {
  const size = Math.max(...slots.keys())
  const free = Buffer.alloc(slotBytes)
  const read = Array.from({ length: size }, (_, index) => decodeSlot(slots.get(index + 1) ?? free))
  return vaultOver(medium, decodeHeader(slots.get(0) ?? free), read, aesGcm)
}

/** How many slots on a disk hold anything at all, the header aside. */
export const usedSlots = ({ slots }: Disk): number => [...slots].filter(([at, bytes]) => at !== 0 && bytes.some((byte) => byte !== 0)).length
