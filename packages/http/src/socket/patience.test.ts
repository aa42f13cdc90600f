import { createHash } from "node:crypto"
import { connect } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { WebSocket } from "ws"
import { chat, counsellorOf, dial, open } from "../chat.contract.ts"
import { startServer, type TestServer } from "../harness.contract.ts"

/** All of these wait for a real clock, so they wait together. */
describe.concurrent("how long the server waits", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  it("tells the visitor within 15 seconds that a counsellor whose connection is dead is gone, and keeps one that answers", async () => {
    const { visitor, counsellor, ref, staff } = await chat(server)
    const joined = JSON.parse((await staff.post(`/api/staff/sessions/${ref}/join`)).text)
    const origin = `http://127.0.0.1:${server.port}`
    const silent = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, ["fortrolig.v1", `ticket.${joined.ticket}`], { headers: { origin }, autoPong: false })
    assert.strictEqual(await counsellor.closed, 4001)
    const since = performance.now()
    assert.deepStrictEqual(await visitor.next("Peer"), { _tag: "Peer", here: true })
    while (!visitor.heard.some(({ here }) => here === false) && performance.now() - since < 20_000) await pause(100)
    const waited = performance.now() - since
    assert.isBelow(waited, 15_000)
    assert.isAbove(waited, 10_000)
    assert.strictEqual(visitor.socket.readyState, WebSocket.OPEN)
    assert.notStrictEqual(silent.readyState, WebSocket.OPEN)
  })

  it("lets a ticket lapse after ten seconds", async () => {
    const { ticket } = await open(server, "detfinneshjelp")
    await pause(10_100)
    assert.strictEqual(await dial(server, ticket).then(() => "opened", ({ message }) => message), "401")
  })

  it("counts a visitor who never connects as away, and a counsellor who accepts and never comes", async () => {
    // The clock of this server is moved, so it is a server of its own.
    const server = await startServer()
    const never = await open(server, "ifengsel")
    const staff = await counsellorOf(server, "ifengsel")
    const opened = await open(server, "ifengsel")
    const visitor = await dial(server, opened.ticket)
    staff.desk.say({ _tag: "Accept", ref: opened.ref })
    await visitor.next("Joined")
    await pause(12_000)
    const state = (ref: string) => server.world.sessions.get(SessionRef.make(ref))?.state._tag
    assert.deepStrictEqual([state(never.ref), state(opened.ref)], ["Waiting", "Active"])
    server.world.ahead = 62_000
    assert.deepStrictEqual(await visitor.next("Requeued"), { _tag: "Requeued", cause: "counsellorGone" })
    server.world.ahead = 125_000
    await pause(1_500)
    assert.isTrue(server.world.ended.has(SessionRef.make(never.ref)))
    assert.isFalse(server.world.ended.has(SessionRef.make(opened.ref)))
    await server.close()
  })

  it("closes a desk within a minute when its sign-in is over, and leaves the others open", async () => {
    const [over, lasting] = [await counsellorOf(server, "detfinneshjelp"), await counsellorOf(server, "detfinneshjelp")]
    const token = over.cookie.slice("staff=".length)
    server.world.signIns.delete(createHash("sha256").update(token).digest("hex"))
    assert.strictEqual(await over.desk.closed, 4004)
    assert.strictEqual(lasting.desk.socket.readyState, WebSocket.OPEN)
  }, 60_000)

  it("cuts off a request that dawdles, in its headers and in its body", async () => {
    const dawdle = (first: string): Promise<number> =>
      new Promise((resolve) => {
        const since = performance.now()
        const socket = connect(server.port, "127.0.0.1", () => socket.write(first))
        const drip = setInterval(() => socket.write("x"), 500)
        socket.on("error", () => {})
        socket.on("close", () => {
          clearInterval(drip)
          resolve(performance.now() - since)
        })
        socket.resume()
      })
    const [headers, body] = await Promise.all([
      dawdle("GET / HTTP/1.1\r\nHost: x\r\nX-Long: "),
      dawdle("POST /api/ifengsel/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n")
    ])
    assert.isBelow(headers, 14_000)
    assert.isBelow(body, 19_000)
  })
})
