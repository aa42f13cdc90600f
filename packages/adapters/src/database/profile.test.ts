/**
 * The profile on a real PostgreSQL of its own, since settings and roles are everybody's: each thing is changed alone, seen, and put back. About 15 seconds.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import { type Cluster, startCluster } from "../../../../test/support/cluster.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { makePool, type Pool } from "../postgres/pool.ts"
import { profilesOf } from "./profile.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

/** What operations.md asks for, where PostgreSQL does something else by itself. */
const settings = { wal_recycle: "off", log_parameter_max_length: "0", log_error_verbosity: "terse", autovacuum_naptime: "1h" }

let cluster: Cluster
let superuser: Pool
const scope = Effect.runSync(Scope.make())
let realms: ReadonlyArray<RealmDatabase>

const run = async (...statements: ReadonlyArray<string>): Promise<void> => {
  for (const statement of statements) await superuser.client.unsafe(statement)
}
const judged = (): Promise<ReadonlyArray<StoreFinding>> => Effect.runPromise(profilesOf(realms))

const line = ({ found, id, realm, verdict }: StoreFinding): string => `${realm} ${id} ${verdict}: ${found}`
/** What the second look says that the first did not. */
const changed = (before: ReadonlyArray<StoreFinding>, now: ReadonlyArray<StoreFinding>): ReadonlyArray<string> => {
  const known = new Set(before.map(line))
  return now.map(line).filter((one) => !known.has(one))
}

beforeAll(async () => {
  cluster = await startCluster({ settings })
  superuser = makePool(Redacted.make(cluster.url("help")), 1, {})
  const first = makePool(Redacted.make(cluster.url()), 1, {})
  await first.client.unsafe("create role server login createrole")
  await first.client.unsafe("grant pg_monitor to server")
  await first.client.unsafe("create database help owner server")
  await first.close()
  const open = (realm: "service" | "custody") => postgresDatabase({ url: Redacted.make(cluster.url("help", "server")), services: ["ifengsel"] }, realm)
  realms = await Effect.runPromise(Effect.provideService(Effect.all([open("service"), open("custody")]), Scope.Scope, scope))
  const [service] = realms
  const hour = Math.floor(Date.now() / 3_600_000) + 3
  await superuser.client.unsafe(`select service.make_leaf('content', 'content', ${hour})`)
  await run(`alter table service.content_${hour} rename to content_500000`, "alter table service.content_500000 owner to fortrolig_owner")
  assert.isDefined(service)
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await superuser.close()
  await cluster.remove()
})

