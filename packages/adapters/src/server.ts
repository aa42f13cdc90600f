/**
 * Everything that the product stores, in PostgreSQL: one database for both realms or one for each, and two key vaults on this machine, owned by one process.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Redacted } from "effect/Redacted"
import type { RealmName } from "./database/realmDatabase.ts"
import { postgresDatabase } from "./postgres/connect.ts"
import { claimFolders, type InstallOptions, type Stores, type StoresFailure, storesOver, withVault } from "./stores.ts"

/** Where the databases are, beside what every install has. The data folder holds the control socket alone. */
export interface ServerOptions extends InstallOptions {
  /** The address of each realm's database, `postgres://login:password@host:port/database`; both may be the same. */
  readonly databases: Readonly<Record<RealmName, Redacted>>
}

/** Opens everything, checks that the keys fit the data and that every column is declared, and closes everything with its scope. */
export const server = (options: ServerOptions): Layer.Layer<Stores, StoresFailure> =>
  Layer.effectContext(
    Effect.gen(function*() {
      yield* claimFolders(options)
      const open = (realm: RealmName) => postgresDatabase({ url: options.databases[realm], services: options.services }, realm)
      const [service, custody] = yield* Effect.all([open("service"), open("custody")], { concurrency: 2 })
      // One realm after the other: of several servers that start at once, the one that has the first has the second too.
      return yield* storesOver(yield* withVault(service, options, true), yield* withVault(custody, options, true), options)
    })
  )
