import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { chat, secret } from "./chat.contract.ts"
import { ask, startServer, type TestServer } from "./harness.contract.ts"

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self' https://www.yr.no; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
const pages = ["/", "/ifengsel", "/ifengsel?lang=en", "/detfinneshjelp", "/ifengsel/privacy", "/nowhere", "/ifengsel/nowhere"]

describe("every answer of the server", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  it("carries the privacy headers, whatever was asked", async () => {
    const asked: ReadonlyArray<readonly [string, string, string?]> = [
      ...pages.map((path) => ["GET", path] as const),
      ["GET", "/api/openapi.json"],
      ["GET", "/api/nowhere"],
      ["GET", "/staff"],
      ["GET", "/healthz"],
      ["GET", "/metrics"],
      ["GET", "/ws"],
      ["POST", "/api/ifengsel/sessions", JSON.stringify({ resume: secret() })],
      ["POST", "/api/ifengsel/sessions", "{"],
      ["POST", "/api/ifengsel/sessions", "x".repeat(20_000)],
      ["POST", "/ifengsel/leave", ""],
      ["PUT", "/ifengsel", "{}"]
    ]
    for (const [method, path, body] of asked) {
      const { headers } = await ask(server, method, path, body === undefined ? {} : { body })
      const expected = {
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), display-capture=(), browsing-topics=()"
      }
      assert.deepInclude(headers, expected, `${method} ${path}`)
      assert.notProperty(headers, "set-cookie")
      assert.notProperty(headers, "server")
      assert.notProperty(headers, "x-powered-by")
    }
  })

  it("has the numbers for help on every page, and loads nothing from elsewhere", async () => {
    for (const path of pages) {
      const { text } = await ask(server, "GET", path)
      for (const number of ["112", "113", "116 117", "116 111"]) assert.include(text, number, path)
      const loaded = [...text.matchAll(/<(?:script|link|img|iframe|source|video|audio)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? "")
      for (const address of loaded) assert.match(address, /^(?:\/assets\/|data:image\/svg)/, path)
      assert.notMatch(text, /<script(?![^>]*(?:src=|application\/json))/, path)
    }
  })

  it("speaks the language asked for", async () => {
    const language = async (path: string, accept?: string) =>
      /<html[^>]*lang="(\w+)"/.exec((await ask(server, "GET", path, accept === undefined ? {} : { headers: { "accept-language": accept } })).text)?.[1]
    assert.deepStrictEqual(
      [await language("/"), await language("/", "en-GB,en;q=0.9"), await language("/?lang=nb", "en"), await language("/nowhere?lang=en")],
      ["nb", "en", "nb", "en"]
    )
  })

  it("serves styles under names that change with them, compressed, and nothing else of the disk", async () => {
    const { text } = await ask(server, "GET", "/ifengsel")
    const [, style = ""] = /href="(\/assets\/designsystemet\.[0-9a-f]{12}\.css)"/.exec(text) ?? []
    const plain = await ask(server, "GET", style)
    assert.deepInclude(plain.headers, { "cache-control": "public, max-age=31536000, immutable", "content-type": "text/css; charset=utf-8" })
    assert.strictEqual((await ask(server, "GET", style, { headers: { "accept-encoding": "br" } })).headers["content-encoding"], "br")
    for (const path of ["/assets/", "/assets/../package.json", "/assets/..%2f..%2fpackage.json", "/assets/%2e%2e/app.ts", "/assets/x.css"]) {
      assert.strictEqual((await ask(server, "GET", path)).status, 404, path)
    }
  })

  it("shows the way out without JavaScript: to the neutral page, with the site's storage cleared", async () => {
    const { status, headers, text } = await ask(server, "POST", "/ifengsel/leave", { body: "", headers: { origin: "null" } })
    assert.deepStrictEqual([status, headers["location"], headers["clear-site-data"], text], [303, "https://www.yr.no/", `"storage", "cookies"`, ""])
  })

  it("gives staff a cookie that scripts and other sites cannot use, and visitors none", async () => {
    const redeem = async (of: TestServer) =>
      String((await ask(of, "POST", "/api/staff/redeem", { body: JSON.stringify({ secret: await of.invitation("ifengsel") }) })).headers["set-cookie"])
    assert.match(await redeem(server), /^staff=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    const secure = await startServer({ origin: "https://chat.example.org" })
    assert.match(await redeem(secure), /; SameSite=Strict; Secure$/)
    await secure.close()
  })

  it("tells of its health in counts that no visitor can be read from", async () => {
    const before = (await ask(server, "GET", "/metrics")).text
    const { visitor } = await chat(server, "ifengsel")
    const during = (await ask(server, "GET", "/metrics")).text
    assert.strictEqual(during.replace(/up_seconds \d+/, ""), before.replace(/up_seconds \d+/, ""))
    assert.notMatch(during, /ifengsel|detfinneshjelp|127\.|[0-9a-f]{12}/)
    assert.match(during, /^fortrolig_sweeps_total 1$/m)
    visitor.socket.close()
    assert.strictEqual((await ask(server, "GET", "/readyz")).status, 200)
  })

  it("describes its API as OpenAPI 3.1 with problems for what can go wrong", async () => {
    const api = JSON.parse((await ask(server, "GET", "/api/openapi.json")).text)
    assert.match(api.openapi, /^3\.1/)
    assert.sameMembers(Object.keys(api.paths), [
      "/api/{service}/sessions",
      "/api/{service}/sessions/resume",
      "/api/{service}/sessions/leave",
      "/api/staff/redeem",
      "/api/staff/me",
      "/api/staff/sign-out",
      "/api/staff/desk",
      "/api/staff/sessions/{ref}/join"
    ])
    assert.sameMembers(Object.keys(api.paths["/api/{service}/sessions"].post.responses), ["201", "400", "403", "404", "503"])
    assert.property(api.paths["/api/{service}/sessions"].post.responses["403"].content, "application/problem+json")
  })
})
