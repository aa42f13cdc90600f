/**
 * Everything that the product stores, with nothing to install: two PostgreSQL folders and two key vaults on this machine, owned by one process.
 */
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { pgliteDatabase } from "./database/pglite.ts"
import type { RealmName } from "./database/realmDatabase.ts"
import { claimFolders, type InstallOptions, type Stores, type StoresFailure, storesOver, withVault } from "./stores.ts"

/** Opens everything, checks that the keys fit the data and that every column is declared, and closes everything with its scope. */
export const embedded = (options: InstallOptions): Layer.Layer<Stores, StoresFailure> =>
  Layer.effectContext(
    Effect.gen(function*() {
      yield* claimFolders(options)
      const open = (realm: RealmName) =>
        Effect.flatMap(pgliteDatabase(join(options.dataFolder, realm), realm, options.services), (database) => withVault(database, options, false))
      const [service, custody] = yield* Effect.all([open("service"), open("custody")], { concurrency: 2 })
      return yield* storesOver(service, custody, options)
    })
  )
