/**
 * The product's own stores over one PostgreSQL database, with vaults in memory, and bugs that a test may plant in any of them.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { accessRegister } from "@fortrolig/adapters/database/accessRegister"
import { consentStore } from "@fortrolig/adapters/database/consentStore"
import { contentStore } from "@fortrolig/adapters/database/contentStore"
import { heldTraces } from "@fortrolig/adapters/database/heldTraces"
import { serviceRealm, vendorRealm } from "@fortrolig/adapters/database/inspection"
import { sessionStore } from "@fortrolig/adapters/database/sessionStore"
import { staffStore } from "@fortrolig/adapters/database/staffStore"
import { triageStore } from "@fortrolig/adapters/database/triageStore"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import { postgresDatabase } from "@fortrolig/adapters/postgres/connect"
import { randomness } from "@fortrolig/adapters/system/randomness"
import type { Policy } from "@fortrolig/core/policy/policy"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"

/** The stores by name, as a planted bug sees them. */
export interface Stores {
  readonly sessions: SessionStore["Service"]
  readonly register: AccessRegister["Service"]
  readonly service: ServiceRealm["Service"]
  readonly vendor: VendorRealm["Service"]
}

/** A bug that a test plants. */
export interface Plant {
  /** SQL that is run on the fresh database. */
  readonly sql?: string
  /** What the stores do differently. */
  readonly stores?: (stores: Stores) => Stores
}

/** Opens everything on the migrated database at `url`. Closes with the scope. */
export const openStores = Effect.fnUntraced(function*(url: string, policies: ReadonlyArray<Policy>, { stores = (all) => all }: Plant) {
  const options = { url: Redacted.make(url), services: policies.map(({ service }) => service), connections: 2 }
  const open = (realm: "service" | "custody") => postgresDatabase(options, realm)
  const [ofService, ofCustody] = yield* Effect.all([open("service"), open("custody")], { concurrency: 2 })
  const [vault, custodyVault] = [vaultMemory(), vaultMemory()]
  const { register, service, sessions, vendor } = stores({
    sessions: sessionStore(ofService, vault),
    register: accessRegister(ofCustody, custodyVault, (plain) => Promise.resolve(plain)),
    service: serviceRealm(ofService),
    vendor: vendorRealm(ofCustody)
  })
  return Context.make(SessionStore, sessions).pipe(
    Context.add(ContentStore, contentStore(ofService, vault)),
    Context.add(ConsentStore, consentStore(ofService, vault)),
    Context.add(TriageStore, triageStore(ofService, vault)),
    Context.add(StaffStore, staffStore(ofService)),
    Context.add(KeyVault, vault),
    Context.add(ServiceRealm, service),
    Context.add(AccessRegister, register),
    Context.add(HeldTraces, heldTraces(ofCustody, custodyVault)),
    Context.add(CustodyVault, custodyVault),
    Context.add(VendorRealm, vendor),
    Context.merge(yield* Effect.scoped(Layer.build(randomness)))
  )
})
