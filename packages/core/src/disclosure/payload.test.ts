import { assert, describe, it } from "vitest"
import { recipients } from "../policy/duties.ts"
import { allowed, type Audience, Field, fields, mayHave, type Payload, refuseFields, refusePayload } from "./payload.ts"

const ground = { bases: ["avert"], fast: true } as const
const audiences = Object.keys(allowed) as ReadonlyArray<Audience>
const tooMuch = { rule: "X-09", says: "This is more than that recipient needs." }

/** The table of the design, written a second time. */
const designed: { readonly [To in Audience]: string } = {
  lead: "paraphrase codedAssessment selectedQuotes",
  police: "danger toWhom whenAndWhere visitorStatements sessionRef openedAt service vendorContact callbackNumber offence bookingIdentity",
  ambulance: "medicalDanger location callbackNumber",
  fire: "hazard place",
  childWelfare: "childIdentity municipality ground observations reporter",
  visitor: "that whom why what next support",
  statistics: "quarter cases"
}

describe("what a recipient may be told", () => {
  it("is exactly the list of that recipient: every field of every audience, allowed or refused", () => {
    for (const to of audiences)
      for (const name of Field.literals) {
        const may = designed[to].split(" ").includes(name)
        assert.strictEqual(mayHave(to, name, ground), may)
        assert.deepStrictEqual(refuseFields(to, [name], ground), may ? undefined : tooMuch)
      }
    assert.deepStrictEqual(Object.keys(fields), [...Field.literals])
  })

  it("refuses a payload with one field too many, wherever it stands and however it is hidden", () => {
    const payload: Payload<"fire"> = { hazard: "synthetic", place: "synthetic" }
    assert.strictEqual(refusePayload("fire", payload, ground), undefined)
    assert.deepStrictEqual(refusePayload("fire", { ...payload, danger: "synthetic" }, ground), tooMuch)
    assert.deepStrictEqual(refusePayload("fire", { danger: "synthetic", ...payload }, ground), tooMuch)
    assert.deepStrictEqual(refusePayload("fire", Object.defineProperty({ ...payload }, "transcript", { value: "synthetic", enumerable: false }), ground), tooMuch)
    assert.deepStrictEqual(refusePayload("fire", { ...payload, [Symbol("synthetic")]: "synthetic" }, ground), tooMuch)
    assert.deepStrictEqual(refusePayload("fire", {}, ground), { rule: "X-09", says: "There is nothing in it to pass on." })
  })

  it("names an offence to the police only to avert it, and a booking's identity only when minutes count", () => {
    assert.deepStrictEqual([["avert"], ["healthEmergency"], []].map((bases) => mayHave("police", "offence", { bases: bases as ReadonlyArray<"avert">, fast: true })), [true, false, false])
    assert.deepStrictEqual([true, false].map((fast) => mayHave("police", "bookingIdentity", { bases: ["avert"], fast })), [true, false])
    for (const to of audiences.filter((one) => one !== "police")) for (const name of ["offence", "bookingIdentity"] as const) assert.isFalse(mayHave(to, name, ground))
  })

  it("goes to a closed list of recipients, each of whom has a list, and no field is for an address", () => {
    assert.deepStrictEqual(recipients, ["police", "ambulance", "fire", "childWelfare"])
    for (const recipient of recipients) assert.isNotEmpty(allowed[recipient])
    assert.deepStrictEqual(Field.literals.filter((name) => /address|^ip|transcript|triage/i.test(name)), [])
  })
})
