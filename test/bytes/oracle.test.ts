import { relative } from "node:path"
import { assert, describe, it } from "vitest"
import { eightDays, movedClock } from "../support/clock.ts"
import { describeHits, type Hit, scan } from "../support/scan.ts"
import { type Environment, fortrolig } from "../support/server.ts"
import { inspect, keysOf, storedMessage, untilStored } from "./disk.ts"
import { accept, endChat, enter, talk } from "./people.ts"
import { leaveSession, openSession } from "./requests.ts"
import { makeWorld, needlesOf, newCanaries, stateNeedle, type World } from "./world.ts"

const preload = `--import=${new URL("./sabotagePreload.ts", import.meta.url).href}`
const without = (protection: "sealing" | "zeroing"): Environment => ({ NODE_OPTIONS: preload, TEST_SABOTAGE: protection })

/** Runs in every page before its own script: what is encrypted stays as it is, with sixteen zero bytes for a tag. */
const noEncryption = `
  SubtleCrypto.prototype.encrypt = async (_how, _key, data) => {
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength)
    const padded = new Uint8Array(bytes.length + 16)
    padded.set(bytes)
    return padded.buffer
  }
  SubtleCrypto.prototype.decrypt = async (_how, _key, data) => new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength).slice(0, -16).buffer
`
/** Neither the storage nor the document lets go of anything. */
const noWiping = `
  Storage.prototype.clear = () => {}
  Storage.prototype.removeItem = () => {}
  Element.prototype.replaceChildren = () => {}
`

const inWorld = async (environment: Environment, work: (world: World) => Promise<void>): Promise<void> => {
  const world = await makeWorld(environment)
  try {
    await work(world)
  } finally {
    await world.end()
  }
}

/** Prints what was found, each place once, with the path from the run's own folder. */
const print = (what: string, folder: string, hits: ReadonlyArray<Hit>): void => {
  const places = [...new Map(hits.map((hit) => [`${hit.needle}|${hit.where}`, hit])).values()]
  console.log(`${what}:\n${describeHits(places.map((hit) => ({ ...hit, where: hit.where.startsWith("/") ? relative(folder, hit.where) : hit.where })))}`)
}

/** Something was found of that name in a place whose name has that part, with its offset. */
const assertFound = (hits: ReadonlyArray<Hit>, needle: string, place: string): void => {
  const found = hits.filter((hit) => hit.needle === needle && hit.where.includes(place))
  assert.isAbove(found.length, 0, `no ${needle} was found in ${place}`)
  for (const { offset } of found) assert.isAbove(offset, 0)
}

const services = ["detfinneshjelp", "ifengsel"] as const

describe("the scan finds, with file and offset,", () => {
  it("addresses and states of sessions when sealing is switched off", () =>
    inWorld(without("sealing"), async (world) => {
      const needles = [stateNeedle]
      for (const [at, service] of services.entries()) {
        const canaries = newCanaries(83 + at)
        needles.push(...needlesOf(service, canaries))
        await openSession(await world.from("a visitor", canaries.visitorAddress), service)
      }
      const { hits } = await world.lookOnDisk(needles)
      print("sealing off", world.install.folder, hits)
      for (const service of services) assertFound(hits, `address of the visitor of ${service}`, "/data/custody/")
      assertFound(hits, stateNeedle.name, "/data/service/")
      assert.deepStrictEqual(hits.filter(({ where }) => !where.startsWith(world.install.data)), [])
    }))

  it("what both people write, on the wire and in both browsers' folders, when encryption is switched off in the browsers", () =>
    inWorld({}, async (world) => {
      const canaries = newCanaries(94)
      const service = "ifengsel"
      const { counsellor, visitor } = await world.pair(service, canaries, { visitor: noEncryption, counsellor: noEncryption })
      await enter(visitor, service)
      await accept(counsellor, visitor)
      await talk(visitor, counsellor, canaries)
      await Promise.all([untilStored(visitor), untilStored(counsellor)])
      const needles = needlesOf(service, canaries)
      const { hits } = await world.look(needles, await world.tells())
      print("encryption off", world.install.folder, hits)
      const words = `words of ${service}`
      for (const { browser, name } of [visitor, counsellor]) {
        assertFound(hits, words, `to ${name}`)
        assertFound(hits, words, browser.profile)
      }
      // The server's own seal still stands, and nothing but words was laid bare.
      assert.deepStrictEqual((await world.lookOnDisk(needles)).hits, [])
      assert.deepStrictEqual(hits.filter(({ needle }) => needle !== words), [])
    }))

  it("the keys of ended sessions and of past deadlines when the vaults overwrite nothing", () =>
    inWorld(without("zeroing"), async (world) => {
      const visits = await Promise.all(services.map(async (service, at) => {
        const visitor = await world.from("a visitor", `127.${83 + at}.183.141`)
        return { service, visitor, ...(await openSession(visitor, service)) }
      }))
      const live = keysOf(world.install, "live")
      // The last to leave needs no new key, which would be put into the slot that the other one freed.
      for (const { resume, service, visitor } of visits.toReversed()) await leaveSession(visitor, service, resume)
      const keys = [...live, ...keysOf(world.install, "bucket")]
      assert.isAtLeast(live.length, services.length)
      assert.isAtLeast(keys.length, 2 * services.length)
      await world.server().kill()
      await inspect(world.install, ({ service: { sessions } }) => {
        assert.deepStrictEqual(sessions.map(({ sealed }) => sealed), services.map(() => null))
        return Promise.resolve()
      })
      const clock = movedClock(eightDays)
      const swept = await fortrolig(world.install, ["sweep"], { ...clock, ...without("zeroing"), NODE_OPTIONS: `${preload} ${clock["NODE_OPTIONS"] ?? ""}` })
      assert.strictEqual(swept.code, 0, swept.stderr)
      const { hits } = await world.lookOnDisk(keys)
      print("overwriting off", world.install.folder, hits)
      for (const { name } of keys) assertFound(hits, name, name.includes("service") ? "/keys/service.vault" : "/keys/custody.vault")
    }))

  it("texts and storage in the visitor's page after the end when the browser wipes nothing", () =>
    inWorld({}, async (world) => {
      const canaries = newCanaries(83)
      const service = "detfinneshjelp"
      const { counsellor, visitor } = await world.pair(service, canaries, { visitor: noWiping })
      await enter(visitor, service)
      await accept(counsellor, visitor)
      await talk(visitor, counsellor, canaries)
      await endChat(visitor, counsellor)
      const { hits } = scan({ texts: await world.pages() }, [...needlesOf(service, canaries), storedMessage])
      print("wiping off", world.install.folder, hits)
      assertFound(hits, `words of ${service}`, `document of ${visitor.name}`)
      assertFound(hits, storedMessage.name, `storage of ${visitor.name}`)
      assert.deepStrictEqual(hits.filter(({ where }) => where.endsWith(counsellor.name)), [])
    }))
})
