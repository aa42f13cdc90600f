import { Agent } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import fc from "fast-check"
import { afterAll, assert, beforeAll, describe, it, vi } from "vitest"
import { WebSocket } from "ws"
import { chat, counsellorOf, dial, frame, message, open, secret } from "./chat.contract.ts"
import { ask, startServer, type TestServer } from "./harness.contract.ts"

const canary = "Kanarifugl7731"
const deep = process.env["FORTROLIG_DEEP"] === "1"

describe("whatever is sent, the answer is plain, repeats nothing, and leaves nothing half done", () => {
  let server: TestServer
  const logged: Array<string> = []
  const spies: Array<{ mockRestore: () => void }> = []
  beforeAll(async () => {
    server = await startServer({ openings: 1_000_000 })
    const note = (...parts: ReadonlyArray<unknown>) => void logged.push(parts.map(String).join(" "))
    for (const name of ["log", "info", "warn", "error", "debug"] as const) spies.push(vi.spyOn(console, name).mockImplementation(note))
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      spies.push(vi.spyOn(stream, "write").mockImplementation((chunk) => (logged.push(String(chunk)), write(chunk))))
    }
  })
  afterAll(async () => {
    for (const spy of spies) spy.mockRestore()
    await server.close()
  })

  const problem = (answer: { status: number; headers: Readonly<Record<string, unknown>>; text: string }, status: number) => {
    assert.strictEqual(answer.status, status)
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/)
    const body = JSON.parse(answer.text)
    assert.strictEqual(body.status, status)
    assert.isString(body.type)
    assert.isString(body.title)
    assert.notInclude(answer.text + JSON.stringify(answer.headers), canary)
    return body
  }

  it("names the failing field and never its value", async () => {
    const send = (path: string, body: unknown) => ask(server, "POST", path, { body: typeof body === "string" ? body : JSON.stringify(body) })
    const cases: ReadonlyArray<readonly [string, unknown, string]> = [
      ["/api/detfinneshjelp/sessions", {}, "resume"],
      ["/api/detfinneshjelp/sessions", { resume: canary }, "resume"],
      ["/api/detfinneshjelp/sessions", { resume: secret(), after: canary }, "after"],
      ["/api/detfinneshjelp/sessions", [canary], "body"],
      ["/api/detfinneshjelp/sessions", `"${canary}"`, "body"],
      ["/api/detfinneshjelp/sessions/resume", { resume: secret(), next: canary }, "next"],
      ["/api/detfinneshjelp/sessions/resume", { resume: secret() }, "next"],
      ["/api/staff/redeem", { secret: canary }, "secret"]
    ]
    for (const [path, body, field] of cases) assert.strictEqual(problem(await send(path, body), 400).path, field)
    problem(await send("/api/detfinneshjelp/sessions", `{"resume": "${canary}`), 400)
  })

  it("answers what is not there, not allowed, too large or of another kind with a problem of its own", async () => {
    const body = JSON.stringify({ resume: secret() })
    problem(await ask(server, "POST", `/api/${canary.toLowerCase()}/sessions`, { body }), 404)
    problem(await ask(server, "GET", `/api/${canary}`), 404)
    problem(await ask(server, "DELETE", "/api/detfinneshjelp/sessions"), 404)
    problem(await ask(server, "PUT", `/${canary}`, { body }), 405)
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions", { body: canary, headers: { "content-type": `text/${canary}` } }), 415)
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions", { body: canary.repeat(80_000) }), 413)
    const chunked = { "transfer-encoding": "chunked" }
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions", { body: canary.repeat(80_000), headers: chunked }), 413)
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions", { body: `{"resume":"${canary}"}`, headers: chunked }), 400)
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions", { body, headers: { origin: "https://evil.example" } }), 403)
    problem(await ask(server, "POST", "/api/detfinneshjelp/sessions/resume", { body: JSON.stringify({ resume: secret(), next: secret() }) }), 410)
    problem(await ask(server, "POST", "/api/staff/redeem", { body: JSON.stringify({ secret: secret() }) }), 410)
    for (const cookie of ["", `staff=${canary}`, `staff=${secret()}`]) {
      for (const path of ["/api/staff/desk", "/api/staff/sign-out", `/api/staff/sessions/${"0".repeat(32)}/join`]) {
        problem(await ask(server, "POST", path, { headers: { cookie } }), 401)
      }
    }
    const staff = await counsellorOf(server, "ifengsel")
    problem(await staff.post(`/api/staff/sessions/${canary}/join`), 400)
    problem(await staff.post(`/api/staff/sessions/${"0".repeat(32)}/join`), 410)
    const lost = await ask(server, "GET", `/${canary}?q=${canary}`)
    assert.strictEqual(lost.status, 404)
    assert.notInclude(lost.text, canary)
  })

  it("takes thousands of random bodies and opens no chat that was not asked for", async () => {
    const paths = ["/api/detfinneshjelp/sessions", "/api/ifengsel/sessions/resume", "/api/ifengsel/sessions/leave", "/api/staff/redeem", "/api/staff/desk"]
    const json = fc.jsonValue().map((value) => JSON.stringify({ value, canary }))
    const near = fc.record({ resume: fc.oneof(fc.string(), fc.constant(canary)), next: fc.anything(), after: fc.string(), secret: fc.string() }, { requiredKeys: [] })
    const body = fc.oneof(json, near.map((value) => JSON.stringify(value)), fc.uint8Array({ maxLength: 300 }), fc.constant(`{"${canary}":`))
    const before = server.world.sessions.size
    const agent = new Agent({ keepAlive: true, maxSockets: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...paths), body), { minLength: 25, maxLength: 25 }), async (many) => {
        const answers = await Promise.all(many.map(([path, bytes]) => ask(server, "POST", path, { body: bytes, agent })))
        for (const answer of answers) {
          assert.include([204, 400, 401, 413, 415], answer.status)
          assert.notInclude(answer.text + JSON.stringify(answer.headers), canary)
        }
      }),
      { numRuns: deep ? 2_000 : 240 }
    )
    agent.destroy()
    assert.strictEqual(server.world.sessions.size, before)
    assert.strictEqual((await ask(server, "GET", "/healthz")).status, 200)
  }, 600_000)

  it("takes thousands of random frames, passes on none that it does not know, and keeps the chat", async () => {
    const talk = await chat(server, "ifengsel")
    const known = (bytes: Uint8Array) => bytes[0] === 1 || bytes[0] === 2 || bytes[0] === 3
    let line = talk.visitor
    let resume = talk.resume
    const again = async () => {
      const next = secret()
      const answer = await ask(server, "POST", "/api/ifengsel/sessions/resume", { body: JSON.stringify({ resume, next }) })
      resume = next
      line = await dial(server, JSON.parse(answer.text).ticket)
    }
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).filter((bytes) => !known(bytes)),
      fc.string({ maxLength: 60 }).map((text) => `${canary}${text}`),
      fc.jsonValue().map((value) => JSON.stringify({ _tag: canary, value }))
    )
    let sent = 0
    for (const piece of fc.sample(junk, { numRuns: deep ? 20_000 : 4_000, seed: 7 })) {
      if (line.socket.readyState !== WebSocket.OPEN) await again()
      line.socket.send(piece)
      if (++sent % 25 === 0) await pause(1)
    }
    if (line.socket.readyState === WebSocket.OPEN) line.socket.close()
    await line.closed
    await again()
    line.socket.send(message(1, "after all that"))
    assert.deepStrictEqual(await talk.counsellor.frame(), message(1, "after all that"))
    assert.strictEqual(talk.counsellor.frames.length, 1)
    assert.notInclude(JSON.stringify([talk.visitor.heard, line.heard, talk.counsellor.heard]), canary)
  }, 600_000)

  it("refuses a frame for its form, its size, its number or its rate, in words, and stays", async () => {
    const { visitor, counsellor } = await chat(server)
    const refused = async (bytes: Buffer) => {
      visitor.socket.send(bytes)
      return String((await visitor.next("Refused"))["says"])
    }
    assert.match(await refused(frame(9, 1)), /could not be understood/)
    assert.match(await refused(Buffer.from([1, 0, 0])), /could not be understood/)
    assert.match(await refused(frame(1, 1)), /could not be understood/)
    assert.match(await refused(message(0, "x")), /could not be understood/)
    assert.match(await refused(message(3, "x")), /before this one is missing/)
    assert.match(await refused(frame(2, 1)), /could not be understood/)
    assert.match(await refused(frame(3, 2)), /could not be understood/)
    assert.match(await refused(message(1, "x".repeat(16_384))), /too long/)
    for (let n = 1; n <= 121; n++) visitor.socket.send(message(n, canary))
    assert.match(String((await visitor.next("Refused"))["says"]), /very fast/)
    // What was let through is on its way still when the refusal is there.
    await vi.waitFor(() => assert.strictEqual(counsellor.frames.length, 120), { timeout: 5_000 })
    // The other side has a limit of its own.
    counsellor.socket.send(message(1, "still here"))
    assert.deepStrictEqual(await visitor.frame(), message(1, "still here"))
    for (let i = 0; i < 50; i++) visitor.socket.send(frame(9, 1))
    assert.strictEqual(await visitor.closed, 1008)
    assert.deepStrictEqual(await counsellor.next("Peer"), { _tag: "Peer", here: true })
    assert.deepStrictEqual(await counsellor.next("Peer"), { _tag: "Peer", here: false })
  })

  it("closes a socket that sends a megabyte with 1009, and the other side goes on", async () => {
    for (const data of [Buffer.alloc(1_000_000, 1), canary.repeat(80_000)]) {
      const { visitor, counsellor } = await chat(server)
      visitor.socket.send(data)
      assert.strictEqual(await visitor.closed, 1009)
      assert.isEmpty(counsellor.frames)
      assert.strictEqual(counsellor.socket.readyState, WebSocket.OPEN)
    }
  })

  it("lets no text message do what only the other side may", async () => {
    const { visitor, counsellor } = await chat(server)
    counsellor.say({ _tag: "Redact", id: "x", items: "all" })
    counsellor.say({ _tag: "Leave" })
    visitor.say({ _tag: "Return" })
    visitor.say({ _tag: "Redacted", id: "x" })
    visitor.say({ _tag: "Wiped" })
    await counsellor.next("Refused")
    await visitor.next("Refused")
    await pause(50)
    assert.notIncludeMembers(counsellor.heard.map(({ _tag }) => _tag), ["Ended", "Redact"])
    assert.notIncludeMembers(visitor.heard.map(({ _tag }) => _tag), ["Ended", "Requeued", "Redacted", "PeerWiped"])
  })

  it("strips what a key agreement carries beside its own fields", async () => {
    const { visitor, counsellor } = await chat(server)
    counsellor.say({ _tag: "Offer", epoch: 1, publicKey: "cHVibGlj", extra: canary })
    assert.deepStrictEqual(await visitor.next("Offer"), { _tag: "Offer", epoch: 1, publicKey: "cHVibGlj" })
  })

  it("wrote nothing of it to any log", async () => {
    await open(server, "detfinneshjelp")
    assert.notInclude(logged.join("\n"), canary)
    assert.notMatch(logged.join("\n"), /127\.0\.0\.1|[0-9a-f]{32}/)
  })
})
