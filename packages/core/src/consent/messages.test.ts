import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { explore } from "../../../../test/spec/consentExplored.ts"
import { beginning, notices, receipts } from "../../../../test/spec/consentLives.ts"
import { consentMachine } from "./machine.ts"
import { ConsentCommand, type ConsentEvent, ConsentState } from "./messages.ts"
import { TriageNote } from "./triage.ts"

const refuses = (schema: Schema.Decoder<unknown>, input: unknown) => {
  assert.throws(() => Schema.decodeUnknownSync(schema)(input))
}

const grant = { _tag: "Grant", at: beginning, by: "visitor", question: 1, notice: notices[0], purposes: ["research"], receiptHash: receipts[0] }
const show = { _tag: "ShowNotice", at: beginning, openedAt: beginning, notice: notices[0], chatActive: true, statedAge: null }

describe("the words of a consent", () => {
  it("make no yes out of anything but an act with named purposes, a notice and a receipt", () => {
    assert.deepStrictEqual<object>(Schema.decodeUnknownSync(ConsentCommand)(grant), grant)
    for (const purposes of [[], "research", true, "true", ["all"], undefined]) refuses(ConsentCommand, { ...grant, purposes })
    for (const by of ["system", "true", undefined]) refuses(ConsentCommand, { ...grant, by })
    for (const receiptHash of ["", "a".repeat(63), "a".repeat(65), "A".repeat(64), undefined]) refuses(ConsentCommand, { ...grant, receiptHash })
    for (const question of [-1, 3, 0.5, "1"]) refuses(ConsentCommand, { ...grant, question })
  })

  it("have no room for free text", () => {
    for (const version of ["", "two words", "a".repeat(65), "x\n"]) refuses(ConsentCommand, { ...show, notice: { version, language: "nb" } })
    refuses(ConsentCommand, { ...show, notice: { version: "1", language: "xx" } })
    for (const version of ["1", "a".repeat(64), "2026-11.b"]) assert.doesNotThrow(() => Schema.decodeUnknownSync(ConsentCommand)({ ...show, notice: { version, language: "en" } }))
  })

  it("know an age in whole years from 0 to 120, or none", () => {
    for (const statedAge of [-1, 17.5, 121, "17"]) refuses(ConsentCommand, { ...show, statedAge })
    for (const statedAge of [0, 120, null]) assert.doesNotThrow(() => Schema.decodeUnknownSync(ConsentCommand)({ ...show, statedAge }))
    for (const years of [-1, 17.5, 121]) refuses(ConsentCommand, { _tag: "StateAge", at: beginning, years })
    for (const years of [0, 120]) assert.doesNotThrow(() => Schema.decodeUnknownSync(ConsentCommand)({ _tag: "StateAge", at: beginning, years }))
  })

  it("keep no exact time in an anonymous note", () => {
    const note = { _tag: "Anonymous", purposes: ["research"], fields: { topic: "other", talkedBefore: "no", help: "none", useful: "notSaid" } }
    for (const period of ["2026-W13", "2026-03", "2026-Q4"]) assert.doesNotThrow(() => Schema.decodeUnknownSync(TriageNote)({ ...note, period }))
    for (const period of ["2026-03-27", "2026", "2026-Q5", "2026-03-27T11:00", `${beginning}`]) refuses(TriageNote, { ...note, period })
    refuses(TriageNote, { ...note, period: "2026-03", purposes: ["treatment"] })
  })
})

describe("an event", () => {
  const events: ReadonlyArray<ConsentEvent> = [
    { _tag: "NoticeShown", at: beginning, deleteAt: beginning, notice: notices[0] },
    { _tag: "Asked", at: beginning, question: 1 },
    { _tag: "Granted", at: beginning, purposes: ["research"], receiptHash: receipts[0] },
    { _tag: "Declined", at: beginning },
    { _tag: "Withdrawn", at: beginning },
    { _tag: "Invalidated", at: beginning },
    { _tag: "Halted", at: beginning },
    { _tag: "Shortened", at: beginning, deleteAt: beginning },
    { _tag: "Expired", at: beginning }
  ]
  const timed = ["NoticeShown", "Asked", "Granted", "Declined", "Withdrawn", "Invalidated", "Halted"]
  /** The states in which each event means something. */
  const meant: { readonly [Tag in ConsentEvent["_tag"]]: ReadonlyArray<string> } = {
    NoticeShown: ["NotShown", "NoticeShown", "Declined"],
    Asked: ["NoticeShown"],
    Granted: ["Asked"],
    Declined: ["Asked"],
    Withdrawn: ["Granted"],
    Invalidated: ["Granted"],
    Halted: ["Granted"],
    Shortened: timed,
    Expired: timed
  }
  const machine = consentMachine({ purposes: ["quality", "research"], bundled: false, timesAsked: 2, minimumAge: 18, traceHours: 168, bucketMinutes: 5 })

  it("that cannot happen in a state leaves it as it is, and one that can changes it; every state that is reached can be stored", () => {
    const { states } = explore(machine)
    for (const state of states) {
      assert.deepStrictEqual(Schema.decodeUnknownSync(ConsentState, { onExcessProperty: "error" })(state), state)
      for (const event of events) {
        const next = machine.evolve(state, event)
        if (meant[event._tag].includes(state._tag)) assert.notDeepEqual(next, state, `${event._tag} in ${state._tag}`)
        else assert.strictEqual(next, state, `${event._tag} in ${state._tag}`)
      }
    }
  })
})
