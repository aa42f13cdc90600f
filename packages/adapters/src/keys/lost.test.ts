import { rm } from "node:fs/promises"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { orderHold } from "@fortrolig/core/app/hold"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { Instant } from "@fortrolig/core/kernel/instant"
import { dueAt, justBefore, newRef, service, start } from "../contracts/fixtures.contract.ts"
import { from, named, when } from "../contracts/heldTraces.contract.ts"
import { copiedDatabase } from "../contracts/postgres.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { accessRegister } from "../database/accessRegister.ts"
import { accessTrace } from "../database/custodySchema.ts"
import { heldTraces } from "../database/heldTraces.ts"
import type { RealmDatabase } from "../database/realmDatabase.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import type { OpenVault } from "./vault.ts"
import { vaultFile } from "./vaultFile.ts"

const day = 86_400_000
const orderEnd = Instant.make(dueAt + day)

const stores = (realm: RealmDatabase, vault: OpenVault) => ({
  register: accessRegister(realm, vault, (plain) => Promise.resolve(plain)),
  held: heldTraces(realm, vault),
  vault
})

/** Two traces, one of them held. */
const filled = Effect.fnUntraced(function*(realm: RealmDatabase, vault: OpenVault) {
  const { held, register } = stores(realm, vault)
  const [loose, kept] = [newRef(), newRef()]
  for (const sessionRef of [loose, kept]) yield* register.register({ sessionRef, service, ip: ipAddress("127.0.0.77"), openedAt: start, deleteAt: dueAt })
  yield* orderHold(named(kept), from("case 1", day)).pipe(when({ held }, start))
  return { loose, kept }
})

const database = Effect.flatMap(copiedDatabase, (url) => postgresDatabase({ url, services: [service] }, "custody"))
const rows = ({ db }: RealmDatabase) => Effect.promise(() => db.$count(accessTrace))

describe("what is lost", () => {
  it.effect("with the vault is lost: every trace is gone, rows are counted and swept as ever, and new traces are kept", () =>
    Effect.gen(function*() {
      const [realm, path] = [yield* database, join(yield* temporaryFolder, "custody.vault")]
      const { kept, loose } = yield* Effect.scoped(Effect.flatMap(vaultFile(path), (vault) => filled(realm, vault)))
      yield* Effect.promise(() => rm(path))
      const { held, register, vault } = stores(realm, yield* vaultFile(path))
      for (const ref of [loose, kept]) assert.deepStrictEqual(yield* held.find(ref, dueAt), Option.none())
      assert.deepStrictEqual([yield* rows(realm), yield* held.count], [1, 1])
      const refused = yield* Effect.flip(orderHold(named(loose), from("case 2", day)).pipe(when({ held }, start)))
      assert.strictEqual(refused._tag === "Refused" ? refused.rule : refused._tag, "E-05")

      const later = newRef()
      yield* register.register({ sessionRef: later, service, ip: ipAddress("127.0.0.78"), openedAt: start, deleteAt: dueAt })
      assert.isTrue(Option.isSome(yield* held.find(later, dueAt)))
      yield* vault.destroyDue(justBefore)
      assert.strictEqual(yield* held.forget(justBefore), 1)
      assert.strictEqual((yield* register.forget(justBefore)).count, 0)
      assert.strictEqual(yield* vault.destroyDue(dueAt), 1)
      assert.strictEqual((yield* register.forget(dueAt)).count, 2)
      assert.deepStrictEqual([yield* rows(realm), yield* held.count], [0, 0])
    }))

  it.effect("with the database leaves a vault that opens, whose keys die on time, and that keeps what comes then", () =>
    Effect.gen(function*() {
      const path = join(yield* temporaryFolder, "custody.vault")
      yield* Effect.scoped(Effect.gen(function*() {
        yield* filled(yield* database, yield* vaultFile(path))
      }))
      const { held, register, vault } = stores(yield* database, yield* vaultFile(path))
      const found = yield* vault.inventory
      assert.deepStrictEqual([found.buckets, found.holds.map(({ until }) => until)], [[dueAt], [orderEnd]])
      const ref = newRef()
      yield* register.register({ sessionRef: ref, service, ip: ipAddress("127.0.0.77"), openedAt: start, deleteAt: dueAt })
      assert.isTrue(Option.isSome(yield* held.find(ref, dueAt)))
      assert.strictEqual(yield* vault.destroyDue(justBefore), 0)
      assert.strictEqual(yield* vault.destroyDue(dueAt), 1)
      assert.strictEqual(yield* vault.destroyDue(orderEnd), 1)
      assert.deepStrictEqual([yield* held.forget(orderEnd), (yield* register.forget(orderEnd)).count], [0, 1])
      assert.deepStrictEqual(yield* vault.inventory, { live: [], buckets: [], holds: [] })
    }))
})
