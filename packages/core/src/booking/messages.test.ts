import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { at, beginning, checked, drafts, fitting, keys, payloads } from "../../../../test/spec/bookingLives.ts"
import { BookingCommand, CheckedIdentity, DraftId, HandOverKey, ItemId, ReaderRef, SealedPayload } from "./messages.ts"
import { BirthNumber, DNumber, HelpNumber, LocalNumber } from "./nationalId.ts"

describe("the values of a booking", () => {
  it.each([["SealedPayload", SealedPayload], ["HandOverKey", HandOverKey], ["DraftId", DraftId], ["ReaderRef", ReaderRef]] as const)("%s is 128 random bits in hexadecimal digits", (_, schema) => {
    const is = Schema.is(schema)
    assert.deepStrictEqual(["f".repeat(32), "0".repeat(32)].map((text) => is(text)), [true, true])
    for (const text of ["", "f".repeat(31), "f".repeat(33), `${"f".repeat(31)}g`, "F".repeat(32), ` ${"f".repeat(32)}`]) assert.isFalse(is(text))
  })

  it.each([["BirthNumber", BirthNumber], ["DNumber", DNumber], ["HelpNumber", HelpNumber], ["LocalNumber", LocalNumber]] as const)("%s is eleven digits", (_, schema) => {
    const is = Schema.is(schema)
    assert.isTrue(is("01819012365"))
    for (const text of ["", "0181901236", "018190123650", "0181901236a"]) assert.isFalse(is(text))
  })

  it("are an item's place from 0 to 99, and lengths from nothing up", () => {
    const is = Schema.is(ItemId)
    assert.deepStrictEqual([-1, 0, 99, 100, 0.5].map((n) => is(n)), [false, true, true, false, false])
    const show = (characters: number) => Schema.is(BookingCommand)(at(beginning, { _tag: "Show", draft: drafts[0], info: [], characters }))
    assert.deepStrictEqual([-1, 0, 1_000_000, 1_000_001, 0.5].map(show), [false, true, true, false, false])
  })

  it("are a checked identity of a birth number or a D-number, on a date of the calendar", () => {
    const is = (value: object) => Schema.is(CheckedIdentity)(value)
    for (const kind of ["FNR", "DNR"]) for (const age of ["oldEnough", "tooYoung", "unknown"]) assert.isTrue(is({ kind, age, on: "2026-11-21" }))
    for (const wrong of [{ kind: "FHN" }, { kind: "HNR" }, { age: 18 }, { on: "2026-02-29" }]) assert.isFalse(is({ kind: "FNR", age: "oldEnough", on: "2026-11-21", ...wrong }))
  })

  it("are an appointment at a named site with a psychologist or a psychiatrist", () => {
    const is = (change: object) => Schema.is(BookingCommand)({ ...at(beginning, { _tag: "Schedule", appointment: fitting }), appointment: { ...fitting, ...change } })
    assert.deepStrictEqual([{}, { performer: "clinicalPsychologist" }, { performer: "counsellor" }, { site: "" }, { on: "2026-13-01" }].map(is), [true, true, false, false, false])
  })

  it("survive the way to a store and back, as a command", () => {
    const submit = at(beginning, { _tag: "Submit", checked: checked("oldEnough"), appointment: fitting, draft: drafts[0], key: keys[0], sealed: payloads[0] })
    const wire = Schema.toCodecJson(BookingCommand)
    assert.deepStrictEqual(Schema.decodeUnknownSync(wire)(JSON.parse(JSON.stringify(Schema.encodeSync(wire)(submit)))), submit)
  })
})
