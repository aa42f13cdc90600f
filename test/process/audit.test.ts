/**
 * The audit on a real PostgreSQL: beside the server that owns the install, from outside by a login that sees deadlines alone, and on a database of somebody else.
 */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { makeDemonstrationCustodians } from "@fortrolig/adapters/custody/custodians"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { AuditDocument, UncheckedDocument } from "@fortrolig/cli/report/auditDocument"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { eightDays, movedClock } from "../support/clock.ts"
import { type Cluster, startCluster } from "../support/cluster.ts"
import { type Ended, type Environment, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"

const secret = "not-to-be-shown"
let cluster: Cluster
let install: TestInstall
let server: TestServer
let environment: Environment
let outside: string

const run = async (database: string, ...statements: ReadonlyArray<string>): Promise<void> => {
  const { client, close } = makePool(Redacted.make(cluster.url(database)), 1, {})
  for (const statement of statements) await client.unsafe(statement)
  await close()
}

/** Audits as somebody elsewhere does, who has neither the data folder nor the keys. */
const fromOutside = (args: ReadonlyArray<string>, extra: Environment = {}): Promise<Ended> =>
  fortrolig({ ...install, data: join(install.folder, "no-data"), keys: join(install.folder, "no-keys") }, ["audit", ...args], { FORTROLIG_POLICY: "detfinneshjelp", ...extra })

const ends = (ended: Ended, code: number): Ended => {
  const { stderr, stdout } = ended
  assert.strictEqual(ended.code, code, `${stdout}\n${stderr}`)
  assert.notInclude(stdout + stderr, secret)
  assert.notInclude(stdout + stderr, "postgres://a")
  return ended
}
const document = ({ stdout }: Ended): AuditDocument => Schema.decodeUnknownSync(AuditDocument)(JSON.parse(stdout))
const traces = ({ rows }: AuditDocument) => rows.filter(({ dataClass }) => dataClass === "accessTrace").map(({ count, overdue, verdict }) => [count, overdue, verdict])

beforeAll(async () => {
  cluster = await startCluster()
  await run("postgres", "create database chats", "create database shop", `create role auditor login password '${secret}'`)
  install = testInstall()
  mkdirSync(install.keys, { recursive: true, mode: 0o700 })
  await Effect.runPromise(makeDemonstrationCustodians(install.custodians, join(install.keys, "custodians.json")))
  environment = { DATABASE_URL: cluster.url("chats"), FORTROLIG_POLICY: "detfinneshjelp" }
  server = await startServer(install, environment, ["serve"])
  await run("postgres", "grant fortrolig_audit to auditor")
  outside = `postgres://auditor:${secret}@127.0.0.1:${cluster.port}/chats`
})
afterAll(async () => {
  await server.stop()
  await cluster.remove()
  install.remove()
})

describe("beside the server", () => {
  it("proves that nothing is due without counting, counts when asked, and shows the store", async () => {
    ends(await fortrolig(install, ["sweep"], environment), 0)
    const quick = ends(await fortrolig(install, ["audit"], environment), 0).stdout
    assert.match(quick, /^All \d+ promises are kept\. \d+ things in the store could be set more carefully\.$/m)
    assert.match(quick, /accessTrace .* not counted +- +0 +kept/)
    assert.match(quick, /^wal-recycle +both +wal_recycle is on +wal_recycle off +caution$/m)
    assert.include(quick, "To do both: fortrolig audit --full")
    const whole = document(ends(await fortrolig(install, ["audit", "--full", "--json"], environment), 0))
    assert.deepStrictEqual([whole.how, whole.schemaVersion, traces(whole), whole.joins?.linked], ["count", 2, [[0, 0, "kept"]], 0])
  })

  it("a rule on rows that somebody switched off breaks the audit until it is put back", async () => {
    await run("chats", "alter table custody.access_trace disable row level security")
    const broken = ends(await fortrolig(install, ["audit"], environment), 1)
    assert.match(broken.stdout, /^row-security +vendor +access_trace +.* +BROKEN$/m)
    assert.include(broken.stdout, "put right what is marked BROKEN")
    assert.include(broken.stderr, "A promise is broken.")
    await run("chats", "alter table custody.access_trace enable row level security")
    ends(await fortrolig(install, ["audit"], environment), 0)
  })
})

describe("from outside", () => {
  it("the audit's role sees counts and deadlines, is told what it cannot see, and sees what is overdue", async () => {
    const hour = Math.floor(Date.now() / 3_600_000) + 24
    await run(
      "chats",
      `select custody.make_leaf('access_trace', 'accessTrace', ${hour})`,
      `insert into custody.access_trace select gen_random_uuid(), 'detfinneshjelp', '', '', ${hour * 3_600_000}`
    )
    const kept = ends(await fromOutside([outside]), 0).stdout
    assert.match(kept, /accessTrace +DFH-11 .* 1 +[^ ].* 0 +kept/)
    assert.include(kept, "Not checked:\n  the keys: they lie in vaults beside the server")
    const found = document(ends(await fromOutside([outside, "--json"]), 0))
    assert.deepStrictEqual([traces(found), found.overdueKeys, found.how], [[[1, 0, "kept"]], null, "count"])
    const later = ends(await fromOutside([outside], movedClock(eightDays)), 1)
    assert.match(later.stdout, /accessTrace of detfinneshjelp: 1 overdue/)
    await run("chats", "delete from custody.access_trace")
  })

  it("a login without rights is told so, and nothing that it could not see is called kept", async () => {
    await run("postgres", "revoke fortrolig_audit from auditor")
    const { stderr, stdout } = ends(await fromOutside([outside]), 2)
    assert.include(stderr, "could not be checked. Log in with the role fortrolig_audit.")
    assert.strictEqual(document(ends(await fromOutside([outside, "--json"]), 2)).verdict, "unchecked")
    await run("chats", "alter table custody.access_trace disable row level security")
    assert.strictEqual(document(ends(await fromOutside([outside, "--json"]), 1)).verdict, "broken")
    await run("chats", "alter table custody.access_trace enable row level security")
    assert.match(stdout, /^0 of \d+ promises are kept, \d+ could not be checked\./)
    assert.include(stdout, "this login may not count every row of the vendor realm; the role fortrolig_audit may.")
    await run("postgres", "grant fortrolig_audit to auditor")
  })

  it("a database that the product never migrated is not checked, and what stands in it is told", async () => {
    await run("shop", "create table customer (id int, full_name text, last_ip inet, total int)")
    const url = outside.replace("/chats", "/shop")
    const words = ends(await fromOutside([url]), 2)
    assert.include(words.stdout, "1 table with 4 columns stands in it.")
    assert.include(words.stdout, "  public.customer.last_ip (inet)")
    assert.include(words.stdout, "wal_recycle is on")
    assert.include(words.stderr, "could not be checked")
    const { seen, verdict } = Schema.decodeUnknownSync(UncheckedDocument)(JSON.parse(ends(await fromOutside([url, "--json"]), 2).stdout))
    assert.deepStrictEqual([verdict, seen?.personal], ["unchecked", ["public.customer.full_name (text)", "public.customer.last_ip (inet)"]])
  })

  it("a database that is away, or does not let anybody in, could not be checked; what is no address is bad usage", async () => {
    const refused = (why: string) => `The database could not be reached or read (look for the schemas). ${why}`
    assert.strictEqual(ends(await fromOutside([`postgres://auditor:${secret}@127.0.0.1:1/chats`]), 2).stderr.trim(), refused("Is PostgreSQL running, and is the address right?"))
    assert.strictEqual(ends(await fromOutside([outside.replace("/chats", "/nothing")]), 2).stderr.trim(), refused("PostgreSQL has no database of the name in the address."))
    const { stderr } = ends(await fromOutside([`mysql://auditor:${secret}@127.0.0.1/chats`]), 64)
    assert.include(stderr, "postgres://login@host:port/database")
  })

  it("a live chat is counted, and not judged: when it began is sealed in its state", async () => {
    await run("chats", "insert into service.session values (gen_random_uuid(), 'detfinneshjelp', 1, '', 0)")
    const { rows } = document(ends(await fromOutside([outside, "--json"]), 0))
    assert.deepStrictEqual(rows.filter(({ dataClass }) => dataClass === "liveSession").map(({ count, overdue, verdict }) => [count, overdue, verdict]), [[1, null, "not checked"]])
    await run("chats", "delete from service.session")
  })
})
