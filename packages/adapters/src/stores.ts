/**
 * Every port that stores something, over two realms' databases and their key vaults, whichever engine is below.
 */
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { type Realm, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { JoinAudit } from "@fortrolig/core/ports/JoinAudit"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { StoreProfile } from "@fortrolig/core/ports/StoreProfile"
import { Tightening } from "@fortrolig/core/ports/Tightening"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { sealFor } from "./custody/nestedAge.ts"
import { accessRegister } from "./database/accessRegister.ts"
import { consentStore } from "./database/consentStore.ts"
import { contentStore } from "./database/contentStore.ts"
import { heldTraces } from "./database/heldTraces.ts"
import { serviceRealm, vendorRealm } from "./database/inspection.ts"
import { type KeysLost, refuseForeign, refuseKnown, refuseMissing, remember } from "./database/installation.ts"
import { joinAudit } from "./database/joinAudit.ts"
import { profilesOf } from "./database/profile.ts"
import type { RealmDatabase } from "./database/realmDatabase.ts"
import type { RightsMissing } from "./database/roles.ts"
import { liveRefs, sessionStore } from "./database/sessionStore.ts"
import { staffStore } from "./database/staffStore.ts"
import { tightening } from "./database/tighten.ts"
import { anonymousNotes, triageStore } from "./database/triageStore.ts"
import { databaseFolders, folderAround } from "./keys/placement.ts"
import type { OpenVault } from "./keys/vault.ts"
import { vaultExists, vaultFile } from "./keys/vaultFile.ts"
import type { DatabaseTooOld } from "./postgres/version.ts"
import { refuseUndeclaredFiles, type UndeclaredFiles } from "./system/declaredFiles.ts"
import { claim, type FolderOwned } from "./system/owner.ts"

/** The keys folder lies in the data folder, or where PostgreSQL keeps its files on this machine: a copy of the data would hold the keys. */
export class KeysInsideData extends Schema.TaggedError<KeysInsideData>()("KeysInsideData", {}) {}

/** The databases hold tables or columns (`table.column`) that no declaration gives a data class. */
export class Undeclared extends Schema.TaggedError<Undeclared>()("Undeclared", { columns: Schema.Array(Schema.String) }) {}

/** What every install has, whichever engine its databases run on. */
export interface InstallOptions {
  /** Made with mode 0700 when it is missing. */
  readonly dataFolder: string
  /** Holds `service.vault` and `custody.vault`; must not lie inside the data folder. */
  readonly keysFolder: string
  /** The public age recipients of custodian A and custodian B. */
  readonly custodians: readonly [string, string]
  /** The services of this install: the stores see the rows of these and of no other. */
  readonly services: ReadonlyArray<string>
  /** Start although what the lost keys sealed can never be read again. */
  readonly acceptLostKeys?: boolean
}

/** Every port that stores something. */
export type Stores =
  | SessionStore
  | ContentStore
  | ConsentStore
  | TriageStore
  | AnonymousNotes
  | KeyVault
  | CustodyVault
  | AccessRegister
  | HeldTraces
  | StaffStore
  | Tightening
  | ServiceRealm
  | VendorRealm
  | StoreProfile

/** Why the stores could not be opened. */
export type StoresFailure = DatabaseTooOld | FolderOwned | KeysLost | KeysInsideData | RightsMissing | Undeclared | UndeclaredFiles | StoreUnavailable

/** One realm's database and vault, which are each other's. */
export interface OpenRealm {
  readonly database: RealmDatabase
  readonly vault: OpenVault
}

/** Owns both folders until the scope closes. Fails when the keys lie inside the data, before it makes anything, and when either holds what nobody declared. */
export const claimFolders = ({ dataFolder, keysFolder }: InstallOptions): Effect.Effect<void, FolderOwned | KeysInsideData | StoreUnavailable | UndeclaredFiles, Scope.Scope> =>
  Effect.gen(function*() {
    yield* refuseKeysInside(keysFolder, [dataFolder])
    yield* claim(dataFolder, "data")
    yield* claim(keysFolder, "keys")
    yield* refuseUndeclaredFiles({ dataFolder, keysFolder })
  })

/**
 * Opens the vault of a database that is open. Fails with `KeysInsideData` where the database's own files surround it; with `KeysLost` when it is not the one that sealed what the database holds; where the database is `shared`,
 * when it remembers any other vault, since the server that has that one may be storing at this moment.
 */
export const withVault = (
  database: RealmDatabase,
  { acceptLostKeys = false, keysFolder }: InstallOptions,
  shared: boolean
): Effect.Effect<OpenRealm, KeysInsideData | KeysLost | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    yield* refuseKeysInside(keysFolder, yield* databaseFolders(database.db))
    const file = join(keysFolder, `${database.realm}.vault`)
    if (!acceptLostKeys && !(yield* vaultExists(file))) yield* shared ? refuseKnown(database) : refuseMissing(database)
    const vault = yield* vaultFile(file)
    if (!acceptLostKeys) yield* refuseForeign(database, vault)
    yield* remember(database, vault, shared && !acceptLostKeys ? "refused" : "replaced")
    // Closing counts as well: a copy of the vault that was taken while it was open is older from then on.
    yield* Effect.addFinalizer(() => Effect.ignore(remember(database, vault, "refused")))
    return { database, vault }
  })

