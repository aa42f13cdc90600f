import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { Instant } from "./instant.ts"
import { catchUp, type Machine, step } from "./machine.ts"
import { RuleId } from "./rule.ts"

const at = (ms: number): Instant => Instant.make(ms)
type Command = { readonly _tag: "Ring" | "Ask" | "Stay"; readonly at: Instant }
interface Bell {
  readonly rings: ReadonlyArray<number>
  /** When the timers that are left fall due. */
  readonly due: ReadonlyArray<Instant>
  readonly asked: number
}
type Rang = { readonly _tag: "Rang" | "Asked" | "Again"; readonly at: Instant }

const refusal = { rule: RuleId.make("X-13"), says: "No." }

/** A bell with timers: each rings once and is told twice, as two events; asking is an event, too early a question is refused, and staying is none. */
const bell = (due: ReadonlyArray<number>, timer: (at: Instant) => Result.Result<ReadonlyArray<Rang>, typeof refusal>): Machine<Bell, Command, Rang> => ({
  initial: { rings: [], due: due.map(at), asked: 0 },
  due: ({ due: [first] }) => (first === undefined ? undefined : { at: first, command: { _tag: "Ring", at: first } }),
  decide: (_, command) => {
    if (command._tag === "Ring") return timer(command.at)
    if (command._tag === "Stay") return Result.succeed([])
    return command.at < 5 ? Result.fail(refusal) : Result.succeed([{ _tag: "Asked", at: command.at }, { _tag: "Asked", at: command.at }])
  },
  evolve: (state, event) => {
    if (event._tag === "Asked") return { ...state, asked: state.asked + 1 }
    return event._tag === "Again" ? state : { ...state, rings: [...state.rings, event.at], due: state.due.slice(1) }
  }
})
const twice = (now: Instant) => Result.succeed([{ _tag: "Rang", at: now }, { _tag: "Again", at: now }] as const)
const machine = bell([3, 6, 6, 9], twice)
const saying = (_tag: "Ask" | "Stay", ms: number): Command => ({ _tag, at: at(ms) })
const rang = (...instants: ReadonlyArray<number>) => instants.flatMap((ms) => [{ _tag: "Rang", at: at(ms) }, { _tag: "Again", at: at(ms) }])

describe("the timers of a machine", () => {
  it("run in order, each at its own instant, up to and including the one asked for", () => {
    const after = (ms: number) => catchUp(machine, machine.initial, at(ms))
    assert.deepStrictEqual(after(2), { state: machine.initial, events: [] })
    assert.strictEqual(after(2).state, machine.initial)
    assert.deepStrictEqual<object>(after(3), { state: { rings: [3], due: [6, 6, 9], asked: 0 }, events: rang(3) })
    assert.deepStrictEqual<object>(after(8), { state: { rings: [3, 6, 6], due: [9], asked: 0 }, events: rang(3, 6, 6) })
    assert.deepStrictEqual<object>(after(100), { state: { rings: [3, 6, 6, 9], due: [], asked: 0 }, events: rang(3, 6, 6, 9) })
  })

  it("cost nothing where none is due: the state and one empty list are handed back", () => {
    const later = bell([], twice)
    const lists = [catchUp(machine, machine.initial, at(2)), catchUp(machine, machine.initial, at(1)), catchUp(later, later.initial, at(9))].map(({ events }) => events)
    for (const list of lists) assert.strictEqual(list, lists[0])
    const asked: ReadonlyArray<Rang> = [{ _tag: "Asked", at: at(2) }]
    const told = { ...machine, decide: () => Result.succeed(asked) }
    assert.strictEqual(step(told, told.initial, saying("Ask", 2)).events, asked)
  })

  it("are none in a state that waits for nothing", () => {
    const none = bell([], twice)
    assert.deepStrictEqual(catchUp(none, none.initial, at(100)), { state: none.initial, events: [] })
  })

  it("may not be refused by their own machine, nor do nothing", () => {
    const refusing = bell([3], () => Result.fail(refusal))
    const idle = bell([3], () => Result.succeed([]))
    assert.throws(() => catchUp(refusing, refusing.initial, at(3)), /^timer refused by its own machine \(X-13\)$/)
    assert.throws(() => catchUp(idle, idle.initial, at(3)), /^timer refused by its own machine \(no event\)$/)
  })
})

describe("a step of a machine", () => {
  it("runs what is due, then the command, and applies every event of both", () => {
    const asked = [{ _tag: "Asked", at: at(7) }, { _tag: "Asked", at: at(7) }]
    assert.deepStrictEqual<object>(step(machine, machine.initial, saying("Ask", 7)), {
      state: { rings: [3, 6, 6], due: [9], asked: 2 },
      events: [...rang(3, 6, 6), ...asked],
      refusal: undefined
    })
    const later = { rings: [], due: [at(9)], asked: 1 }
    assert.deepStrictEqual<object>(step(machine, later, saying("Ask", 7)), { state: { ...later, asked: 3 }, events: asked, refusal: undefined })
  })

  it("keeps what the timers did when the command is refused, or does nothing", () => {
    assert.deepStrictEqual<object>(step(machine, machine.initial, saying("Ask", 4)), { state: { rings: [3], due: [6, 6, 9], asked: 0 }, events: rang(3), refusal })
    assert.deepStrictEqual<object>(step(machine, machine.initial, saying("Stay", 3)), {
      state: { rings: [3], due: [6, 6, 9], asked: 0 },
      events: rang(3),
      refusal: undefined
    })
    assert.deepStrictEqual<object>(step(machine, machine.initial, saying("Stay", 2)), { state: machine.initial, events: [], refusal: undefined })
  })
})
