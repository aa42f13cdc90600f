/**
 * postgres.js and its Drizzle driver, loaded as CommonJS like the rest of Drizzle, and told to say nothing.
 */
import { createRequire } from "node:module"
import type { Options, Sql } from "postgres"
import * as Redacted from "effect/Redacted"

const require = createRequire(import.meta.url)
const postgres = require("postgres") as typeof import("postgres")
export const { drizzle } = require("drizzle-orm/postgres-js/driver") as typeof import("drizzle-orm/postgres-js/driver")
export const { migrate } = require("drizzle-orm/postgres-js/migrator") as typeof import("drizzle-orm/postgres-js/migrator")

/** What a connection asks the server for when it starts, by name: a role, what it serves, how long it waits. */
export type Startup = Readonly<Record<string, string>>

/** Everything is named, since what is not is taken from the environment. */
const quiet = {
  max: 1,
  debug: false,
  prepare: true,
  // Nothing here reads or writes an array, and asking for the types of arrays costs every connection a question more.
  fetch_types: false,
  onnotice: () => undefined,
  connect_timeout: 5,
  idle_timeout: 0,
  max_lifetime: null,
  keep_alive: 30
} satisfies Options<Record<never, never>>

/** One connection, made when it is first used. `onLost` is told when it is gone: it must not be used again, since what the driver makes of it then is not sound (porsager/postgres#1208, #1215). */
export const oneConnection = (url: Redacted.Redacted, startup: Startup, onLost: () => void): Sql =>
  postgres(Redacted.value(url), { ...quiet, connection: { application_name: "fortrolig", ...startup }, onclose: onLost })
