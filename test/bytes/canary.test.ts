import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { openWith } from "@fortrolig/adapters/custody/nestedAge"
import { readTrace, traceContext } from "@fortrolig/adapters/custody/traceSeal"
import { contentContext, decodePiece } from "@fortrolig/adapters/database/piece"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { eightDays, movedClock } from "../support/clock.ts"
import { describeHits, type Needle, type Scanned, scan } from "../support/scan.ts"
import { fortrolig } from "../support/server.ts"
import { identitiesOf, inspect, keysOf, liveRefs, storedMessage, untilStored } from "./disk.ts"
import { leadOf, readChat, stranger } from "./lead.ts"
import { accept, draft, endChat, enter, enterAgain, talk } from "./people.ts"
import { type Canaries, makeWorld, needlesOf, newCanaries, type Pair, stateNeedle, type World } from "./world.ts"

const services = ["detfinneshjelp", "ifengsel"] as const
const canaries: Readonly<Record<string, Canaries>> = { detfinneshjelp: newCanaries(83), ifengsel: newCanaries(94) }
const needles: ReadonlyArray<Needle> = Object.entries(canaries).flatMap(([service, all]) => needlesOf(service, all))
const of = (service: string): Canaries => canaries[service] ?? assert.fail("no such service")

let world: World
let pairs: ReadonlyArray<Pair>
let started: number
/** What the first two chats left in the vaults and rows while they lived. */
let firstKeys: ReadonlyArray<Needle>
let firstRefs: ReadonlyArray<string>

const each = (work: (pair: Pair, texts: Canaries) => Promise<void>) => Promise.all(pairs.map((pair) => work(pair, of(pair.service))))

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
const everything = { files: 900, bytes: 40_000_000 }
const disk = { files: 700, bytes: 20_000_000 }

beforeAll(async () => {
  world = await makeWorld()
  started = Date.now()
  pairs = await Promise.all(services.map((service) => world.pair(service, of(service))))
})
afterAll(async () => {
  console.log(`${total.scans} scans of ${total.files} files and ${total.bytes} bytes in all`)
  await world?.end()
})

describe("what two people write, and where the visitor comes from, in chats of both services", () => {
  it("is nowhere during the chat: not sent, not stored, not logged, not told; what is typed and not sent neither", async () => {
    await each(async (pair, texts) => {
      await enter(pair.visitor, pair.service)
      await accept(pair.counsellor, pair.visitor)
      await talk(pair.visitor, pair.counsellor, texts)
      await draft(pair.visitor, texts.visitorDrafts)
      await draft(pair.counsellor, texts.counsellorDrafts)
      await Promise.all([untilStored(pair.visitor), untilStored(pair.counsellor)])
    })
    for (const { recorder } of pairs.flatMap(({ counsellor, visitor }) => [counsellor, visitor])) {
      assert.isTrue(Object.values(recorder.heard()).some((bytes) => bytes.includes("HTTP/1.1 101")), "no socket was recorded")
    }
    firstKeys = keysOf(world.install, "live")
    firstRefs = liveRefs(world.install)
    assert.strictEqual(firstKeys.length, services.length)
    await assertClean(world.look(needles, await world.tells()), everything)
    await assertClean(world.lookOnDisk([stateNeedle]), disk)
  })

  it("is nowhere after the end, nor are the keys of the two chats; pages and storages are empty", async () => {
    await each(({ counsellor, visitor }) => endChat(visitor, counsellor))
    const pages = await world.pages()
    assert.strictEqual(describeHits(scan({ texts: pages }, [...needles, storedMessage]).hits), "")
    await assertClean(world.look(needles, await world.tells()), everything)
    await assertClean(world.lookOnDisk([...firstKeys, stateNeedle]), disk)
    for (const { counsellor, visitor } of pairs) for (const { name } of [visitor, counsellor]) assert.strictEqual(pages[`storage of ${name}`], "")
  })

  it("gives a counsellor no way back into an ended chat", async () => {
    await each(async ({ counsellor }) => {
      const statuses = await counsellor.page.evaluate(
        (refs) => Promise.all(refs.map((ref) => fetch(`/api/staff/sessions/${ref}/join`, { method: "POST" }).then(({ status }) => status))),
        firstRefs
      )
      for (const status of statuses) assert.include([403, 410], status)
    })
  })

  it("is nowhere in what a SIGKILL in mid-chat leaves behind, nor in the browsers that are closed then, nor after the next start", async () => {
    await each(async (pair, texts) => {
      await enterAgain(pair.visitor)
      await accept(pair.counsellor, pair.visitor)
      await talk(pair.visitor, pair.counsellor, texts)
    })
    const keys = keysOf(world.install, "live")
    assert.strictEqual(keys.length, services.length)
    await world.server().kill()
    await assertClean(world.look(needles), everything)
    await assertClean(world.lookOnDisk([...firstKeys, stateNeedle]), disk)
    await world.closeBrowsers()
    await world.start()
    await assertClean(world.look(needles, await world.tells()), everything)
    await assertClean(world.lookOnDisk([...firstKeys, ...keys, stateNeedle]), disk)
    await world.server().kill()
  })
})

