import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { numberOf, numbers } from "../../../../test/spec/bookingNumbers.ts"
import { Instant } from "../kernel/instant.ts"
import { checkIdentity, type Identity } from "./identityCheck.ts"

const terms = { minimumAge: 18, timeZone: "Europe/Oslo" }
const at = (text: string): Instant => Instant.make(Date.parse(text))
const now = at("2026-11-21T12:00:00Z")
const kari = { name: "Kari Syntetisk", number: "01819012365" }

const check = (identity: Identity, purpose: "production" | "test" = "test", when = now) => {
  const checked = checkIdentity(identity, terms, purpose, when)
  return Result.isSuccess(checked) ? checked.success : `${checked.failure.rule}: ${checked.failure.says}`
}
const notANumber = "DFH-19: This is not a birth number or a D-number. Please look at the digits once more."
const byPhone = "DFH-19: With this kind of number you can book by phone."

describe("the check of an identity", () => {
  it("answers the kind, the verdict and the day, and nothing of a name or a number", () => {
    assert.deepStrictEqual<unknown>(check(kari), { kind: "FNR", age: "oldEnough", on: "2026-11-21" })
    assert.deepStrictEqual<unknown>(check({ ...kari, number: "41819012359" }), { kind: "DNR", age: "oldEnough", on: "2026-11-21" })
  })

  it("needs both a name and a number that hold", () => {
    assert.strictEqual(check({ ...kari, name: "" }), "DFH-19: Please write your name.")
    assert.strictEqual(check({ ...kari, name: " \t" }), "DFH-19: Please write your name.")
    assert.strictEqual(check({ ...kari, number: "" }), notANumber)
    assert.strictEqual(check({ ...kari, number: "01819012366" }), notANumber)
  })

  it("refuses a number that belongs to nobody in production", () => {
    assert.strictEqual(check(kari, "production"), notANumber)
  })

  it("sends help numbers to the phone", () => {
    assert.strictEqual(check({ ...kari, number: numberOf({ kind: "HNR", offset: 40, rest: 0 }, 1, 1, 90, 123) ?? "" }, "production"), byPhone)
    assert.strictEqual(check({ ...kari, number: numbers({ kind: "FHN", offset: 0, rest: 0 }, 1, 5)[0] ?? "" }), byPhone)
  })

  it("takes the age on the day of booking in Norway, not in UTC", () => {
    // Born on 1 January 1990 and 18 from the first moment of 1 January 2008 in Norway, an hour before that of UTC.
    assert.deepStrictEqual<unknown>(check(kari, "test", at("2007-12-31T22:59:59.999Z")), { kind: "FNR", age: "tooYoung", on: "2007-12-31" })
    assert.deepStrictEqual<unknown>(check(kari, "test", at("2007-12-31T23:00:00Z")), { kind: "FNR", age: "oldEnough", on: "2008-01-01" })
  })

  it("knows no age from a number of the new form without a date that is stated or registered", () => {
    const newForm = { ...kari, number: "01819012373" }
    assert.deepStrictEqual<unknown>(check(newForm), { kind: "FNR", age: "unknown", on: "2026-11-21" })
    assert.deepStrictEqual<unknown>(check({ ...newForm, birthDate: "1990-01-01" }), { kind: "FNR", age: "oldEnough", on: "2026-11-21" })
    assert.deepStrictEqual<unknown>(check({ ...newForm, birthDate: "1991-01-01" }), { kind: "FNR", age: "unknown", on: "2026-11-21" })
    const in2032 = at("2032-06-01T12:00:00Z")
    assert.deepStrictEqual<unknown>(check(kari, "test", in2032), { kind: "FNR", age: "unknown", on: "2032-06-01" })
    assert.deepStrictEqual<unknown>(check({ ...kari, birthDate: "1990-01-01" }, "test", in2032), { kind: "FNR", age: "oldEnough", on: "2032-06-01" })
  })
})