/** One change of a thing in the database or the cluster, how it is put back, and what the profile says of it meanwhile, and of nothing else. */
const changes: ReadonlyArray<readonly [what: string, change: ReadonlyArray<string>, back: ReadonlyArray<string>, says: ReadonlyArray<string>]> = [
  [
    "a statistics target on a parent",
    ["alter table only service.triage alter sealed set statistics 100"],
    ["alter table only service.triage alter sealed set statistics 0"],
    ["service statistics-targets broken: triage.sealed"]
  ],
  [
    "a statistics target on a leaf",
    ["alter table service.content_500000 alter ref set statistics -1"],
    ["alter table service.content_500000 alter ref set statistics 0"],
    ["service statistics-targets broken: content_500000.ref"]
  ],
  [
    "values in the statistics of a column whose target is 0 again",
    [
      "alter table custody.held_trace alter service set statistics 100",
      "insert into custody.held_trace select gen_random_uuid(), 'ifengsel', '', '', 1 from generate_series(1, 9)",
      "analyze custody.held_trace",
      "alter table custody.held_trace alter service set statistics 0"
    ],
    ["delete from pg_statistic where starelid = 'custody.held_trace'::regclass", "truncate custody.held_trace"],
    ["vendor statistics-kept broken: held_trace.service"]
  ],
  [
    "statistics on two columns",
    ["create statistics service.both on service, ref from service.triage"],
    ["drop statistics service.both"],
    ["service statistics-extended broken: triage: both"]
  ],
  ["an index on sealed bytes", ["create index found on custody.held_trace (sealed)"], ["drop index custody.found"], ["vendor content-indexes broken: found"]],
  [
    "an index on a leaf that only includes a wrapped key",
    ["create index found on service.content_500000 (ref) include (wrapped)"],
    ["drop index service.found"],
    ["service content-indexes broken: found"]
  ],
  [
    "an index on an expression of sealed bytes",
    ["create index found on service.receipt (length(sealed))"],
    ["drop index service.found"],
    ["service content-indexes broken: found"]
  ],
  [
    "row-level security off",
    ["alter table service.invitation disable row level security"],
    ["alter table service.invitation enable row level security"],
    ["service row-security broken: invitation"]
  ],
  [
    "a leaf that may be read by itself",
    ["grant select on service.content_500000 to fortrolig_app"],
    ["revoke select on service.content_500000 from fortrolig_app"],
    ["service row-security broken: content_500000"]
  ],
  [
    "a rule that lets everybody in",
    ["create policy open on custody.access_trace using (true)"],
    ["drop policy open on custody.access_trace"],
    ["vendor row-security broken: access_trace: open lets public in"]
  ],
  [
    "a table that belongs to the server's role",
    ["alter table service.receipt owner to fortrolig_app"],
    ["alter table service.receipt owner to fortrolig_owner", "grant select, insert, delete on service.receipt to fortrolig_app"],
    ["service statistics-kept not checked: this login may not see those of 1 table", "service app-owns broken: receipt"]
  ],
  ["the server's role made a member of the owner", ["grant fortrolig_owner to fortrolig_app"], ["revoke fortrolig_owner from fortrolig_app"], ["service app-owns broken: it may become fortrolig_owner"]],
  ["the server's role made to pass row-level security by", ["alter role fortrolig_app bypassrls"], ["alter role fortrolig_app nobypassrls"], ["service app-rights broken: it passes row-level security by"]],
  [
    "a right on the vendor realm's schema",
    ["grant usage on schema custody to fortrolig_app"],
    ["revoke usage on schema custody from fortrolig_app"],
    ["service other-realm broken: schema custody"]
  ],
  [
    "a right on one column of the vendor realm",
    ["grant select (ref) on custody.access_trace to fortrolig_app"],
    ["revoke select (ref) on custody.access_trace from fortrolig_app"],
    ["service other-realm broken: access_trace"]
  ],
  [
    "a right of the audit on sealed bytes",
    ["grant select (sealed) on service.content to fortrolig_audit"],
    ["revoke select (sealed) on service.content from fortrolig_audit"],
    ["service audit-reads broken: content.sealed"]
  ],
  ["a right of somebody else", ["grant select on service.session to pg_monitor"], ["revoke select on service.session from pg_monitor"], ["service strangers broken: pg_monitor on session"]],
  ["an unlogged table", ["alter table service.receipt set unlogged"], ["alter table service.receipt set logged"], ["service unlogged broken: receipt"]],
  [
    "autovacuum off for one table",
    ["alter table service.content_500000 set (autovacuum_enabled = off)"],
    ["alter table service.content_500000 reset (autovacuum_enabled)"],
    ["service autovacuum-tables broken: content_500000"]
  ],
  [
    "many dead rows",
    [
      "insert into custody.held_trace select gen_random_uuid(), 'ifengsel', '', '', 1 from generate_series(1, 1500)",
      "delete from custody.held_trace",
      "select pg_stat_force_next_flush()"
    ],
    ["vacuum custody.held_trace"],
    ["vendor dead-rows broken: held_trace has 1500"]
  ],
  ["a publication", ["create publication out for table service.content"], ["drop publication out"], ["service publications broken: out", "vendor publications broken: out"]],
  [
    "a replication slot that nobody uses",
    ["select pg_create_physical_replication_slot('idle')"],
    ["select pg_drop_replication_slot('idle')"],
    ["service replication-slots broken: 1 in all: 1 idle, 0 logical", "vendor replication-slots broken: 1 in all: 1 idle, 0 logical"]
  ],
  ["an extension that keeps queries", ["create extension pg_stat_statements"], ["drop extension pg_stat_statements"], [
    "service pg-stat-statements broken: the extension pg_stat_statements is in this database",
    "vendor pg-stat-statements broken: the extension pg_stat_statements is in this database"
  ]],
  ["a login that is a superuser", ["alter role server superuser"], ["alter role server nosuperuser"], ["service login broken: it is a superuser", "vendor login broken: it is a superuser"]]
]

