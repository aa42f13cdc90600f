import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { consentOf, declined, granted, newReceipt, triageService } from "../contracts/consents.contract.ts"
import { dueAt, newHash, newRef, newStaff, start } from "../contracts/fixtures.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { consentStore } from "./consentStore.ts"
import { attempt } from "./database.ts"
import { pgliteDatabase } from "./pglite.ts"
import { consent, staffSession } from "./serviceSchema.ts"
import { staffStore } from "./staffStore.ts"

const opened = pgliteDatabase(undefined, "service", [triageService])

describe("forgetting what lies in two tables", () => {
  it.live("destroys due consents also when receipts cannot be destroyed, and says that it failed", () =>
    Effect.gen(function*() {
      const realm = yield* opened
      const consents = consentStore(realm, vaultMemory())
      for (const state of [declined(), granted(newReceipt())]) yield* consents.save(consentOf(newRef(), 0, state))
      yield* attempt("take a table away", () => realm.asOwner((tx) => tx.execute("drop table service.receipt")))
      assert.strictEqual((yield* Effect.flip(consents.forget(dueAt)))._tag, "StoreUnavailable")
      assert.strictEqual(yield* attempt("look", () => realm.asOwner((tx) => tx.$count(consent))), 0)
    }).pipe(Effect.scoped), 60_000)

  it.live("destroys due sign-ins also when invitations cannot be destroyed, and says that it failed", () =>
    Effect.gen(function*() {
      const realm = yield* opened
      const staff = staffStore(realm)
      const secret = newHash()
      yield* staff.invite({ secret, service: triageService, deleteAt: dueAt })
      yield* staff.redeem(secret, start, { token: newHash(), staff: newStaff(), deleteAt: dueAt })
      yield* attempt("take a table away", () => realm.asOwner((tx) => tx.execute("drop table service.invitation")))
      assert.strictEqual((yield* Effect.flip(staff.forget(dueAt)))._tag, "StoreUnavailable")
      assert.strictEqual(yield* attempt("look", () => realm.asOwner((tx) => tx.$count(staffSession))), 0)
    }).pipe(Effect.scoped), 60_000)
})
