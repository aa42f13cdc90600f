/**
 * Why a database was not opened, as sentences for the person who starts or audits it. A variable is named and never its value.
 */
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Databases } from "@fortrolig/http/databases"

/** What PostgreSQL says by its SQLSTATE when it turns a login away, and what that means where people call the address `name`. */
const awayStates = new Map<string, (name: string) => string>([
  ["28P01", (name) => `PostgreSQL refused the login or the password in ${name}.`],
  ["28000", (name) => `PostgreSQL does not let the login in ${name} in from here.`],
  ["3D000", (name) => `PostgreSQL has no database of the name in ${name}.`],
  ["42501", (name) => `The login in ${name} may not do that in this database.`],
  ["53300", () => "PostgreSQL has no connection left for one more."],
  ["57P03", () => "PostgreSQL is starting or stopping; try again in a moment."]
])

/** The hint that goes with a database that could not be opened; empty where nothing is known. `name` is what people call the address, such as `DATABASE_URL`. */
export const awayHint = ({ cause }: StoreUnavailable, name: string): string => {
  const state = cause instanceof Error ? cause.message.replace("SQLSTATE ", "") : undefined
  if (state === undefined) return ` Is PostgreSQL running, and is ${name} right?`
  const hint = awayStates.get(state)
  return hint === undefined ? "" : ` ${hint(name)}`
}

const variableOf = ({ custody, service }: Databases, realm: "service" | "custody"): string => (realm === "custody" && custody !== service ? "CUSTODY_DATABASE_URL" : "DATABASE_URL")

/** The operations with which a database is opened. */
const preparing = { "prepare the service database": "service", "prepare the custody database": "custody" } as const
const isPreparing = (operation: string): operation is keyof typeof preparing => operation in preparing

/** What is said of a store that could not be opened; `databases` are those of the settings, `undefined` where they are embedded. */
export const awayWords = (problem: StoreUnavailable, databases: Databases | undefined): string => {
  const { operation } = problem
  const hint = databases === undefined || !isPreparing(operation) ? "" : awayHint(problem, variableOf(databases, preparing[operation]))
  return `The store could not be reached or read (${operation}).${hint}`
}

/** What is said of a PostgreSQL whose version is too old. */
export const tooOldWords = ({ found, needed, realm }: { readonly found: string; readonly needed: number; readonly realm: "service" | "custody" }, databases: Databases | undefined): string => {
  const variable = databases === undefined ? "DATABASE_URL" : variableOf(databases, realm)
  return `PostgreSQL ${found} is too old: ${needed} or later is needed. Nothing was changed in it. Bring it up to date, or put the address of a newer one in ${variable}.`
}
