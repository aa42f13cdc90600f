/**
 * Whether a vault is the one that sealed a database: epoch and generation stand in both.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { OpenVault } from "../keys/vault.ts"
import { installation as custodyInstallation, accessTrace } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import type { RealmName } from "./pglite.ts"
import { content, installation as serviceInstallation, session } from "./serviceSchema.ts"

/** The keys beside a database that holds something are missing, older than it, or of another install: what they sealed cannot be read any more. */
export class KeysLost extends Schema.TaggedError<KeysLost>()("KeysLost", { realm: Schema.Literals(["service", "custody"]) }) {}

/** What a database remembers of its vault. */
interface Remembered {
  readonly epoch: string
  readonly generation: number
}

const tables = {
  service: { installation: serviceInstallation, sealed: [session, content] },
  custody: { installation: custodyInstallation, sealed: [accessTrace] }
} as const

const remembered = (db: Database, realm: RealmName): Effect.Effect<Remembered | undefined, StoreUnavailable> =>
  Effect.map(attempt("read the installation", () => db.select().from(tables[realm].installation)), ([row]) => row)

const isEmpty = (db: Database, realm: RealmName): Effect.Effect<boolean, StoreUnavailable> =>
  Effect.map(
    Effect.forEach(tables[realm].sealed, (table) => attempt("read the installation", () => db.$count(table))),
    (counts) => counts.every((count) => count === 0)
  )

/** Raises the vault's generation and has the database remember it. */
export const remember = (db: Database, realm: RealmName, vault: OpenVault): Effect.Effect<void, StoreUnavailable> =>
  Effect.gen(function*() {
    const generation = yield* vault.advance
    const { installation } = tables[realm]
    yield* attempt("remember the key vault", () =>
      db.transaction(async (tx) => {
        await tx.delete(installation)
        await tx.insert(installation).values({ epoch: vault.epoch, generation })
      }))
  })

/** Fails with `KeysLost` before a missing vault is made anew beside a database that holds something. */
export const refuseMissing = (db: Database, realm: RealmName): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    if (!(yield* isEmpty(db, realm))) return yield* new KeysLost({ realm })
  })

/** Fails with `KeysLost` when the vault is not the one that the database remembers, or an older copy of it, and the database holds something. */
export const refuseForeign = (db: Database, realm: RealmName, vault: OpenVault): Effect.Effect<void, KeysLost | StoreUnavailable> =>
  Effect.gen(function*() {
    const known = yield* remembered(db, realm)
    if (known !== undefined && known.epoch === vault.epoch && known.generation <= vault.generation()) return
    yield* refuseMissing(db, realm)
  })
