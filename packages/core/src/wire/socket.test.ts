import { assert, describe, it } from "vitest"
import { FromVisitor, ToDesk } from "./socket.ts"

const fieldsOf = (cases: object): object =>
  Object.fromEntries(Object.entries(cases).map(([tag, one]: [string, { readonly fields: object }]) => [tag, Object.keys(one.fields).filter((field) => field !== "_tag").join(" ")]))

describe("what a counsellor's desk is sent", () => {
  it("names who waits by a random reference, the time and the place in the queue, and has nothing else about a visitor (DFH-30)", () => {
    assert.deepStrictEqual(fieldsOf(ToDesk.cases), { Desk: "service open capacity holding queue", Accepted: "ref", Refused: "ref rule says" })
    assert.deepStrictEqual(Object.keys(ToDesk.cases.Desk.fields.queue.value.fields), ["ref", "queuedAt", "front", "declined"])
  })
})

describe("what a visitor's browser sends", () => {
  it("has no field for a name, a topic or an age: what is written travels as bytes that the server cannot read", () => {
    assert.deepStrictEqual(fieldsOf(FromVisitor.cases), { Offer: "epoch publicKey", Answer: "epoch encapsulated", NewKey: "", Redact: "id items", End: "", Leave: "", Wiped: "" })
  })
})
