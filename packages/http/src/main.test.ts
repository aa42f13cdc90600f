import * as Effect from "effect/Effect"
import { SessionRef, ServiceName } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { assert, describe, it } from "vitest"
import { chat, message, open, secret } from "./chat.contract.ts"
import { ask, startServer, type TestServer } from "./harness.contract.ts"

const post = (server: TestServer, path: string, body: unknown) => ask(server, "POST", path, { body: JSON.stringify(body) })

describe("the beginning and the end of a server", () => {
  it("refuses a chat outside the opening hours with the rule", async () => {
    const server = await startServer({ demonstration: false })
    const answer = await post(server, "/api/detfinneshjelp/sessions", { resume: secret() })
    assert.deepStrictEqual([answer.status, JSON.parse(answer.text).detail], [403, "The chat is closed right now."])
    assert.match(JSON.parse(answer.text).rule, /^(DFH|IF)-\d\d$/)
    assert.deepStrictEqual([server.world.sessions.size, server.world.traces.length], [0, 0])
    await server.close()
  })

  it("ends what a crash left before it serves, and lets only those visitors to the front, once", async () => {
    const cut = SessionRef.make("0123456789abcdef0123456789abcdef")
    const at = Instant.make(Date.now() - 60_000)
    const service = ServiceName.make("detfinneshjelp")
    const server = await startServer({
      before: (world) => {
        const state = { _tag: "Waiting", service, openedAt: at, noticeVersion: "x", queuedAt: at, front: false, visitorAway: null } as const
        world.sessions.set(cut, { ref: cut, version: 1, state })
      }
    })
    assert.isTrue(server.world.ended.has(cut))
    const started = [await open(server, "detfinneshjelp")]
    for (const after of [cut, cut, "f".repeat(32)]) {
      const answer = await post(server, "/api/detfinneshjelp/sessions", { resume: secret(), after })
      assert.strictEqual(answer.status, 201)
      started.push(JSON.parse(answer.text))
    }
    const fronts = started.map(({ ref }) => {
      const state = server.world.sessions.get(SessionRef.make(ref))?.state
      return state?._tag === "Waiting" && state.front
    })
    assert.deepStrictEqual(fronts, [false, true, false, false])
    const deadline = server.world.traces[0]
    assert.strictEqual(deadline?.deleteAt, accessTraceDeleteAt(detfinneshjelp, Instant.make(deadline?.openedAt ?? 0)))
    await server.close()
  })

  it("drains: says so to both sides, lets nobody in, waits for the chats, and then stops", async () => {
    const server = await startServer()
    const { visitor, counsellor } = await chat(server)
    const drained = Effect.runPromise(server.drain)
    await Promise.all([visitor.next("Closing"), counsellor.next("Closing")])
    assert.strictEqual((await post(server, "/api/detfinneshjelp/sessions", { resume: secret() })).status, 403)
    assert.strictEqual((await ask(server, "GET", "/readyz")).status, 503)
    visitor.socket.send(message(1, "still here"))
    await counsellor.frame()
    visitor.say({ _tag: "End" })
    await drained
    await server.close()
  })

  it("ends every chat when it stops, tells both browsers, and closes with 1001", async () => {
    const server = await startServer()
    const { ref, visitor, counsellor } = await chat(server)
    const codes = Promise.all([visitor.closed, counsellor.closed])
    await Effect.runPromise(server.stop)
    assert.strictEqual((await visitor.next("Ended"))["reason"], "serverStopped")
    assert.deepStrictEqual(await codes, [1001, 1001])
    assert.isTrue(server.world.ended.has(SessionRef.make(ref)))
    await server.close()
  })
})
