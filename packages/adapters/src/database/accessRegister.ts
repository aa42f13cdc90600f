/**
 * Access traces in the vendor realm's database: sealed to both custodians, then under a record key that dies with its bucket.
 */
import * as Effect from "effect/Effect"
import type { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import { sealTrace, type SealToCustodians, traceContext } from "../custody/traceSeal.ts"
import { accessTrace } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import { lte } from "./drizzle.ts"

/** The access register over a database, the vendor's vault and the custodians' seal. Registering the same session again changes nothing. */
export const accessRegister = (db: Database, vault: Vault, seal: SealToCustodians): AccessRegister["Service"] => ({
  register: Effect.fnUntraced(function*(trace) {
    const forCustodians = yield* sealTrace(seal, trace)
    const { sealed, wrapped } = yield* vault.sealUntil("accessTrace", trace.deleteAt, forCustodians, traceContext(trace.sessionRef))
    yield* attempt("register an access trace", () =>
      db
        .insert(accessTrace)
        .values({ ref: trace.sessionRef, service: trace.service, deleteAt: trace.deleteAt, wrapped, sealed })
        .onConflictDoNothing())
  }),
  forget: (at) =>
    Effect.map(
      attempt("forget access traces", () => db.delete(accessTrace).where(lte(accessTrace.deleteAt, at)).returning({ ref: accessTrace.ref })),
      ({ length }) => length
    )
})