/** All ports over two open realms, once every column is seen to be declared and every key without a session has ended. */
export const storesOver = (
  service: OpenRealm,
  custody: OpenRealm,
  { custodians }: InstallOptions
): Effect.Effect<Context.Context<Stores>, Undeclared | StoreUnavailable> =>
  Effect.gen(function*() {
    const [ofService, ofCustody] = [service.database, custody.database]
    const realms = { service: serviceRealm(ofService), vendor: vendorRealm(ofCustody) }
    yield* refuseUndeclared([realms.service, realms.vendor])
    const sessions = sessionStore(ofService, service.vault)
    yield* endStrayKeys(ofService, service.vault)
    return Context.make(SessionStore, sessions).pipe(
      Context.add(ContentStore, contentStore(ofService, service.vault)),
      Context.add(KeyVault, service.vault),
      Context.add(CustodyVault, custody.vault),
      Context.add(AccessRegister, accessRegister(ofCustody, custody.vault, (plain) => sealFor(custodians, plain))),
      Context.add(HeldTraces, heldTraces(ofCustody, custody.vault)),
      Context.add(ConsentStore, consentStore(ofService, service.vault)),
      Context.add(TriageStore, triageStore(ofService, service.vault)),
      Context.add(AnonymousNotes, anonymousNotes(ofService)),
      Context.add(Tightening, tightening(service, custody)),
      Context.add(StaffStore, staffStore(ofService)),
      Context.add(ServiceRealm, realms.service),
      // Beside what is promised: only a store with tables has something to look at.
      Context.add(JoinAudit, joinAudit(ofService, [ofCustody])),
      Context.add(StoreProfile, { judged: profilesOf([ofService, ofCustody]) }),
      Context.add(VendorRealm, realms.vendor)
    )
  })

/** A server killed between making a session's key and its row leaves a key that nothing uses. Whoever looks in with other policies ends no key of a service that those do not name. */
const endStrayKeys = (database: RealmDatabase, vault: Vault): Effect.Effect<void, StoreUnavailable> =>
  Effect.gen(function*() {
    const used = yield* liveRefs(database)
    const { live } = yield* vault.inventory
    yield* Effect.forEach(live.filter((ref) => !used.has(ref)), vault.end, { discard: true })
  })

const refuseUndeclared = (realms: ReadonlyArray<Realm>): Effect.Effect<void, Undeclared | StoreUnavailable> =>
  Effect.gen(function*() {
    const columns = (yield* Effect.forEach(realms, ({ undeclared }) => undeclared)).flat()
    if (columns.length > 0) return yield* new Undeclared({ columns })
  })

const refuseKeysInside = (keysFolder: string, folders: ReadonlyArray<string>): Effect.Effect<void, KeysInsideData> =>
  Effect.flatMap(folderAround(keysFolder, folders), (around) => (around === undefined ? Effect.void : Effect.fail(new KeysInsideData())))
