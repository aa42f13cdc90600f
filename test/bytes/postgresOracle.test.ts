import { relative } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { eightDays, movedClock } from "../support/clock.ts"
import { describeHits, type Hit } from "../support/scan.ts"
import type { Environment } from "../support/server.ts"
import { keysOf } from "./disk.ts"
import { countsOn, openedOn } from "./postgresOpened.ts"
import { liveStory, type Story } from "./postgresStory.ts"
import { asking, both, onBoth, type PostgresWorld, postgresWorld } from "./postgresWorld.ts"

const preload = `--import=${new URL("./sabotagePreload.ts", import.meta.url).href}`
const without = (protection: "sealing" | "zeroing"): Environment => ({ NODE_OPTIONS: preload, TEST_SABOTAGE: protection })

interface Sabotaged {
  readonly world: PostgresWorld
  readonly story: Story
}
let unsealed: Sabotaged
let unzeroed: Sabotaged

const live = async (protection: "sealing" | "zeroing"): Promise<Sabotaged> => {
  const world = await postgresWorld(without(protection))
  try {
    return { world, story: await liveStory(world) }
  } catch (problem) {
    await world.end()
    throw problem
  }
}
/** Everything becomes due, and the start sweeps. */
const pass = async ({ world }: Sabotaged): Promise<void> => {
  const server = await world.start(both(world.environment, movedClock(eightDays)))
  await server.stop()
  assert.deepStrictEqual(Object.values(await countsOn(world.cluster)), [0, 0, 0, 0, 0, 0])
}

beforeAll(async () => {
  ;[unsealed, unzeroed] = await Promise.all([live("sealing"), live("zeroing")])
})
afterAll(() => Promise.all([unsealed, unzeroed].map((sabotaged) => sabotaged?.world.end())))

/** Something was found of that name in a place whose path has that part, with its offset. */
const assertFound = (hits: ReadonlyArray<Hit>, needle: string, place: string): void => {
  const found = hits.filter((hit) => hit.needle === needle && hit.where.includes(place))
  assert.isAbove(found.length, 0, `no ${needle} was found in ${place}`)
  for (const { offset } of found) assert.isAtLeast(offset, 0)
}

/** Prints each find once for each kind of place, with an example. */
const print = (what: string, hits: ReadonlyArray<Hit>): void => {
  const kindOf = ({ where }: Hit) => /backup-api|backup-files|\/keys\//.exec(where)?.[0] ?? "the live cluster"
  const part = ({ where }: Hit) => /pg_wal|global|base|keys/.exec(where)?.[0] ?? ""
  const places = new Map(hits.map((hit) => [`${hit.needle}|${kindOf(hit)}|${part(hit)}`, hit]))
  console.log(`${what}:\n${describeHits([...places.values()].map((hit) => ({ ...hit, where: relative("/dev/shm", hit.where) })))}`)
}

describe("on PostgreSQL the oracle finds, with file and offset,", () => {
  it("every field in tables, write-ahead log and both backups when sealing is switched off", async () => {
    const { story, world } = unsealed
    const { hits } = await world.look(story.personal)
    print("sealing off", hits)
    for (const place of ["/base/", "backup-api", "backup-files"]) {
      for (const needle of ["words", "address 1", "address 2", "address 3", "opening time 1", "state of a session"]) assertFound(hits, needle, place)
    }
    // The log has been shortened since the chats began.
    for (const needle of ["words", "a consent", "a linked note"]) for (const place of ["/pg_wal/", "/base/", "backup-files"]) assertFound(hits, needle, place)
    // A sign-in lies there as a hash whatever is sealed, no text of anybody is in a log or an answer, and the vaults hold keys alone.
    assert.deepStrictEqual(hits.filter(({ needle, where }) => needle.startsWith("sign-in") || where.endsWith(".log") || where.startsWith("what process") || where.endsWith(".vault")), [])
  })

  it("values of a dropped leaf in the catalogue when its statistics are switched back on, also after the log is gone", async () => {
    const { story, world } = unsealed
    const named = { name: "address 1", text: story.addresses[0] ?? "" }
    const catalogue = await asking(world.cluster, "traces", async (client) => {
      const [leaf] = await client.unsafe<Array<{ name: string }>>("select tableoid::regclass::text as name from custody.access_trace limit 1")
      await client.unsafe(`alter table ${leaf?.name ?? ""} alter column sealed set statistics 100`)
      await client.unsafe(`analyze ${leaf?.name ?? ""}`)
      const [file] = await client.unsafe<Array<{ path: string }>>("select pg_relation_filepath('pg_statistic') as path")
      return file?.path ?? ""
    })
    const seen = async () => (await world.lookIn([world.cluster.dataFolder], [named])).hits.filter(({ where }) => where.endsWith(`/${catalogue}`))
    assert.isAbove((await onBoth(world.cluster, ["checkpoint"]), await seen()).length, 0)
    await pass(unsealed)
    await onBoth(world.cluster, ["checkpoint", "select pg_switch_wal()", "checkpoint"])
    const left = await seen()
    print("sealing and the care for statistics off", left)
    assert.isAbove(left.length, 0)
  })

  it("nothing as text, but every kept field by opening a restored backup, when keys are not destroyed", async () => {
    const { story, world } = unzeroed
    const keys = keysOf(world.install, "bucket")
    assert.isAbove(keys.length, 4)
    await pass(unzeroed)
    const { hits } = await world.look([...story.personal, ...keys])
    for (const { name } of keys) assertFound(hits, name, name.includes("service") ? "service.vault" : "custody.vault")
    assert.deepStrictEqual(hits.filter(({ where }) => !where.endsWith(".vault")), [])
    const opened = await openedOn(await world.restore(story.backups.files), world.install)
    const has = (kind: string, part: string) => assert.isTrue(opened[kind]?.opened.some((text) => text.includes(part)), `${kind} does not open`)
    has("content", story.words)
    has("consent", story.words)
    has("triage", `"writtenAt":`)
    has("access_trace", story.addresses[0] ?? "?")
    has("held_trace", story.words)
  })
})
