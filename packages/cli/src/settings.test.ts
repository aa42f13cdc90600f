import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { isLoopback, originOf, settingsInForce } from "./settings.ts"

const inForce = (environment: Record<string, string>) => settingsInForce.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment))))

describe("settings", () => {
  it.effect("serve both built-in services on this machine where the environment is silent", () =>
    Effect.gen(function*() {
      const { custodians, data, host, keys, policies, port } = yield* inForce({})
      assert.deepStrictEqual({ custodians, data, host, keys, port, services: policies.map(({ service }) => String(service)) }, {
        custodians: ".fortrolig/custodians",
        data: ".fortrolig/data",
        host: "127.0.0.1",
        keys: ".fortrolig/keys",
        port: 3000,
        services: ["detfinneshjelp", "ifengsel"]
      })
    }))

  it.effect("serve what the environment names and nothing else", () =>
    Effect.gen(function*() {
      const { policies } = yield* inForce({ FORTROLIG_POLICY: "ifengsel" })
      assert.deepStrictEqual(policies.map(({ service }) => String(service)), ["ifengsel"])
    }))

  it.effect("refuse an address that is no database's as bad usage and never repeat it", () =>
    Effect.gen(function*() {
      const { exit, says } = yield* Effect.flip(inForce({ DATABASE_URL: "mysql://planted-user:planted-word@db.example/x" }))
      assert.strictEqual(exit, 64)
      assert.notInclude(says, "planted")
    }))

  it.effect.each([{ PORT: "70000" }, { FORTROLIG_POLICY: "no-such-service" }, { FORTROLIG_TRUST_PROXY: "nonsense" }])(
    "refuse %j as bad usage, naming the variable",
    (environment) =>
      Effect.gen(function*() {
        const { exit, says } = yield* Effect.flip(inForce(environment))
        assert.strictEqual(exit, 64)
        assert.isTrue(says.startsWith(Object.keys(environment)[0] ?? ""), says)
      })
  )
})

describe("addresses", () => {
  it("only this machine is loopback", () => {
    assert.deepStrictEqual(["127.0.0.1", "127.8.3.7", "::1", "localhost"].filter((host) => !isLoopback(host)), [])
    assert.deepStrictEqual(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org"].filter(isLoopback), [])
  })

  it("the public address wins, and an IPv6 host stands in brackets", () => {
    assert.strictEqual(originOf({ host: "127.0.0.1", port: 3000, origin: "https://chat.example.org" }), "https://chat.example.org")
    assert.strictEqual(originOf({ host: "::1", port: 3000, origin: undefined }), "http://[::1]:3000")
  })
})