/** One setting of the cluster, changed while it runs; every realm in it says the same. */
const settingChanges: ReadonlyArray<readonly [setting: string, value: string, says: string]> = [
  ["max_wal_size", "'2GB'", "wal-size broken: max_wal_size is 2048"],
  ["wal_keep_size", "'64MB'", "wal-size broken: wal_keep_size is 64"],
  ["checkpoint_timeout", "'10min'", "checkpoint-timeout broken: checkpoint_timeout is 600"],
  ["wal_recycle", "on", "wal-recycle broken: wal_recycle is on"],
  ["log_parameter_max_length", "-1", "log-parameters broken: log_parameter_max_length is -1"],
  ["log_parameter_max_length_on_error", "10", "log-parameters broken: log_parameter_max_length_on_error is 10"],
  ["log_statement", "'mod'", "log-statements broken: log_statement is mod"],
  ["log_min_duration_statement", "5000", "log-statements broken: log_min_duration_statement is 5000"],
  ["log_min_duration_sample", "100", "log-statements broken: log_min_duration_sample is 100"],
  ["log_transaction_sample_rate", "0.5", "log-statements broken: log_transaction_sample_rate is 0.5"],
  ["log_error_verbosity", "'default'", "log-verbosity broken: log_error_verbosity is default"],
  ["autovacuum", "off", "autovacuum broken: autovacuum is off"],
  ["track_counts", "off", "autovacuum broken: track_counts is off"]
]

describe("on a PostgreSQL that is set as it should be", () => {
  it("everything is kept, and of backups it says that it cannot see them", async () => {
    const found = await judged()
    assert.deepStrictEqual(found.filter(({ verdict }) => verdict !== "kept").map(({ id, realm, verdict }) => [realm, id, verdict]), [
      ["service", "backups", "not checked"],
      ["vendor", "backups", "not checked"]
    ])
    assert.strictEqual(found.length, 56)
  })

  for (const [what, change, back, says] of changes) {
    it(`${what} is seen, and nothing else, until it is put back`, async () => {
      const before = await judged()
      await run(...change)
      try {
        assert.deepStrictEqual(changed(before, await judged()), says)
      } finally {
        await run(...back)
      }
      assert.deepStrictEqual(await judged(), before)
    })
  }

  /** A session takes a new setting when it next asks. */
  const until = async (look: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await look()) && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  for (const [setting, value, says] of settingChanges) {
    it(`${setting} = ${value} is seen, and nothing else, until it is put back`, async () => {
      const before = await judged()
      await run(`alter system set ${setting} = ${value}`, "select pg_reload_conf()")
      try {
        await until(async () => changed(before, await judged()).length > 0)
        assert.deepStrictEqual(changed(before, await judged()), [`service ${says}`, `vendor ${says}`])
      } finally {
        await run(`alter system reset ${setting}`, "select pg_reload_conf()")
      }
      await until(async () => changed(before, await judged()).length === 0)
      assert.deepStrictEqual(await judged(), before)
    })
  }

  it("a setting that only one role has is seen with its role", async () => {
    const before = await judged()
    await run("alter role server set log_statement = 'all'")
    const says = "log-statements broken: log_statement is all for role server"
    assert.deepStrictEqual(changed(before, await judged()), [`service ${says}`, `vendor ${says}`])
    await run("alter role server reset all")
    assert.deepStrictEqual(await judged(), before)
  })
})
