import { connect } from "node:net"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { counsellorOf, dial, open, secret } from "../chat.contract.ts"
import { ask, startServer, type TestServer } from "../harness.contract.ts"

describe("the way from HTTP to a socket", () => {
  let server: TestServer
  let origin: string
  beforeAll(async () => {
    server = await startServer()
    origin = `http://127.0.0.1:${server.port}`
  })
  afterAll(() => server.close())

  /** Sends bytes as they are and answers everything that comes back, or what came within a second. */
  const raw = (text: string, reset = false): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(server.port, "127.0.0.1")
      let heard = ""
      const done = () => {
        socket.destroy()
        resolve(heard)
      }
      socket.on("data", (bytes) => (heard += bytes.toString("latin1")))
      socket.on("close", done)
      socket.on("error", done)
      setTimeout(done, 1_000).unref()
      socket.write(text, () => reset && socket.resetAndDestroy())
    })
  const upgrade = (first: string, headers: Record<string, string>) => {
    const all = {
      Host: `127.0.0.1:${server.port}`,
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
      Origin: origin,
      ...headers
    }
    return `${first}\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`
  }
  const ticketOf = async () => (await open(server, "detfinneshjelp")).ticket
  const status = (answer: string) => answer.split("\r\n")[0] ?? ""
  const withTicket = (ticket: string) => ({ "Sec-WebSocket-Protocol": `fortrolig.v1, ticket.${ticket}` })

  it("lets a ticket through once, from its own origin, and answers the protocol without the ticket", async () => {
    const ticket = await ticketOf()
    const answer = await raw(upgrade("GET /ws HTTP/1.1", withTicket(ticket)))
    assert.match(answer, /^HTTP\/1.1 101 /)
    assert.match(answer, /Sec-WebSocket-Protocol: fortrolig\.v1\r\n/)
    assert.notInclude(answer, ticket)
    assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", withTicket(ticket)))), / 401 /)
  })

  it("refuses a foreign origin, a missing one and a null one with 403, and leaves the ticket unused", async () => {
    const ticket = await ticketOf()
    const foreign = ["https://evil.example", "null", `http://127.0.0.1:${server.port + 1}`, `http://127.0.0.1:${server.port}.evil.example`, "%"]
    for (const one of foreign) assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", { ...withTicket(ticket), Origin: one }))), / 403 /, one)
    for (const host of ["chat.example", "chat.example:80"]) {
      const other = { ...withTicket(ticket), Host: host, Origin: "http://chat.example.evil.example" }
      assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", other))), / 403 /)
    }
    const missing = upgrade("GET /ws HTTP/1.1", withTicket(ticket)).replace(/Origin: .*\r\n/, "")
    assert.match(status(await raw(missing)), / 403 /)
    assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", withTicket(ticket)))), / 101 /)
  })

  it("refuses an unknown ticket, none, and one without the protocol with 401", async () => {
    const ticket = await ticketOf()
    const protocols = [`fortrolig.v1, ticket.${secret()}`, "fortrolig.v1", `ticket.${ticket}`, "fortrolig.v1, ticket."]
    for (const value of protocols) assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", { "Sec-WebSocket-Protocol": value }))), / 401 /, value)
    assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", {}))), / 401 /)
  })

  it("refuses other targets, methods and protocols, each with a ticket that would work", async () => {
    const cases: ReadonlyArray<readonly [string, Record<string, string>, number]> = [
      ["GET //ws HTTP/1.1", {}, 400],
      ["GET //evil.example/ws HTTP/1.1", {}, 400],
      ["GET /\\evil.example/ws HTTP/1.1", {}, 400],
      [`GET http://127.0.0.1:${server.port}/ws HTTP/1.1`, {}, 400],
      ["GET http://evil.example/ws HTTP/1.1", {}, 400],
      ["GET * HTTP/1.1", {}, 400],
      ["GET /wss HTTP/1.1", {}, 404],
      ["GET /api/openapi.json HTTP/1.1", {}, 404],
      ["GET /detfinneshjelp HTTP/1.1", {}, 404],
      ["POST /ws HTTP/1.1", {}, 405],
      ["GET /ws HTTP/1.1", { Upgrade: "h2c" }, 400],
      ["GET /ws HTTP/1.1", { Upgrade: "websocket, h2c" }, 400]
    ]
    const ticket = await ticketOf()
    for (const [first, headers, expected] of cases) {
      assert.match(status(await raw(upgrade(first, { ...withTicket(ticket), ...headers }))), new RegExp(` ${expected} `), first)
    }
    assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", withTicket(ticket)))), / 101 /)
  })

  it("answers a plain request for the socket with 426, whatever headers it claims", async () => {
    const answer = await ask(server, "GET", "/ws", { headers: { origin, "sec-websocket-protocol": `fortrolig.v1, ticket.${await ticketOf()}` } })
    assert.strictEqual(answer.status, 426)
    assert.strictEqual((await ask(server, "POST", "/ws", { body: "{}" })).status, 405)
  })

  it("survives connections that are reset while it decides", async () => {
    for (let i = 0; i < 200; i++) await raw(upgrade("GET /ws HTTP/1.1", withTicket(await (i % 20 === 0 ? ticketOf() : secret()))), true)
    assert.strictEqual((await ask(server, "GET", "/healthz")).status, 200)
    assert.match(status(await raw(upgrade("GET /ws HTTP/1.1", withTicket(await ticketOf())))), / 101 /)
  }, 60_000)

  it("compares with the public origin where one is set", async () => {
    const behind = await startServer({ origin: "https://chat.example.org" })
    const { ticket } = await open(behind, "detfinneshjelp")
    assert.strictEqual(await dial(behind, ticket).then(() => "opened", ({ message }) => message), "403")
    const line = await dial(behind, ticket, { origin: "https://chat.example.org" })
    line.socket.close()
    await behind.close()
  })

  it("closes an older desk of the same counsellor with 4001", async () => {
    const staff = await counsellorOf(server, "ifengsel")
    const second = await dial(server, JSON.parse((await staff.post("/api/staff/desk")).text).ticket)
    assert.strictEqual(await staff.desk.closed, 4001)
    assert.strictEqual((await second.next("Desk"))["service"], "ifengsel")
  })
})
