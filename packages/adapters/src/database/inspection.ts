/**
 * The audit's eyes: counts by class and service, read from the tables themselves, and what stands in the database without a declaration.
 */
import type { SQL } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import * as Effect from "effect/Effect"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Measured, Realm } from "@fortrolig/core/ports/Inspection"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { accessTrace } from "./custodySchema.ts"
import { attempt, type Database } from "./database.ts"
import { custodyDeclarations, type Declarations, serviceDeclarations } from "./declarations.ts"
import { and, isNotNull, isNull, lte, min, sql } from "./drizzle.ts"
import { content, installation, invitation, session, staffSession } from "./serviceSchema.ts"

/** A set of rows that holds one data class. */
interface Holding {
  readonly dataClass: DataClass
  readonly table: PgTable
  readonly service: PgColumn
  readonly deleteAt: PgColumn
  readonly where?: SQL
}

const serviceHoldings: ReadonlyArray<Holding> = [
  { dataClass: "content", table: content, service: content.service, deleteAt: content.deleteAt },
  { dataClass: "liveSession", table: session, service: session.service, deleteAt: session.deleteAt, where: isNull(session.deleteAt) },
  { dataClass: "endedSession", table: session, service: session.service, deleteAt: session.deleteAt, where: isNotNull(session.deleteAt) },
  { dataClass: "invitation", table: invitation, service: invitation.service, deleteAt: invitation.deleteAt },
  { dataClass: "staffSession", table: staffSession, service: staffSession.service, deleteAt: staffSession.deleteAt }
]

const custodyHoldings: ReadonlyArray<Holding> = [
  { dataClass: "accessTrace", table: accessTrace, service: accessTrace.service, deleteAt: accessTrace.deleteAt }
]

/** The service realm's store, inspected. */
export const serviceRealm = (db: Database): Realm => {
  const { measure: measureHoldings, undeclared } = realm(db, serviceHoldings, serviceDeclarations)
  return { measure: (at) => Effect.zipWith(measureHoldings(at), measureInstallation(db), (rows, own) => [...rows, ...own]), undeclared }
}

/** The vendor realm's store, inspected. */
export const vendorRealm = (db: Database): Realm => realm(db, custodyHoldings, custodyDeclarations)

const realm = (db: Database, holdings: ReadonlyArray<Holding>, declared: Declarations): Realm => ({
  measure: (at) => Effect.map(Effect.forEach(holdings, (holding) => measure(db, holding, at)), (rows) => rows.flat()),
  undeclared: Effect.map(
    attempt("read the schema", () =>
      db
        .select({ name: sql<string>`case when table_schema = 'public' then '' else table_schema || '.' end || table_name || '.' || column_name` })
        .from(sql`information_schema.columns`)
        .where(sql`table_schema not in ('pg_catalog', 'information_schema')`)),
    (rows) => rows.map(({ name }) => name).filter((name) => !declared.has(name)).sort()
  )
})

/** What is there about the install itself: it belongs to no service and has no deadline. */
const measureInstallation = (db: Database): Effect.Effect<ReadonlyArray<Measured>, StoreUnavailable> =>
  Effect.map(
    attempt("measure installation", () => db.select({ count: sql<number>`count(*)::int` }).from(installation)),
    (rows) => rows.map(({ count }) => ({ dataClass: "installation", service: null, count, earliestDeleteAt: null, overdue: 0 }))
  )

const measure = (db: Database, { dataClass, deleteAt, service, table, where }: Holding, at: Instant): Effect.Effect<ReadonlyArray<Measured>, StoreUnavailable> =>
  Effect.map(
    attempt(`measure ${dataClass}`, () =>
      db
        .select({
          service: sql<string>`${service}`,
          count: sql<number>`count(*)::int`,
          earliest: min(deleteAt).mapWith(Number),
          overdue: sql<number>`(count(*) filter (where ${lte(deleteAt, at)}))::int`
        })
        .from(table)
        .where(and(where))
        .groupBy(service)
        .orderBy(service)),
    (rows) =>
      rows.map(({ count, earliest, overdue, service: name }) => ({
        dataClass,
        service: name as ServiceName,
        count,
        earliestDeleteAt: earliest as Instant | null,
        overdue
      }))
  )
