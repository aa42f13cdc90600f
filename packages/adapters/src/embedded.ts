/**
 * Everything that the product stores, with nothing to install: two PostgreSQL folders and two key vaults on this machine, owned by one process.
 */
import { realpath } from "node:fs/promises"
import { dirname, join, resolve, sep } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { type Realm, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { sealFor } from "./custody/nestedAge.ts"
import { accessRegister } from "./database/accessRegister.ts"
import { contentStore } from "./database/contentStore.ts"
import type { Database } from "./database/database.ts"
import { serviceRealm, vendorRealm } from "./database/inspection.ts"
import { type KeysLost, refuseForeign, refuseMissing, remember } from "./database/installation.ts"
import { pgliteDatabase, type RealmName } from "./database/pglite.ts"
import { sessionStore } from "./database/sessionStore.ts"
import { staffStore } from "./database/staffStore.ts"
import type { OpenVault } from "./keys/vault.ts"
import { vaultExists, vaultFile } from "./keys/vaultFile.ts"
import { claim, type FolderOwned } from "./system/owner.ts"

/** The keys folder is the data folder or lies inside it: a copy of the data would hold the keys. */
export class KeysInsideData extends Schema.TaggedError<KeysInsideData>()("KeysInsideData", {}) {}

/** The databases hold tables or columns (`table.column`) that no declaration gives a data class. */
export class Undeclared extends Schema.TaggedError<Undeclared>()("Undeclared", { columns: Schema.Array(Schema.String) }) {}

/** Where everything is, and to whom access traces are sealed. */
export interface EmbeddedOptions {
  /** Made with mode 0700 when it is missing. */
  readonly dataFolder: string
  /** Holds `service.vault` and `custody.vault`; must not lie inside the data folder. */
  readonly keysFolder: string
  /** The public age recipients of custodian A and custodian B. */
  readonly custodians: readonly [string, string]
  /** Start although what the lost keys sealed can never be read again. */
  readonly acceptLostKeys?: boolean
}

/** Every port that stores something. */
export type Stores = SessionStore | ContentStore | KeyVault | CustodyVault | AccessRegister | StaffStore | ServiceRealm | VendorRealm

/** Why the stores could not be opened. */
export type EmbeddedFailure = FolderOwned | KeysLost | KeysInsideData | Undeclared | StoreUnavailable

/** Opens everything, checks that the keys fit the data and that every column is declared, and closes everything with its scope. */
export const embedded = (options: EmbeddedOptions): Layer.Layer<Stores, EmbeddedFailure> =>
  Layer.effectContext(
    Effect.gen(function*() {
      yield* refuseKeysInside(options)
      yield* claim(options.dataFolder)
      const [service, custody] = yield* Effect.all([openRealm(options, "service"), openRealm(options, "custody")], { concurrency: 2 })
      const realms = { service: serviceRealm(service.db), vendor: vendorRealm(custody.db) }
      yield* refuseUndeclared([realms.service, realms.vendor])
      const sessions = sessionStore(service.db, service.vault)
      yield* endStrayKeys(sessions, service.vault)
      return Context.make(SessionStore, sessions).pipe(
        Context.add(ContentStore, contentStore(service.db, service.vault)),
        Context.add(KeyVault, service.vault),
        Context.add(CustodyVault, custody.vault),
        Context.add(AccessRegister, accessRegister(custody.db, custody.vault, (plain) => sealFor(options.custodians, plain))),
        Context.add(StaffStore, staffStore(service.db)),
        Context.add(ServiceRealm, realms.service),
        Context.add(VendorRealm, realms.vendor)
      )
    })
  )

/** One realm's database and vault, which are each other's. */
const openRealm = (
  { acceptLostKeys = false, dataFolder, keysFolder }: EmbeddedOptions,
  realm: RealmName
): Effect.Effect<{ readonly db: Database; readonly vault: OpenVault }, KeysLost | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const db = yield* pgliteDatabase(join(dataFolder, realm), realm)
    const file = join(keysFolder, `${realm}.vault`)
    if (!acceptLostKeys && !(yield* vaultExists(file))) yield* refuseMissing(db, realm)
    const vault = yield* vaultFile(file)
    if (!acceptLostKeys) yield* refuseForeign(db, realm, vault)
    yield* remember(db, realm, vault)
    // Closing counts as well: a copy of the vault that was taken while it was open is older from then on.
    yield* Effect.addFinalizer(() => Effect.ignore(remember(db, realm, vault)))
    return { db, vault }
  })

/** A server killed between making a session's key and its row leaves a key that nothing uses. */
const endStrayKeys = (sessions: SessionStore["Service"], vault: Vault): Effect.Effect<void, StoreUnavailable> =>
  Effect.gen(function*() {
    const used = new Set((yield* sessions.live).map(({ ref }) => ref))
    const { live } = yield* vault.inventory
    yield* Effect.forEach(live.filter((ref) => !used.has(ref)), vault.end, { discard: true })
  })

const refuseUndeclared = (realms: ReadonlyArray<Realm>): Effect.Effect<void, Undeclared | StoreUnavailable> =>
  Effect.gen(function*() {
    const columns = (yield* Effect.forEach(realms, ({ undeclared }) => undeclared)).flat()
    if (columns.length > 0) return yield* new Undeclared({ columns })
  })

const refuseKeysInside = ({ dataFolder, keysFolder }: EmbeddedOptions): Effect.Effect<void, KeysInsideData> =>
  Effect.gen(function*() {
    const data = yield* Effect.promise(() => real(dataFolder))
    const keys = yield* Effect.promise(() => real(keysFolder))
    if (keys === data || keys.startsWith(data + sep)) return yield* new KeysInsideData()
  })

/** The path without symbolic links, also where its last parts do not exist yet. */
const real = async (path: string): Promise<string> => {
  const whole = resolve(path)
  const parent = dirname(whole)
  return realpath(whole).catch(async () => (parent === whole ? whole : join(await real(parent), whole.slice(parent.length))))
}
