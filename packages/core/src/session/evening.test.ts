import { assert, describe, it } from "vitest"
import { nextClosing } from "../hours/openingHours.ts"
import { StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { sessionMachine } from "./machine.ts"
import type { Active, SessionCommand, SessionEvent, SessionState } from "./messages.ts"

const ada = StaffId.make("a".repeat(32))
const machine = sessionMachine(ifengsel)
/** Wednesday 7 January 2026, 21:40 in Oslo: twenty minutes before closing time. */
const start = Date.UTC(2026, 0, 7, 20, 40)
const minute = (n: number) => Instant.make(start + n * 60_000)
const closesAt = nextClosing(ifengsel.openingHours, minute(0)) ?? minute(-1)
const run = (commands: ReadonlyArray<SessionCommand>, from: SessionState = machine.initial): SessionState => commands.reduce((state, command) => step(machine, state, command).state, from)
const waiting = run([
  { _tag: "Open", at: minute(0), service: ifengsel.service, noticeVersion: "1", serviceOpen: true, front: false },
  { _tag: "Close", at: minute(0), closesAt }
])
/** The state of a chat that is with a counsellor. */
const held = (state: SessionState): Active => {
  if (state._tag !== "Active") throw new Error("the chat is with a counsellor")
  return state
}
const accept = (n: number): SessionCommand => ({ _tag: "Accept", at: minute(n), counsellor: ada, holding: 0, standing: "declaredHost", reserved: false })
const write = (n: number): SessionCommand => ({ _tag: "Activity", at: minute(n) })
const active = held(run([accept(1)], waiting))
const closed = (n: number): ReadonlyArray<SessionEvent> => [{ _tag: "Ended", at: minute(n), reason: "closingTime" }]
const eventsOf = (state: SessionState, command: SessionCommand) => step(machine, state, command).events

describe("closing time", () => {
  it("is the instant that the opening hours give, and ends the queue then and not a moment before", () => {
    assert.strictEqual(closesAt, minute(20))
    assert.deepStrictEqual(eventsOf(waiting, { _tag: "Away", at: Instant.make(minute(20) - 1), party: "visitor" }), [{ _tag: "WentAway", at: Instant.make(minute(20) - 1), party: "visitor" }])
    assert.deepStrictEqual(eventsOf(waiting, accept(20)), closed(20))
  })

  it("lets a chat that has begun finish within the limit, also when it is back in the queue, and another may take it", () => {
    const late = run([write(25), write(40)], active)
    assert.deepStrictEqual(eventsOf(late, write(50)), closed(50))
    assert.deepStrictEqual(eventsOf(late, { _tag: "Activity", at: Instant.make(minute(50) - 1) }), [{ _tag: "WasActive", at: Instant.make(minute(50) - 1) }])
    const returned = run([{ _tag: "Return", at: minute(41), counsellor: ada }], late)
    assert.deepStrictEqual(returned, {
      _tag: "Waiting",
      service: ifengsel.service,
      openedAt: minute(0),
      noticeVersion: "1",
      queuedAt: minute(41),
      front: true,
      visitorAway: null,
      begun: true,
      closesAt
    })
    assert.deepStrictEqual(eventsOf(returned, accept(49)), [{ _tag: "Accepted", at: minute(49), counsellor: ada }])
    assert.deepStrictEqual(eventsOf(returned, accept(50)), closed(50))
  })

  it("never ends a chat with an open concern, and gives it the whole limit once the concern is closed late", () => {
    const open = run([{ _tag: "Concern", at: minute(19), open: true }, write(25), write(50), write(70)], active)
    assert.deepStrictEqual(eventsOf(open, write(80)), [{ _tag: "WasActive", at: minute(80) }])
    const over = run([{ _tag: "Concern", at: minute(80), open: false }, write(90)], open)
    assert.deepStrictEqual(held(over), { ...active, lastActivity: minute(90), closesAt: minute(80) })
    assert.deepStrictEqual(eventsOf(over, write(110)), closed(110))
    const early = run([{ _tag: "Concern", at: minute(2), open: true }, { _tag: "Concern", at: minute(3), open: false }], active)
    assert.deepStrictEqual(early, active)
  })

  it("keeps a concern that is told twice, with or without an evening, and forgets it whole", () => {
    const quiet = run([{ _tag: "Open", at: minute(0), service: ifengsel.service, noticeVersion: "1", serviceOpen: true, front: false }, { _tag: "Concern", at: minute(0), open: true }, accept(1)])
    assert.deepStrictEqual(quiet._tag === "Active" && quiet.concernOpen, true)
    assert.deepStrictEqual(step(machine, quiet, { _tag: "Concern", at: minute(2), open: true }), { state: quiet, events: [], refusal: undefined })
    const { closesAt: _, ...rest } = active
    assert.deepStrictEqual(run([{ _tag: "Concern", at: minute(2), open: false }], quiet), rest)
  })

  it("moves earlier when it is told so and never later, and is never in the past", () => {
    const told = (n: number): SessionCommand => ({ _tag: "Close", at: minute(2), closesAt: minute(n) })
    assert.deepStrictEqual(eventsOf(active, told(20)), [])
    assert.deepStrictEqual(eventsOf(active, told(21)), [])
    assert.deepStrictEqual(eventsOf(active, told(19)), [{ _tag: "ClosingSet", at: minute(2), closesAt: minute(19) }])
    assert.deepStrictEqual(eventsOf(active, told(1)), [{ _tag: "ClosingSet", at: minute(2), closesAt: minute(2) }])
    assert.deepStrictEqual(eventsOf(run([told(1)], waiting), write(3)), closed(2))
  })
})
