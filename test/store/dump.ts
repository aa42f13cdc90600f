/**
 * All that is left of a run, as somebody with every right would find it: every row of every table, the leaves, the ledgers, what the catalogue knows of values, and the keys.
 * Instants are told from the start of the run, so that two runs at different times can be compared.
 */
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import type { RealmName } from "@fortrolig/adapters/database/realmDatabase"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { coarsePeriod } from "@fortrolig/core/consent/coarse"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Vault } from "@fortrolig/core/ports/KeyVault"

/** The lines of a dump, in order. */
export type Dump = ReadonlyArray<string>

const hour = 3_600_000
const leaves = `select nspname || '.' || regexp_replace(relname, '_[0-9]+$', '') as place, substring(relname from '_([0-9]+)$')::bigint * ${hour} as at
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname in ('service', 'custody') and relkind = 'r' and relname ~ '_[0-9]+$'`
const dated = (table: string, more = "''") => `select '${table} ' || service || ' ' || ${more}, nullif(delete_at, 0) from ${table}`
const sealed = "case when sealed is null then 'empty' else 'sealed' end"
const everything = [
  dated("service.session", `${sealed} || case when version is null then '' else ' at a version' end`),
  dated("service.content", `${sealed} || case when wrapped is null then '' else ' and wrapped' end`),
  dated("service.consent", `purpose || ' ' || ${sealed}`),
  dated("service.triage", sealed),
  dated("service.receipt", sealed),
  dated("service.invitation"),
  dated("service.staff_session"),
  dated("custody.access_trace", sealed),
  dated("custody.held_trace", sealed),
  "select 'service.bucket_ledger ' || data_class, nullif(through, 0) from service.bucket_ledger",
  "select 'custody.bucket_ledger ' || data_class, nullif(through, 0) from custody.bucket_ledger",
  "select 'service.anonymous_note ' || service || ' ' || period || ' ' || purposes || ' ' || fields, null from service.anonymous_note",
  "select 'service.installation', null from service.installation",
  "select 'custody.installation', null from custody.installation",
  `select 'a leaf of ' || place, at from (${leaves}) as leaves`,
  "select 'a sequence', null from pg_sequences where schemaname in ('service', 'custody')",
  "select 'values of a column in the catalogue', null from pg_stats where schemaname in ('service', 'custody') and tablename not in ('bucket_ledger', 'installation') and (most_common_vals is not null or histogram_bounds is not null)"
].join("\nunion all\n")

/** One connection as the superuser, and what can be read over it. */
export interface Eyes {
  readonly dump: (start: Instant, vaults: Readonly<Record<RealmName, Pick<Vault, "inventory" | "mark">>>) => Effect.Effect<Dump>
  /** How many rows of each table are not due at `at`, notes whether linked or not: what must be there, however it was cut short. */
  /** The same for as long as no row, no leaf and no ledger has changed. */
  readonly fingerprint: Effect.Effect<string>
  /** How many rows stand although the ledger says that all of their class and deadline are destroyed. */
  readonly denied: Effect.Effect<number>
  /** Answers when nobody is at work in the database any more. */
  readonly quiet: Effect.Effect<void>
  /** Takes away what was left about nobody, so that the next run begins as this one did. */
  readonly clear: Effect.Effect<void>
  readonly owed: (at: Instant) => Effect.Effect<Readonly<Record<string, number>>>
}

/** Opens the eyes of somebody with every right. */
export const openEyes = (url: Redacted.Redacted): Effect.Effect<Eyes, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(Effect.sync(() => makePool(url, 1, {})), ({ close }) => Effect.promise(close)),
    ({ client }): Eyes => ({
      dump: Effect.fnUntraced(function*(start, vaults) {
        const rows = yield* Effect.promise(() => client.unsafe(`select what, at from (${everything}) as lines(what, at)`))
        const since = (at: number) => `${(at - start) / 60_000} min`
        const lines = rows.map(({ at, what }) => `${what}${at === null ? "" : ` ${since(Number(at))}`}`.replace(coarsePeriod(start, "month"), "that month"))
        for (const realm of ["service", "custody"] as const) {
          const { buckets, holds, live } = yield* Effect.orDie(vaults[realm].inventory)
          lines.push(`${realm} vault: reached ${since(yield* Effect.orDie(vaults[realm].mark))}`)
          lines.push(...live.map(() => `${realm} vault: a live key`), ...buckets.map((at) => `${realm} vault: a bucket key ${since(at)}`))
          lines.push(...holds.map(({ until }) => `${realm} vault: the key of a hold ${since(until)}`))
        }
        return lines.toSorted()
      }),
      fingerprint: Effect.map(Effect.promise(() => client.unsafe(`select md5(string_agg(line, ',' order by line)) as hash from (${whole}) as rows(line)`)), ([row]) => String(row?.["hash"])),
      denied: Effect.map(Effect.promise(() => client.unsafe(`select count(*)::int as n from (${deniedRows}) as rows`)), ([row]) => Number(row?.["n"])),
      quiet: Effect.promise(() => client.unsafe("select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'")).pipe(
        Effect.repeat({ while: ({ length }) => length > 0, schedule: Schedule.spaced("5 millis") }),
        Effect.asVoid
      ),
      clear: Effect.promise(() => client.unsafe("truncate service.anonymous_note")),
      owed: (at) =>
        Effect.map(Effect.promise(() => client.unsafe(`select what, count(*)::int as n from (${kept(at)}) as lines(what) group by what order by what`)), (rows) =>
          Object.fromEntries(rows.map(({ n, what }) => [String(what), Number(n)])))
    })
  )

const classes = [
  ["service", "session", "endedSession"], ["service", "content", "content"], ["service", "consent", "consent"], ["service", "receipt", "consent"], ["service", "triage", "triage"],
  ["service", "invitation", "invitation"], ["service", "staff_session", "staffSession"], ["custody", "access_trace", "accessTrace"]
] as const
const deniedRows = classes
  .map(([realm, table, dataClass]) => `select 1 from ${realm}.${table} where delete_at > 0 and delete_at <= (select through from ${realm}.bucket_ledger where data_class = '${dataClass}')`)
  .join("\nunion all\n")

const whole = [
  ...["session", "content", "consent", "triage", "receipt", "invitation", "staff_session", "anonymous_note", "bucket_ledger"].map((table) => `select t::text from service.${table} t`),
  ...["access_trace", "held_trace", "bucket_ledger"].map((table) => `select t::text from custody.${table} t`),
  `select place || at from (${leaves}) as leaves`
].join("\nunion all\n")

/** Tables of which a row is kept until its deadline. A note is kept in either form. */
const keptTables = ["service.session", "service.content", "service.consent", "service.receipt", "service.invitation", "service.staff_session", "custody.access_trace", "custody.held_trace"]
const kept = (at: Instant): string =>
  [
    ...keptTables.map((table) => `select '${table}' from ${table} where delete_at = 0 or delete_at > ${at}`),
    "select 'note' from service.triage",
    "select 'note' from service.anonymous_note"
  ].join("\nunion all\n")
