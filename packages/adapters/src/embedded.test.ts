import { copyFile, readdir, rm, symlink, writeFile } from "node:fs/promises"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import { sql } from "drizzle-orm"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { ServiceRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { newRef, start, waiting } from "./contracts/fixtures.contract.ts"
import { temporaryInstall } from "./contracts/temporary.contract.ts"
import { pgliteDatabase } from "./database/pglite.ts"
import { embedded } from "./embedded.ts"
import type { InstallOptions, Stores, StoresFailure } from "./stores.ts"

/** Opens everything, works, and closes everything again. */
const during = <A, E>(given: InstallOptions, work: Effect.Effect<A, E, Stores>): Effect.Effect<A, E | StoresFailure> =>
  Effect.provide(work, Layer.fresh(embedded(given)))

const opened = SessionStore.use(({ save }) => {
  const ref = newRef()
  return Effect.as(save({ ref, version: 0, state: waiting() }), ref)
})

describe("the embedded stores", () => {
  it.effect("have after a restart what they had before", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const ref = yield* during(given, opened)
      assert.deepStrictEqual(
        yield* during(given, SessionStore.use(({ load }) => load(ref))),
        Option.some({ ref, version: 1, state: waiting() })
      )
    }), 60_000)

  it.effect("count what they hold about the install itself: one row, about nobody, that no deadline ends", () =>
    Effect.gen(function*() {
      const measured = yield* during(yield* temporaryInstall, ServiceRealm.use(({ measure }) => measure(start)))
      assert.deepStrictEqual(measured, [{ dataClass: "installation", service: null, count: 1, earliestDeleteAt: null, overdue: 0 }])
    }), 60_000)

  it.effect("belong to one owner at a time", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const failure = yield* during(given, Effect.flip(Layer.build(Layer.fresh(embedded(given))).pipe(Effect.scoped)))
      assert.strictEqual(failure._tag === "FolderOwned" ? failure.pid : failure._tag, process.pid)
    }), 60_000)

  it.effect("refuse keys inside the data folder, also through a link, and make nothing", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const link = join(given.dataFolder, "..", "link")
      for (const keysFolder of [given.dataFolder, join(given.dataFolder, "keys"), join(given.dataFolder, "..", "data", "a", "b")]) {
        assert.strictEqual((yield* Effect.flip(during({ ...given, keysFolder }, Effect.void)))._tag, "KeysInsideData")
      }
      yield* Effect.promise(() => symlink(given.dataFolder, link))
      assert.isFalse(existsSync(given.dataFolder))
      yield* during(given, Effect.void)
      assert.strictEqual((yield* Effect.flip(during({ ...given, keysFolder: join(link, "keys") }, Effect.void)))._tag, "KeysInsideData")
    }), 60_000)

  it.effect("refuse to start beside lost, foreign or older keys, and start when the loss is accepted", () =>
    Effect.gen(function*() {
      const [given, other] = [yield* temporaryInstall, yield* temporaryInstall]
      const vault = join(given.keysFolder, "service.vault")
      const [aside, current] = [join(given.keysFolder, "..", "aside"), join(given.keysFolder, "..", "current")]
      const lost = Effect.map(Effect.flip(during(given, Effect.void)), (failure) => (failure._tag === "KeysLost" ? failure.realm : failure._tag))
      const ref = yield* during(given, Effect.tap(opened, () => Effect.promise(() => copyFile(vault, aside))))
      yield* Effect.promise(() => copyFile(vault, current))

      yield* Effect.promise(() => copyFile(aside, vault))
      assert.strictEqual(yield* lost, "service", "an older copy, taken while the server ran")

      yield* during(other, Effect.void)
      yield* Effect.promise(() => copyFile(join(other.keysFolder, "service.vault"), vault))
      assert.strictEqual(yield* lost, "service", "another install's vault")

      yield* Effect.promise(() => rm(vault))
      assert.strictEqual(yield* lost, "service", "no vault")
      assert.isFalse(existsSync(vault), "a refused start makes no vault")

      yield* Effect.promise(() => copyFile(current, vault))
      assert.isTrue(Option.isSome(yield* during(given, SessionStore.use(({ load }) => load(ref)))), "the right vault put back")

      yield* Effect.promise(() => rm(vault))
      const accepted = yield* during({ ...given, acceptLostKeys: true }, SessionStore.use(({ live, load }) => Effect.all([load(ref), live])))
      assert.deepStrictEqual(accepted[0], Option.none())
      assert.strictEqual(accepted[1].length, 1)
      yield* during(given, Effect.void)
    }), 120_000)

  it.effect("make new keys without a word beside a database that holds nothing", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      yield* during(given, Effect.void)
      yield* Effect.promise(() => rm(given.keysFolder, { recursive: true }))
      yield* during(given, Effect.void)
    }), 60_000)

  it.effect("refuse a table or column that no declaration names", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      yield* during(given, Effect.void)
      yield* Effect.scoped(Effect.gen(function*() {
        const { asOwner, db } = yield* pgliteDatabase(join(given.dataFolder, "service"), "service", given.services)
        yield* Effect.promise(() => asOwner((tx) => tx.execute(sql`alter table service.session add column note text`)))
        yield* Effect.promise(() => db.execute(sql`set role postgres`))
        yield* Effect.promise(() => db.execute(sql`create schema elsewhere create table log (line text)`))
      }))
      const failure = yield* Effect.flip(during(given, Effect.void))
      assert.deepStrictEqual(failure._tag === "Undeclared" ? failure.columns : failure._tag, ["elsewhere.log.line", "service.session.note"])
    }), 60_000)

  it.effect("end a key that a killed server left without a session, and keep the keys of sessions", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const used = yield* during(given, Effect.tap(opened, () => KeyVault.use(({ begin }) => begin(newRef()))))
      const inventory = yield* during(given, KeyVault.use((vault) => vault.inventory))
      assert.deepStrictEqual(inventory.live, [used])
    }), 60_000)

  it.effect("keep the keys of a service that somebody who looks in does not serve", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const ref = yield* during(given, opened)
      yield* during({ ...given, services: ["another"] }, Effect.void)
      assert.isTrue(Option.isSome(yield* during(given, SessionStore.use(({ load }) => load(ref)))))
    }), 60_000)

  it.effect("make a folder anew whose making was cut short", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      yield* during(given, Effect.void)
      yield* Effect.promise(async () => {
        await rm(join(given.dataFolder, "service", "global"), { recursive: true })
        await writeFile(join(given.dataFolder, "service.making"), "")
      })
      yield* during(given, opened)
      assert.notInclude(yield* Effect.promise(() => readdir(given.dataFolder)), "service.making")
    }), 60_000)

  it.effect("tell of a failure without saying what was asked", () =>
    Effect.gen(function*() {
      const given = yield* temporaryInstall
      const context = yield* Layer.build(embedded(given))
      const sessions = Context.get(context, SessionStore)
      const ref = newRef()
      const database = yield* pgliteDatabase(undefined, "service", given.services)
      yield* Effect.promise(() => database.asOwner((tx) => tx.execute(sql`drop table service.session`)))
      const { sessionStore } = yield* Effect.promise(() => import("./database/sessionStore.ts"))
      const broken = sessionStore(database, Context.get(context, KeyVault))
      for (const failure of [yield* Effect.flip(broken.load(ref)), yield* Effect.flip(broken.save({ ref, version: 0, state: waiting() }))]) {
        assert.strictEqual(failure._tag, "StoreUnavailable")
        const told = inspect(failure, { depth: 20 }) + JSON.stringify(failure)
        assert.include(told, "42P01")
        for (const secret of [ref, "select", "insert", "params", "ifengsel"]) assert.notInclude(told, secret)
      }
      assert.notInclude((yield* Context.get(context, KeyVault).inventory).live, ref)
      assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
    }), 60_000)
})
