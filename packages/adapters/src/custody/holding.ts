/**
 * How a trace moves between its bucket and a hold of its own, over rows that some store keeps: the new key is synced first, then the row moves, then the old
 * key of a hold is destroyed. Whatever is cut short in between, the row says which key opens the trace.
 */
import { randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { Conflict, StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { HeldTraces, HoldableTrace } from "@fortrolig/core/ports/HeldTraces"
import { HoldId, type Vault, type WrappedBy } from "@fortrolig/core/ports/KeyVault"
import { KeepOrder } from "@fortrolig/core/retention/messages"
import { padded } from "../keys/padding.ts"
import { traceContext } from "./traceSeal.ts"

/** A trace's row, in either place. In the place of the held, `wrapped` begins with the 16 bytes of the hold's id and `deleteAt` is the hold's end. */
export interface TraceRow {
  readonly ref: SessionRef
  readonly service: ServiceName
  readonly wrapped: Uint8Array
  readonly sealed: Uint8Array
  readonly deleteAt: Instant
}

/** What a store of rows can do. Each step is one transaction, and answers whether the row was still as `before` says. */
export interface TraceRows {
  readonly inBucket: (ref: SessionRef, deleteAt: Instant) => Effect.Effect<TraceRow | undefined, StoreUnavailable>
  readonly held: (ref: SessionRef) => Effect.Effect<TraceRow | undefined, StoreUnavailable>
  readonly hold: (before: TraceRow, row: TraceRow) => Effect.Effect<boolean, StoreUnavailable>
  readonly replace: (before: TraceRow, row: TraceRow) => Effect.Effect<boolean, StoreUnavailable>
  readonly giveBack: (before: TraceRow, row: TraceRow) => Effect.Effect<boolean, StoreUnavailable>
  readonly remove: (before: Pick<TraceRow, "ref" | "wrapped">) => Effect.Effect<boolean, StoreUnavailable>
  /** Every held row of every service. */
  readonly allHeld: Effect.Effect<ReadonlyArray<Pick<TraceRow, "ref" | "wrapped" | "deleteAt">>, StoreUnavailable>
}

const idBytes = 16
const idOf = (wrapped: Uint8Array): HoldId => HoldId.make(Buffer.from(wrapped.subarray(0, idBytes)).toString("hex"))
const keyOf = (wrapped: Uint8Array): Uint8Array => wrapped.subarray(idBytes)
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b)

/** What is kept with the key of a hold, and dies with it: the trace's own deadline and the orders. Filled up, so that its length does not tell how many. */
const Note = Schema.fromJsonString(Schema.Struct({ deleteAt: Instant, orders: Schema.Array(KeepOrder) }))
const encodeNote = Schema.encodeSync(Note)
const decodeNote = Schema.decodeUnknownEffect(Note)
const noteStep = 1024

/** The register of held traces over a store of rows and the vendor's vault, which one process owns. */
export const holding = (rows: TraceRows, vault: Vault): HeldTraces["Service"] => {
  /** One change at a time: forgetting must not take a key for unused whose row is about to be written. */
  const turn = Semaphore.makeUnsafe(1)

  const noteOf = (wrapped: Uint8Array) =>
    Effect.flatMap(vault.noteOf(idOf(wrapped), keyOf(wrapped)), (bytes) => decodeNote(Buffer.from(bytes).toString("utf8"))).pipe(
      Effect.catchTag("SchemaError", () => Effect.fail(new StoreUnavailable({ operation: "read an order" })))
    )

  const find = (ref: SessionRef, deleteAt: Instant) =>
    Effect.gen(function*() {
      const held = yield* rows.held(ref)
      if (held !== undefined) {
        const note = yield* noteOf(held.wrapped)
        return note.deleteAt === deleteAt ? Option.some({ sessionRef: ref, service: held.service, ...note, version: held.wrapped }) : Option.none()
      }
      const row = yield* rows.inBucket(ref, deleteAt)
      if (row === undefined) return Option.none<HoldableTrace>()
      yield* vault.openUntil("accessTrace", deleteAt, row, traceContext(ref))
      return Option.some<HoldableTrace>({ sessionRef: ref, service: row.service, deleteAt, orders: [], version: row.wrapped })
    }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone))

  /** The held row as the trace was found. */
  const heldAs = Effect.fnUntraced(function*({ sessionRef, version }: HoldableTrace) {
    const row = yield* rows.held(sessionRef)
    return row !== undefined && sameBytes(row.wrapped, version) ? row : undefined
  })

  const keep: HeldTraces["Service"]["keep"] = Effect.fnUntraced(function*(trace, orders, until) {
    const held = yield* heldAs(trace)
    const before = held ?? (yield* rows.inBucket(trace.sessionRef, trace.deleteAt))
    if (before === undefined || !sameBytes(before.wrapped, trace.version)) return yield* new Conflict()
    const id = HoldId.make(randomBytes(idBytes).toString("hex"))
    const from: WrappedBy =
      held === undefined
        ? { dataClass: "accessTrace", deleteAt: trace.deleteAt, wrapped: before.wrapped }
        : { hold: idOf(held.wrapped), wrapped: keyOf(held.wrapped) }
    const note = padded(encodeNote({ deleteAt: trace.deleteAt, orders }), noteStep)
    const wrapped = yield* vault.hold(id, from, until, note)
    const row = { ...before, wrapped: Buffer.concat([Buffer.from(id, "hex"), wrapped]), deleteAt: until }
    if (!(yield* (held === undefined ? rows.hold(before, row) : rows.replace(before, row)))) {
      yield* vault.release(id)
      return yield* new Conflict()
    }
    if (held !== undefined) yield* vault.release(idOf(held.wrapped))
  }, Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))

  const giveBack: HeldTraces["Service"]["giveBack"] = Effect.fnUntraced(function*(trace) {
    if (trace.orders.length === 0) return
    const held = yield* heldAs(trace)
    if (held === undefined) return yield* new Conflict()
    const wrapped = yield* vault.giveBack(idOf(held.wrapped), keyOf(held.wrapped), "accessTrace", trace.deleteAt)
    if (!(yield* rows.giveBack(held, { ...held, wrapped, deleteAt: trace.deleteAt }))) return yield* new Conflict()
    yield* vault.release(idOf(held.wrapped))
  }, Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))

  const destroy: HeldTraces["Service"]["destroy"] = Effect.fnUntraced(function*(trace) {
    if (trace.orders.length === 0) return
    const held = yield* heldAs(trace)
    if (held === undefined) return yield* new Conflict()
    yield* vault.release(idOf(held.wrapped))
    yield* rows.remove(held)
  })

  const forget = Effect.fnUntraced(function*(at: Instant) {
    const held = yield* rows.allHeld
    const kept = new Set<string>(held.filter(({ deleteAt }) => deleteAt > at).map(({ wrapped }) => idOf(wrapped)))
    const { holds } = yield* vault.inventory
    // Keys before rows. A key that no row has, and a row whose key is gone, are what a change that was cut short left behind.
    yield* Effect.forEach(holds.filter(({ id }) => !kept.has(id)), ({ id }) => vault.release(id), { discard: true })
    const alive = new Set<string>(holds.map(({ id }) => id))
    const gone = held.filter(({ wrapped }) => !kept.has(idOf(wrapped)) || !alive.has(idOf(wrapped)))
    return (yield* Effect.forEach(gone, rows.remove)).filter(Boolean).length
  })

  return {
    find: (ref, deleteAt) => turn.withPermit(find(ref, deleteAt)),
    keep: (trace, orders, until) => turn.withPermit(Effect.uninterruptible(keep(trace, orders, until))),
    giveBack: (trace) => turn.withPermit(Effect.uninterruptible(giveBack(trace))),
    destroy: (trace) => turn.withPermit(Effect.uninterruptible(destroy(trace))),
    forget: (at) => turn.withPermit(forget(at)),
    count: Effect.map(rows.allHeld, ({ length }) => length)
  }
}
