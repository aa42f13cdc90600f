/**
 * Sessions in memory, sealed like everywhere else, so that a destroyed key forgets here too.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { Conflict, StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { decodeState, encodeState, stateContext } from "../database/sealedState.ts"
import { forgetDue, isOver, type LedgerMemory } from "./ledgerMemory.ts"

/** The row of one session; `sealed` is `undefined` after its end. */
export interface SessionRow {
  readonly service: ServiceName
  readonly version: number
  readonly sealed: Uint8Array | undefined
  readonly deleteAt: Instant | null
}

/** The session store over a map. */
export const sessionStoreMemory = (rows: Map<SessionRef, SessionRow>, ledger: LedgerMemory, vault: Vault): SessionStore["Service"] => ({
  load: (ref) =>
    Effect.gen(function*() {
      const row = rows.get(ref)
      if (row?.sealed === undefined) return Option.none()
      const plain = yield* vault.open(ref, row.sealed, stateContext(ref))
      const state = yield* decodeState(plain).pipe(Effect.mapError(() => new StoreUnavailable({ operation: "read a session" })))
      return Option.some({ ref, version: row.version, state })
    }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone)),
  save: ({ ref, state, version }) =>
    Effect.gen(function*() {
      const row = rows.get(ref)
      if (version === 0 ? row !== undefined : row?.sealed === undefined || row.version !== version) return yield* new Conflict()
      if (version === 0) yield* vault.begin(ref)
      const sealed = yield* vault.seal(ref, encodeState(state), stateContext(ref))
      rows.set(ref, { service: state.service, version: version + 1, sealed, deleteAt: null })
    }).pipe(Effect.catchTag("KeyGone", () => Effect.fail(new Conflict()))),
  end: Effect.fnUntraced(function*(ref, _service, deleteAt) {
    yield* vault.end(ref)
    const row = rows.get(ref)
    if (row === undefined || row.deleteAt !== null) return
    if (isOver(ledger, "endedSession", deleteAt)) rows.delete(ref)
    else rows.set(ref, { service: row.service, version: 0, sealed: undefined, deleteAt })
  }),
  live: Effect.sync(() => [...rows].filter(([, { deleteAt }]) => deleteAt === null).map(([ref, { service }]) => ({ ref, service }))),
  forget: (at) => Effect.sync(() => forgetDue(rows, at))
})
