/**
 * Vaults that are wrong in one way each. A test that does not notice them is worth nothing.
 */
import * as Effect from "effect/Effect"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { HoldId } from "@fortrolig/core/ports/KeyVault"
import type { Medium } from "../keys/slotTable.ts"
import { openDisk } from "./disk.contract.ts"
import type { Opening } from "./vaultModel.contract.ts"

type Changes = Parameters<Medium["write"]>[0]

const later = (at: Instant, ms: number): Instant => (at + ms) as Instant
const isZero = ({ bytes }: Changes[number]): boolean => bytes.every((byte) => byte === 0)

/** A vault that does some things otherwise. */
const but =
  (wrong: (vault: Vault) => Partial<Vault>): Opening =>
  (disk) => {
    const vault = openDisk(disk)
    return { ...vault, ...wrong(vault) }
  }

/** A medium that writes something else than it was asked to. */
const writing =
  (change: (changes: Changes) => Changes): Opening =>
  (disk) =>
    openDisk({ ...disk, medium: { write: (changes) => disk.medium.write(change(changes)) } })

const oneHold = HoldId.make("0f".repeat(16))

/** The planted bugs, by what is wrong. */
export const vaultBugs: Readonly<Record<string, Opening>> = {
  "a destroyed key is answered for before it is synced": writing((changes) => changes.filter((change) => !isZero(change))),
  "a new key is used before it is synced": writing((changes) => changes.filter(isZero)),
  "only the first of many due keys is destroyed on the disk": writing((changes) => changes.slice(0, 1)),
  "a slot is written beside its place": writing((changes) => changes.map(({ at, bytes }) => ({ at: at > 2 ? at - 1 : at, bytes }))),
  "a hold keeps the bucket that it came from": but((vault) => ({
    destroyDue: (at) => Effect.flatMap(vault.inventory, ({ holds }) => (holds.some(({ until }) => until > at) ? Effect.succeed(0) : vault.destroyDue(at)))
  })),
  "a hold keeps another record": but((vault) => ({
    hold: (_, from, until, note) => vault.hold(oneHold, from, until, note),
    openHeld: (_, held, context) => vault.openHeld(oneHold, held, context),
    giveBack: (_, wrapped, dataClass, deleteAt) => vault.giveBack(oneHold, wrapped, dataClass, deleteAt)
  })),
  "a hold outlives its end": but((vault) => ({ hold: (id, from, until, note) => vault.hold(id, from, later(until, 1), note) })),
  "a hold ends early": but((vault) => ({ hold: (id, from, until, note) => vault.hold(id, from, later(until, -1), note) })),
  "making a hold destroys what held the record before": but((vault) => ({
    hold: (id, from, until, note) =>
      Effect.tap(vault.hold(id, from, until, note), () => ("hold" in from && from.hold !== id ? vault.release(from.hold) : Effect.void))
  })),
  "making a hold again makes a new key": but((vault) => ({
    hold: (id, from, until, note) => Effect.andThen("hold" in from && from.hold === id ? Effect.void : vault.release(id), vault.hold(id, from, until, note))
  })),
  "a released hold stays": but(() => ({ release: () => Effect.void })),
  "releasing one hold releases all": but((vault) => ({
    release: () => Effect.flatMap(vault.inventory, ({ holds }) => Effect.forEach(holds, ({ id }) => vault.release(id), { discard: true }))
  })),
  "a record is given back to a later bucket": but((vault) => ({
    giveBack: (id, wrapped, dataClass, deleteAt) => vault.giveBack(id, wrapped, dataClass, later(deleteAt, 3_600_000))
  })),
  "what is due at this very instant waits": but((vault) => ({ destroyDue: (at) => vault.destroyDue(later(at, -1)) })),
  "keys are destroyed before they are due": but((vault) => ({ destroyDue: (at) => vault.destroyDue(later(at, 3_600_000)) })),
  "an ended session keeps its key": but(() => ({ end: () => Effect.void })),
  "a session that begins again gets a new key": but((vault) => ({ begin: (ref) => Effect.andThen(vault.end(ref), vault.begin(ref)) })),
  "wrapping ends the session": but((vault) => ({ wrap: (ref, dataClass, deleteAt) => Effect.tap(vault.wrap(ref, dataClass, deleteAt), () => vault.end(ref)) })),
  "one bucket serves every class": but((vault) => ({
    sealUntil: (_, deleteAt, plain, context) => vault.sealUntil("content", deleteAt, plain, context),
    openUntil: (_, deleteAt, sealed, context) => vault.openUntil("content", deleteAt, sealed, context)
  }))
}