describe("what stays until its deadline", () => {
  it("is reference, service and deadline of each session, and under ifengsel ciphertext that the server's own vault does not make readable", () =>
    inspect(world.install, async ({ service: { contents, sessions, tables, vault } }) => {
      assert.deepStrictEqual(tables, ["anonymous_note", "bucket_ledger", "consent", "content", "installation", "invitation", "receipt", "session", "staff_session", "triage"])
      assert.strictEqual(sessions.length, 2 * services.length)
      for (const { ref, deleteAt, service, ...rest } of sessions) {
        assert.match(ref, /^[0-9a-f]{32}$/)
        assert.include(services, service)
        assert.isAbove(deleteAt ?? 0, Date.now())
        assert.deepStrictEqual(rest, { version: null, sealed: null })
      }
      assert.deepStrictEqual([...new Set(contents.map(({ service }) => service))], ["ifengsel"])
      const kept = new Set(contents.map(({ ref }) => ref))
      assert.sameMembers([...kept], sessions.flatMap(({ ref, service }) => (service === "ifengsel" ? [ref] : [])))
      for (const { deleteAt, ref, sealed, tag, wrapped } of contents) {
        assert.isNotNull(wrapped)
        const opened = await Effect.runPromise(
          vault.openUntil("content", (deleteAt ?? 0) as Instant, { wrapped: wrapped ?? new Uint8Array(), sealed }, contentContext(SessionRef.make(ref), tag))
        )
        assert.isAbove(opened.length, 13)
        assert.strictEqual(describeHits(scan({ texts: { "a kept piece": opened } }, needles).hits), "")
      }
    }))

  it("is, under ifengsel, a chat that the lead can read while its record key lives, both sides of it, and nobody else", () =>
    inspect(world.install, async ({ service: { contents, vault } }) => {
      const lead = await leadOf(world.install, "ifengsel")
      const said: Array<string> = []
      for (const ref of new Set(contents.map((row) => row.ref))) {
        const pieces = await Promise.all(
          contents.flatMap(({ deleteAt, ref: of, sealed, tag, wrapped }) =>
            of === ref && wrapped !== null
              ? [Effect.runPromise(vault.openUntil("content", (deleteAt ?? 0) as Instant, { wrapped, sealed }, contentContext(SessionRef.make(ref), tag)))]
              : []
          )
        )
        const chat = pieces.map(decodePiece)
        said.push(...(await readChat(lead, ref, chat)).map(({ by, text }) => `${by}: ${text}`))
        assert.isTrue(await readChat(await stranger(), ref, chat).then(() => false, () => true))
        assert.isTrue(await readChat(lead, "0".repeat(32), chat).then(() => false, () => true))
      }
      assert.includeMembers(said, [`visitor: ${of("ifengsel").visitorSays}`, `counsellor: ${of("ifengsel").counsellorSays}`])
    }))

  it("is the trace that both custodians open together, to exactly address and opening time, and neither alone nor the service realm", () =>
    inspect(world.install, async ({ custody: { tables, traces, vault }, service }) => {
      assert.deepStrictEqual(tables, ["access_trace", "bucket_ledger", "held_trace", "installation"])
      assert.strictEqual(traces.length, 2 * services.length)
      const [a, b] = identitiesOf(world.install)
      for (const { deleteAt, ref, sealed, service: name, wrapped } of traces) {
        const unwrap = (by: typeof vault) => Effect.runPromise(by.openUntil("accessTrace", deleteAt as Instant, { wrapped, sealed }, traceContext(SessionRef.make(ref))))
        const closed = await unwrap(vault)
        assert.strictEqual(describeHits(scan({ texts: { "a trace before the custodians": closed } }, needles).hits), "")
        const opened = await openWith([a, b], closed)
        const trace = readTrace(opened)
        assert.deepStrictEqual(JSON.parse(Buffer.from(opened).toString()), { ip: of(name).visitorAddress, openedAt: trace.openedAt })
        assert.isTrue(started <= trace.openedAt && trace.openedAt <= Date.now())
        for (const alone of [[a, a], [b, b]] as const) assert.isTrue(await openWith(alone, closed).then(() => false, () => true))
        assert.isTrue(await unwrap(service.vault).then(() => false, () => true))
      }
    }))

  it("is gone after the deadlines and one sweep: no row of a session, and no key that held one, in any file", async () => {
    const keys = keysOf(world.install, "bucket")
    assert.isAbove(keys.length, services.length)
    assert.isAbove((await world.lookOnDisk(keys)).hits.length, 0)
    const swept = await fortrolig(world.install, ["sweep"], movedClock(eightDays))
    assert.strictEqual(swept.code, 0, swept.stderr)
    await inspect(world.install, ({ custody, service }) => {
      assert.deepStrictEqual([service.sessions, service.contents, custody.traces], [[], [], []])
      return Promise.resolve()
    })
    assert.deepStrictEqual(keysOf(world.install, "bucket"), [])
    await assertClean(world.lookOnDisk([...keys, ...firstKeys, stateNeedle]), disk)
    await assertClean(world.look(needles, { sweep: swept.stdout + swept.stderr }), everything)
  })
})
