import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { aim, at, beginning, deeds, naively, policies } from "../../../../test/spec/sessionLives.ts"
import { NaiveSession } from "../../../../test/spec/session.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { sessionMachine } from "./machine.ts"
import { type Active, CodeHash, type SessionCommand, SessionEvent, SessionState, SessionCommand as Commands, stored } from "./messages.ts"
import { isReserved } from "./phone.ts"

const minute = (n: number) => Instant.make(beginning + n * 60_000)
const ada = StaffId.make("a".repeat(32))
const ben = StaffId.make("b".repeat(32))
const code = CodeHash.make("1".repeat(64))
const other = CodeHash.make("2".repeat(64))
const free = { holding: 0, standing: "healthProfessional", reserved: false } as const
const policy = { ...detfinneshjelp, phone: { number: "synthetic", reservedMinutes: 10, codeDigits: 6 } }
const machine = sessionMachine(policy)
const run = (commands: ReadonlyArray<SessionCommand>, from: SessionState = machine.initial): SessionState => commands.reduce((state, command) => step(machine, state, command).state, from)

/** The state of a chat that is with a counsellor. */
const held = (state: SessionState): Active => {
  if (state._tag !== "Active") throw new Error("the chat is with a counsellor")
  return state
}
const active = held(run([
  { _tag: "Open", at: minute(0), service: policy.service, noticeVersion: "1", serviceOpen: true, front: false },
  { _tag: "Accept", at: minute(0), counsellor: ada, ...free }
]))
const request = (n: number, keepChat = false, codeHash = code): SessionCommand => ({ _tag: "RequestPhone", at: minute(n), codeHash, keepChat, reserved: false })
const expected = held(run([request(1)], active))
const refusal = (state: SessionState, command: SessionCommand) => {
  const done = step(machine, state, command)
  assert.deepStrictEqual(done.state, state)
  return done.refusal
}
const says = (rule: string, sentence: string) => ({ rule: RuleId.make(rule), says: sentence })

