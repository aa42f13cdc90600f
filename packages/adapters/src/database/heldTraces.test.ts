import { afterAll, beforeAll } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { dueAt, service, start } from "../contracts/fixtures.contract.ts"
import { heldTracesContract, type HeldWorld } from "../contracts/heldTraces.contract.ts"
import { copiedDatabase } from "../contracts/postgres.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { accessRegister } from "./accessRegister.ts"
import { accessTrace, heldTrace } from "./custodySchema.ts"
import { heldTraces } from "./heldTraces.ts"
import { pgliteDatabase } from "./pglite.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

const over = (realm: RealmDatabase): HeldWorld => {
  const vault = vaultMemory()
  const register = accessRegister(realm, vault, (plain) => Promise.resolve(plain))
  return {
    held: heldTraces(realm, vault),
    vault,
    put: (sessionRef) => register.register({ sessionRef, service, ip: ipAddress("127.0.0.77"), openedAt: start, deleteAt: dueAt }),
    inBucket: Effect.promise(async () => (await realm.db.select({ ref: accessTrace.ref }).from(accessTrace)).map(({ ref }) => ref))
  }
}

/** The contract over one database for all of its tests, with nothing in it when each begins. */
const contractOver = (name: string, open: Effect.Effect<RealmDatabase, unknown, Scope.Scope>): void => {
  const scope = Scope.makeUnsafe()
  let opened: RealmDatabase | undefined
  beforeAll(async () => {
    opened = await Effect.runPromise(Scope.provide(open, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  const fresh = Effect.promise(async () => {
    if (opened === undefined) throw new Error("the database is not open")
    await opened.db.delete(heldTrace)
    await opened.db.delete(accessTrace)
    return over(opened)
  })
  heldTracesContract(name, fresh)
}

contractOver("held traces in PGlite", pgliteDatabase(undefined, "custody", [service]))
contractOver("held traces in PostgreSQL", Effect.flatMap(copiedDatabase, (url) => postgresDatabase({ url, services: [service] }, "custody")))
