/**
 * Every place that this product has: its tables and sealed columns, its files, its cookie, what it keeps in a tab, its figures and its log lines. What is made or opened
 * and does not stand here does not compile, or stops the start.
 */
import type { DataClass } from "../policy/accountability.ts"
import type { Place, PlaceKind } from "./places.ts"

const column = <const Name extends string, const Class extends DataClass>(name: Name, dataClass: Class) => ({ kind: "column", name, dataClass, action: "destroyKey" }) as const
const stateless = <const Kind extends "table" | "file" | "log", const Name extends string>(kind: Kind, name: Name) =>
  ({ kind, name, dataClass: "installation", action: "none" }) as const
const figure = <const Name extends string>(name: Name) => ({ kind: "metric", name, dataClass: "installation", action: "neverKept" }) as const
/** The keys of a class lie in a vault's slots and are overwritten there. */
const keys = <const Name extends string, const Class extends DataClass>(name: Name, dataClass: Class) => ({ kind: "file", name, dataClass, action: "overwrite" }) as const
/** The files of an embedded database hold a class as long as its bytes do: sealed, so that they go with the key. */
const sealedIn = <const Name extends string, const Class extends DataClass>(name: Name, dataClass: Class) => ({ kind: "file", name, dataClass, action: "destroyKey" }) as const
const rowsIn = <const Name extends string, const Class extends DataClass>(name: Name, dataClass: Class) => ({ kind: "file", name, dataClass, action: "delete" }) as const

/** Tables of the service realm and their sealed columns. */
const serviceTables = [
  // The row of a live session becomes that of an ended one, without what was sealed in it.
  { kind: "table", name: "service.session", dataClass: "liveSession", action: "delete" },
  { kind: "table", name: "service.session", dataClass: "endedSession", action: "drop" },
  column("service.session.sealed", "liveSession"),
  { kind: "table", name: "service.content", dataClass: "content", action: "drop" },
  column("service.content.sealed", "content"),
  column("service.content.wrapped", "content"),
  { kind: "table", name: "service.triage", dataClass: "triage", action: "sever" },
  column("service.triage.sealed", "triage"),
  column("service.triage.wrapped", "triage"),
  { kind: "table", name: "service.consent", dataClass: "consent", action: "drop" },
  column("service.consent.sealed", "consent"),
  column("service.consent.wrapped", "consent"),
  { kind: "table", name: "service.receipt", dataClass: "consent", action: "delete" },
  column("service.receipt.sealed", "consent"),
  column("service.receipt.wrapped", "consent"),
  { kind: "table", name: "service.anonymous_note", dataClass: "anonymousNote", action: "none" },
  { kind: "table", name: "service.invitation", dataClass: "invitation", action: "delete" },
  { kind: "table", name: "service.staff_session", dataClass: "staffSession", action: "delete" },
  stateless("table", "service.installation"),
  stateless("table", "service.bucket_ledger"),
  stateless("table", "drizzle.service_migrations")
] as const

/** Tables of the vendor realm and their sealed columns. */
const custodyTables = [
  { kind: "table", name: "custody.access_trace", dataClass: "accessTrace", action: "drop" },
  column("custody.access_trace.sealed", "accessTrace"),
  column("custody.access_trace.wrapped", "accessTrace"),
  { kind: "table", name: "custody.held_trace", dataClass: "accessTrace", action: "delete" },
  column("custody.held_trace.sealed", "accessTrace"),
  column("custody.held_trace.wrapped", "accessTrace"),
  stateless("table", "custody.installation"),
  stateless("table", "custody.bucket_ledger"),
  stateless("table", "drizzle.custody_migrations")
] as const

/** `data` is the data folder, `keys` that of the vaults; `custodians` and `leads` exist in a demonstration only. */
const files = [
  sealedIn("data/service", "content"),
  sealedIn("data/service", "liveSession"),
  sealedIn("data/service", "triage"),
  sealedIn("data/service", "consent"),
  rowsIn("data/service", "endedSession"),
  rowsIn("data/service", "invitation"),
  rowsIn("data/service", "staffSession"),
  { kind: "file", name: "data/service", dataClass: "anonymousNote", action: "none" },
  stateless("file", "data/service"),
  stateless("file", "data/service.making"),
  sealedIn("data/custody", "accessTrace"),
  stateless("file", "data/custody"),
  stateless("file", "data/custody.making"),
  stateless("file", "data/owner.lock"),
  stateless("file", "data/owner.lock-journal"),
  stateless("file", "data/owner.json"),
  stateless("file", "data/control.sock"),
  // The root of a file system of its own holds this folder from the day it is made.
  stateless("file", "data/lost+found"),
  keys("keys/service.vault", "content"),
  keys("keys/service.vault", "liveSession"),
  keys("keys/service.vault", "triage"),
  keys("keys/service.vault", "consent"),
  keys("keys/custody.vault", "accessTrace"),
  stateless("file", "keys/owner.lock"),
  stateless("file", "keys/owner.lock-journal"),
  stateless("file", "keys/owner.json"),
  stateless("file", "keys/custodians.json"),
  stateless("file", "keys/leads.json"),
  stateless("file", "keys/lost+found"),
  stateless("file", "custodians/custodian-a.txt"),
  stateless("file", "custodians/custodian-b.txt"),
  stateless("file", "leads/lead-*.pem")
] as const

/** What browsers keep for the product, and what it says of itself. */
const beside = [
  { kind: "cookie", name: "staff", dataClass: "staffSession", action: "expire" },
  // The tab of a visitor: the resume token, and the conversation under a key of which the server holds half.
  { kind: "browser", name: "f.", dataClass: "content", action: "delete" },
  { kind: "browser", name: "f.", dataClass: "liveSession", action: "delete" },
  // The tab of a counsellor.
  { kind: "browser", name: "c.", dataClass: "content", action: "delete" },
  figure("fortrolig_up_seconds"),
  figure("fortrolig_ready"),
  figure("fortrolig_sweeps_total"),
  figure("fortrolig_failed_sweeps_total"),
  figure("fortrolig_sweep_lateness_seconds"),
  figure("fortrolig_sockets_at_least"),
  stateless("log", "server"),
  stateless("log", "terminal"),
  // A link for staff is shown once to whoever asked for it.
  { kind: "log", name: "terminal", dataClass: "invitation", action: "expire" }
] as const

/** The places of this product, in the order in which pages show them. */
export const productPlaces = [...serviceTables, ...custodyTables, ...files, ...beside] as const satisfies ReadonlyArray<Place>

/** One of the product's own places, as a type: naming another does not compile. */
export type ProductPlace = (typeof productPlaces)[number]
/** The names of the product's places of one kind. */
export type PlaceName<Kind extends PlaceKind> = Extract<ProductPlace, { readonly kind: Kind }>["name"]
/** The classes that a place of the product holds. */
export type ClassAt<Name extends ProductPlace["name"]> = Extract<ProductPlace, { readonly name: Name }>["dataClass"]

/** A folder of an install whose every entry is declared. */
export type DeclaredFolder = "data" | "keys" | "custodians" | "leads"

/** Whether an entry of one of the product's folders is declared, by its name in that folder. */
export const isDeclaredFile = (folder: DeclaredFolder, entry: string): boolean =>
  productPlaces.some(({ kind, name }) => {
    if (kind !== "file") return false
    const [before = "", after] = name.split("*")
    if (after === undefined) return name === `${folder}/${entry}`
    const path = `${folder}/${entry}`
    return path.startsWith(before) && path.endsWith(after) && /^[a-z0-9-]+$/.test(path.slice(before.length, path.length - after.length))
  })