describe("a call to the counsellor of the chat", () => {
  it("keeps that counsellor free until the time is over and not a moment longer, and nobody else", () => {
    const reserved = (state: SessionState, counsellor: StaffId, now: number) => isReserved([machine.initial, state], counsellor, Instant.make(now))
    assert.deepStrictEqual(
      [reserved(active, ada, minute(1)), reserved(expected, ada, minute(1)), reserved(expected, ada, minute(11) - 1), reserved(expected, ada, minute(11)), reserved(expected, ben, minute(1))],
      [false, true, true, false, false]
    )
  })

  it("is expected until its time is over; then the code is gone and the chat goes on", () => {
    assert.deepStrictEqual(expected, { ...active, lastActivity: minute(1), call: { until: minute(11), codeHash: code, keepChat: false, asked: "no" } })
    const late = step(machine, expected, { _tag: "Activity", at: minute(12) })
    assert.deepStrictEqual(late.events, [{ _tag: "CallExpired", at: minute(11) }, { _tag: "WasActive", at: minute(12) }])
    assert.deepStrictEqual(late.state, { ...active, lastActivity: minute(12) })
  })

  it("ends the chat when the counsellor takes it with the code, and leaves it when both want to keep it", () => {
    const take = (keepChat: boolean): SessionCommand => ({ _tag: "TakeCall", at: minute(5), counsellor: ada, codeHash: code, keepChat })
    const ended: ReadonlyArray<SessionEvent> = [{ _tag: "Ended", at: minute(5), reason: "continuedByPhone" }]
    assert.deepStrictEqual(step(machine, expected, take(false)).events, ended)
    assert.deepStrictEqual(step(machine, expected, take(true)).events, ended)
    const kept = run([request(1, true)], active)
    assert.deepStrictEqual(step(machine, kept, take(false)).events, ended)
    assert.deepStrictEqual(step(machine, kept, take(true)), { state: { ...active, lastActivity: minute(1) }, events: [{ _tag: "CallTaken", at: minute(5) }], refusal: undefined })
  })

  it("shows that a counsellor whose connection was lost is not gone: the grace counts from the call that was taken", () => {
    const kept = run([request(1, true), { _tag: "Away", at: minute(2), party: "counsellor" }], active)
    const taken = step(machine, kept, { _tag: "TakeCall", at: minute(5), counsellor: ada, codeHash: code, keepChat: true })
    assert.deepStrictEqual(taken.state, { ...active, lastActivity: minute(1), counsellorAway: minute(5) })
    assert.deepStrictEqual(step(machine, run([request(1, true)], active), { _tag: "TakeCall", at: minute(5), counsellor: ada, codeHash: code, keepChat: true }).state, {
      ...active,
      lastActivity: minute(1)
    })
  })

  it("is refused, in words, where there is no phone, to another counsellor, with another code, or when none is expected", () => {
    const noPhone = sessionMachine({ ...policy, phone: null })
    assert.deepStrictEqual(step(noPhone, active, request(1)).refusal, says("DFH-22", "This service takes no calls."))
    const take = (counsellor: StaffId, codeHash: CodeHash): SessionCommand => ({ _tag: "TakeCall", at: minute(2), counsellor, codeHash, keepChat: true })
    assert.deepStrictEqual(refusal(expected, take(ben, code)), says("DFH-07", "This chat is not with you."))
    assert.deepStrictEqual(refusal(expected, take(ada, other)), says("DFH-22", "That is not the code of this call."))
    assert.deepStrictEqual(refusal(active, take(ada, code)), says("DFH-22", "No call is expected in this chat."))
    assert.deepStrictEqual(refusal(active, { _tag: "Choose", at: minute(2), choice: "wait" }), says("DFH-22", "No call is expected in this chat."))
    assert.deepStrictEqual(refusal(expected, { _tag: "Choose", at: minute(2), choice: "other" }), says("DFH-22", "The counsellor of your call is still here."))
    assert.deepStrictEqual(refusal(expected, request(2, false, other)), says("DFH-22", "Your call is already expected. The code that you were given still counts."))
    assert.deepStrictEqual(refusal(active, { _tag: "RequestPhone", at: minute(1), codeHash: code, keepChat: true, reserved: true }), says("DFH-22", "The counsellor is kept free for another call right now."))
    assert.deepStrictEqual(step(machine, expected, request(2)), { state: expected, events: [], refusal: undefined })
  })

  const lost = run([{ _tag: "Away", at: minute(2), party: "counsellor" }], expected)

  it("asks the visitor when its counsellor is gone: to wait, to take another, or to stop; silence is another, when the wait is over", () => {
    const choose = (choice: "wait" | "other" | "stop") => step(machine, lost, { _tag: "Choose", at: minute(4), choice }).events
    const asked = { _tag: "CallerAsked", at: minute(3) } as const
    assert.deepStrictEqual(choose("wait"), [asked, { _tag: "CallerWaits", at: minute(4) }])
    assert.deepStrictEqual(choose("other"), [asked, { _tag: "Requeued", at: minute(4), cause: "visitorChose" }])
    assert.deepStrictEqual(choose("stop"), [asked, { _tag: "Ended", at: minute(4), reason: "visitorEnded" }])
    const waits = run([{ _tag: "Choose", at: minute(4), choice: "wait" }], lost)
    assert.deepStrictEqual(step(machine, waits, { _tag: "Choose", at: minute(5), choice: "wait" }), { state: waits, events: [], refusal: undefined })
    for (const state of [lost, waits]) {
      const over = step(machine, state, { _tag: "Back", at: minute(12), party: "counsellor" })
      assert.deepStrictEqual(over.events.slice(-2), [{ _tag: "CallExpired", at: minute(11) }, { _tag: "Requeued", at: minute(11), cause: "counsellorGone" }])
      assert.strictEqual(over.state._tag, "Waiting")
    }
  })

  it("goes on with the same counsellor who comes back in time, and asks anew when that one is lost once more", () => {
    const back = run([{ _tag: "Choose", at: minute(4), choice: "wait" }, { _tag: "Back", at: minute(5), party: "counsellor" }], lost)
    assert.deepStrictEqual(back, expected)
    assert.deepStrictEqual(step(machine, back, { _tag: "Away", at: minute(6), party: "counsellor" }).events, [{ _tag: "WentAway", at: minute(6), party: "counsellor" }])
    const again = run([{ _tag: "Away", at: minute(6), party: "counsellor" }], back)
    assert.deepStrictEqual(step(machine, again, { _tag: "Redact", at: minute(8), by: "visitor" }).events, [{ _tag: "CallerAsked", at: minute(7) }, { _tag: "Redacted", at: minute(8) }])
  })
})

