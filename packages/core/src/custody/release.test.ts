import { assert, describe, it } from "vitest"
import { custodians, one, other } from "../../../../test/spec/custodyLives.ts"
import { hours, Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { CaseRef } from "../retention/messages.ts"
import { ipAddress } from "./ipAddress.ts"
import { custodyMachine } from "./machine.ts"
import type { CustodyCommand, CustodyState } from "./messages.ts"
import { handOver, Release } from "./release.ts"

const start = Date.UTC(2026, 9, 23, 10)
const at = (ms: number) => Instant.make(start + ms)
const [a, b] = custodians
if (a === undefined || b === undefined) throw new Error("two custodians are needed")

/** A request through all of its states, with the record gone `life` ms after the request came. */
const through = (life: number): ReadonlyArray<CustodyState> => {
  const commands: ReadonlyArray<CustodyCommand> = [
    {
      _tag: "Receive",
      at: at(0),
      request: { channel: "letter", authority: "court", caseRef: CaseRef.make("case 1"), basis: "productionOrder", secret: false },
      target: { _tag: "Session", ref: one },
      caseNotified: false,
      found: [{ trace: one, until: at(life) }]
    },
    { _tag: "CheckAuthenticity", at: at(1), by: a, number: "ownDirectory", confirmed: true },
    { _tag: "Approve", at: at(2), by: a },
    { _tag: "Release", at: at(3), by: b, latest: at(3) }
  ]
  let state = custodyMachine.initial
  return [state, ...commands.map((command) => (state = step(custodyMachine, state, command).state))]
}

describe("the permission to open one record", () => {
  it("comes from a released request and from no other state, and carries no address", () => {
    assert.deepStrictEqual(
      through(hours(72)).map((state) => [state._tag, Release.of(state, at(3)) !== undefined]),
      [["NoRequest", false], ["Received", false], ["AuthenticityChecked", false], ["Approved", false], ["Released", true]]
    )
    const released = through(hours(72)).at(-1) ?? custodyMachine.initial
    assert.deepStrictEqual(Object.entries(Release.of(released, at(3)) ?? {}), [["trace", one], ["openBefore", at(3 + hours(1))]])
  })

  it("ends after an hour, or with the record when that is sooner, by the later clock", () => {
    const opens = (life: number, ms: number) => Release.of(through(life).at(-1) ?? custodyMachine.initial, at(ms)) !== undefined
    assert.deepStrictEqual([opens(hours(72), 3 + hours(1) - 1), opens(hours(72), 3 + hours(1))], [true, false])
    assert.deepStrictEqual([opens(1000, 999), opens(1000, 1000)], [true, false])
  })

  it("hands over the address and the second of the opening, of that one session, and nothing else", () => {
    const release = Release.of(through(hours(72)).at(-1) ?? custodyMachine.initial, at(3))
    if (release === undefined) return assert.fail("there is no permission")
    const record = { sessionRef: one, ip: ipAddress("127.3.4.5"), openedAt: Instant.make(start - 3_600_000 + 789), service: "ifengsel", deleteAt: at(hours(72)) }
    assert.deepStrictEqual(handOver(release, record, at(4)), { ip: ipAddress("127.3.4.5"), openedAt: Instant.make(start - 3_600_000) })
    assert.isUndefined(handOver(release, { ...record, sessionRef: other }, at(4)))
    assert.isDefined(handOver(release, record, at(3 + hours(1) - 1)))
    assert.isUndefined(handOver(release, record, at(3 + hours(1))))
  })

  it("cannot be made by hand, which the type check proves", () => {
    /** Never called. */
    const mustNotCompile = (look: { readonly trace: typeof one; readonly openBefore: Instant }) => [
      // @ts-expect-error The maker is private.
      new Release(look.trace, look.openBefore),
      // @ts-expect-error A permission that may be missing is none.
      handOver(Release.of(custodyMachine.initial, at(0)), { sessionRef: one, ip: ipAddress("127.0.0.1"), openedAt: at(0) }, at(0))
    ]
    assert.strictEqual(mustNotCompile.length, 1)
  })
})
