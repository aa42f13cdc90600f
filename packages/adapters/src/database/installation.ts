/**
 * Whether a vault is the one that sealed a database: epoch and generation stand in both.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { OpenVault } from "../keys/vault.ts"
import { accessTrace, heldTrace, installation as custodyInstallation } from "./custodySchema.ts"
import { attempt } from "./database.ts"
import { sql } from "./drizzle.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { consent, content, installation as serviceInstallation, receipt, session, triage } from "./serviceSchema.ts"

/** The keys beside a database that holds something are missing, older than it, or of another install: what they sealed cannot be read any more. */
export class KeysLost extends Schema.TaggedError<KeysLost>()("KeysLost", { realm: Schema.Literals(["service", "custody"]) }) {}

/** What a database remembers of its vault. */
interface Remembered {
  readonly epoch: string
  readonly generation: number
}

const tables = {
  service: { installation: serviceInstallation, sealed: [session, content, consent, triage, receipt] },
  custody: { installation: custodyInstallation, sealed: [accessTrace, heldTrace] }
} as const

const remembered = ({ db, realm }: RealmDatabase): Effect.Effect<Remembered | undefined, StoreUnavailable> =>
  Effect.map(attempt("read the installation", () => db.select().from(tables[realm].installation)), ([row]) => row)

/** As the owner: rows of a service that is not served any more are hidden from the stores, and sealed all the same. */
const isEmpty = ({ asOwner, realm }: RealmDatabase): Effect.Effect<boolean, StoreUnavailable> =>
  attempt("read the installation", () =>
    asOwner(async (tx) => {
      for (const table of tables[realm].sealed) {
        const found = await tx.select({ one: sql`1` }).from(table).limit(1)
        if (found.length > 0) return false
      }
      return true
    }))

/** What to do where the database remembers another vault: replace it, or refuse. */
export type Others = "replaced" | "refused"

/** Raises the vault's generation and has the database remember it. Several servers may do so at once: where others are refused, the first wins and the rest fail with `KeysLost`. */
export const remember = ({ db, realm }: RealmDatabase, vault: OpenVault, others: Others): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    const generation = yield* vault.advance
    const { installation } = tables[realm]
    const taken = yield* attempt("remember the key vault", () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`lock table ${installation} in exclusive mode`)
        const known = await tx.select({ epoch: installation.epoch }).from(installation)
        if (others === "refused" && known.some(({ epoch }) => epoch !== vault.epoch)) return true
        await tx.delete(installation)
        await tx.insert(installation).values({ epoch: vault.epoch, generation })
        return false
      }))
    if (taken) return yield* new KeysLost({ realm })
  })

/** Fails with `KeysLost` before a missing vault is made beside a database that remembers one: the server that has it may be storing at this moment, also where nothing is stored yet. */
export const refuseKnown = (database: RealmDatabase): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    if ((yield* remembered(database)) !== undefined) return yield* new KeysLost({ realm: database.realm })
  })

/** Fails with `KeysLost` before a missing vault is made anew beside a database that holds something. */
export const refuseMissing = (database: RealmDatabase): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    if (!(yield* isEmpty(database))) return yield* new KeysLost({ realm: database.realm })
  })

/** Fails with `KeysLost` when the vault is not the one that the database remembers, or an older copy of it, and the database holds something. */
export const refuseForeign = (database: RealmDatabase, vault: OpenVault): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    const known = yield* remembered(database)
    if (known !== undefined && known.epoch === vault.epoch && known.generation <= vault.generation()) return
    yield* refuseMissing(database)
  })
