/**
 * Access traces in the vendor realm's database: sealed to both custodians, then under a record key that dies with its bucket.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { sealTrace, type SealToCustodians, traceContext } from "../custody/traceSeal.ts"
import { accessTrace } from "./custodySchema.ts"
import { sql } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { leavesOf, traceLeaves } from "./leaves.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

const operation = "register an access trace"

/** The access register over a database, the vendor's vault and the custodians' seal. Registering the same session again changes nothing. */
export const accessRegister = (realm: RealmDatabase, vault: Vault, seal: SealToCustodians): AccessRegister["Service"] => {
  const leaves = leavesOf(realm, traceLeaves)
  const registerQuery = realm.db
    .insert(accessTrace)
    .values({
      ref: sql.placeholder("ref"),
      service: sql.placeholder("service"),
      wrapped: sql.placeholder("wrapped"),
      sealed: sql.placeholder("sealed"),
      deleteAt: sql.placeholder("deleteAt")
    })
    .onConflictDoNothing()
    .prepare("access_trace_register")
  return {
    register: Effect.fnUntraced(function*({ deleteAt, service, sessionRef: ref, ...rest }) {
      // Room first: where there is none any more, no bucket key may be made either.
      if (!(yield* leaves.ensure(deleteAt))) return yield* new StoreUnavailable({ operation })
      const forCustodians = yield* sealTrace(seal, { deleteAt, service, sessionRef: ref, ...rest })
      const { sealed, wrapped } = yield* vault.sealUntil("accessTrace", deleteAt, forCustodians, traceContext(ref))
      const stored = yield* leaves.store(operation, deleteAt, () => registerQuery.execute({ ref, service, wrapped, sealed, deleteAt }))
      if (Option.isSome(stored)) return
      // Refused, since all of this deadline is destroyed: so is the key that was made for nothing. It is not asked for before, at every opening.
      yield* vault.destroyBucket("accessTrace", deleteAt)
      return yield* new StoreUnavailable({ operation })
    }),
    forget: (at) => forgetLeaves(realm, traceLeaves, at)
  }
}
