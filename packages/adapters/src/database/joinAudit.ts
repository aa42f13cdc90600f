/**
 * The join audit over the databases themselves: what the catalogue says an anonymous note has, and whether any identifier in any table is or gives its id.
 */
import type { SQL } from "drizzle-orm"
import * as Effect from "effect/Effect"
import { ConsentPurpose } from "@fortrolig/core/consent/messages"
import { TriageFields } from "@fortrolig/core/consent/triageFields"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import { after, type Instant, type Period } from "@fortrolig/core/kernel/instant"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { JoinAudit, Joins } from "@fortrolig/core/ports/JoinAudit"
import { attempt, type Database } from "./database.ts"
import { getTableColumns, sql } from "./drizzle.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { anonymousNote, consent, receipt, triage } from "./serviceSchema.ts"

/** Ids that one query is held against; they are random and about nobody. */
const chunk = 5000
const sealed = new Set(["sealed", "wrapped"])

/** The audit over the service realm and, where there is a login for it, the vendor realm. */
export const joinAudit = (service: RealmDatabase, others: ReadonlyArray<RealmDatabase>): JoinAudit["Service"] => ({
  find: (at, traces) =>
    Effect.gen(function*() {
      const own = yield* attempt("audit anonymous notes", () => service.asOwner((tx) => inService(tx, at, traces)))
      const found = yield* Effect.forEach([service, ...others], (realm) => identifiersIn(realm, own.ids))
      const { ids, ...rest } = own
      return {
        ...rest,
        notes: ids.length,
        identifiers: found.reduce((sum, { columns }) => sum + columns, 0),
        linked: found.reduce((sum, { linked }) => sum + linked, 0)
      } satisfies Joins
    })
})

const inService = async (tx: Database, at: Instant, traces: ReadonlyMap<ServiceName, Period>) => {
  const ids = await tx.select({ id: anonymousNote.id }).from(anonymousNote)
  return {
    ids: ids.map(({ id }) => id),
    strange: await strangeIn(tx),
    openText: await count(tx, sql`service.anonymous_note where not (${closed})`),
    overdue: await dated(tx, (table) => sql`${table} where delete_at <= ${at}`),
    apart: await count(
      tx,
      sql`${triage} t where not exists (select from ${consent} c where c.ref = t.ref and c.purpose = 'triage' and c.delete_at = t.delete_at and c.service = t.service)`
    ),
    outliving: await dated(tx, (table) => sql`${table} where delete_at > ${latest(at, traces)}`)
  }
}

const count = async (tx: Database, from: SQL): Promise<number> => {
  const [found] = await tx.select({ count: sql<number>`count(*)::int` }).from(from)
  return found?.count ?? 0
}

const dated = async (tx: Database, from: (table: SQL) => SQL): Promise<number> => {
  let sum = 0
  for (const table of [consent, triage, receipt]) sum += await count(tx, from(sql`${table}`))
  return sum
}

/** The latest deadline that the trace of a session of this row's service can have. */
const latest = (at: Instant, traces: ReadonlyMap<ServiceName, Period>): SQL => {
  const cases = [...traces].map(([name, period]) => sql`when service = ${name} then ${String(after(at, period))}::bigint`)
  return cases.length === 0 ? sql`0` : sql`case ${sql.join(cases, sql` `)} else 0 end`
}

/** Columns that nobody declared, constraints that refer to or from the table, and triggers on it. */
const strangeIn = async (tx: Database): Promise<ReadonlyArray<string>> => {
  const known = new Set(Object.values(getTableColumns(anonymousNote)).map(({ name }) => `column ${name}`))
  const table = sql`'service.anonymous_note'::regclass`
  const found = await tx.select({ name: sql<string>`name` }).from(sql`(
    select 'column ' || attname as name from pg_attribute where attrelid = ${table} and attnum > 0 and not attisdropped
    union all select 'constraint ' || conname from pg_constraint where contype = 'f' and ${table} in (conrelid, confrelid)
    union all select 'trigger ' || tgname from pg_trigger where tgrelid = ${table} and not tgisinternal
    union all select 'index ' || indexrelid::regclass from pg_index where indrelid = ${table} and not indisprimary
  ) as of_the_table`)
  return found.map(({ name }) => name).filter((name) => !known.has(name)).sort()
}

const oneOf = (literals: ReadonlyArray<string>): string => `(?:${literals.join("|")})`
const codes = Object.entries(TriageFields.fields).map(([key, { literals }]) => `"${key}":"${oneOf(literals)}"`).join(",")
const purpose = oneOf(ConsentPurpose.literals.filter((literal) => literal !== "treatment"))
const closed = sql`period ~ '^[0-9]{4}-(?:W[0-9]{2}|[0-9]{2}|Q[1-4])$' and purposes ~ ${`^${purpose}(?:,${purpose})*$`} and fields ~ ${`^[{]${codes}[}]$`}`

/** Every way in which an id could be made of what a column holds: the same, turned round, a part of it, or a hash of it. */
const derived = (column: SQL, type: string): ReadonlyArray<SQL> => {
  const bytes = type === "uuid" ? sql`uuid_send(${column})` : column
  const hex = sql`encode(${bytes}, 'hex')`
  return [
    sql`left(${hex}, 32)`,
    sql`right(${hex}, 32)`,
    sql`reverse(left(${hex}, 32))`,
    sql`md5(${bytes})`,
    sql`md5(${hex})`,
    sql`left(encode(sha256(${bytes}), 'hex'), 32)`,
    sql`left(encode(sha256(convert_to(${hex}, 'UTF8')), 'hex'), 32)`,
    ...(type === "uuid" ? [sql`md5(${column}::text)`, sql`left(encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex'), 32)`] : [])
  ]
}

/** How many columns of one realm hold references, hashes or the like, and how many of their values are or give one of the ids. */
const identifiersIn = (realm: RealmDatabase, ids: ReadonlyArray<string>): Effect.Effect<{ readonly columns: number; readonly linked: number }, StoreUnavailable> =>
  attempt("audit identifiers", () =>
    realm.asOwner(async (tx) => {
      const named = await tx
        .select({ table: sql<string>`relname`, column: sql<string>`attname`, type: sql<string>`format_type(atttypid, null)` })
        .from(sql`pg_attribute join pg_class c on c.oid = attrelid`)
        .where(sql`relnamespace = ${realm.realm}::regnamespace and relkind in ('r', 'p') and not relispartition and attnum > 0 and not attisdropped
          and atttypid in ('uuid'::regtype, 'bytea'::regtype) and relname <> 'anonymous_note'`)
      const columns = named.filter(({ column }) => !sealed.has(column))
      let linked = 0
      for (let from = 0; from < ids.length; from += chunk) {
        const held = ids.slice(from, from + chunk).map((id) => id.replaceAll("-", "")).join(",")
        for (const { column, table, type } of columns) {
          const some = sql.join(derived(sql`${sql.identifier(column)}`, type).map((way) => sql`${way} = any(string_to_array(${held}, ','))`), sql` or `)
          linked += await count(tx, sql`${sql.identifier(realm.realm)}.${sql.identifier(table)} where ${some}`)
        }
      }
      return { columns: columns.length, linked }
    }))
