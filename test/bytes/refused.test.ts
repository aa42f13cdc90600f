import { assert, it } from "vitest"
import { describeHits } from "../support/scan.ts"
import { openSession, type Raw, sendFrames, sendRaw } from "./requests.ts"
import { makeWorld, needlesOf, newCanaries } from "./world.ts"

it("what is refused leaves nothing: wrong origins, malformed requests, unknown pages and bad frames, in log, answer, metric and file", async () => {
  const world = await makeWorld()
  try {
    const canaries = newCanaries(83)
    const { letters } = canaries
    const forwarded = "127.71.183.149"
    const visitor = await world.from("somebody", canaries.visitorAddress)
    const origin = { origin: visitor.origin }
    const everywhere = { "user-agent": letters, referer: `http://127.0.0.1/${letters}`, cookie: `staff=${letters}`, "x-forwarded-for": forwarded, forwarded: `for=${forwarded}` }
    const post = (path: string, body: string, headers: Raw["headers"] = origin): Raw => ({ line: `POST ${path} HTTP/1.1`, headers: { ...everywhere, ...headers }, body })
    const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "c3ludGhldGljIGtleSAxNg==" }
    const sessions = "/api/detfinneshjelp/sessions"
    const refused: ReadonlyArray<Raw> = [
      post(sessions, JSON.stringify({ resume: letters }), { origin: `http://${letters}.example` }),
      post(sessions, JSON.stringify({ resume: letters })),
      post(sessions, `{"resume": "${letters}`),
      post(`${sessions}?q=${letters}`, letters, { ...origin, "content-type": `text/${letters}` }),
      post(`/api/${letters}/sessions`, JSON.stringify({ resume: "A".repeat(43) })),
      post(`${sessions}/resume`, JSON.stringify({ resume: "A".repeat(43), next: letters })),
      post("/api/staff/redeem", JSON.stringify({ secret: letters })),
      post(`/api/staff/sessions/${letters}/join`, "{}"),
      { line: `GET /${letters}?q=${letters} HTTP/1.1`, headers: everywhere },
      { line: `PUT /detfinneshjelp/${letters} HTTP/1.1`, headers: everywhere },
      { line: `GET //${letters}/ HTTP/1.1`, headers: everywhere },
      { line: `GET /%ZZ${letters} HTTP/1.1`, headers: everywhere },
      { line: `${letters} / HTTP/9.9` },
      { line: "GET /ws HTTP/1.1", headers: { ...everywhere, ...upgrade, ...origin, "sec-websocket-protocol": `fortrolig.v1, ticket.${letters}` } },
      { line: "GET /ws HTTP/1.1", headers: { ...everywhere, ...upgrade, origin: `http://${letters}.example`, "sec-websocket-protocol": "fortrolig.v1" } },
      { line: `GET /ws/${letters} HTTP/1.1`, headers: { ...upgrade, ...origin, "sec-websocket-protocol": letters } }
    ]
    for (const raw of refused) {
      const status = await sendRaw(visitor, raw)
      assert.isTrue(status >= 400 && status < 500, `${raw.line.replaceAll(letters, "*")} was answered with ${status}`)
    }
    // What nobody asked for is no reason to turn somebody away, and is dropped.
    assert.strictEqual(await sendRaw(visitor, post(sessions, JSON.stringify({ resume: "A".repeat(43), [letters]: letters }))), 201)
    const payloads = [letters, JSON.stringify({ _tag: letters }), JSON.stringify({ _tag: "Redact", id: letters, items: letters }), `\u0001${letters}`]
    await Promise.all(payloads.map(async (payload) => sendFrames(visitor, (await openSession(visitor, "ifengsel")).ticket, payload)))
    const found = await world.look([...needlesOf("somebody", canaries), { name: "forwarded address", text: forwarded }], await world.tells())
    assert.strictEqual(describeHits(found.hits), "")
    assert.isAbove(found.bytes, 20_000_000)
  } finally {
    await world.end()
  }
})
