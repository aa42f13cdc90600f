import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import fc from "fast-check"
import { afterEach, assert, describe, it } from "vitest"
import { chat, counsellorOf, dial, message, open, secret } from "../chat.contract.ts"
import { blockListOf } from "../config.ts"
import { ask, startServer, type TestServer } from "../harness.contract.ts"
import { addressOf } from "./address.ts"
import { limitWindow, openingLimit } from "./openingLimit.ts"

const blocks = (...cidrs: ReadonlyArray<string>) => blockListOf(cidrs) ?? assert.fail("not a network")
const incoming = (peer: string | undefined, forwarded?: string | ReadonlyArray<string>) => ({
  socket: { remoteAddress: peer },
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded }
})

describe("the caller's address", () => {
  it("is the socket's own when no proxy is trusted, whatever is forwarded", () => {
    assert.strictEqual(addressOf(incoming("203.0.113.7", "198.51.100.1"), blocks()), "203.0.113.7")
    assert.strictEqual(addressOf(incoming("::ffff:203.0.113.7"), blocks()), "203.0.113.7")
    assert.strictEqual(addressOf(incoming("fe80::1%eth0"), blocks()), "fe80::1")
    assert.isUndefined(addressOf(incoming(undefined), blocks()))
  })

  it("is the right-most forwarded one that is not a trusted proxy, and never one further left", () => {
    const trusted = blocks("10.0.0.0/8", "2001:db8:1::/48")
    const cases: ReadonlyArray<readonly [string, string | ReadonlyArray<string> | undefined, string]> = [
      ["10.0.0.1", "198.51.100.1", "198.51.100.1"],
      ["10.0.0.1", "192.0.2.99, 198.51.100.1", "198.51.100.1"],
      ["10.0.0.1", "192.0.2.99, 198.51.100.1, 10.9.9.9", "198.51.100.1"],
      ["10.0.0.1", ["192.0.2.99", "198.51.100.1, 10.9.9.9"], "198.51.100.1"],
      ["10.0.0.1", "10.1.1.1, 10.2.2.2", "10.1.1.1"],
      ["10.0.0.1", undefined, "10.0.0.1"],
      ["10.0.0.1", "192.0.2.99, nonsense", "10.0.0.1"],
      ["10.0.0.1", "192.0.2.99, unknown, 10.2.2.2", "10.2.2.2"],
      ["10.0.0.1", "[2001:db8::7]", "2001:db8::7"],
      ["2001:db8:1::9", "198.51.100.1", "198.51.100.1"],
      ["198.51.100.50", "192.0.2.99", "198.51.100.50"]
    ]
    for (const [peer, forwarded, expected] of cases) assert.strictEqual(addressOf(incoming(peer, forwarded), trusted), expected)
  })
})

describe("the limit on openings", () => {
  it("admits exactly as many openings of one address in a window as allowed, whatever others do", () => {
    const address = fc.integer({ min: 0, max: 5 }).map((n) => ipAddress(`198.51.100.${n}`))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(address, { maxLength: 60 }), (most, callers) => {
        const limit = openingLimit(most)
        const seen = new Map<string, number>()
        for (const caller of callers) {
          const before = seen.get(caller) ?? 0
          seen.set(caller, before + 1)
          assert.strictEqual(limit(caller, 1), before < most)
        }
      })
    )
  })

  it("counts a whole /64 of IPv6 as one, and forgets within ten minutes", () => {
    const limit = openingLimit(1)
    assert.isTrue(limit(ipAddress("2001:db8::1"), 0))
    assert.isFalse(limit(ipAddress("2001:db8:0:0:ffff::2"), 1))
    assert.isTrue(limit(ipAddress("2001:db8:0:1::1"), 2))
    assert.isFalse(limit(ipAddress("2001:db8::1"), limitWindow - 1))
    assert.isTrue(limit(ipAddress("2001:db8::1"), limitWindow))
    assert.isAtMost(limitWindow, 600_000)
  })
})

