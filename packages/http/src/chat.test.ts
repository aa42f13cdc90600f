import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { counsellorOf, dial, message, frame, open, secret } from "./chat.contract.ts"
import { startServer, type TestServer } from "./harness.contract.ts"

describe("a chat, end to end over real sockets", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  it("opens, queues, is accepted, and relays the same bytes both ways", async () => {
    const staff = await counsellorOf(server, "detfinneshjelp")
    const resume = secret()
    const opened = await open(server, "detfinneshjelp", resume)
    const visitor = await dial(server, opened.ticket)
    assert.deepStrictEqual(await visitor.next("Queue"), { _tag: "Queue", place: 1, available: true })
    staff.desk.say({ _tag: "Accept", ref: opened.ref })
    assert.deepStrictEqual(await staff.desk.next("Accepted"), { _tag: "Accepted", ref: opened.ref })
    const joined = JSON.parse((await staff.post(`/api/staff/sessions/${opened.ref}/join`)).text)
    assert.notStrictEqual(joined.half, opened.half)
    const counsellor = await dial(server, joined.ticket)
    await visitor.next("Joined")
    const hello = message(1, "ciphertext")
    visitor.socket.send(hello)
    assert.deepStrictEqual(await counsellor.frame(), hello)
    counsellor.socket.send(frame(2, 1))
    assert.deepStrictEqual(await visitor.frame(), frame(2, 1))
    const answer = message(1, "other ciphertext")
    counsellor.socket.send(answer)
    assert.deepStrictEqual(await visitor.frame(), answer)
  })
})
