import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { newRef, service, waiting } from "../contracts/fixtures.contract.ts"
import { sessionStoreContract } from "../contracts/sessionStore.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { attempt } from "./database.ts"
import { eq } from "./drizzle.ts"
import { pgliteDatabase } from "./pglite.ts"
import { stateContext } from "./sealedState.ts"
import { session } from "./serviceSchema.ts"
import { sessionStore } from "./sessionStore.ts"

sessionStoreContract("the embedded stores", temporaryStores)
sessionStoreContract("the stores in PostgreSQL", temporaryPostgres)

it.live("a session whose state cannot be read is as good as none, is live until it ends, and can be ended; a table that is away is a failure", () =>
  Effect.gen(function*() {
    const realm = yield* pgliteDatabase(undefined, "service", [service])
    const vault = vaultMemory()
    const sessions = sessionStore(realm, vault)
    const [broken, whole] = [newRef(), newRef()]
    yield* Effect.forEach([broken, whole], (ref) => sessions.save({ ref, version: 0, state: waiting() }))
    const sealed = yield* vault.seal(broken, Buffer.from("{}"), stateContext(broken))
    yield* attempt("break a session", () => realm.asOwner((tx) => tx.update(session).set({ sealed }).where(eq(session.ref, broken))))
    assert.deepStrictEqual(yield* sessions.load(broken), Option.none())
    assert.isTrue(Option.isSome(yield* sessions.load(whole)))
    assert.deepStrictEqual(new Set((yield* sessions.live).map(({ ref }) => ref)), new Set([broken, whole]))
    yield* sessions.end(broken, service, waiting().openedAt)
    assert.deepStrictEqual((yield* sessions.live).map(({ ref }) => ref), [whole])
    yield* attempt("take the table away", () => realm.asOwner((tx) => tx.execute("drop table service.session")))
    assert.strictEqual((yield* Effect.flip(sessions.load(whole)))._tag, "StoreUnavailable")
  }).pipe(Effect.scoped), 60_000)
