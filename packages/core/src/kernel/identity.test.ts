import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { reservedNames, ServiceName, SessionRef, StaffId } from "./identity.ts"

describe("the names of things", () => {
  it("of a session and of staff are 128 bits in hexadecimal, and nothing else", () => {
    for (const is of [Schema.is(SessionRef), Schema.is(StaffId)] as const) {
      const texts = ["0123456789abcdef".repeat(2), "a".repeat(31), "a".repeat(33), `${"a".repeat(31)}G`, `${"a".repeat(31)}A`, ` ${"a".repeat(32)}`, ""]
      assert.deepStrictEqual(texts.map((text) => is(text)), [true, false, false, false, false, false, false])
    }
  })

  it("of a service are short, in small letters, and none of the product's own paths", () => {
    const is = Schema.is(ServiceName)
    const texts = ["ifengsel", "a1", "a-b", `a${"b".repeat(30)}`, "a", `a${"b".repeat(31)}`, "1a", "-a", "Ab", "a_b", " ab", "ab "]
    assert.deepStrictEqual(texts.map((text) => is(text)), [true, true, true, true, false, false, false, false, false, false, false, false])
    assert.deepStrictEqual([...reservedNames], ["api", "ws", "staff", "custody", "guide", "healthz", "readyz", "metrics", "assets"])
    for (const name of reservedNames) assert.isFalse(is(name), name)
    assert.throws(() => Schema.decodeUnknownSync(ServiceName)("staff"), /^is a reserved path$/)
  })
})
