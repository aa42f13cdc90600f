/**
 * Asks PostgreSQL for the facts of its profile: the catalogue and the settings, in one transaction that writes nothing. What the login may not see stays unseen.
 */
import type { SQL } from "drizzle-orm"
import type * as Effect from "effect/Effect"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { productPlaces } from "@fortrolig/core/retention/productPlaces"
import { attempt, type Database, sqlState } from "./database.ts"
import { sql } from "./drizzle.ts"
import type { ClusterFacts, PolicyFacts, RoleFacts, SchemaFacts, Seen, SetApart, TableFacts } from "./profileFacts.ts"
import type { RealmName } from "./realmDatabase.ts"
import { realmRoles } from "./roles.ts"

/** No right; no such table, column, function or role; not supported here: a fact that stays unseen. Anything else means that the store is away. */
const invisible = new Set(["42501", "42P01", "42703", "42883", "42704", "0A000", "3F000"])

/** One question, in a savepoint of its own, so that one that is refused does not spoil the next. */
const seen = async <Fact>(tx: Database, question: (tx: Database) => PromiseLike<Fact>): Promise<Seen<Fact>> => {
  try {
    return await tx.transaction(async (inner) => question(inner))
  } catch (error) {
    if (invisible.has(sqlState(error) ?? "")) return undefined
    throw error
  }
}

const names = (tx: Database, what: SQL, from: SQL, where: SQL): Promise<Seen<ReadonlyArray<string>>> =>
  seen(tx, async (inner) => (await inner.select({ name: sql<string>`${what}` }).from(from).where(where).orderBy(sql`1`)).map(({ name }) => name))

const one = async <Fact>(tx: Database, what: SQL<Fact>, from: SQL): Promise<Seen<Fact>> => {
  const rows = await seen(tx, (inner) => inner.select({ fact: what }).from(from))
  return rows?.[0]?.fact ?? undefined
}

/** Looks with the rights of the login, not with those of the role that the stores work as, and cannot write. */
const looking = <A>(operation: string, db: Database, look: (tx: Database) => Promise<A>): Effect.Effect<A, StoreUnavailable> =>
  attempt(operation, () =>
    db.transaction(async (tx) => {
      await tx.execute(sql`set local role none`)
      return look(tx)
    }, { accessMode: "read only" }))

/** The facts of the whole PostgreSQL. */
export const gatherCluster = (db: Database): Effect.Effect<ClusterFacts, StoreUnavailable> =>
  looking("read the settings", db, async (tx) => {
    const settings = await seen(tx, (inner) => inner.select({ name: sql<string>`name`, value: sql<string>`setting` }).from(sql`pg_catalog.pg_settings`))
    return {
      embedded: (await one(tx, sql<boolean>`version() ~* 'emscripten|emcc|wasm|pglite'`, sql`(values (1)) as once`)) ?? false,
      settings: new Map((settings ?? []).map(({ name, value }) => [name, value])),
      setApart: await seen(tx, (inner): Promise<ReadonlyArray<SetApart>> =>
        inner
          .select({
            of: sql<string>`concat_ws(' in ', 'role ' || pg_get_userbyid(nullif(setrole, 0)), 'database ' || (select datname from pg_catalog.pg_database where oid = setdatabase))`,
            name: sql<string>`split_part(entry, '=', 1)`,
            value: sql<string>`substr(entry, strpos(entry, '=') + 1)`
          })
          .from(sql`pg_catalog.pg_db_role_setting, unnest(setconfig) as entry`)
          .orderBy(sql`1, 2`)),
      slots: await seen(tx, (inner) => inner.select({ active: sql<boolean>`active`, logical: sql<boolean>`slot_type = 'logical'` }).from(sql`pg_catalog.pg_replication_slots`)),
      publications: await names(tx, sql`pubname`, sql`pg_catalog.pg_publication`, sql`true`),
      extensions: await names(tx, sql`extname`, sql`pg_catalog.pg_extension`, sql`true`),
      oldestLogHours: await one(tx, sql<number>`(extract(epoch from now() - min(modification)) / 3600)::float8`, sql`pg_ls_waldir()`),
      backupsRunning: await one(tx, sql<number>`count(*)::int`, sql`pg_catalog.pg_stat_progress_basebackup`),
      archived: await one(tx, sql<number>`archived_count::float8`, sql`pg_catalog.pg_stat_archiver`)
    }
  })

/** Tables that hold nothing about anybody, without their schema. */
const aboutNobody = productPlaces.flatMap(({ dataClass, kind, name }) => (kind === "table" && dataClass === "installation" ? [name.split(".")[1] ?? ""] : []))
const listed = (all: ReadonlyArray<string>): SQL => sql.join(all.map((entry) => sql`${entry}::text`), sql`, `)

