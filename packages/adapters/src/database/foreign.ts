/**
 * A PostgreSQL that is looked at from outside, by any login: an install of this product, or a database that it never migrated. Nothing is written.
 */
import * as Effect from "effect/Effect"
import type { Redacted } from "effect/Redacted"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { AfarRealm, AfarStore } from "@fortrolig/core/ports/AfarStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { drizzle } from "../postgres/driver.ts"
import { makePool } from "../postgres/pool.ts"
import { attempt, type Database } from "./database.ts"
import { sql } from "./drizzle.ts"
import { measureRealm, undeclared as undeclaredIn } from "./inspection.ts"
import { failedWith } from "./leaves.ts"
import { judgeCluster, profileOf } from "./profile.ts"
import { gatherCluster } from "./profileGather.ts"
import type { RealmName } from "./realmDatabase.ts"

const realmNames: ReadonlyArray<RealmName> = ["service", "custody"]
const refused = "42501"

/** No answer of somebody else's database is waited for longer than this, in milliseconds. */
const patience = 120_000

/** A network that drops what is sent says nothing: then the connection counts as lost, in milliseconds too. */
const answerPatience = patience + 10_000

/** The database at `url`, over one connection that is made for each look, cannot write, and closes. */
export const foreignStore = (url: Redacted): AfarStore => ({
  look: (at) =>
    Effect.scoped(Effect.gen(function*() {
      const { client } = yield* Effect.acquireRelease(
        Effect.sync(() => makePool(url, 1, { default_transaction_read_only: "on", statement_timeout: String(patience) }, answerPatience)),
        ({ close }) => Effect.promise(close)
      )
      const db: Database = drizzle({ client })
      const here = yield* attempt("look for the schemas", () => schemasIn(db))
      const realms = yield* Effect.forEach(here, (realm) => countIn(db, realm, at))
      const columns = yield* attempt("read the columns", () => columnsIn(db))
      // Where nothing was migrated, a table that is called like one of ours is not ours.
      const undeclared = here.length === 0 ? columns.map(({ name }) => name) : yield* attempt("read the schema", () => undeclaredIn(db))
      const personal = columns.filter(({ name, personal: about }) => about && undeclared.includes(name)).map(({ name, type }) => `${name} (${type})`)
      const store = here.length === 0
        ? judgeCluster("service", yield* gatherCluster(db))
        : (yield* Effect.forEach(here, (realm) => profileOf({ db, realm }, false))).flat()
      return { realms, undeclared, personal, store }
    }))
})

/** A realm is here when its ledger is. */
const schemasIn = async (db: Database): Promise<ReadonlyArray<RealmName>> => {
  const found = await db
    .select({ name: sql<string>`nspname` })
    .from(sql`pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace`)
    .where(sql`relname = 'bucket_ledger' and relkind = 'r'`)
  return realmNames.filter((realm) => found.some(({ name }) => name === realm))
}

/** Rows that row-level security hides are not counted as none: then nothing of the realm is. */
const countIn = (db: Database, realm: RealmName, at: Instant): Effect.Effect<AfarRealm, StoreUnavailable> =>
  Effect.gen(function*() {
    const whole = yield* attempt("read the rules on rows", () => seesWhole(db, realm))
    const counting = attempt("measure", () => db.transaction((tx) => measureRealm(tx, realm, at)))
    const measured = whole ? yield* Effect.catchIf(counting, (failure) => failedWith(failure, refused), () => Effect.undefined) : undefined
    return { realm: realm === "service" ? "service" : "vendor", measured }
  })

/** Either no rule applies to the login, or the rule that lets the audit see everything does and nothing narrows it. */
const seesWhole = async (db: Database, realm: RealmName): Promise<boolean> => {
  const hidden = await db
    .select({ name: sql<string>`c.relname` })
    .from(sql`pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace`)
    .where(sql`n.nspname = ${realm} and c.relkind in ('r', 'p') and not c.relispartition and row_security_active(c.oid) and not (
      exists (select from pg_catalog.pg_roles where rolname = 'fortrolig_audit' and pg_has_role(oid, 'usage'))
      and exists (
        select from pg_catalog.pg_policies where schemaname = n.nspname and tablename = c.relname
        and permissive = 'PERMISSIVE' and 'fortrolig_audit' = any (roles) and cmd in ('SELECT', 'ALL') and qual = 'true'
      )
      and not exists (select from pg_catalog.pg_policies where schemaname = n.nspname and tablename = c.relname and permissive = 'RESTRICTIVE')
    )`)
  return hidden.length === 0
}

/** Types that only addresses have, and names that speak of people, in Norwegian and English. */
const types = ["inet", "cidr", "macaddr", "macaddr8"]
const words =
  "(^|_)(ip|ipaddr|address|adresse|e?_?mail|epost|phone|mobile|telefon|mobil|tlf|(first|last|full|sur|user|nick)?_?name|navn|fornavn|etternavn|birth|born|dob|fodt|fodselsdato|fodselsnummer|fnr|ssn|personnummer|gender|kjonn|message|melding|note|notat|journal|user_agent|useragent|location|lat|lon|lng)(_|$|[0-9])"

const columnsIn = (db: Database) =>
  db
    .select({
      name: sql<string>`nspname || '.' || relname || '.' || attname`,
      type: sql<string>`format_type(atttypid, null)`,
      personal: sql<boolean>`format_type(atttypid, null) in (${sql.join(types.map((type) => sql`${type}`), sql`, `)}) or lower(attname) ~ ${words}`
    })
    .from(sql`pg_catalog.pg_attribute join pg_catalog.pg_class on pg_class.oid = attrelid join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace`)
    .where(sql`attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm', 'f')
      and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%' and nspname not like 'pg_temp%'`)
    .orderBy(sql`1`)
