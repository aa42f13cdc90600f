import { existsSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { newRef, waiting } from "./contracts/fixtures.contract.ts"
import { addressOf, asSuperuser, copiedDatabase } from "./contracts/postgres.contract.ts"
import { temporaryInstall } from "./contracts/temporary.contract.ts"
import { server, type ServerOptions } from "./server.ts"

const options = Effect.zipWith(temporaryInstall, copiedDatabase, (install, url): ServerOptions => ({ ...install, databases: { service: url, custody: url } }))
const built = (given: ServerOptions) => Layer.build(Layer.fresh(server(given)))
const opened = (given: ServerOptions) => Effect.scoped(Effect.asVoid(built(given)))
const refused = (given: ServerOptions) => Effect.map(Effect.flip(opened(given)), (failure) => failure._tag)

describe("the stores in PostgreSQL", () => {
  it.effect("have after a restart what they had before", () =>
    Effect.gen(function*() {
      const given = yield* options
      const ref = newRef()
      yield* Effect.provide(SessionStore.use(({ save }) => save({ ref, version: 0, state: waiting() })), Layer.fresh(server(given)))
      assert.deepStrictEqual(
        yield* Effect.provide(SessionStore.use(({ load }) => load(ref)), Layer.fresh(server(given))),
        Option.some({ ref, version: 1, state: waiting() })
      )
    }))

  it.effect("belong to one key vault: another server is refused, by its folders where they are the same, and by its vault where it has one of its own, also while nothing is stored", () =>
    Effect.gen(function*() {
      const given = yield* options
      const { databases } = given
      const another = { ...(yield* temporaryInstall), databases }
      yield* Effect.scoped(Effect.gen(function*() {
        yield* built(given)
        assert.strictEqual(yield* refused({ ...another, keysFolder: given.keysFolder }), "FolderOwned")
        assert.strictEqual(yield* refused({ ...another, dataFolder: given.dataFolder }), "FolderOwned")
        assert.strictEqual(yield* refused(another), "KeysLost")
        assert.isFalse(existsSync(join(another.keysFolder, "service.vault")), "a refused start makes no vault")
      }))
      assert.strictEqual(yield* refused(another), "KeysLost")
      yield* opened(given)
      yield* Effect.promise(() => rm(join(given.keysFolder, "service.vault")))
      assert.strictEqual(yield* refused(given), "KeysLost")
      yield* opened({ ...given, acceptLostKeys: true })
      yield* opened(given)
    }))

  it.effect("refuse keys that lie where PostgreSQL keeps its files, and make none there", () =>
    Effect.gen(function*() {
      const given = yield* options
      const [found] = yield* asSuperuser(given.databases.service, "show data_directory")
      const keysFolder = join(String(found?.["data_directory"]), `keys-${newRef()}`)
      yield* Effect.addFinalizer(() => Effect.promise(() => rm(keysFolder, { recursive: true, force: true })))
      assert.strictEqual(yield* refused({ ...given, keysFolder }), "KeysInsideData")
      assert.isFalse(existsSync(join(keysFolder, "service.vault")))
    }))

  it.effect("go to one of several servers with keys of their own that start at the same moment on an empty database", () =>
    Effect.gen(function*() {
      for (let round = 0; round < 3; round += 1) {
        const { databases } = yield* options
        const installs = yield* Effect.all(Array.from({ length: 3 }, () => temporaryInstall))
        const exits = yield* Effect.all(installs.map((install) => Effect.exit(built({ ...install, databases }))), { concurrency: "unbounded" })
        assert.strictEqual(exits.filter(Exit.isSuccess).length, 1)
        const epochs = yield* asSuperuser(databases.service, "select (select count(*)::int from service.installation) as service, (select count(*)::int from custody.installation) as custody")
        assert.deepStrictEqual(epochs, [{ service: 1, custody: 1 }])
      }
    }))

  it.effect("of the two realms may be reached with two logins, of which neither can read the other's tables", () =>
    Effect.gen(function*() {
      const given = yield* options
      const name = new URL((yield* asSuperuser(given.databases.service, "select 'x://x/' || current_database() as at"))[0]?.["at"] as string).pathname.slice(1)
      const logins = { service: `service_${name}`, custody: `custody_${name}` }
      for (const [login, roles] of [[logins.service, "fortrolig_owner, fortrolig_app"], [logins.custody, "fortrolig_custody_owner, fortrolig_custody"]]) {
        yield* asSuperuser(given.databases.service, `create role ${login} login`)
        yield* asSuperuser(given.databases.service, `grant ${roles} to ${login}`)
      }
      const databases = { service: addressOf(given.databases.service, name, logins.service), custody: addressOf(given.databases.service, name, logins.custody) }
      yield* opened({ ...given, databases })
      for (const [address, table] of [[databases.service, "custody.access_trace"], [databases.custody, "service.session"]] as const) {
        const [right] = yield* asSuperuser(address, `select has_schema_privilege('${table.split(".")[0]}', 'USAGE') as reads`)
        assert.deepStrictEqual(right, { reads: false })
      }
      yield* asSuperuser(given.databases.service, `drop role ${logins.service}, ${logins.custody}`)
    }))
})
