import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { format, inspect } from "node:util"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { afterAll, assert, describe, it } from "vitest"
import { carrying } from "@fortrolig/core/policy/parts"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { everythingPlaced, type Settings, settings } from "./config.ts"

const folder = mkdtempSync(join(tmpdir(), "fortrolig-"))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (environment: Readonly<Record<string, string>>): Promise<Settings> =>
  Effect.runPromise(settings.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment)))))
const policyFile = (name: string, policy: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof policy === "string" ? policy : JSON.stringify(policy))
  return path
}

describe("the settings", () => {
  it("are the defaults for one computer when only the policy is named", async () => {
    assert.deepStrictEqual(await read({ FORTROLIG_POLICY: "detfinneshjelp, ifengsel" }), {
      port: 3000,
      host: "127.0.0.1",
      databases: undefined,
      policies: [detfinneshjelp, ifengsel].map((policy) => carrying(policy, [])),
      data: ".fortrolig/data",
      keys: ".fortrolig/keys",
      custodians: ".fortrolig/custodians",
      trustProxy: [],
      origin: undefined
    })
  })

  it("keep the addresses of databases where nothing prints them", async () => {
    const { databases } = await read({ FORTROLIG_POLICY: "ifengsel", DATABASE_URL: "postgres://planted@db.example/x", CUSTODY_DATABASE_URL: "postgres://planted@db.example/y" })
    assert.deepStrictEqual([Redacted.value(databases?.service ?? Redacted.make("")), Redacted.value(databases?.custody ?? Redacted.make(""))], ["postgres://planted@db.example/x", "postgres://planted@db.example/y"])
    assert.notInclude(inspect(databases, { depth: 9, showHidden: true }) + JSON.stringify(databases) + format("%s", databases?.service), "planted")
  })

  it("read a policy from a file, and networks and an origin as they are", async () => {
    const path = policyFile("own.json", { ...ifengsel, service: "own" })
    const found = await read({ FORTROLIG_POLICY: path, FORTROLIG_TRUST_PROXY: "10.0.0.0/8, ::1", FORTROLIG_ORIGIN: "https://chat.example.org", PORT: "0" })
    assert.deepStrictEqual([found.policies.map(({ service }) => String(service)), found.trustProxy, found.origin, found.port], [
      ["own"],
      ["10.0.0.0/8", "::1"],
      "https://chat.example.org",
      0
    ])
  })

  it("stop the start when a policy does more than people were told, and say which field, which rule and what to do", async () => {
    const path = policyFile("dishonest.json", { ...ifengsel, content: { store: "server", hoursAfterEnd: 73 }, links: { ...ifengsel.links, whoAnswers: null } })
    assert.strictEqual(
      await read({ FORTROLIG_POLICY: path }).then(() => "started", ({ message }) => String(message)),
      [
        `FORTROLIG_POLICY: ${path} must not be served as it is`,
        "content.hoursAfterEnd: This is 73 hours, and the published text says 72. (IF-17) Shorten it to what the published text says, or publish the longer period first.",
        "links.whoAnswers: Children cannot see who answers. (IF-11) Write the link, or name a question about `links.whoAnswers`."
      ].join("\n")
    )
  })

  it("stop the start when a policy stores what no place of this product is declared to hold", async () => {
    const refused = await Effect.runPromise(Effect.flip(everythingPlaced("own.json", detfinneshjelp)))
    assert.strictEqual(
      refused.message,
      "FORTROLIG_POLICY: own.json must not be served by this version. The policy of detfinneshjelp declares that booking is stored, and no table or file is declared to hold it. (X-12)"
    )
    await Effect.runPromise(everythingPlaced("own.json", carrying(detfinneshjelp, ["triage", "holds"])))
  })

  it("stop the start when a policy is not one, and say which fields, which rules and what to do", async () => {
    const path = policyFile("wrong.json", { ...ifengsel, capacity: 0, exitUrl: "http://www.yr.no/" })
    assert.strictEqual(
      await read({ FORTROLIG_POLICY: path }).then(() => "started", ({ message }) => String(message)),
      [
        `FORTROLIG_POLICY: ${path} is no built-in policy, and as a file it is not a valid policy: 2 fields refused`,
        "capacity: This is not from 1 to 20. (E-14) Write a whole number of chats from 1 to 20.",
        "exitUrl: This is not written as it should be. (DFH-08) Write an address that begins with `https://`, of a page that says nothing of the visit."
      ].join("\n")
    )
  })

  it("do not care for how long nobody looked at a link: a service never falls silent by itself", async () => {
    const path = policyFile("old.json", { ...ifengsel, published: { ...ifengsel.published, readOn: "2001-01-01" } })
    assert.deepStrictEqual((await read({ FORTROLIG_POLICY: path })).policies.map(({ published }) => published.readOn), ["2001-01-01"])
  })

  it("stop the start with the name of the variable when one is missing or wrong", async () => {
    const { content: _content, ...missing } = ifengsel
    const cases: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
      ["FORTROLIG_POLICY", {}],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: " , " }],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: "ifengsel,ifengsel" }],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: "unknown" }],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: policyFile("broken.json", "{") }],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: policyFile("missing.json", missing) }],
      ["FORTROLIG_POLICY", { FORTROLIG_POLICY: policyFile("reserved.json", { ...ifengsel, service: "staff" }) }],
      ["PORT", { PORT: "65536" }],
      ["PORT", { PORT: "-1" }],
      ["PORT", { PORT: "http" }],
      ["HOST", { HOST: " " }],
      ["DATABASE_URL", { DATABASE_URL: "mysql://db.example/x" }],
      ["DATABASE_URL", { DATABASE_URL: " ", CUSTODY_DATABASE_URL: "postgres://db.example/x" }],
      ["CUSTODY_DATABASE_URL", { CUSTODY_DATABASE_URL: "postgres://db.example/x" }],
      ["CUSTODY_DATABASE_URL", { DATABASE_URL: "postgres://db.example/x", CUSTODY_DATABASE_URL: "postgres://" }],
      ["FORTROLIG_DATA", { FORTROLIG_DATA: " " }],
      ["FORTROLIG_KEYS", { FORTROLIG_KEYS: " " }],
      ["FORTROLIG_CUSTODIANS", { FORTROLIG_CUSTODIANS: " " }],
      ["FORTROLIG_TRUST_PROXY", { FORTROLIG_TRUST_PROXY: "10.0.0.0/33" }],
      ["FORTROLIG_TRUST_PROXY", { FORTROLIG_TRUST_PROXY: "everyone" }],
      ["FORTROLIG_TRUST_PROXY", { FORTROLIG_TRUST_PROXY: "10.0.0.0/8/8" }],
      ["FORTROLIG_ORIGIN", { FORTROLIG_ORIGIN: "chat.example.org" }],
      ["FORTROLIG_ORIGIN", { FORTROLIG_ORIGIN: "https://chat.example.org/path" }],
      ["FORTROLIG_ORIGIN", { FORTROLIG_ORIGIN: "ftp://chat.example.org" }]
    ]
    for (const [variable, environment] of cases) {
      const whole = variable === "FORTROLIG_POLICY" ? environment : { FORTROLIG_POLICY: "ifengsel", ...environment }
      const failure = await read(whole).then(() => "started", ({ message }) => String(message))
      assert.match(failure, new RegExp(`^${variable}: .{10,}`), JSON.stringify(environment))
    }
  })
})
