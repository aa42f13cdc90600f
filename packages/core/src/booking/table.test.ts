import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { at, beginning, checked, drafts, fitting, items, keys, payloads, readers, reference, type Wish } from "../../../../test/spec/bookingLives.ts"
import { accepts, edgesOf } from "../kernel/table.ts"
import { bookingMachine } from "./machine.ts"
import { type BookingCommand, type BookingEvent, type BookingState, ItemId } from "./messages.ts"
import { bookingTable } from "./table.ts"

const [zero = ItemId.make(0), one = ItemId.make(1)] = items
const submit = { _tag: "Submit", appointment: fitting, draft: drafts[0], sealed: payloads[0] } as const

/** One of everything that makes a difference, at one instant; and the outbox's deadline. */
const vocabulary: ReadonlyArray<BookingCommand> = [
  ...([
    { _tag: "Choose", route: "form" }, { _tag: "Choose", route: "phone" },
    { _tag: "AnswerItem", item: zero, approved: true }, { _tag: "AnswerItem", item: zero, approved: false },
    { _tag: "AnswerItem", item: one, approved: true }, { _tag: "AnswerItem", item: one, approved: false },
    { _tag: "DeclineInfo" },
    { _tag: "Show", draft: drafts[0], info: [], characters: 0 }, { _tag: "Show", draft: drafts[0], info: [zero], characters: 40 },
    { _tag: "Show", draft: drafts[1], info: [zero, one], characters: 40 }, { _tag: "Show", draft: drafts[0], info: [zero], characters: 41 },
    { ...submit, checked: checked("oldEnough"), key: keys[0] }, { ...submit, checked: checked("oldEnough"), key: keys[1] },
    { ...submit, checked: checked("tooYoung"), key: keys[0] }, { ...submit, checked: checked("unknown"), key: keys[0] },
    { ...submit, checked: checked("oldEnough", "2026-11-22"), key: keys[0] },
    { ...submit, checked: checked("oldEnough"), key: keys[0], appointment: { ...fitting, site: "Elsewhere" } },
    { _tag: "Leave" },
    { _tag: "Read", reader: readers[0], role: "bookingClerk", purpose: "treatment" }, { _tag: "Read", reader: readers[0], role: "lead", purpose: "treatment" },
    { _tag: "Read", reader: readers[0], role: "bookingClerk", purpose: "research" },
    { _tag: "Fail", key: keys[0] }, { _tag: "Fail", key: keys[1] },
    { _tag: "Acknowledge", key: keys[0] }, { _tag: "Acknowledge", key: keys[1] },
    { _tag: "Lapse" },
    { _tag: "Schedule", appointment: fitting }, { _tag: "Schedule", appointment: { ...fitting, site: "Elsewhere" } },
    { _tag: "EndTreatment" }, { _tag: "AnswerFollowUp", accept: true }, { _tag: "AnswerFollowUp", accept: false }, { _tag: "Contact" }
  ] satisfies ReadonlyArray<Wish>).map((wish) => at(beginning, wish)),
  at(beginning + 2 * 3_600_000, { _tag: "Lapse" })
]

/** Every state that the vocabulary reaches, breadth first until there is nothing new, and every edge taken. */
const explore = () => {
  const machine = bookingMachine(reference)
  const found = new Map<string, BookingState>([[JSON.stringify(machine.initial), machine.initial]])
  const edges = new Set<string>()
  const events = new Map<string, BookingEvent>()
  let wave: ReadonlyArray<BookingState> = [machine.initial]
  let deep = 0
  while (wave.length > 0) {
    const next: Array<BookingState> = []
    for (const state of wave) {
      for (const command of vocabulary) {
        const decided = machine.decide(state, command)
        if (Result.isFailure(decided)) continue
        assert.isTrue(accepts<BookingState["_tag"], BookingCommand["_tag"]>(bookingTable, state._tag, command._tag))
        const to = decided.success.reduce(machine.evolve, state)
        for (const event of decided.success) events.set(JSON.stringify(event), event)
        edges.add(`${state._tag} ${command._tag} ${to._tag}`)
        const name = JSON.stringify(to)
        if (found.has(name)) continue
        found.set(name, to)
        next.push(to)
      }
    }
    if (next.length > 0) deep += 1
    wave = next
  }
  return { states: found, edges, events: [...events.values()], deep }
}

describe("the table of booking", () => {
  it("is the machine: explored to the end, 57 states and 6 commands deep, both have the same 50 edges", () => {
    const { states, edges, deep } = explore()
    assert.deepStrictEqual([...edges].toSorted(), edgesOf(bookingTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted())
    assert.deepStrictEqual({ states: states.size, edges: edges.size, deep }, { states: 57, edges: 50, deep: 6 })
  })

  it("leads nowhere else by any event that happens in another state", () => {
    const { states, events } = explore()
    const machine = bookingMachine(reference)
    // Who is turned away passes through the beginning: the form is discarded, then nothing is created.
    const ways = new Set([...edgesOf(bookingTable).map(({ from, to }) => `${from} ${to}`), "NotStarted NotCreated"])
    for (const state of states.values()) {
      for (const event of events) {
        const next = machine.evolve(state, event)
        assert.isTrue(next === state || ways.has(`${state._tag} ${next._tag}`), `${event._tag} in ${state._tag}`)
      }
    }
    assert.isAbove(events.length, 20)
    for (const state of states.values()) assert.strictEqual(machine.due(state) !== undefined, state._tag === "Pending")
  })

  it("has every state of the machine, and each state is reached", () => {
    const { states } = explore()
    assert.deepStrictEqual([...new Set([...states.values()].map(({ _tag }) => _tag))].toSorted(), Object.keys(bookingTable).toSorted())
  })
})
