/**
 * Where PostgreSQL is, as the environment says. An address holds a password: it is checked here, handed on redacted, and never shown.
 */
import * as Redacted from "effect/Redacted"

/** The address of each realm's database. The two are equal where the vendor realm has none of its own. */
export interface Databases {
  readonly service: Redacted.Redacted
  readonly custody: Redacted.Redacted
}

/** What may be shown of a database: its host and name, and whether the connection is encrypted. */
export interface DatabasePlace {
  readonly host: string
  readonly name: string
  readonly encrypted: boolean
}

/** What is wrong with the addresses: the variable, and a sentence that never repeats its value. */
export interface BadAddress {
  readonly variable: "DATABASE_URL" | "CUSTODY_DATABASE_URL"
  readonly says: string
}

const modes: ReadonlyArray<string | null> = ["disable", "prefer", "require", "verify-full"]
const addressWords = "must be the address of a PostgreSQL database, such as postgres://login:password@host:5432/name, with no option but sslmode (disable, prefer, require or verify-full)"

/** Whether it names host and database, and sets nothing else: an option could take away the role that a connection works as. */
const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== "postgres:" && url.protocol !== "postgresql:") || !/^[^,]+$/.test(url.hostname) || url.hash !== "") return false
  return /^\/[^/]+$/.test(url.pathname) && [...url.searchParams].every(([name, mode]) => name === "sslmode" && modes.includes(mode)) && decodes(text)
}

const decodes = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== ""
  } catch {
    return false
  }
}

/** The databases that the two variables name; `undefined` where neither is set, and the embedded ones are used. */
export const databasesOf = (service: Redacted.Redacted | undefined, custody: Redacted.Redacted | undefined): Databases | undefined | BadAddress => {
  if (service === undefined) return custody === undefined ? undefined : { variable: "CUSTODY_DATABASE_URL", says: "is set, but DATABASE_URL is not. Set both, or neither" }
  if (!isAddress(Redacted.value(service))) return { variable: "DATABASE_URL", says: addressWords }
  if (custody !== undefined && !isAddress(Redacted.value(custody))) return { variable: "CUSTODY_DATABASE_URL", says: addressWords }
  return { service, custody: custody ?? service }
}

/** What may be shown of an address that was checked. */
export const placeOf = (address: Redacted.Redacted): DatabasePlace => {
  const url = new URL(Redacted.value(address))
  const mode = url.searchParams.get("sslmode")
  return { host: url.hostname, name: decodeURIComponent(url.pathname.slice(1)), encrypted: mode === "require" || mode === "verify-full" }
}

/** Whether the vendor realm is reached with a login of its own, or is another PostgreSQL. */
export const hasOwnLogin = ({ custody, service }: Databases): boolean => {
  const [one, other] = [service, custody].map((address) => new URL(Redacted.value(address)))
  return one?.username !== other?.username || one?.host !== other?.host
}
