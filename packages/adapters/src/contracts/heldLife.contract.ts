/**
 * One record through all that an order can do to it, written down after every step as a database would: held, held under another order, given back,
 * held again, kept past its bucket, and gone.
 */
import { randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { KeyGone, StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HoldId, type Vault, type WrappedBy } from "@fortrolig/core/ports/KeyVault"
import { dueAt } from "./fixtures.contract.ts"

/** What a database says of the record: where its key is wrapped, or that there is no such record any more. */
export type HeldRow = { readonly sealed: Uint8Array; readonly by: WrappedBy } | "gone"

/** The end of every order of this life. */
export const orderEnd = Instant.make(dueAt + 86_400_000)
/** What the record says. */
export const words = Buffer.from("synthetic words")

const context = "a held life"
const dataClass = "accessTrace"

/** Opens the record as the row says; fails with `KeyGone` where that is not possible. */
export const openRow = (vault: Vault, { by, sealed }: Exclude<HeldRow, "gone">): Effect.Effect<Uint8Array, KeyGone | StoreUnavailable> =>
  "hold" in by
    ? vault.openHeld(by.hold, { sealed, wrapped: by.wrapped }, context)
    : vault.openUntil(by.dataClass, by.deleteAt, { sealed, wrapped: by.wrapped }, context)

/** Lives the life once; `save` answers when the row is safe. */
export const heldLife = Effect.fnUntraced(function*(vault: Vault, save: (row: HeldRow) => Effect.Effect<void>) {
  const { sealed, wrapped } = yield* vault.sealUntil(dataClass, dueAt, words, context)
  const inBucket = { dataClass, deleteAt: dueAt, wrapped } as const
  yield* save({ sealed, by: inBucket })

  const held = Effect.fnUntraced(function*(from: WrappedBy) {
    const hold = HoldId.make(randomBytes(16).toString("hex"))
    const by = { hold, wrapped: yield* vault.hold(hold, from, orderEnd, Buffer.from("note")) }
    yield* save({ sealed, by })
    return by
  })

  const first = yield* held(inBucket)
  const second = yield* held(first)
  yield* vault.release(first.hold)
  const back = { dataClass, deleteAt: dueAt, wrapped: yield* vault.giveBack(second.hold, second.wrapped, dataClass, dueAt) } as const
  yield* save({ sealed, by: back })
  yield* vault.release(second.hold)
  yield* held(back)
  yield* vault.destroyDue(dueAt)
  yield* save("gone")
  yield* vault.destroyDue(orderEnd)
})
