/**
 * Everything that the product's own stores can be asked about the people of a story, over a cluster and the vaults as they are now. The server must be stopped.
 */
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { readCustodians } from "@fortrolig/adapters/custody/custodians"
import { server } from "@fortrolig/adapters/server"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { permit } from "../../packages/adapters/src/contracts/fixtures.contract.ts"
import type { Cluster } from "../support/cluster.ts"
import { hashOf, type Story } from "./postgresStory.ts"
import { databases, type PostgresWorld } from "./postgresWorld.ts"

/** What the stores answered, by question; what they have nothing to say about is left out. `at` is the instant that reads are told, whatever the clock says. */
export const readsOn = async (cluster: Cluster, { install }: PostgresWorld, { heldDeleteAt, receipts, refs, tokens }: Story, at: number): Promise<ReadonlyArray<string>> => {
  const now = Instant.make(at)
  const [service, custody] = databases.map((database) => Redacted.make(cluster.url(database)))
  if (service === undefined || custody === undefined) throw new Error("There are two databases.")
  const reads = Effect.gen(function*() {
    const [sessions, contents, consents, notes, held, staff] = [yield* SessionStore, yield* ContentStore, yield* ConsentStore, yield* TriageStore, yield* HeldTraces, yield* StaffStore]
    const told: Array<string> = []
    for (const text of refs) {
      const ref = SessionRef.make(text)
      if (Option.isSome(yield* sessions.load(ref))) told.push("session")
      if (Option.isSome(yield* contents.lastKeptAt(permit, ref))) told.push("content")
      if (Option.isSome(yield* consents.load(ref, "triage", now))) told.push("consent")
      if (Option.isSome(yield* notes.find(ref, now))) told.push("note")
      if (Option.isSome(yield* held.find(ref, Instant.make(heldDeleteAt)))) told.push("trace")
    }
    for (const hash of receipts) if ((yield* consents.findByReceipt(ReceiptHash.make(hash), now)).length > 0) told.push("receipt")
    for (const token of tokens) if (Option.isSome(yield* staff.find(hashOf(token), now))) told.push("sign-in")
    return told
  })
  return Effect.runPromise(Effect.gen(function*() {
    const custodians = yield* readCustodians(join(install.keys, "custodians.json"))
    const services = [detfinneshjelp, ifengsel].map((policy) => policy.service)
    const stores = server({ dataFolder: install.data, keysFolder: install.keys, custodians, services, databases: { service, custody } })
    return yield* Effect.provide(reads, stores)
  }))
}
