/**
 * The profile where a restart is needed, where copies are made, for a login that may see little, and on the embedded database. About 15 seconds.
 */
import { once } from "node:events"
import { readdirSync, statSync, utimesSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import { type Cluster, startCluster } from "../../../../test/support/cluster.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { drizzle } from "../postgres/driver.ts"
import { makePool } from "../postgres/pool.ts"
import { pgliteDatabase } from "./pglite.ts"
import { profileOf, profilesOf } from "./profile.ts"
import type { RealmName } from "./realmDatabase.ts"

let cluster: Cluster

const run = async (login: string, ...statements: ReadonlyArray<string>): Promise<void> => {
  const { client, close } = makePool(Redacted.make(cluster.url("help", login)), 1, {})
  try {
    for (const statement of statements) await client.unsafe(statement)
  } finally {
    await close()
  }
}
const realmNames: ReadonlyArray<RealmName> = ["service", "custody"]

/** What one login sees of both realms, which lie in one database. */
const seenBy = async (login: string): Promise<ReadonlyArray<StoreFinding>> => {
  const { client, close } = makePool(Redacted.make(cluster.url("help", login)), 1, {})
  try {
    const db = drizzle({ client })
    return (await Effect.runPromise(Effect.forEach(realmNames, (realm) => profileOf({ db, realm }, false)))).flat()
  } finally {
    await close()
  }
}
const line = ({ found, id, verdict }: StoreFinding): string => `${id} ${verdict}: ${found}`
const ofService = (all: ReadonlyArray<StoreFinding>, ...ids: ReadonlyArray<string>): ReadonlyArray<string> => all.filter(({ id, realm }) => realm === "service" && ids.includes(id)).map(line)

/** Asks for a base backup as replicas do, so slowly that it does not end by itself. Startup and question are two messages of the frontend protocol. */
const beginBackup = async (port: number): Promise<() => void> => {
  const text = (...parts: ReadonlyArray<string>): Buffer => Buffer.from(parts.map((part) => `${part}\0`).join(""))
  const sized = (body: Buffer): Buffer => {
    const size = Buffer.alloc(4)
    size.writeInt32BE(body.length + 4)
    return Buffer.concat([size, body])
  }
  const socket = connect(port, "127.0.0.1")
  await once(socket, "connect")
  socket.write(sized(Buffer.concat([Buffer.from([0, 3, 0, 0]), text("user", "postgres", "replication", "true"), Buffer.from([0])])))
  await once(socket, "data")
  socket.write(Buffer.concat([Buffer.from("Q"), sized(text("BASE_BACKUP (CHECKPOINT 'fast', MAX_RATE 32)"))]))
  socket.resume()
  return () => socket.destroy()
}

beforeAll(async () => {
  cluster = await startCluster({ settings: { log_parameter_max_length: "0" } })
  const { client, close } = makePool(Redacted.make(cluster.url()), 1, {})
  await client.unsafe("create database help")
  await close()
  const open = (realm: RealmName) => postgresDatabase({ url: Redacted.make(cluster.url("help")), services: ["ifengsel"] }, realm)
  await Effect.runPromise(Effect.scoped(Effect.andThen(open("service"), open("custody"))))
  await run("postgres", "create role auditor login", "grant fortrolig_audit to auditor", "create role nobody_in_particular login")
})
afterAll(() => cluster.remove())

describe("what needs a restart", () => {
  it("archiving, libraries that keep queries, and logical slots are seen after it, and not before or when they are gone", async () => {
    const ids = ["archive-mode", "replication-slots", "pg-stat-statements", "auto-explain", "backups"]
    const before = await seenBy("postgres")
    assert.deepStrictEqual(ofService(before, ...ids), [
      "archive-mode kept: archive_mode is off",
      "replication-slots kept: none",
      "pg-stat-statements kept: absent",
      "auto-explain kept: absent",
      "backups not checked: no database can see the backups that were made of it; ask how old the oldest is"
    ])
    await run(
      "postgres",
      "alter system set archive_mode = on",
      "alter system set archive_command = 'true'",
      "alter system set wal_level = logical",
      "alter system set shared_preload_libraries = pg_stat_statements, auto_explain"
    )
    await cluster.restart()
    await run("postgres", "select pg_create_logical_replication_slot('rows', 'pgoutput')", "select pg_switch_wal()")
    let now = await seenBy("postgres")
    for (let tries = 0; !ofService(now, "backups")[0]?.startsWith("backups broken") && tries < 100; tries += 1) now = await seenBy("postgres")
    assert.deepStrictEqual(ofService(now, ...ids), [
      "archive-mode broken: archive_mode is on",
      "replication-slots broken: 1 in all: 1 idle, 1 logical",
      "pg-stat-statements broken: shared_preload_libraries is pg_stat_statements, auto_explain",
      "auto-explain broken: shared_preload_libraries is pg_stat_statements, auto_explain",
      "backups broken: parts of the write-ahead log were archived, 1 in all"
    ])
    // A login that may not see which libraries are loaded knows them by their settings.
    assert.deepStrictEqual(ofService(await seenBy("auditor"), "pg-stat-statements", "auto-explain"), [
      "pg-stat-statements broken: the library pg_stat_statements is loaded",
      "auto-explain broken: the library auto_explain is loaded"
    ])
    await run("postgres", "select pg_drop_replication_slot('rows')", "alter system reset all")
    await cluster.restart()
    // What was archived stays somewhere, so it is told until somebody says that it is gone.
    assert.deepStrictEqual(ofService(await seenBy("postgres"), "archive-mode"), ["archive-mode kept: archive_mode is off"])
    assert.match(ofService(await seenBy("postgres"), "backups").join(), /^backups broken: parts of the write-ahead log were archived/)
    await run("postgres", "select pg_stat_reset_shared('archiver')")
    assert.deepStrictEqual(ofService(await seenBy("postgres"), ...ids), ofService(before, ...ids))
  })
})

describe("copies", () => {
  it("a base backup is seen while it is being made", async () => {
    const stop = await beginBackup(cluster.port)
    let now = await seenBy("postgres")
    for (let tries = 0; !ofService(now, "backups")[0]?.startsWith("backups broken") && tries < 100; tries += 1) now = await seenBy("postgres")
    assert.deepStrictEqual(ofService(now, "backups"), ["backups broken: a base backup is being made at this moment"])
    stop()
    for (let tries = 0; ofService(now, "backups")[0]?.startsWith("backups broken") && tries < 100; tries += 1) now = await seenBy("postgres")
    assert.match(ofService(now, "backups").join(), /^backups not checked/)
  })

  it("a file of the write-ahead log that nobody has cut for a day is seen", async () => {
    const folder = join(cluster.dataFolder, "pg_wal")
    const [oldest = ""] = readdirSync(folder).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort()
    const { mtimeMs } = statSync(join(folder, oldest))
    assert.deepStrictEqual(ofService(await seenBy("postgres"), "wal-oldest"), ["wal-oldest kept: the oldest is 1 h old"])
    const hours = Date.now() / 1000 - 24.5 * 3600
    utimesSync(join(folder, oldest), hours, hours)
    assert.deepStrictEqual(ofService(await seenBy("postgres"), "wal-oldest"), ["wal-oldest broken: the oldest is 25 h old"])
    utimesSync(join(folder, oldest), mtimeMs / 1000, mtimeMs / 1000)
  })
})

describe("a login that may see little", () => {
  const hidden = async (login: string) => (await seenBy(login)).filter(({ realm, verdict }) => realm === "service" && verdict === "not checked").map(line)

  it("the audit's role judges all but what values lie in the statistics, and how old the log is", async () => {
    assert.deepStrictEqual(await hidden("auditor"), [
      "statistics-kept not checked: this login may not see those of 12 tables",
      "login not checked: this login may not see it",
      "wal-oldest not checked: this login may not see it",
      "backups not checked: no database can see the backups that were made of it; ask how old the oldest is"
    ])
  })

  it("a login without any right sees no more, and what is broken is broken for it too", async () => {
    assert.deepStrictEqual(await hidden("nobody_in_particular"), await hidden("auditor"))
    await run("postgres", "grant usage on schema custody to fortrolig_app", "alter table only service.triage alter sealed set statistics 9")
    assert.deepStrictEqual(ofService(await seenBy("nobody_in_particular"), "statistics-targets", "other-realm"), [
      "statistics-targets broken: triage.sealed",
      "other-realm broken: schema custody"
    ])
    await run("postgres", "revoke usage on schema custody from fortrolig_app", "alter table only service.triage alter sealed set statistics 0")
  })
})

it("the embedded database keeps every promise, and what has no meaning there is not called kept", async () => {
  const found = await Effect.runPromise(
    Effect.scoped(Effect.flatMap(Effect.forEach(realmNames, (realm) => pgliteDatabase(undefined, realm, ["ifengsel"])), profilesOf))
  )
  assert.deepStrictEqual(found.filter(({ verdict, weight }) => weight === "promise" && verdict !== "kept"), [])
  assert.deepStrictEqual(found.filter(({ realm, verdict }) => realm === "service" && verdict !== "kept").map(line), [
    "dead-rows not checked: the embedded database does not count them",
    "login not checked: the embedded database has one login, which may do everything",
    "archive-mode not checked: the embedded database has no archiver",
    "checkpoint-timeout not checked: the embedded database has no work in the background",
    "replication-slots not checked: the embedded database has no replicas",
    "log-parameters not checked: the embedded database has no log",
    "log-statements not checked: the embedded database has no log",
    "log-verbosity not checked: the embedded database has no log",
    "autovacuum not checked: the embedded database has no work in the background",
    "backups not checked: the embedded database has no view of its backups"
  ])
})
