import { randomBytes } from "node:crypto"
import { statSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import * as Redacted from "effect/Redacted"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { postgresDatabase } from "@fortrolig/adapters/postgres/connect"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { type Cluster, startCluster } from "../support/cluster.ts"
import { patience, runs } from "../support/runs.ts"
import { beyond, type Dump, dumpOf } from "./twinDump.ts"
import { simpleStory, stories, storyOfNotes } from "./twinDeeds.ts"
import { plants } from "./twinPlants.ts"
import { type Life, live, type Told } from "./twinWorld.ts"

let cluster: Cluster
const on = async <A>(database: string, work: (client: ReturnType<typeof makePool>["client"]) => Promise<A>): Promise<A> => {
  const { client, close } = makePool(Redacted.make(cluster.url(database)), 1, {})
  return work(client).finally(close)
}

beforeAll(async () => {
  // A line for each checkpoint would tell of nothing but the hour.
  cluster = await startCluster({ settings: { log_checkpoints: "off", autovacuum: "off", max_wal_size: "4GB" } })
  await on("postgres", (client) => client.unsafe("create database migrated"))
  const open = (realm: "service" | "custody") => postgresDatabase({ url: Redacted.make(cluster.url("migrated")), services: [] }, realm)
  await Effect.runPromise(Effect.scoped(Effect.andThen(open("service"), open("custody"))))
}, 60_000)
afterAll(() => cluster?.remove())

interface World extends Told {
  readonly dump: Dump
  readonly logged: number
}

const liveOnce = async (life: Life, until?: Told["until"]): Promise<World> => {
  const database = `twin_${randomBytes(6).toString("hex")}`
  await on("postgres", (client) => client.unsafe(`create database ${database} template migrated`))
  try {
    const { sql } = life.plant ?? {}
    if (sql !== undefined) await on(database, (client) => client.unsafe(sql))
    const before = statSync(cluster.logFile).size
    const told = await Effect.runPromise(Effect.scoped(live(cluster.url(database), life, until)))
    return { ...told, dump: await on(database, dumpOf), logged: statSync(cluster.logFile).size - before }
  } finally {
    await on("postgres", (client) => client.unsafe(`drop database ${database} with (force)`))
  }
}

let pairs = 0
let rows = 0
let notes = 0
/** Lives both lives and answers in what they end differently; the one note that may stay is not told. */
const differences = async (life: Life): Promise<ReadonlyArray<string>> => {
  const one = await liveOnce(life)
  const other = await liveOnce(life, one.until)
  pairs += 1
  notes += one.leaves === undefined ? 0 : 1
  rows += Object.entries(other.dump).flatMap(([about, lines]) => (about.startsWith("rows of") ? lines : [])).length
  const more = beyond(one.dump, other.dump)
  const note = more.findIndex((line) => one.leaves !== undefined && line.startsWith("rows of service.anonymous_note:") && line.includes(one.leaves))
  if (one.leaves !== undefined && note < 0) return ["the note that may stay is not there"]
  return [
    ...more.filter((_, at) => at !== note).map((line) => `more ${line}`),
    ...beyond(other.dump, one.dump).map((line) => `less ${line}`),
    ...(isDeepStrictEqual(one.seen, other.seen) ? [] : ["vaults, or what the others' stores say"]),
    ...(one.logged === other.logged ? [] : ["the length of the log"])
  ]
}

/** What gives a world away under each planted bug. */
const given: Readonly<Record<string, ReadonlyArray<string>>> = {
  "a serial column": ["rows of service.session", "sequences"],
  "a ledger that rises only when something was destroyed": ["rows of service.bucket_ledger"],
  "leaves that are made for whoever comes": ["relations", "columns"],
  "a row that is hidden and stays": ["rows of service.session"]
}

describe("a world in which somebody came, once every deadline of theirs is over,", () => {
  it("is the world in which they never came: tables, leaves, ledgers, statistics, sequences, vaults, log; but for a note that is about nobody", async () => {
    const property = fc.asyncProperty(stories, async (life) => assert.deepStrictEqual(await differences(life), []))
    await fc.assert(property, { ...runs(3), examples: [[simpleStory], [storyOfNotes]] })
    console.log(`${pairs} pairs of worlds, ${rows} rows compared, ${notes} times a note stayed`)
  }, patience * 8)

  it("is told apart by each of the planted bugs", async () => {
    assert.deepStrictEqual(Object.keys(plants), Object.keys(given))
    for (const [name, plant] of Object.entries(plants)) {
      const found = await differences({ ...simpleStory, plant })
      for (const about of given[name] ?? []) assert.isTrue(found.some((line) => line.includes(about)), `${name}: ${found.join("\n")}`)
    }
  }, patience * 8)
})
