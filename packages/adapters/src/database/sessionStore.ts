/**
 * Sessions in the service realm's database: one row each, sealed under the session's live key, shrunk at the end.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import { Conflict, type StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { SessionStore, StoredSession } from "@fortrolig/core/ports/SessionStore"
import { attempt, type Database, unavailable } from "./database.ts"
import { and, eq, isNull, lte, sql } from "./drizzle.ts"
import { decodeState, encodeState, stateContext } from "./sealedState.ts"
import { session } from "./serviceSchema.ts"

/** The session store over a database and the vault that holds the live keys. */
export const sessionStore = (db: Database, vault: Vault): SessionStore["Service"] => {
  const findQuery = db
    .select({ version: session.version, sealed: session.sealed })
    .from(session)
    .where(and(eq(session.ref, sql.placeholder("ref")), isNull(session.deleteAt)))
    .prepare("session_find")

  const load = (ref: SessionRef): Effect.Effect<Option.Option<StoredSession>, StoreUnavailable> =>
    Effect.gen(function*() {
      const [row] = yield* attempt("load a session", () => findQuery.execute({ ref }))
      if (row === undefined || row.sealed === null || row.version === null) return Option.none()
      const { version } = row
      const plain = yield* vault.open(ref, row.sealed, stateContext(ref))
      const state = yield* decodeState(plain).pipe(Effect.mapError(() => unavailable("read a session", undefined)))
      return Option.some({ ref, version, state })
    }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone))

  const create = Effect.fnUntraced(function*({ ref, state }: StoredSession) {
    yield* vault.begin(ref)
    const sealed = yield* vault.seal(ref, encodeState(state), stateContext(ref)).pipe(Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))
    const made = yield* attempt("create a session", () =>
      db.insert(session).values({ ref, service: state.service, version: 1, sealed }).onConflictDoNothing().returning({ ref: session.ref })
    ).pipe(Effect.tapError(() => vault.end(ref).pipe(Effect.ignore)))
    if (made.length > 0) return
    const live = yield* attempt("create a session", () => findQuery.execute({ ref }))
    if (live.length === 0) yield* vault.end(ref)
    return yield* new Conflict()
  })

  const replace = Effect.fnUntraced(function*({ ref, state, version }: StoredSession) {
    const sealed = yield* vault.seal(ref, encodeState(state), stateContext(ref)).pipe(Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))
    const saved = yield* attempt("save a session", () =>
      db
        .update(session)
        .set({ sealed, version: version + 1 })
        .where(and(eq(session.ref, ref), eq(session.version, version), isNull(session.deleteAt)))
        .returning({ ref: session.ref }))
    if (saved.length === 0) return yield* new Conflict()
  })

  return {
    load,
    save: (stored) => (stored.version === 0 ? create(stored) : replace(stored)),
    end: Effect.fnUntraced(function*(ref, _service, deleteAt) {
      // The key first: were the server to die between the two, the row says nothing any more.
      yield* vault.end(ref)
      yield* attempt("end a session", () =>
        db.update(session).set({ sealed: null, version: null, deleteAt }).where(and(eq(session.ref, ref), isNull(session.deleteAt))))
    }),
    live: Effect.map(
      attempt("list live sessions", () => db.select({ ref: session.ref, service: session.service }).from(session).where(isNull(session.deleteAt))),
      (rows) => rows.map(({ ref, service }) => ({ ref: SessionRef.make(ref), service: service as ServiceName }))
    ),
    forget: (at) =>
      Effect.map(
        attempt("forget ended sessions", () => db.delete(session).where(lte(session.deleteAt, at)).returning({ ref: session.ref })),
        ({ length }) => length
      )
  }
}
