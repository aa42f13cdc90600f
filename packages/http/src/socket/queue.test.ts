import { setTimeout as pause } from "node:timers/promises"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { counsellorOf, dial, type Line, open } from "../chat.contract.ts"
import { startServer, type TestServer } from "../harness.contract.ts"

/** The last word that a socket heard of a kind, once all changes are told. */
const latest = async (line: Line, tag: string): Promise<Record<string, unknown>> => {
  await pause(100)
  return line.heard.findLast((message) => message["_tag"] === tag) ?? assert.fail(`nothing of ${tag}`)
}

describe("the queue and the desk", () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startServer()
  })
  afterEach(() => server.close())

  const arrive = async () => {
    const opened = await open(server, "detfinneshjelp")
    await pause(5)
    return { ref: opened.ref, line: await dial(server, opened.ticket) }
  }
  const place = async ({ line }: { line: Line }) => {
    const { place, available } = await latest(line, "Queue")
    return [place, available]
  }

  it("tell everybody who waits their own place, and plainly whether anybody is free", async () => {
    const [first, second, third] = [await arrive(), await arrive(), await arrive()]
    assert.deepStrictEqual([await place(first), await place(second), await place(third)], [[1, false], [2, false], [3, false]])
    const staff = await counsellorOf(server, "detfinneshjelp")
    assert.deepStrictEqual([await place(first), await place(second), await place(third)], [[1, true], [2, true], [3, true]])
    staff.desk.say({ _tag: "Accept", ref: first.ref })
    await first.line.next("Joined")
    assert.deepStrictEqual([await place(second), await place(third)], [[1, false], [2, false]])
    first.line.say({ _tag: "End" })
    assert.deepStrictEqual([await place(second), await place(third)], [[1, true], [2, true]])
    second.line.say({ _tag: "Leave" })
    assert.deepStrictEqual(await place(third), [1, true])
    const { socket } = staff.desk
    socket.close()
    assert.deepStrictEqual(await place(third), [1, false])
  })

  it("show a counsellor who waits, who was declined and who is held, and refuse one chat too many", async () => {
    const staff = await counsellorOf(server, "detfinneshjelp")
    const [first, second] = [await arrive(), await arrive()]
    const view = async () => {
      const desk = (await latest(staff.desk, "Desk")) as { queue: Array<{ ref: string; front: boolean; declined: boolean }>; holding: Array<string>; open: boolean; capacity: number }
      return [desk.queue.map(({ ref, front, declined }) => [ref, front, declined]), desk.holding, desk.open, desk.capacity]
    }
    assert.deepStrictEqual(await view(), [[[first.ref, false, false], [second.ref, false, false]], [], true, 1])
    staff.desk.say({ _tag: "Decline", ref: second.ref })
    assert.deepStrictEqual(await view(), [[[first.ref, false, false], [second.ref, false, true]], [], true, 1])
    staff.desk.say({ _tag: "Accept", ref: second.ref })
    await staff.desk.next("Accepted")
    assert.deepStrictEqual(await view(), [[[first.ref, false, false]], [second.ref], true, 1])
    staff.desk.say({ _tag: "Accept", ref: first.ref })
    assert.match(String((await staff.desk.next("Refused"))["says"]), /as many chats as the service allows/)
    const joined = JSON.parse((await staff.post(`/api/staff/sessions/${second.ref}/join`)).text)
    const counsellor = await dial(server, joined.ticket)
    counsellor.say({ _tag: "Return" })
    assert.deepStrictEqual(await view(), [[[second.ref, true, false], [first.ref, false, false]], [], true, 1])
    assert.deepStrictEqual([await place(second), await place(first)], [[1, true], [2, true]])
  })

  it("show nobody whose opening was not registered", async () => {
    const staff = await counsellorOf(server, "detfinneshjelp")
    const shown = () => staff.desk.heard.filter(({ _tag }) => _tag === "Desk").flatMap(({ queue }) => queue)
    server.world.registering = 300
    server.world.failing.register = true
    await open(server, "detfinneshjelp").catch(() => {})
    server.world.failing.register = false
    const opening = open(server, "detfinneshjelp")
    await pause(200)
    assert.isEmpty(shown())
    for (const ref of server.world.sessions.keys()) staff.desk.say({ _tag: "Accept", ref })
    await staff.desk.next("Refused")
    const { ref } = await opening
    await pause(100)
    assert.deepInclude(shown(), { ref, queuedAt: server.world.traces[0]?.openedAt, front: false, declined: false })
  })
})
