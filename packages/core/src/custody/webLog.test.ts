import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { ipAddress } from "./ipAddress.ts"
import { anonymised, logged, type WebLogLine } from "./webLog.ts"

const start = Date.UTC(2026, 2, 20, 9)
const hour = 3_600_000
const lines: fc.Arbitrary<ReadonlyArray<WebLogLine>> = fc.array(
  fc.record({
    at: fc.integer({ min: start, max: start + 20 * 24 * hour }).map((ms) => Instant.make(ms)),
    part: fc.constantFrom("chat", "site"),
    address: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 254 }).map((n) => ipAddress(`127.1.1.${n}`)))
  }),
  { maxLength: 20 }
)

describe("the web server's log", () => {
  it("has no address of a line that is 336 hours old, keeps that of a younger one to within a bucket, and changes nothing else (DFH-44)", () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 40 * 24 * hour }), (all, ms) => {
        const latest = Instant.make(start + ms)
        const after = anonymised(detfinneshjelp, all, latest)
        assert.deepStrictEqual(after.map(({ at, part }) => ({ at, part })), all.map(({ at, part }) => ({ at, part })))
        all.forEach((line, index) => {
          const age = latest - line.at
          const address = after[index]?.address
          if (age >= 336 * hour) assert.isNull(address)
          if (age <= 336 * hour - detfinneshjelp.bucketMinutes * 60_000) assert.strictEqual(address, line.address)
        })
        assert.deepStrictEqual(anonymised(detfinneshjelp, after, latest), after)
      }),
      runs(500)
    )
  }, patience)

  it("loses the address at its very deadline, and not a millisecond before", () => {
    const line = { at: Instant.make(start), part: "site", address: ipAddress("127.1.1.1") } as const
    const at = (ms: number) => anonymised(detfinneshjelp, [line], Instant.make(start + ms))
    assert.deepStrictEqual(at(336 * hour - 1), [line])
    assert.deepStrictEqual(at(336 * hour), [{ at: line.at, part: "site", address: null }])
  })

  it("never has an address for the chat's own pages, unless the policy says so, and is not kept where the policy has none (E-06)", () => {
    const line = (part: "chat" | "site"): WebLogLine => ({ at: Instant.make(start), part, address: ipAddress("127.1.1.1") })
    assert.deepStrictEqual([logged(detfinneshjelp, line("chat")), logged(detfinneshjelp, line("site"))], [{ ...line("chat"), address: null }, line("site")])
    const telling = { webLog: { addressHours: 336, addressOnChatPages: true } }
    assert.deepStrictEqual(logged(telling, line("chat")), line("chat"))
    assert.isUndefined(logged(ifengsel, line("site")))
    assert.deepStrictEqual(anonymised(ifengsel, [line("site")], Instant.make(start)), [])
  })
})
