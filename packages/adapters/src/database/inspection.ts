/**
 * The audit's eyes: counts by class and service, read from the tables themselves, and what stands in the database without a declaration.
 */
import type { SQL } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Measured, Need, Realm } from "@fortrolig/core/ports/Inspection"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { live } from "./columns.ts"
import { accessTrace, heldTrace } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import { custodyDeclarations, serviceDeclarations } from "./declarations.ts"
import { and, eq, gt, lte, min, sql } from "./drizzle.ts"
import { hourOf, leafName, leafTables, makeLeaf, standingOf } from "./leaves.ts"
import { correctLedger, raiseLedger } from "./ledger.ts"
import { prove } from "./proof.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"
import { anonymousNote, consent, content, installation, invitation, receipt, session, staffSession, triage } from "./serviceSchema.ts"

/** A set of rows that holds one data class; no deadline where they are about nobody. */
interface Holding {
  readonly dataClass: DataClass
  readonly table: PgTable & { readonly service: PgColumn }
  readonly deleteAt: PgColumn | undefined
  readonly where?: SQL
}

const dated = (dataClass: DataClass, table: PgTable & { readonly service: PgColumn; readonly deleteAt: PgColumn }, where?: SQL): Holding => ({
  dataClass,
  table,
  deleteAt: table.deleteAt,
  ...(where === undefined ? {} : { where })
})

const holdings: Readonly<Record<RealmName, ReadonlyArray<Holding>>> = {
  service: [
    dated("content", content),
    dated("liveSession", session, lte(session.deleteAt, live)),
    dated("endedSession", session, gt(session.deleteAt, live)),
    dated("invitation", invitation),
    dated("staffSession", staffSession),
    dated("triage", triage),
    dated("consent", consent),
    dated("consent", receipt),
    { dataClass: "anonymousNote", table: anonymousNote, deleteAt: undefined }
  ],
  custody: [dated("accessTrace", accessTrace), dated("accessTrace", heldTrace)]
}

/** The service realm's store, inspected. */
export const serviceRealm = (database: RealmDatabase): Realm => realmOver(database)

/** The vendor realm's store, inspected. */
export const vendorRealm = (database: RealmDatabase): Realm => realmOver(database)

/** As the owner, since what belongs to a service that is not served any more is hidden from the stores and still there. */
const realmOver = (database: RealmDatabase): Realm => ({
  measure: (at) => attempt("measure", () => database.asOwner((tx) => measureRealm(tx, database.realm, at))),
  holds: (dataClass, service) => attempt(`look for ${dataClass}`, () => database.asOwner((tx) => holds(tx, holdings[database.realm], dataClass, service))),
  undeclared: attempt("read the schema", () => undeclared(database.db)),
  prove: (at) => prove(database, at),
  raise: (lines) => raiseLedger(database, lines),
  correctLedger: (at) => correctLedger(database, at),
  prepare: (needs) => attempt("make room", () => makeRoom(database, needs))
})

/** Counts of every class that has rows, as far as the role of the transaction sees them. */
export const measureRealm = async (tx: Database, realm: RealmName, at: Instant): Promise<ReadonlyArray<Measured>> => {
  const measured: Array<Measured> = []
  for (const holding of holdings[realm]) measured.push(...(await measure(tx, holding, at)))
  return realm === "service" ? [...summed(measured), ...(await measureInstallation(tx))] : summed(measured)
}

/** Makes the leaves that are needed and do not stand; one look at the catalogue where all of them do. */
const makeRoom = async (database: RealmDatabase, needs: ReadonlyArray<Need>): Promise<void> => {
  const wanted = leafTables[database.realm].flatMap((table) => {
    const hours = new Set(needs.filter(({ dataClass }) => dataClass === table.dataClass).map(({ deleteAt }) => hourOf(deleteAt)))
    return [...hours].map((hour) => ({ table, hour, name: leafName(table, hour) }))
  })
  const stand = await standingOf(database.db, database.realm, wanted.map(({ name }) => name))
  for (const { hour, name, table } of wanted) if (!stand.has(name)) await makeLeaf(database, table, hour)
}

/** Two tables may hold one class of one service. */
const summed = (measured: ReadonlyArray<Measured>): ReadonlyArray<Measured> => {
  const sums = new Map<string, Measured>()
  for (const one of measured) {
    const key = `${one.dataClass} ${one.service}`
    const before = sums.get(key)
    sums.set(key, before === undefined ? one : {
      ...one,
      count: before.count + one.count,
      earliestDeleteAt: earliest(before.earliestDeleteAt, one.earliestDeleteAt),
      overdue: before.overdue + one.overdue
    })
  }
  return [...sums.values()]
}

const earliest = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? a ?? b : a < b ? a : b)

/** What is there about the install itself: it belongs to no service and has no deadline. */
const measureInstallation = async (tx: Database): Promise<ReadonlyArray<Measured>> => [
  { dataClass: "installation", service: null, count: await tx.$count(installation), earliestDeleteAt: null, overdue: 0 }
]

const measure = async (tx: Database, { dataClass, deleteAt, table, where }: Holding, at: Instant): Promise<ReadonlyArray<Measured>> => {
  const { service } = table
  const due = deleteAt === undefined ? sql`false` : and(gt(deleteAt, live), lte(deleteAt, at))
  const rows = await tx
    .select({
      service: sql<string>`${service}`,
      count: sql<number>`count(*)::int`,
      earliest: deleteAt === undefined ? sql<number | null>`null` : min(sql`nullif(${deleteAt}, ${live})`).mapWith(Number),
      overdue: sql<number>`(count(*) filter (where ${due}))::int`
    })
    .from(table)
    .where(and(where))
    .groupBy(service)
    .orderBy(service)
  return rows.map(({ count, earliest: first, overdue, service: name }) => ({
    dataClass,
    service: name as ServiceName,
    count,
    earliestDeleteAt: first as Instant | null,
    overdue
  }))
}

const holds = async (tx: Database, all: ReadonlyArray<Holding>, dataClass: DataClass, service: ServiceName): Promise<boolean> => {
  for (const { table, where } of all.filter((holding) => holding.dataClass === dataClass)) {
    const found = await tx.select({ one: sql<number>`1` }).from(table).where(and(eq(table.service, service), where)).limit(1)
    if (found.length > 0) return true
  }
  return false
}

/** A leaf has the columns of its table, also when it is out of it and not dropped yet. */
const anyLeaf = new RegExp(`^(${Object.entries(leafTables).flatMap(([realm, tables]) => tables.map(({ name }) => `${realm}\\.${name}`)).join("|")})_(?:[0-9]+|live)(?=\\.)`)

/** Columns (`schema.table.column`) that no declaration names, sorted. Both realms may share a database; whoever works in it sees the names of everything, also of what they may not read. */
export const undeclared = async (db: Database): Promise<ReadonlyArray<string>> => {
  const declared = new Map([...serviceDeclarations, ...custodyDeclarations])
  const found = await db
    .select({ name: sql<string>`nspname || '.' || relname || '.' || attname` })
    .from(sql`pg_catalog.pg_attribute
      join pg_catalog.pg_class on pg_class.oid = attrelid
      join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace`)
    .where(sql`attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm', 'f') and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%' and nspname not like 'pg_temp%'`)
  const names = new Set(found.map(({ name }) => name.replace(anyLeaf, "$1")))
  return [...names].filter((name) => !declared.has(name)).sort()
}
