import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { makeDemonstrationCustodians } from "@fortrolig/adapters/custody/custodians"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { type Cluster, startCluster } from "../support/cluster.ts"
import { claimedVersion } from "../support/oldPostgres.ts"
import { type Environment, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"

let cluster: Cluster
let database: Environment
let install: TestInstall
let other: TestInstall
let servers: Array<TestServer>

/** Puts the public keys of two custodians where an install that is no demonstration expects them. */
const prepare = async ({ custodians, keys }: TestInstall): Promise<void> => {
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  await Effect.runPromise(makeDemonstrationCustodians(custodians, join(keys, "custodians.json")))
}

const start = async (on: TestInstall): Promise<TestServer> => {
  const server = await startServer(on, database, ["serve"])
  servers.push(server)
  return server
}

beforeAll(async () => {
  cluster = await startCluster()
})
afterAll(() => cluster.remove())
beforeEach(async ({ task }) => {
  const { client, close } = makePool(Redacted.make(cluster.url()), 1, {})
  const name = `chats_${task.id.replaceAll(/\W/g, "_")}`
  await client.unsafe(`create database ${name}`)
  await close()
  database = { DATABASE_URL: cluster.url(name), FORTROLIG_POLICY: "detfinneshjelp" }
  ;[install, other] = [testInstall(), testInstall()]
  servers = []
  await prepare(install)
  await prepare(other)
})
afterEach(async () => {
  for (const server of servers) await server.stop()
  install.remove()
  other.remove()
})

describe("an install on PostgreSQL", () => {
  it("serves, answers beside the server, shows host and name of its database and nothing else of the address, and goes on after PostgreSQL came back", async () => {
    const server = await start(install)
    const doctor = await fortrolig(install, ["doctor", "--json"], database)
    assert.strictEqual(doctor.code, 0, doctor.stderr)
    const { owner, settings } = JSON.parse(doctor.stdout) as { readonly owner: { readonly pid: number }; readonly settings: { readonly databases: unknown } }
    assert.strictEqual(owner.pid, server.pid)
    assert.deepStrictEqual(settings.databases, ["service", "vendor"].map((realm) => ({ realm, host: "127.0.0.1", name: new URL(database["DATABASE_URL"] ?? "").pathname.slice(1), encrypted: false })))
    assert.notInclude(doctor.stdout + doctor.stderr + server.output(), "postgres://")

    await cluster.kill()
    const away = await fortrolig(install, ["invite", "detfinneshjelp"], database)
    assert.strictEqual(away.code, 2, away.stdout)
    assert.include(away.stderr, "The store could not be reached or read")
    const halfway = await fortrolig(install, ["sweep"], database)
    assert.strictEqual(halfway.code, 2, halfway.stdout)
    assert.include(halfway.stderr, "Not everything that is due could be destroyed (list due triage notes). All the rest was tried; the next sweep goes on from here.")
    await cluster.restart()
    const link = await fortrolig(install, ["invite", "detfinneshjelp"], database)
    assert.strictEqual(link.code, 0, link.stderr)
    assert.strictEqual(await server.stop(), 0)
  })

  it("is not started on a PostgreSQL that is too old, and one sentence says which it is, which is needed and where that is set", async () => {
    const name = new URL(database["DATABASE_URL"] ?? "").pathname.slice(1)
    const { client, close } = makePool(Redacted.make(cluster.url(name)), 1, {})
    for (const line of claimedVersion(name, 150_019, "15.19 (Debian 15.19-1.pgdg130+1)")) await client.unsafe(line)
    for (const command of [["serve"], ["doctor", "--accept-lost-keys"]]) {
      const { code, stderr, stdout } = await fortrolig(install, command, database)
      assert.deepStrictEqual([code, stdout, stderr.trim()], [
        2, "", "PostgreSQL 15.19 is too old: 16 or later is needed. Nothing was changed in it. Bring it up to date, or put the address of a newer one in DATABASE_URL."
      ])
    }
    assert.deepStrictEqual([...await client.unsafe("select nspname from pg_namespace where nspname in ('service', 'custody', 'drizzle')")], [])
    await close()
  })

  it("has one owner of its keys: a second server on them is refused and told whose they are, and one with keys of its own that these are not the database's", async () => {
    const first = await start(install)
    const sameKeys = await fortrolig({ ...other, keys: install.keys }, ["serve"], database)
    assert.strictEqual(sameKeys.code, 2, sameKeys.stdout)
    assert.strictEqual(sameKeys.stderr.trim(), `Another process (pid ${first.pid}) owns the keys folder. The key vaults in it are one server's at a time: stop that one first.`)

    const sameData = await fortrolig({ ...other, data: install.data }, ["serve"], database)
    assert.strictEqual(sameData.code, 2, sameData.stdout)
    assert.include(sameData.stderr, `(pid ${first.pid}) owns the data folder.`)

    const ownKeys = await fortrolig(other, ["serve"], database)
    assert.strictEqual(ownKeys.code, 2, ownKeys.stdout)
    assert.include(ownKeys.stderr, "The key vault of the service realm is missing, older than the data, or of another install.")
    assert.strictEqual((await fortrolig(install, ["audit"], database)).code, 0)

    await first.kill()
    const again = await start(install)
    assert.strictEqual(await again.stop(), 0)
    assert.strictEqual((JSON.parse(readFileSync(join(install.keys, "owner.json"), "utf8")) as { readonly pid: number }).pid, again.pid)
  })
})
