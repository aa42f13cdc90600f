import { assert, describe, it } from "vitest"
import { accepted, asked, at, came, dropped, ended, missed, moved, offered, opened, requeued, reserved, taken, went, wrote } from "../../../../test/spec/sessionByHand.ts"
import { isStored, SessionEvent } from "./messages.ts"

const kept: ReadonlyArray<SessionEvent> = [opened, accepted, requeued(), moved(), { _tag: "Redacted", at: at(0) }, ended()]
const inMemory: ReadonlyArray<SessionEvent> = [
  offered(), dropped("silence"), reserved(), asked(0), { _tag: "CallerWaits", at: at(0) }, taken(), missed(0), { _tag: "ClosingSet", at: at(0), closesAt: at(0) },
  { _tag: "ConcernOpened", at: at(0) }, { _tag: "ConcernClosed", at: at(0) }, went(0), came(0), wrote
]

describe("what of a session is stored", () => {
  it("is saved when it opens, changes hands, is redacted or ends, and never for presence, activity or what is asked, expected or told of the evening", () => {
    assert.deepStrictEqual(kept.map(isStored), kept.map(() => true))
    assert.deepStrictEqual(inMemory.map(isStored), inMemory.map(() => false))
  })

  it("is said of every event", () => {
    assert.deepStrictEqual([...kept, ...inMemory].map((event) => event._tag).toSorted(), Object.keys(SessionEvent.cases).toSorted())
  })
})
