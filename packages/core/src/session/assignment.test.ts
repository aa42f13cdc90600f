import { assert, describe, it } from "vitest"
import { StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { standingFor } from "./assignment.ts"
import { sessionMachine } from "./machine.ts"
import { type Active, CodeHash, type SessionCommand, type SessionState, type Standing } from "./messages.ts"

const start = Date.UTC(2026, 2, 27, 11)
const second = (n: number) => Instant.make(start + n * 1000)
const [ada, ben, cleo] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32)), StaffId.make("c".repeat(32))]
const policy = { ...detfinneshjelp, capacity: 2 }
const machine = sessionMachine(policy)
const free = { holding: 1, standing: "healthProfessional", reserved: false } as const
const open = { _tag: "Open", at: second(0), service: policy.service, noticeVersion: "1", serviceOpen: true, front: false } as const
/** The state of a chat that is with a counsellor. */
const held = (state: SessionState): Active => {
  if (state._tag !== "Active") throw new Error("the chat is with a counsellor")
  return state
}
const waiting = step(machine, machine.initial, open).state
const active = held(step(machine, waiting, { _tag: "Accept", at: second(0), counsellor: ada, ...free }).state)
const offer = (n: number, to = ben): SessionCommand => ({ _tag: "OfferTransfer", at: second(n), counsellor: ada, to, ...free })
const answer = (n: number, yes: boolean, to = ben): SessionCommand => ({ _tag: "AnswerTransfer", at: second(n), to, yes, ...free })
const offered = step(machine, active, offer(10)).state
const says = (rule: string, sentence: string) => ({ rule: RuleId.make(rule), says: sentence })
const unchanged = (state: SessionState, command: SessionCommand) => assert.deepStrictEqual(step(machine, state, command), { state, events: [], refusal: undefined })
const refusal = (state: SessionState, command: SessionCommand) => {
  const done = step(machine, state, command)
  assert.deepStrictEqual({ state: done.state, events: done.events }, { state, events: [] })
  return done.refusal
}

describe("who may get a chat", () => {
  it("has exactly the standing that the service asks for; each service says so in its own words", () => {
    const outcomes = (["healthProfessional", "declaredHost", "none"] as const).map((standing: Standing) =>
      [detfinneshjelp, ifengsel].map((service) => step(sessionMachine(service), waiting, { _tag: "Accept", at: second(1), counsellor: ada, holding: 0, standing, reserved: false }).refusal)
    )
    const professionals = says("DFH-29", "Only health professionals may answer in this service.")
    const hosts = says("IF-12", "Only those who have signed the declaration of confidentiality may answer in this service.")
    assert.deepStrictEqual(outcomes, [
      [undefined, hosts],
      [professionals, undefined],
      [professionals, hosts]
    ])
    assert.deepStrictEqual([detfinneshjelp, ifengsel].map(standingFor), ["healthProfessional", "declaredHost"])
  })

  it("is not kept free for a call and has room, and is told so in words", () => {
    const accept = { _tag: "Accept", at: second(1), counsellor: ada, ...free } as const
    assert.deepStrictEqual(refusal(waiting, { ...accept, reserved: true }), says("DFH-22", "You are kept free for a call right now."))
    assert.deepStrictEqual(refusal(waiting, { ...accept, holding: 2 }), says("E-14", "You are already in as many chats as the service allows at a time."))
    const other = { _tag: "OfferTransfer", at: second(1), counsellor: ada, to: ben, ...free } as const
    const yes = { _tag: "AnswerTransfer", at: second(11), to: ben, yes: true, ...free } as const
    for (const [state, command] of [[active, other], [offered, yes]] as const) {
      assert.deepStrictEqual(refusal(state, { ...command, reserved: true }), says("DFH-22", "The other counsellor is kept free for a call right now."))
      assert.deepStrictEqual(refusal(state, { ...command, holding: 2 }), says("E-14", "The other counsellor has no room for one more chat right now."))
      assert.deepStrictEqual(refusal(state, { ...command, standing: "declaredHost" }), says("DFH-29", "Only health professionals may answer in this service."))
    }
  })
})

describe("a transfer", () => {
  it("asks the visitor about the one who is named, and moves the chat with a yes", () => {
    assert.deepStrictEqual(offered, { ...active, transfer: { to: ben, until: second(130) } })
    assert.deepStrictEqual(step(machine, offered, answer(129, true)), {
      state: { ...active, counsellor: ben, acceptedAt: second(129), lastActivity: second(129) },
      events: [{ _tag: "Transferred", at: second(129), counsellor: ben }],
      refusal: undefined
    })
  })

  it("leaves the chat where it is after a no, silence or a withdrawal", () => {
    const dropped = (command: SessionCommand) => step(machine, offered, command)
    assert.deepStrictEqual(dropped(answer(11, false)), { state: active, events: [{ _tag: "TransferDropped", at: second(11), cause: "declined" }], refusal: undefined })
    assert.deepStrictEqual(dropped({ _tag: "WithdrawTransfer", at: second(11), counsellor: ada }), {
      state: active,
      events: [{ _tag: "TransferDropped", at: second(11), cause: "withdrawn" }],
      refusal: undefined
    })
    assert.deepStrictEqual(dropped(answer(130, true)), {
      state: active,
      events: [{ _tag: "TransferDropped", at: second(130), cause: "silence" }],
      refusal: says("E-08", "That counsellor has not been offered to you, or no longer.")
    })
  })

  it("is one at a time, about one who has not the chat already, and asked by the one who has it", () => {
    assert.deepStrictEqual(refusal(offered, offer(11, cleo)), says("E-08", "The visitor is already being asked about another counsellor."))
    assert.deepStrictEqual(refusal(active, { _tag: "OfferTransfer", at: second(11), counsellor: ben, to: ben, ...free }), says("DFH-07", "This chat is not with you."))
    assert.deepStrictEqual(refusal(offered, { _tag: "WithdrawTransfer", at: second(11), counsellor: ben }), says("DFH-07", "This chat is not with you."))
    assert.deepStrictEqual(refusal(offered, answer(11, true, cleo)), says("E-08", "That counsellor has not been offered to you, or no longer."))
    unchanged(offered, offer(11))
    unchanged(active, offer(11, ada))
    unchanged(active, answer(11, true, ada))
    unchanged(active, answer(11, false))
    unchanged(offered, answer(11, false, cleo))
    unchanged(active, { _tag: "WithdrawTransfer", at: second(11), counsellor: ada })
  })

  it("moves an expected call along, for the visitor said yes to that counsellor, who counts as there", () => {
    const phone = sessionMachine({ ...policy, phone: { number: "synthetic", reservedMinutes: 10, codeDigits: 6 } })
    const codeHash = CodeHash.make("1".repeat(64))
    const commands: ReadonlyArray<SessionCommand> = [
      { _tag: "RequestPhone", at: second(1), codeHash, keepChat: true, reserved: false },
      { _tag: "Away", at: second(2), party: "counsellor" },
      offer(3),
      { _tag: "Choose", at: second(63), choice: "wait" },
      answer(64, true)
    ]
    const moved = commands.reduce<SessionState>((state, command) => step(phone, state, command).state, active)
    const call = { until: second(601), codeHash, keepChat: true, asked: "no" } as const
    assert.deepStrictEqual(moved, { ...active, counsellor: ben, acceptedAt: second(64), lastActivity: second(64), call })
  })
})