/** The facts of one realm's schema; `own` says that the login is that of the server itself and is to be judged as such. */
export const gatherSchema = (db: Database, realm: RealmName, own: boolean): Effect.Effect<SchemaFacts, StoreUnavailable> => {
  const nobody = sql`c.relname in (${listed(aboutNobody)})`
  const within = sql`n.nspname = ${realm}`
  const personal = sql`${within} and not ${nobody} and c.relkind in ('r', 'p', 'm', 'f')`
  const columns = sql`pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace`
  const relations = sql`pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace`
  const kept = sql`a.attnum > 0 and not a.attisdropped`
  return looking(`read the schema ${realm}`, db, async (tx) => ({
    realm,
    tables: await seen(tx, (inner): Promise<ReadonlyArray<TableFacts>> =>
      inner
        .select({
          name: sql<string>`c.relname`,
          leaf: sql<boolean>`c.relispartition`,
          aboutNobody: sql<boolean>`${nobody}`,
          unlogged: sql<boolean>`c.relpersistence = 'u'`,
          autovacuum: sql<boolean>`coalesce((select option_value from pg_options_to_table(c.reloptions) where option_name = 'autovacuum_enabled'), 'true')::boolean`,
          hasService: sql<boolean>`exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'service' and ${kept})`,
          rowSecurity: sql<boolean>`c.relrowsecurity`,
          granted: sql<boolean>`exists (select from aclexplode(c.relacl) g where g.grantee <> c.relowner)`,
          statisticsShown: sql<boolean>`has_table_privilege(c.oid, 'select') and not row_security_active(c.oid)`,
          live: sql<number>`coalesce(pg_stat_get_live_tuples(c.oid), 0)::float8`,
          dead: sql<number>`coalesce(pg_stat_get_dead_tuples(c.oid), 0)::float8`
        })
        .from(relations)
        .where(sql`${within} and c.relkind in ('r', 'p')`)
        .orderBy(sql`1`)),
    analysed: await names(tx, sql`c.relname || '.' || a.attname`, columns, sql`${personal} and ${kept} and a.attstattarget is distinct from 0`),
    inStatistics: await names(
      tx,
      sql`distinct s.tablename || '.' || s.attname`,
      sql`pg_catalog.pg_stats s join pg_catalog.pg_class c on c.relname = s.tablename join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = s.schemaname`,
      personal
    ),
    extendedStatistics: await names(tx, sql`c.relname || ': ' || x.stxname`, sql`pg_catalog.pg_statistic_ext x join pg_catalog.pg_class c on c.oid = x.stxrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace`, personal),
    // A column of an index by its number, or by what an expression or a condition in it depends on.
    contentIndexes: await names(
      tx,
      sql`distinct i.relname`,
      sql`pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid join ${columns} on c.oid = x.indrelid`,
      sql`${personal} and a.attname in ('sealed', 'wrapped') and (a.attnum = any (x.indkey::smallint[]) or exists (
        select from pg_catalog.pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.oid and d.refobjid = c.oid and d.refobjsubid = a.attnum))`
    ),
    policies: await seen(tx, (inner): Promise<ReadonlyArray<PolicyFacts>> =>
      inner
        .select({
          table: sql<string>`tablename`,
          name: sql<string>`policyname`,
          roles: sql<string>`array_to_string(roles, ', ')`,
          byService: sql<boolean>`coalesce(qual, with_check) like '%fortrolig.services%'`
        })
        .from(sql`pg_catalog.pg_policies`)
        .where(sql`schemaname = ${realm} and permissive = 'PERMISSIVE' and roles <> array['fortrolig_audit']::name[]`)
        .orderBy(sql`1, 2`)),
    app: await gatherRole(tx, realm),
    auditReads: await audited(tx, personal, columns, kept),
    strangers: await names(
      tx,
      sql`distinct case g.grantee when 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end || ' on ' || c.relname`,
      sql`${relations}, lateral (
        select * from aclexplode(c.relacl) union all
        select g.* from pg_catalog.pg_attribute a, aclexplode(a.attacl) g where a.attrelid = c.oid
      ) g`,
      sql`${personal} and g.grantee <> c.relowner and (g.grantee = 0 or pg_get_userbyid(g.grantee) not in (${listed(knownRoles)}))`
    ),
    login: own
      ? await seen(tx, async (inner) => (await inner.select({ superuser: sql<boolean>`rolsuper`, bypassesRows: sql<boolean>`rolbypassrls` }).from(sql`pg_catalog.pg_roles`).where(sql`rolname = session_user`))[0])
      : undefined
  }))
}

const knownRoles = Object.values(realmRoles).flatMap(({ app, others, owner }) => [app, owner, ...others])
const auditRole = "fortrolig_audit"

/** `undefined` where there is no such role. */
const audited = async (tx: Database, personal: SQL, columns: SQL, kept: SQL): Promise<Seen<ReadonlyArray<string>>> =>
  names(
    tx,
    sql`c.relname || '.' || a.attname`,
    columns,
    sql`${personal} and ${kept} and a.attname not in ('service', 'delete_at') and has_column_privilege(${auditRole}, c.oid, a.attnum, 'select')`
  )

const gatherRole = async (tx: Database, realm: RealmName): Promise<Seen<RoleFacts>> => {
  const { app, owner } = realmRoles[realm]
  const other = realm === "service" ? "custody" : "service"
  const attributes = await seen(tx, (inner) =>
    inner.select({ superuser: sql<boolean>`rolsuper`, bypassesRows: sql<boolean>`rolbypassrls` }).from(sql`pg_catalog.pg_roles`).where(sql`rolname = ${app}`))
  const found = attributes?.[0]
  if (found === undefined) return undefined
  const own = sql`pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace`
  const takes = await names(tx, sql`r.rolname`, sql`pg_catalog.pg_roles r`, sql`r.rolname in (${owner}, ${realmRoles[other].app}, ${realmRoles[other].owner}) and pg_has_role(${app}, r.oid, 'member')`)
  const owns = await names(tx, sql`c.relname`, own, sql`n.nspname = ${realm} and c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = ${app}`)
  const uses = await names(tx, sql`'schema ' || nspname`, sql`pg_catalog.pg_namespace`, sql`nspname = ${other} and has_schema_privilege(${app}, oid, 'usage, create')`)
  const reads = await names(
    tx,
    sql`c.relname`,
    own,
    sql`n.nspname = ${other} and c.relkind in ('r', 'p') and (has_table_privilege(${app}, c.oid, 'select, insert, update, delete') or has_any_column_privilege(${app}, c.oid, 'select, insert, update'))`
  )
  if (takes === undefined || owns === undefined || uses === undefined || reads === undefined) return undefined
  return { name: app, ...found, takes, owns, otherRealm: [...uses, ...reads] }
}
