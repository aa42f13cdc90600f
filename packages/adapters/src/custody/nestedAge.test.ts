import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { dueAt, newRef, service, start } from "../contracts/fixtures.contract.ts"
import { newCustodians } from "../contracts/temporary.contract.ts"
import { openWith, sealFor } from "./nestedAge.ts"
import { readTrace, sealTrace } from "./traceSeal.ts"

const failed = (work: () => Promise<unknown>) => Effect.promise(() => work().then(() => false, () => true))

describe("the custodians' seal", () => {
  it.effect("opens with both identities in their order, and with nothing less", () =>
    Effect.gen(function*() {
      const { identities, recipients } = yield* newCustodians
      const [a, b] = identities
      const stranger = (yield* newCustodians).identities[0]
      const sealed = yield* Effect.promise(() => sealFor(recipients, Buffer.from("synthetic")))
      assert.strictEqual(Buffer.from(yield* Effect.promise(() => openWith([a, b], sealed))).toString(), "synthetic")
      for (const pair of [[a, a], [b, b], [b, a], [a, stranger], [stranger, b]] as const) {
        assert.isTrue(yield* failed(() => openWith(pair, sealed)))
      }
    }))

  it.effect("gives back address and opening time, and has one length for every address", () =>
    Effect.gen(function*() {
      const { identities, recipients } = yield* newCustodians
      const lengths = new Set<number>()
      for (const text of ["127.0.0.9", "255.255.255.255", "::1", "2001:db8:1111:2222:3333:4444:5555:6666"]) {
        const trace = { sessionRef: newRef(), service, ip: ipAddress(text), openedAt: start, deleteAt: dueAt }
        const sealed = yield* sealTrace((plain) => sealFor(recipients, plain), trace)
        lengths.add(sealed.length)
        assert.deepStrictEqual(readTrace(yield* Effect.promise(() => openWith(identities, sealed))), { ip: trace.ip, openedAt: start })
      }
      assert.strictEqual(lengths.size, 1)
    }))
})
