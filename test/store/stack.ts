/**
 * Every store of the product over a PostgreSQL that is migrated already, composed as a server composes them, with a gate before every port and before every statement.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { lockPatience, type RealmDatabase, type RealmName } from "@fortrolig/adapters/database/realmDatabase"
import { realmRoles } from "@fortrolig/adapters/database/roles"
import type { OpenVault } from "@fortrolig/adapters/keys/vault"
import { drizzle } from "@fortrolig/adapters/postgres/driver"
import { dropLeaf } from "@fortrolig/adapters/postgres/dropLeaf"
import { makePool, type Pool } from "@fortrolig/adapters/postgres/pool"
import { type Stores, storesOver, type Undeclared } from "@fortrolig/adapters/stores"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { type Gate, gated, openGate, type Trap } from "./trap.ts"

type Sql = Pool["client"]
type TransactionSql = Parameters<Parameters<Sql["begin"]>[1]>[0]

/** The databases of both realms. */
export type Databases = Readonly<Record<RealmName, RealmDatabase>>
/** The vaults of both realms. */
export type Vaults = Readonly<Record<RealmName, OpenVault>>

/** The services whose rows are stored. */
export const services = ["detfinneshjelp", "ifengsel"]

/** What sealed the traces opens nothing here: two custodians whose private keys nobody has kept. */
const custodians = ["age14c0524ljm77th6szt5vu9uwcayqlqhek5z40yfyyplrqpuere9rshe3epw", "age1urhxssjymvytvwxcg8cvgmf0x3n0sac05z8k2kw3y9x2jfxuagmq3zadvj"] as const

/** Both realms in one database, as PostgreSQL's own roles keep them apart. `statements` counts what is asked of it and makes it fail. */
export const databases = (url: Redacted.Redacted, statements?: Trap): Effect.Effect<Databases, never, Scope.Scope> =>
  Effect.gen(function*() {
    const open = (most: number, startup: Record<string, string>) =>
      Effect.acquireRelease(Effect.sync(() => makePool(url, most, startup)), ({ close }) => Effect.promise(close)).pipe(
        Effect.map(({ client }) => drizzle({ client: statements === undefined ? client : trappedClient(client, statements) }))
      )
    const realm = Effect.fnUntraced(function*(name: RealmName) {
      const { app, owner } = realmRoles[name]
      const db = yield* open(6, { "fortrolig.services": services.join(","), role: app })
      const ownerDb = yield* open(1, { role: owner, lock_timeout: String(lockPatience) })
      return { realm: name, db, asOwner: (work) => ownerDb.transaction(work), askOwner: async (statement) => statement(ownerDb), dropLeaf: (parent, leaf) => dropLeaf(ownerDb, name, parent, leaf) } satisfies RealmDatabase
    })
    return { service: yield* realm("service"), custody: yield* realm("custody") }
  })

/** Every store over open databases and vaults. What a server does when it opens them is done, and passes no gate. */
export const stack = (on: Databases, vaults: Vaults, gate: Gate = openGate): Effect.Effect<Context.Context<Stores>, Undeclared | StoreUnavailable> =>
  Effect.gen(function*() {
    let ready = false
    const whenReady: Gate = (name, call) => Effect.suspend(() => (ready ? gate(name, call) : call))
    const [service, custody] = [gated("service vault", vaults.service, whenReady), gated("custody vault", vaults.custody, whenReady)]
    const stores = yield* storesOver(
      { database: on.service, vault: service },
      { database: on.custody, vault: custody },
      { custodians, services, dataFolder: "", keysFolder: "" }
    )
    const through = <Port extends object>(name: string, port: Port): Port => gated(name, port, whenReady)
    ready = true
    return stores.pipe(
      Context.add(SessionStore, through("sessions", Context.get(stores, SessionStore))),
      Context.add(ContentStore, through("contents", Context.get(stores, ContentStore))),
      Context.add(AccessRegister, through("register", Context.get(stores, AccessRegister))),
      Context.add(StaffStore, through("staff", Context.get(stores, StaffStore))),
      Context.add(ServiceRealm, through("service realm", Context.get(stores, ServiceRealm))),
      Context.add(VendorRealm, through("vendor realm", Context.get(stores, VendorRealm))),
      Context.add(ConsentStore, through("consents", Context.get(stores, ConsentStore))),
      Context.add(TriageStore, through("notes", Context.get(stores, TriageStore))),
      Context.add(HeldTraces, through("held", Context.get(stores, HeldTraces)))
    )
  })

/** A client of which every statement and every transaction as a whole can fail, before it is sent or after it was done. */
const trappedClient = (client: Sql, trap: Trap): Sql => {
  const failing = async <A>(name: string, work: () => PromiseLike<A>): Promise<A> => {
    const how = trap.enter(name)
    if (how === "before") throw new Error("the connection is lost")
    const answer = await work()
    if (how === "after") throw new Error("the connection is lost")
    return answer
  }
  const asking = (below: Pick<TransactionSql, "unsafe">) => (query: string, parameters?: Parameters<Sql["unsafe"]>[1]) => {
    let raw = false
    const answer = Promise.resolve().then(() =>
      failing(query, () => {
        const pending = below.unsafe(query, parameters)
        return raw ? pending.values() : pending
      })
    )
    return Object.assign(answer, {
      values: () => {
        raw = true
        return answer
      }
    })
  }
  const within = (tx: TransactionSql) =>
    ({ unsafe: asking(tx), savepoint: (inner: (sql: TransactionSql) => unknown) => tx.savepoint((point) => inner(within(point))) }) as Pick<TransactionSql, "unsafe" | "savepoint"> as TransactionSql
  return {
    options: client.options,
    unsafe: asking(client),
    begin: (work: (tx: TransactionSql) => unknown) => failing("a transaction", () => client.begin((tx) => work(within(tx))))
  } as Pick<Sql, "options" | "unsafe" | "begin"> as Sql
}
