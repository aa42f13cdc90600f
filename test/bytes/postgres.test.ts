import { readFileSync } from "node:fs"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { eightDays, movedClock } from "../support/clock.ts"
import { describeHits, type Needle, type Scanned } from "../support/scan.ts"
import { keysOf } from "./disk.ts"
import { countsOn, openedOn } from "./postgresOpened.ts"
import { readsOn } from "./postgresReads.ts"
import { liveStory, type Story } from "./postgresStory.ts"
import { asking, databases, onBoth, type PostgresWorld, postgresWorld } from "./postgresWorld.ts"

let world: PostgresWorld
let story: Story
/** Every key that was ever needed to open what the stores held. */
let keys: ReadonlyArray<Needle>

const total = { scans: 0, files: 0, bytes: 0 }
/** Nothing is found, and it was not a scan of nothing. */
const assertClean = async (scan: Promise<Scanned>, least: { readonly files: number; readonly bytes: number }): Promise<void> => {
  const scanned = await scan
  assert.strictEqual(describeHits(scanned.hits), "")
  assert.isAtLeast(scanned.files, least.files)
  assert.isAtLeast(scanned.bytes, least.bytes)
  total.scans += 1
  total.files += scanned.files
  total.bytes += scanned.bytes
}
const everything = { files: 4_000, bytes: 120_000_000 }
const one = { files: 1_200, bytes: 30_000_000 }

/** What would keep old bytes: unused room in tables, and finished segments of the write-ahead log. */
const settle = ["vacuum", "checkpoint", "select pg_switch_wal()", "checkpoint", "select pg_switch_wal()", "checkpoint"]
const day = 24 * 60 * 60 * 1000
const alive = () => [world.cluster.dataFolder, world.cluster.logFile, world.install.data, world.install.keys]

beforeAll(async () => {
  world = await postgresWorld()
  story = await liveStory(world)
})
afterAll(async () => {
  console.log(`${total.scans} scans of ${total.files} files and ${total.bytes} bytes in all`)
  await world?.end()
})

describe("on PostgreSQL, what two people write, who they are and what they agree to", () => {
  it("is in the stores until its deadline: whoever has databases, vaults and the custodians' keys opens every field of it", async () => {
    const { after, during, words } = story
    const said = (found: typeof after, kind: string, part: string) => found[kind]?.opened.filter((text) => text.includes(part)).length
    assert.strictEqual(said(during, "session", `"noticeVersion":`), 3)
    assert.strictEqual(said(during, "content", words), 3)
    for (const address of story.addresses) assert.strictEqual(said(during, "access_trace", `"${address}"`), 1)
    assert.strictEqual(said(after, "content", words), 3)
    assert.deepStrictEqual([said(after, "consent", words), said(after, "consent", "Withdrawn")], [1, 1])
    assert.strictEqual(said(after, "triage", `"writtenAt":`), 1)
    assert.deepStrictEqual([said(after, "held_trace", words), said(after, "held_trace", story.addresses[2] ?? "?")], [1, 1])
    assert.deepStrictEqual(Object.values(after).map(({ rows }) => rows), [3, 3, 2, 1, 2, 1])
    assert.deepStrictEqual((await readsOn(world.cluster, world, story, Date.now())).toSorted(), ["consent", "consent", "note", "receipt", "sign-in", "sign-in", "sign-in", "trace"])
    assert.strictEqual(story.personal.filter(({ name }) => /^opening time \d$/.test(name)).length, 3)
  })

  it("is nowhere before that, after ANALYZE, a failed insert and a SIGKILL: not in tables, log, write-ahead log, vaults, outputs, nor in a backup by the backup API or by copying files", async () => {
    assert.include(readFileSync(world.cluster.logFile, "utf8"), "duplicate key value violates unique constraint")
    await assertClean(world.look(story.personal), everything)
  })

  it("is nowhere after its deadlines either, nor is a key of it: the server's start sweeps before it serves", async () => {
    keys = keysOf(world.install, "bucket")
    assert.isAbove(keys.length, 4)
    const server = await world.start(movedClock(eightDays))
    assert.deepStrictEqual(Object.values(await countsOn(world.cluster)), [0, 0, 0, 0, 0, 0])
    await onBoth(world.cluster, ["analyze", ...settle])
    await assertClean(world.look([...story.personal, ...keys]), everything)
    await server.stop()
    assert.deepStrictEqual(keysOf(world.install, "bucket"), [])
  })

  it("leaves of references and hashes nothing but unused bytes in indexes of tables that are never dropped, and nothing at all once those are rebuilt", async () => {
    const kept: Array<string> = []
    for (const database of databases) {
      kept.push(...await asking(world.cluster, database, async (client) =>
        (await client.unsafe<Array<{ path: string }>>(
          `select pg_relation_filepath(i.indexrelid) as path from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('service', 'custody') and (c.relname like '%\\_live' or c.relname in ('invitation', 'staff_session', 'receipt', 'held_trace'))`
        )).map(({ path }) => path)))
    }
    const { hits } = await world.lookIn(alive(), story.shells)
    assert.deepStrictEqual(hits.filter(({ where }) => !kept.some((path) => where.endsWith(`/${path}`))), [])
    console.log(`unused bytes of ${new Set(hits.map(({ where }) => where)).size} indexes:\n${describeHits(hits)}`)
    for (const [at, schema] of ["service", "custody"].entries()) {
      await asking(world.cluster, databases[at] ?? "", (client) => client.unsafe(`reindex schema ${schema}`))
    }
    await onBoth(world.cluster, settle)
    await assertClean(world.lookIn(alive(), story.shells), one)
  })

  it.for(["files", "api"] as const)("is nowhere in a backup (%s) that is brought back and analysed, every read of it gives nothing, and the start sweeps before it serves", async (how) => {
    const folder = story.backups[how]
    const restored = await world.restore(folder)
    await onBoth(restored, ["analyze"])
    const found = await openedOn(restored, world.install)
    assert.strictEqual(found["access_trace"]?.rows, how === "api" ? 3 : 2)
    assert.deepStrictEqual(Object.values(found).flatMap(({ opened }) => opened), [])
    // Not even a clock that was set back makes a read of it; only sign-ins go by the clock alone, in a backup as anywhere.
    const told = await readsOn(restored, world, story, Date.now())
    assert.deepStrictEqual(told.filter((what) => what !== "sign-in"), [])
    assert.deepStrictEqual(await readsOn(restored, world, story, Date.now() + eightDays), [])
    const server = await world.start(movedClock(eightDays), restored)
    // Who was in a chat when the backup was made is ended by this start, at an hour that nobody knows any more: that shell goes a day later.
    const ended = how === "api" ? 3 : 0
    assert.deepStrictEqual(await countsOn(restored), { session: ended, content: 0, consent: 0, triage: 0, access_trace: 0, held_trace: 0 })
    await server.stop()
    if (ended > 0) {
      await (await world.start(movedClock(eightDays + day), restored)).stop()
      assert.strictEqual((await countsOn(restored))["session"], 0)
    }
    await assertClean(world.lookIn([folder], [...story.personal, ...keys]), one)
  })
})
