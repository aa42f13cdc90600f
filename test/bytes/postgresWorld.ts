/**
 * An install on a PostgreSQL of its own, each realm in a database of its own, with backups of every kind, and one look at all files that any of it wrote.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { makeDemonstrationCustodians } from "@fortrolig/adapters/custody/custodians"
import { makeDemonstrationLeads } from "@fortrolig/adapters/custody/leads"
import { makePool, type Pool } from "@fortrolig/adapters/postgres/pool"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { type Cluster, openCluster, startCluster } from "../support/cluster.ts"
import type { Needle, Scanned } from "../support/scan.ts"
import { type Environment, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"
import type { Task } from "./postgresApart.ts"
import { scanApart } from "./scanApart.ts"

/** The two databases. */
export const databases = ["chats", "traces"] as const

/** PostgreSQL as `docs/operations.md` wants it. */
const settings = {
  archive_mode: "off",
  wal_recycle: "off",
  min_wal_size: "32MB",
  max_wal_size: "64MB",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_error_verbosity: "terse"
}

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
const always = { timeZone: "Europe/Oslo", weekly: days.map((day) => ({ day, opens: "00:00", closes: "24:00" })), exceptions: [] }

/** Asks a database as its superuser. */
export const asking = async <A>(cluster: Cluster, database: string, work: (client: Pool["client"]) => Promise<A>): Promise<A> => {
  const { client, close } = makePool(Redacted.make(cluster.url(database)), 1, {})
  return work(client).finally(close)
}

/** Runs statements in both databases, one after the other: some of them cannot run inside a transaction. */
export const onBoth = async (cluster: Cluster, statements: ReadonlyArray<string>): Promise<void> => {
  for (const database of databases) {
    await asking(cluster, database, async (client) => {
      for (const statement of statements) await client.unsafe(statement)
    })
  }
}

/** A running install. */
export interface PostgresWorld {
  readonly install: TestInstall
  readonly cluster: Cluster
  /** What every process of this install is given. */
  readonly environment: Environment
  /** Starts the server, on another cluster where one is given. `extra` is given to that process too. */
  readonly start: (extra?: Environment, on?: Cluster) => Promise<TestServer>
  readonly invite: (service: string) => Promise<string>
  /** Runs the task in a process of its own. The server must be stopped. */
  readonly writeApart: (task: Task, words: string) => Promise<void>
  /** Copies the running cluster by the backup API, or the stopped one file by file; answers the backup's folder. */
  readonly backUp: (how: "api" | "files") => Promise<string>
  /** Starts a backup as a cluster; it goes with the world. */
  readonly restore: (folder: string) => Promise<Cluster>
  /** Searches the clusters with their logs, the backups, the install's folders and what every process said. */
  readonly look: (needles: ReadonlyArray<Needle>) => Promise<Scanned>
  /** The same in some folders alone. */
  readonly lookIn: (paths: ReadonlyArray<string>, needles: ReadonlyArray<Needle>) => Promise<Scanned>
  readonly end: () => Promise<void>
}

const urls = (cluster: Cluster): Environment => ({ DATABASE_URL: cluster.url(databases[0]), CUSTODY_DATABASE_URL: cluster.url(databases[1]) })

/** Joins what two environments ask of Node.js. */
export const both = (one: Environment, other: Environment): Environment => ({
  ...one,
  ...other,
  ...(one["NODE_OPTIONS"] !== undefined && other["NODE_OPTIONS"] !== undefined ? { NODE_OPTIONS: `${one["NODE_OPTIONS"]} ${other["NODE_OPTIONS"]}` } : {})
})

/** Makes a world; `extra` is given to all its processes. */
export const postgresWorld = async (extra: Environment = {}): Promise<PostgresWorld> => {
  const cluster = await startCluster({ settings })
  const install = testInstall()
  const backups: Array<string> = []
  const restored: Array<Cluster> = []
  const servers: Array<TestServer> = []
  const said: Array<string> = []
  for (const database of databases) await asking(cluster, "postgres", (client) => client.unsafe(`create database ${database}`))
  for (const folder of [install.keys, install.data]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = [detfinneshjelp, ifengsel].map((policy) => {
    const file = join(install.folder, `${policy.service}.json`)
    writeFileSync(file, JSON.stringify({ ...policy, openingHours: always }))
    return file
  })
  await Effect.runPromise(makeDemonstrationCustodians(install.custodians, join(install.keys, "custodians.json")))
  await Effect.runPromise(makeDemonstrationLeads(join(install.folder, "leads"), join(install.keys, "leads.json"), [ifengsel]))
  const environment: Environment = { ...extra, ...urls(cluster), FORTROLIG_POLICY: files.join(",") }

  const backUp = async (how: "api" | "files"): Promise<string> => {
    // The account that PostgreSQL runs as has to get there.
    const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), `fortrolig-backup-${how}-`))
    backups.push(folder)
    const data = join(folder, "data")
    mkdirSync(data, { mode: 0o700 })
    const copy = (part = "") => cpSync(join(cluster.dataFolder, part), join(data, part), { recursive: true, filter: (path) => !path.endsWith("postmaster.pid") })
    if (how === "files") {
      await cluster.stop()
      copy()
      await cluster.restart()
      return folder
    }
    await asking(cluster, "postgres", async (client) => {
      await client.unsafe("select pg_backup_start('byte oracle', true)")
      copy()
      const [stopped] = await client.unsafe<Array<{ labelfile: string }>>("select labelfile from pg_backup_stop(false)")
      writeFileSync(join(data, "backup_label"), stopped?.labelfile ?? "")
    })
    copy("pg_wal")
    return folder
  }

  const lookIn: PostgresWorld["lookIn"] = (paths, needles) => scanApart({ paths }, needles)
  return {
    install,
    cluster,
    environment,
    start: async (more = {}, on = cluster) => {
      const server = await startServer(install, both(environment, { ...urls(on), ...more }), ["serve"])
      servers.push(server)
      return server
    },
    invite: async (service) => {
      const { code, stderr, stdout } = await fortrolig(install, ["invite", service], environment)
      if (code !== 0) throw new Error(`No invitation was made: ${stderr}`)
      return new URL(stdout.trim()).hash.slice(1)
    },
    writeApart: async (task, words) => {
      const script = join(import.meta.dirname, "postgresApart.ts")
      const own = { FORTROLIG_DATA: install.data, FORTROLIG_KEYS: install.keys, TEST_WORDS: words, PATH: process.env["PATH"] }
      const child = spawn(process.execPath, [script, JSON.stringify(task)], { env: { ...own, ...environment }, stdio: ["ignore", "pipe", "pipe"] })
      let heard = ""
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void (heard += text))
      const [code] = (await once(child, "close")) as [number | null]
      said.push(heard)
      if (code !== 0) throw new Error(`The task was not done: ${heard}`)
    },
    backUp,
    restore: async (folder) => {
      const opened = await openCluster(folder)
      restored.push(opened)
      return opened
    },
    look: (needles) => {
      const texts = Object.fromEntries([...servers.map((server) => server.output()), ...said].map((text, at) => [`what process ${at + 1} said`, text]))
      return scanApart({ paths: [join(cluster.dataFolder, ".."), ...backups, install.data, install.keys], texts }, needles)
    },
    lookIn,
    end: async () => {
      for (const server of servers) await server.stop()
      for (const one of [...restored, cluster]) await one.remove()
      for (const folder of backups) rmSync(folder, { recursive: true, force: true })
      install.remove()
    }
  }
}