describe("the two realms", () => {
  let server: TestServer
  afterEach(() => server.close())

  /** One whole visit from an address; everything that the service realm answered, with what is random or a time replaced in order of appearance. */
  const visit = async (from: string): Promise<string> => {
    server = await startServer()
    const said: Array<unknown> = []
    const send = async (path: string, body: object, expected: number) => {
      const answer = await ask(server, "POST", path, { body: JSON.stringify(body), from })
      assert.strictEqual(answer.status, expected)
      said.push(answer)
      return answer.text === "" ? {} : JSON.parse(answer.text)
    }
    const resume = secret()
    const opened = await send("/api/ifengsel/sessions", { resume }, 201)
    const visitor = await dial(server, opened.ticket)
    const staff = await counsellorOf(server, "ifengsel")
    await visitor.next("Queue")
    staff.desk.say({ _tag: "Accept", ref: opened.ref })
    await staff.desk.next("Accepted")
    const joined = await staff.post(`/api/staff/sessions/${opened.ref}/join`)
    const counsellor = await dial(server, JSON.parse(joined.text).ticket)
    await visitor.next("Peer")
    visitor.socket.send(message(1, "hello"))
    await counsellor.frame()
    await send("/api/ifengsel/sessions/resume", { resume, next: secret() }, 200)
    await send("/api/ifengsel/sessions/resume", { resume, next: secret() }, 409)
    for (const path of ["/", "/ifengsel", "/metrics"]) said.push(await ask(server, "GET", path, { from }))
    visitor.say({ _tag: "End" })
    await Promise.all([visitor.next("Ended"), counsellor.next("Ended")])
    said.push(joined, visitor.heard, counsellor.heard, counsellor.frames, staff.desk.heard, [...server.world.sessions.values()], [...server.world.kept.values()])
    assert.deepStrictEqual(server.world.traces.map(({ ip }) => ip), [ipAddress(from)])
    assert.deepStrictEqual(Object.keys(server.world.traces[0] ?? {}).sort(), ["deleteAt", "ip", "openedAt", "service", "sessionRef"])
    const text = JSON.stringify(said)
    assert.notInclude(text, from)
    const names = new Map<string, string>()
    return text
      .replaceAll(/[0-9a-f]{32}|[A-Za-z0-9_-]{43}/g, (random) => names.get(random) ?? (names.set(random, `<${names.size}>`), names.get(random) ?? ""))
      .replaceAll(/\b1[0-9]{12}\b/g, "<time>")
      .replaceAll(/"date":"[^"]*"/g, `"date":""`)
      .replaceAll(/up_seconds \d+/g, "up_seconds")
  }

  it("give the service realm the same to the letter whatever the visitor's address, while the vendor realm alone has it", async () => {
    // How much of what a desk hears is told at once differs with the machine's load; what depended on the address would differ every time.
    const first = new Set<string>()
    for (let i = 0; i < 5; i++) {
      first.add(await visit("127.0.0.2"))
      await server.close()
      const second = await visit("127.9.9.9")
      if (first.has(second)) return
      await server.close()
      if (i === 4) assert.strictEqual(second, [...first].at(-1))
    }
  })

  it("believe a forwarded address only from a proxy that is trusted", async () => {
    server = await startServer()
    const body = JSON.stringify({ resume: secret() })
    await ask(server, "POST", "/api/ifengsel/sessions", { body, headers: { "x-forwarded-for": "198.51.100.1" } })
    assert.deepStrictEqual(server.world.traces.map(({ ip }) => String(ip)), ["127.0.0.1"])
    await server.close()
    server = await startServer({ trustProxy: ["127.0.0.0/8"] })
    await ask(server, "POST", "/api/ifengsel/sessions", { body, headers: { "x-forwarded-for": "192.0.2.9, 198.51.100.1" } })
    assert.deepStrictEqual(server.world.traces.map(({ ip }) => String(ip)), ["198.51.100.1"])
  })

  it("stop a flood of openings at the edge, leave nothing of it behind, and let everybody else in", async () => {
    server = await startServer({ openings: 3 })
    const opening = (from: string) => ask(server, "POST", "/api/ifengsel/sessions", { body: JSON.stringify({ resume: secret() }), from })
    for (let i = 0; i < 3; i++) assert.strictEqual((await opening("127.0.0.2")).status, 201)
    const stopped = await opening("127.0.0.2")
    assert.deepStrictEqual([stopped.status, stopped.headers["retry-after"]], [429, "300"])
    assert.deepStrictEqual([server.world.traces.length, server.world.sessions.size], [3, 3])
    assert.strictEqual((await opening("127.0.0.3")).status, 201)
    const resumed = await ask(server, "POST", "/api/ifengsel/sessions/resume", { body: JSON.stringify({ resume: secret(), next: secret() }), from: "127.0.0.2" })
    assert.strictEqual(resumed.status, 410)
  })

  it("take one trace for one Start: pages, probes, reconnects and refusals leave none", async () => {
    server = await startServer()
    for (const path of ["/", "/ifengsel", "/ifengsel/privacy", "/staff", "/healthz", "/readyz", "/metrics", "/api/openapi.json", "/nowhere"]) await ask(server, "GET", path)
    await ask(server, "POST", "/api/ifengsel/sessions", { body: "{}" })
    assert.isEmpty(server.world.traces)
    const { ref, resume } = await chat(server, "ifengsel")
    for (let token = resume, i = 0; i < 3; i++) {
      const next = secret()
      await ask(server, "POST", "/api/ifengsel/sessions/resume", { body: JSON.stringify({ resume: token, next }), from: `127.0.0.${i + 2}` })
      token = next
    }
    assert.deepStrictEqual(server.world.traces.map(({ sessionRef, ip }) => [sessionRef, ip]), [[ref, "127.0.0.1"]])
    await open(server, "ifengsel")
    assert.strictEqual(server.world.traces.length, 2)
  })
})
