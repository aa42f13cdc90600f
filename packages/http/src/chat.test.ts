import { setTimeout as pause } from "node:timers/promises"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { chat, counsellorOf, dial, frame, message, open, secret } from "./chat.contract.ts"
import { ask, leadKey, startServer, type TestServer } from "./harness.contract.ts"

const post = (server: TestServer, path: string, body: unknown) => ask(server, "POST", path, { body: JSON.stringify(body) })

describe("a chat, end to end over real sockets", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ openings: 10_000 })
  })
  afterAll(() => server.close())
  afterEach(() => {
    server.world.ahead = 0
    Object.assign(server.world.failing, { register: false, content: false, sessions: false })
  })

  it("opens, queues, is accepted, and relays the same bytes both ways", async () => {
    const staff = await counsellorOf(server, "detfinneshjelp")
    const opened = await open(server, "detfinneshjelp")
    const visitor = await dial(server, opened.ticket)
    assert.deepStrictEqual(await visitor.next("Queue"), { _tag: "Queue", place: 1, available: true })
    staff.desk.say({ _tag: "Accept", ref: opened.ref })
    assert.deepStrictEqual(await staff.desk.next("Accepted"), { _tag: "Accepted", ref: opened.ref })
    const joined = JSON.parse((await staff.post(`/api/staff/sessions/${opened.ref}/join`)).text)
    assert.notStrictEqual(joined.half, opened.half)
    const counsellor = await dial(server, joined.ticket)
    await visitor.next("Joined")
    const offer = { _tag: "Offer", epoch: 1, publicKey: "cHVibGlj" }
    counsellor.say(offer)
    assert.deepStrictEqual(await visitor.next("Offer"), offer)
    visitor.say({ _tag: "Answer", epoch: 1, encapsulated: "ZW5j" })
    assert.deepStrictEqual(await counsellor.next("Answer"), { _tag: "Answer", epoch: 1, encapsulated: "ZW5j" })
    visitor.socket.send(message(1, "ciphertext"))
    assert.deepStrictEqual(await counsellor.frame(), message(1, "ciphertext"))
    counsellor.socket.send(frame(2, 1))
    assert.deepStrictEqual(await visitor.frame(), frame(2, 1))
    counsellor.socket.send(message(1, "other ciphertext"))
    assert.deepStrictEqual(await visitor.frame(), message(1, "other ciphertext"))
    visitor.socket.send(frame(3, 1))
    assert.deepStrictEqual(await counsellor.frame(), frame(3, 1))
  })

  it("names the lead where content is kept and keeps the keys sealed to the lead, and does neither elsewhere", async () => {
    for (const service of ["ifengsel", "detfinneshjelp"] as const) {
      const { ref, counsellor, staff, visitor } = await chat(server, service)
      const joined = JSON.parse((await staff.post(`/api/staff/sessions/${ref}/join`)).text)
      assert.strictEqual(joined.leadKey, service === "ifengsel" ? leadKey : null)
      counsellor.say({ _tag: "Escrow", epoch: 1, sealed: "c2VhbGVk" })
      visitor.say({ _tag: "End" })
      await visitor.next("Ended")
      const kept = (server.world.kept.get(SessionRef.make(ref)) ?? []).map(({ by, n, bytes }) => ({ by, n, text: Buffer.from(bytes).toString() }))
      assert.deepStrictEqual(kept, service === "ifengsel" ? [{ by: "escrow", n: 1, text: "sealed" }] : [])
    }
  })

  it("removes what the visitor deletes from the other browser too, confirmed, and goes on", async () => {
    const { visitor, counsellor } = await chat(server)
    visitor.socket.send(message(1, "regretted"))
    await counsellor.frame()
    visitor.say({ _tag: "Redact", id: "a1", items: [{ by: "visitor", n: 1 }] })
    assert.deepStrictEqual(await counsellor.next("Redact"), { _tag: "Redact", id: "a1", items: [{ by: "visitor", n: 1 }] })
    counsellor.say({ _tag: "Redacted", id: "a1" })
    assert.deepStrictEqual(await visitor.next("Redacted"), { _tag: "Redacted", id: "a1" })
    // Sent again by a browser that has not heard: it must not come back. The next message must.
    visitor.socket.send(message(1, "regretted"))
    visitor.socket.send(message(2, "goes on"))
    assert.deepStrictEqual(await counsellor.frame(), message(2, "goes on"))
  })

  it("tells a counsellor who was away what was deleted before the key half is used", async () => {
    const { ref, resume, visitor, counsellor, staff } = await chat(server)
    visitor.socket.send(message(1, "first"))
    await counsellor.frame()
    counsellor.socket.close()
    assert.deepStrictEqual(await visitor.next("Peer"), { _tag: "Peer", here: false })
    visitor.say({ _tag: "Redact", id: "a2", items: "all" })
    await pause(50)
    const joined = JSON.parse((await staff.post(`/api/staff/sessions/${ref}/join`)).text)
    assert.strictEqual(joined.redactions, "all")
    const back = await dial(server, joined.ticket)
    assert.deepStrictEqual(await back.next("Redact"), { _tag: "Redact", id: "a2", items: "all" })
    back.say({ _tag: "Redacted", id: "a2" })
    await visitor.next("Redacted")
    visitor.socket.send(message(2, "after"))
    assert.deepStrictEqual(await back.frame(), message(2, "after"))
    const resumed = JSON.parse((await post(server, "/api/detfinneshjelp/sessions/resume", { resume, next: secret() })).text)
    assert.deepStrictEqual([resumed.redactions, resumed.next, resumed.state], [[{ by: "visitor", n: 1 }], 3, "active"])
  })

  it.each(["visitor", "counsellor"] as const)("ends at once for both when the %s ends it, with a receipt, and can not be resumed", async (by) => {
    const talk = await chat(server)
    talk[by].say({ _tag: "End" })
    const ended = await talk.visitor.next("Ended")
    assert.strictEqual(ended["reason"], `${by}Ended`)
    const trace = server.world.traces.find(({ sessionRef }) => sessionRef === talk.ref)
    assert.isDefined(trace)
    assert.deepStrictEqual(ended["receipt"], (await talk.counsellor.next("Ended"))["receipt"])
    const receipt = ended["receipt"] as { gone: Array<string>; later: Array<{ what: string; at: number }> }
    assert.deepStrictEqual(receipt.gone, ["visitorBrowser", "counsellorBrowser", "serverKeys"])
    assert.deepStrictEqual(receipt.later.map(({ what }) => what), ["accessTrace", "endedSession"])
    assert.strictEqual(receipt.later[0]?.at, trace.deleteAt)
    assert.strictEqual((await post(server, "/api/detfinneshjelp/sessions/resume", { resume: talk.resume, next: secret() })).status, 410)
    assert.strictEqual((await talk.staff.post(`/api/staff/sessions/${talk.ref}/join`)).status, 410)
    // What was on its way reaches nobody.
    talk.counsellor.socket.send(message(1, "too late"))
    talk.counsellor.say({ _tag: "Wiped" })
    await talk.visitor.next("PeerWiped")
    assert.deepStrictEqual(talk.visitor.frames, [])
    talk.visitor.say({ _tag: "Wiped" })
    assert.deepStrictEqual(await Promise.all([talk.visitor.closed, talk.counsellor.closed]), [1000, 1000])
    assert.isFalse(server.world.sessions.has(SessionRef.make(talk.ref)))
  })

  it("ends as a quick exit by a beacon, and answers the same whatever is sent", async () => {
    const { resume, counsellor } = await chat(server)
    const headers = { "content-type": "text/plain;charset=UTF-8", origin: "null" }
    const left = await ask(server, "POST", "/api/detfinneshjelp/sessions/leave", { body: JSON.stringify({ resume }), headers })
    assert.deepStrictEqual([left.status, left.text, left.headers["clear-site-data"]], [204, "", `"storage", "cookies"`])
    assert.strictEqual((await counsellor.next("Ended"))["reason"], "visitorLeft")
    for (const body of ["", "{", JSON.stringify({ resume }), JSON.stringify({ resume: 1 })]) {
      const again = await ask(server, "POST", "/api/detfinneshjelp/sessions/leave", { body, headers })
      assert.deepStrictEqual([again.status, again.text], [204, ""])
    }
  })

  it("resumes with a token that works once, answers a lost answer again, and tells a second tab apart", async () => {
    const { ref, resume, visitor, counsellor, opened } = await chat(server)
    const next = secret()
    const resumed = JSON.parse((await post(server, "/api/detfinneshjelp/sessions/resume", { resume, next })).text)
    assert.deepStrictEqual([resumed.ref, resumed.half, resumed.state, resumed.redactions], [ref, opened.half, "active", []])
    const again = await post(server, "/api/detfinneshjelp/sessions/resume", { resume, next })
    assert.strictEqual(again.status, 200)
    assert.strictEqual(JSON.parse(again.text).half, opened.half)
    const other = await post(server, "/api/detfinneshjelp/sessions/resume", { resume, next: secret() })
    assert.strictEqual(other.status, 409)
    assert.notInclude(other.text, opened.half)
    const back = await dial(server, JSON.parse(again.text).ticket)
    assert.strictEqual(await visitor.closed, 4001)
    await back.next("Joined")
    assert.deepStrictEqual(await back.next("Peer"), { _tag: "Peer", here: true })
    counsellor.socket.send(message(1, "to the new one"))
    assert.deepStrictEqual(await back.frame(), message(1, "to the new one"))
    assert.strictEqual((await post(server, "/api/detfinneshjelp/sessions/resume", { resume: next, next: secret() })).status, 200)
    // The first pair lies two steps back now: whoever still has it is another tab.
    assert.strictEqual((await post(server, "/api/detfinneshjelp/sessions/resume", { resume, next })).status, 409)
    assert.strictEqual((await post(server, "/api/ifengsel/sessions/resume", { resume: secret(), next: secret() })).status, 410)
    assert.strictEqual(server.world.traces.filter(({ sessionRef }) => sessionRef === ref).length, 1)
  })

  it("answers the same press of Start again with the same chat and one trace", async () => {
    const resume = secret()
    const [first, second] = [await open(server, "ifengsel", resume), await open(server, "ifengsel", resume)]
    assert.deepStrictEqual([second.ref, second.half], [first.ref, first.half])
    assert.strictEqual(server.world.traces.filter(({ sessionRef }) => sessionRef === first.ref).length, 1)
  })

  it("gives a returned visitor to the next counsellor, who gets a fresh half and the right number to go on from", async () => {
    const first = await chat(server)
    first.counsellor.socket.send(message(1, "one"))
    await first.visitor.frame()
    first.counsellor.say({ _tag: "Return" })
    assert.deepStrictEqual(await first.visitor.next("Requeued"), { _tag: "Requeued", cause: "returned" })
    assert.strictEqual(await first.counsellor.closed, 4003)
    assert.strictEqual((await first.staff.post(`/api/staff/sessions/${first.ref}/join`)).status, 403)
    const second = await counsellorOf(server, "detfinneshjelp")
    second.desk.say({ _tag: "Accept", ref: first.ref })
    await second.desk.next("Accepted")
    const joined = JSON.parse((await second.post(`/api/staff/sessions/${first.ref}/join`)).text)
    assert.notStrictEqual(joined.half, first.joined.half)
    assert.strictEqual(joined.next, 2)
    assert.strictEqual((await first.staff.post(`/api/staff/sessions/${first.ref}/join`)).status, 403)
  })

  it("lets one of two counsellors have a visitor, and none of another service", async () => {
    const opened = await open(server, "detfinneshjelp")
    const [one, two, stranger] = [await counsellorOf(server, "detfinneshjelp"), await counsellorOf(server, "detfinneshjelp"), await counsellorOf(server, "ifengsel")]
    stranger.desk.say({ _tag: "Accept", ref: opened.ref })
    assert.strictEqual((await stranger.desk.next("Refused"))["ref"], opened.ref)
    one.desk.say({ _tag: "Accept", ref: opened.ref })
    two.desk.say({ _tag: "Accept", ref: opened.ref })
    await one.desk.next("Accepted")
    assert.strictEqual((await two.desk.next("Refused"))["says"], "Another counsellor has already accepted this chat.")
    assert.strictEqual((await stranger.post(`/api/staff/sessions/${opened.ref}/join`)).status, 410)
    assert.notInclude(JSON.stringify(stranger.desk.heard.filter(({ _tag }) => _tag === "Desk")), opened.ref)
  })

  it("returns held visitors when a counsellor signs out, and knows that counsellor no more", async () => {
    const { visitor, staff } = await chat(server)
    const out = await staff.post("/api/staff/sign-out")
    assert.strictEqual(out.status, 204)
    await visitor.next("Requeued")
    assert.strictEqual(await staff.desk.closed, 4004)
    assert.strictEqual((await staff.post("/api/staff/desk")).status, 401)
  })

  it("ends by itself when the visitor stays away past the grace, and not before", async () => {
    const { ref, visitor, counsellor } = await chat(server)
    visitor.socket.terminate()
    assert.deepStrictEqual((await counsellor.next("Peer"))["here"], true)
    assert.deepStrictEqual((await counsellor.next("Peer"))["here"], false)
    server.world.ahead = 100_000
    await pause(1_500)
    assert.isFalse(server.world.ended.has(SessionRef.make(ref)))
    server.world.ahead = 121_000
    assert.strictEqual((await counsellor.next("Ended"))["reason"], "visitorGone")
  })

  it("opens nothing when the opening cannot be registered", async () => {
    const before = server.world.sessions.size
    server.world.failing.register = true
    const answer = await post(server, "/api/ifengsel/sessions", { resume: secret() })
    assert.strictEqual(answer.status, 503)
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/)
    assert.strictEqual(server.world.sessions.size, before)
    server.world.failing.register = false
    server.world.failing.sessions = true
    const traces = server.world.traces.length
    assert.strictEqual((await post(server, "/api/ifengsel/sessions", { resume: secret() })).status, 503)
    assert.strictEqual(server.world.traces.length, traces)
  })

  it("keeps ciphertext where the policy says so, without what was redacted, and nothing at all where it does not", async () => {
    const kept = await chat(server, "ifengsel")
    kept.visitor.socket.send(message(1, "one"))
    kept.visitor.socket.send(message(2, "two"))
    kept.counsellor.socket.send(message(1, "three"))
    await kept.visitor.frame()
    await pause(100)
    const pieces = () => (server.world.kept.get(SessionRef.make(kept.ref)) ?? []).map(({ by, n, bytes }) => [by, n, Buffer.from(bytes).toString()])
    assert.sameDeepMembers(pieces(), [["visitor", 1, "\u0001one"], ["visitor", 2, "\u0001two"], ["counsellor", 1, "\u0001three"]])
    server.world.failing.content = true
    kept.visitor.say({ _tag: "Redact", id: "k", items: [{ by: "visitor", n: 1 }] })
    await kept.counsellor.next("Redact")
    await pause(50)
    assert.strictEqual(pieces().length, 3)
    server.world.failing.content = false
    await pause(1_200)
    assert.sameDeepMembers(pieces(), [["visitor", 2, "\u0001two"], ["counsellor", 1, "\u0001three"]])
    kept.counsellor.say({ _tag: "Escrow", epoch: 1, sealed: "c2VhbGVk" })
    await pause(100)
    assert.deepStrictEqual(pieces().at(-1), ["escrow", 1, "sealed"])
    kept.visitor.socket.send(message(3, "last words"))
    kept.visitor.say({ _tag: "End" })
    await kept.visitor.next("Ended")
    assert.deepStrictEqual(pieces().at(-1), ["visitor", 3, "\u0001last words"])

    const unkept = await chat(server, "detfinneshjelp")
    unkept.visitor.socket.send(message(1, "one"))
    await unkept.counsellor.frame()
    unkept.counsellor.say({ _tag: "Escrow", epoch: 1, sealed: "c2VhbGVk" })
    await pause(100)
    assert.isFalse(server.world.kept.has(SessionRef.make(unkept.ref)))
  })
})
