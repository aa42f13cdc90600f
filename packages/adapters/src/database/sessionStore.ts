/**
 * Sessions in the service realm's database: one row each, sealed under the session's live key, shrunk and moved to the leaf of its deadline at the end.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import { Conflict, KeyGone, type StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { SessionStore, StoredSession } from "@fortrolig/core/ports/SessionStore"
import { live } from "./columns.ts"
import { attempt } from "./database.ts"
import { and, eq, sql } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { failedWith, leavesOf, overtaken, sessionLeaves, whenOvertaken } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { decodeState, encodeState, stateContext } from "./sealedState.ts"
import { session } from "./serviceSchema.ts"

const alive = sql`${session.deleteAt} = ${sql.raw(String(live))}`
const named = and(eq(session.ref, sql.placeholder("ref")), alive)
/** A statement is told apart from those of other services by this name alone, so that it is planned once for a connection. */
const prepared = {
  find: "session_find",
  create: "session_create",
  save: "session_save",
  end: "session_end",
  discard: "session_discard"
} as const

/** The live sessions of every service, also of one that this install does not serve at the moment. */
export const liveRefs = ({ askOwner }: Pick<RealmDatabase, "askOwner">): Effect.Effect<ReadonlySet<SessionRef>, StoreUnavailable> =>
  Effect.map(attempt("list live sessions", () => askOwner((db) => db.select({ ref: session.ref }).from(session).where(alive))), (rows) => new Set(rows.map(({ ref }) => SessionRef.make(ref))))

/** The session store over a realm's database and the vault that holds the live keys. */
export const sessionStore = (realm: RealmDatabase, vault: Vault): SessionStore["Service"] => {
  const { db } = realm
  const leaves = leavesOf(realm, sessionLeaves)
  const findQuery = db.select({ version: session.version, sealed: session.sealed }).from(session).where(named).prepare(prepared.find)
  const createQuery = db
    .insert(session)
    .values({
      ref: sql.placeholder("ref"),
      service: sql.placeholder("service"),
      version: 1,
      sealed: sql.placeholder("sealed"),
      deleteAt: live
    })
    .onConflictDoNothing()
    .returning({ version: session.version })
    .prepare(prepared.create)
  const saveQuery = db
    .update(session)
    .set({ sealed: sql`${sql.placeholder("sealed")}`, version: sql`${session.version} + 1` })
    .where(and(named, eq(session.version, sql.placeholder("version"))))
    .returning({ version: session.version })
    .prepare(prepared.save)
  const endQuery = db
    .update(session)
    .set({ sealed: null, version: null, deleteAt: sql`${sql.placeholder("deleteAt")}` })
    .where(named)
    .prepare(prepared.end)
  const discardQuery = db.delete(session).where(named).prepare(prepared.discard)

  const load = (ref: SessionRef): Effect.Effect<Option.Option<StoredSession>, StoreUnavailable> =>
    Effect.gen(function*() {
      const [row] = yield* attempt("load a session", () => findQuery.execute({ ref }))
      if (row === undefined || row.sealed === null || row.version === null) return Option.none()
      const { version } = row
      const plain = yield* vault.open(ref, row.sealed, stateContext(ref))
      // Trying again would not help: one row that nobody can read must not keep every start from ending it and the others.
      const state = yield* decodeState(plain).pipe(Effect.mapError(() => new KeyGone()))
      return Option.some({ ref, version, state })
    }).pipe(Effect.catchTag("KeyGone", () => Effect.succeedNone))

  const create = Effect.fnUntraced(function*({ ref, state }: StoredSession) {
    yield* vault.begin(ref)
    const sealed = yield* vault.seal(ref, encodeState(state), stateContext(ref)).pipe(Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))
    const made = yield* attempt("create a session", () => createQuery.execute({ ref, service: state.service, sealed })).pipe(
      Effect.tapError(() => vault.end(ref).pipe(Effect.ignore))
    )
    if (made.length > 0) return
    const found = yield* attempt("create a session", () => findQuery.execute({ ref }))
    if (found.length === 0) yield* vault.end(ref)
    return yield* new Conflict()
  })

  const replace = Effect.fnUntraced(function*({ ref, state, version }: StoredSession) {
    const sealed = yield* vault.seal(ref, encodeState(state), stateContext(ref)).pipe(Effect.catchTag("KeyGone", () => Effect.fail(new Conflict())))
    const saved = yield* attempt("save a session", () => saveQuery.execute({ ref, version, sealed })).pipe(
      Effect.catchTag("StoreUnavailable", (error) => Effect.fail(failedWith(error, overtaken) ? new Conflict() : error))
    )
    if (saved.length === 0) return yield* new Conflict()
  })

  return {
    load,
    save: (stored) => (stored.version === 0 ? create(stored) : replace(stored)),
    end: Effect.fnUntraced(function*(ref, _service, deleteAt) {
      // The key first: were the server to die between the two, the row says nothing any more.
      yield* vault.end(ref)
      const moved = yield* whenOvertaken(leaves.store("end a session", deleteAt, () => endQuery.execute({ ref, deleteAt })))
      if (Option.isNone(moved)) yield* attempt("end a session", () => discardQuery.execute({ ref }))
    }),
    live: Effect.map(
      attempt("list live sessions", () => db.select({ ref: session.ref, service: session.service }).from(session).where(alive)),
      (rows) => rows.map(({ ref, service }) => ({ ref: SessionRef.make(ref), service: service as ServiceName }))
    ),
    forget: (at) => forgetLeaves(realm, sessionLeaves, at)
  }
}
