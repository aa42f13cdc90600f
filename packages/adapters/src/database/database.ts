/**
 * A Drizzle database as the stores use it, whichever driver is below, and how its failures are told: never with SQL or parameters.
 */
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core"
import * as Effect from "effect/Effect"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"

/** PGlite and postgres.js fit this type. What `execute` answers differs between them, so rows are read with `select`. */
export type Database = PgDatabase<PgQueryResultHKT>

/** Runs a query. Fails with the name of the operation and at most the five characters of the SQLSTATE: a driver's error carries parameters. */
export const attempt = <A>(operation: string, query: () => PromiseLike<A>): Effect.Effect<A, StoreUnavailable> =>
  Effect.tryPromise({ try: async () => query(), catch: (error) => unavailable(operation, error) })

/** The failure of `operation`, stripped of everything that the driver said except its SQLSTATE. */
export const unavailable = (operation: string, error: unknown): StoreUnavailable => {
  const state = sqlState(error)
  return state === undefined ? new StoreUnavailable({ operation }) : new StoreUnavailable({ operation, cause: new Error(`SQLSTATE ${state}`) })
}

/** The SQLSTATE of what a driver threw, wherever it is wrapped; `undefined` when the database said none, as when it could not be reached. Each one has a digit, which the system's own codes of five letters have not. */
export const sqlState = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  if ("code" in error && typeof error.code === "string" && /^(?=.*\d)[0-9A-Z]{5}$/.test(error.code)) return error.code
  return sqlState(error.cause)
}
