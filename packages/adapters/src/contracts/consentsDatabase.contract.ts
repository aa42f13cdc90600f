/**
 * The stores of consents and notes over a database, for their contracts.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { consentStore } from "../database/consentStore.ts"
import { pgliteDatabase } from "../database/pglite.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { anonymousNotes, triageStore } from "../database/triageStore.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { randomness } from "../system/randomness.ts"
import { triageService } from "./consents.contract.ts"
import { copiedDatabase } from "./postgres.contract.ts"

/** The stores over a realm's database. */
export const consentsIn = (realm: RealmDatabase, vault: Vault = vaultMemory()) =>
  Context.make(ConsentStore, consentStore(realm, vault)).pipe(
    Context.add(TriageStore, triageStore(realm, vault)),
    Context.add(AnonymousNotes, anonymousNotes(realm)),
    Context.add(KeyVault, vault)
  )

/** The stores over PostgreSQL in this process, in memory. */
export const consentsInPglite = Layer.merge(
  randomness,
  Layer.effectContext(Effect.map(pgliteDatabase(undefined, "service", [triageService]), (realm) => consentsIn(realm)))
)

/** The stores in a database of their own on the PostgreSQL of this test project. */
export const consentsInPostgres = Layer.merge(
  randomness,
  Layer.effectContext(
    Effect.gen(function*() {
      const realm = yield* postgresDatabase({ url: yield* copiedDatabase, services: [triageService] }, "service")
      return consentsIn(realm)
    })
  )
)