describe("what is known of a call", () => {
  it("has exactly these fields, none of which can hold a sound, a text or a number of the caller", () => {
    const fields = (cases: object, tags: ReadonlyArray<string>) =>
      Object.entries(cases).filter(([tag]) => tags.includes(tag)).map(([tag, one]: [string, { readonly fields: object }]) => `${tag}: ${Object.keys(one.fields).join(" ")}`)
    assert.deepStrictEqual(fields(Commands.cases, ["RequestPhone", "TakeCall", "Choose"]), [
      "RequestPhone: _tag at codeHash keepChat reserved",
      "TakeCall: _tag at counsellor codeHash keepChat",
      "Choose: _tag at choice"
    ])
    assert.deepStrictEqual(fields(SessionEvent.cases, ["CallReserved", "CallerAsked", "CallerWaits", "CallTaken", "CallExpired"]), [
      "CallReserved: _tag at until codeHash keepChat",
      "CallerAsked: _tag at",
      "CallerWaits: _tag at",
      "CallTaken: _tag at",
      "CallExpired: _tag at"
    ])
    assert.deepStrictEqual(Object.keys(SessionState.cases.Active.fields.call.schema.fields), ["until", "codeHash", "keepChat", "asked"])
  })

  it("is never part of what is stored, nor is an offer that hangs in the air; everything else is", () => {
    const asking = held(run([{ _tag: "OfferTransfer", at: minute(2), counsellor: ada, to: ben, ...free }, { _tag: "Close", at: minute(2), closesAt: minute(20) }, { _tag: "Concern", at: minute(2), open: true }], expected))
    assert.deepStrictEqual(asking.transfer, { to: ben, until: minute(4) })
    assert.deepStrictEqual<object>(stored(asking), { ...active, lastActivity: minute(1), closesAt: minute(20), concernOpen: true })
    const queued = run([{ _tag: "Return", at: minute(3), counsellor: ada }], asking)
    if (queued._tag !== "Waiting") throw new Error("the chat is in the queue")
    assert.strictEqual(stored(queued), queued)
  })
})

describe("several chats with the same few counsellors", () => {
  it("never give a chat to one who is kept free for a call in another, and keep nobody free twice", () => {
    let reservations = 0
    const deed = fc.tuple(fc.integer({ min: 0, max: 2 }), deeds(false))
    fc.assert(
      fc.property(policies, fc.array(deed, { minLength: 20, maxLength: 60, size: "max" }), (terms, deedsOfAll) => {
        const several = sessionMachine(terms)
        let now = beginning
        const states: Array<SessionState> = [several.initial, several.initial, several.initial]
        const naive = states.map(() => new NaiveSession(naively(terms)))
        // Who is kept free, counted apart from the product: the end of the wait by counsellor and session.
        const kept = new Map<string, number>()
        for (const [which, one] of deedsOfAll) {
          now += one.gap
          const [state, model] = [states[which], naive[which]]
          if (state === undefined || model === undefined) continue
          // Chats that nobody starts or takes prove nothing.
          const opening = { _tag: "Open", service: policy.service, noticeVersion: "1", serviceOpen: true, front: false } as const
          const taking = { _tag: "Accept", counsellor: which === 1 ? ben : ada, holding: 0, standing: "none", reserved: false } as const
          const wish = aim(model, state._tag === "Unopened" ? { ...one, wish: opening } : state._tag === "Waiting" ? { ...one, wish: taking } : one)
          const reserved = (counsellor: StaffId) => isReserved(states, counsellor, Instant.make(now))
          const facts = wish._tag === "Accept" ? { reserved: reserved(wish.counsellor) } : wish._tag === "OfferTransfer" || wish._tag === "AnswerTransfer" ? { reserved: reserved(wish.to) } : {}
          const own = wish._tag === "RequestPhone" ? { reserved: state._tag === "Active" && reserved(state.counsellor) } : {}
          const command = at(now, { ...wish, ...facts, ...own })
          model.run(command)
          const done = step(several, state, command)
          states[which] = done.state
          for (const event of done.events) {
            const gets = event._tag === "Accepted" || event._tag === "Transferred" ? event.counsellor : event._tag === "CallReserved" ? model.held : undefined
            if (gets === undefined) continue
            const elsewhere = [...kept].filter(([key, until]) => key.startsWith(gets) && !key.endsWith(String(which)) && event.at < until)
            assert.deepStrictEqual(elsewhere, [])
            if (event._tag === "CallReserved") reservations += 1
          }
          for (const key of [...kept.keys()]) if (key.endsWith(String(which))) kept.delete(key)
          if (model.code !== "" && model.active) kept.set(`${model.held}${which}`, model.codeUntil)
        }
      }),
      runs(300)
    )
    assert.isAbove(reservations, 20)
  }, patience)
})
