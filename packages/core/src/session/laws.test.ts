import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type SessionBug, sessionBugs } from "../../../../test/spec/sessionBugs.ts"
import { beginning, historyOf, lives, type SessionMachine, ticking } from "../../../../test/spec/sessionLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import * as hands from "./handoverLaws.ts"
import type { SessionHistory } from "./history.ts"
import * as laws from "./laws.ts"
import { sessionMachine } from "./machine.ts"
import { SessionCommand, SessionEvent } from "./messages.ts"

const right = (machine: SessionMachine): SessionMachine => machine

const holds = (law: Law<SessionHistory>, plant: (typeof sessionBugs)[SessionBug] | typeof right) =>
  fc.property(lives, ({ policy, commands }) => {
    assert.deepStrictEqual(law.broken(historyOf(plant(sessionMachine(policy), policy), policy, commands)), [])
  })

const ticks = fc.array(fc.integer({ min: 0, max: 20 * 60_000 }).map((ms) => beginning + ms), { maxLength: 12 })

const ticked = (plant: (typeof sessionBugs)[SessionBug] | typeof right) =>
  fc.property(lives, ticks, ({ policy, commands }, instants) => {
    const machine = () => plant(sessionMachine(policy), policy)
    assert.deepStrictEqual(
      laws.tickingMakesNoDifference.broken({
        withCommands: ticking(machine(), commands, [], 1),
        ticked: ticking(machine(), commands, instants, 1),
        tickedTwice: ticking(machine(), commands, instants, 2)
      }),
      []
    )
  })

/** Which planted bugs each law must notice by itself. */
const notices: ReadonlyArray<readonly [Law<SessionHistory>, ReadonlyArray<SessionBug>]> = [
  [laws.endsByItself, ["a queue that never ends", "writing for ever keeps a chat for ever"]],
  [laws.oneOwner, ["a second counsellor may take a chat that another has"]],
  [laws.withinCapacity, ["one chat too many is accepted", "a chat is refused although there is room", "the yes fills a counsellor beyond the capacity"]],
  [laws.reservedStaysFree, ["who is kept free for a call gets a chat", "who is kept free for a call is kept free for another"]],
  [
    laws.boundToConfidentiality,
    [
      "somebody without the standing is given a chat",
      "somebody without the standing is offered and moved to",
      "any standing but none will do",
      "a host who has declared is refused"
    ]
  ],
  [
    hands.movesWithYes,
    [
      "a chat moves without the visitor's yes",
      "a no counts as a yes",
      "a yes about one moves to another",
      "silence about a transfer lasts for ever",
      "a withdrawal is not heard"
    ]
  ],
  [
    hands.lostCounsellorIsReplaced,
    ["a counsellor's absence ends the chat", "a counsellor whose call is expected is replaced without asking", "whoever waits for a lost counsellor waits for ever"]
  ],
  [
    hands.callsAreKept,
    [
      "a service without a phone takes calls",
      "any code will do",
      "any counsellor may take the call",
      "the counsellor alone keeps the chat beside the call",
      "a taken call always ends the chat",
      "a code outlives its call",
      "asking again prolongs the wait for a call"
    ]
  ],
  [
    hands.closesInTime,
    [
      "closing time ends a chat at once",
      "the queue stays when the service closes",
      "closing time cuts off an open concern",
      "a concern that was closed keeps the chat open for ever",
      "a chat forgets the evening when it is accepted",
      "a later closing time prolongs the evening"
    ]
  ],
  [laws.endStands, ["leaving again moves the end"]],
  [laws.openingStands, ["writing for ever keeps a chat for ever"]],
  [laws.redactionStays, ["a counsellor may delete", "nobody may delete while waiting", "deleting sends the visitor back to the queue"]],
  [laws.noContent, ["an event carries what was written"]]
]

describe("the laws of a session", () => {
  it.each(laws.sessionLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), runs(1000))
  }, patience)

  it(laws.tickingMakesNoDifference.says, () => {
    fc.assert(ticked(right), runs(300))
  }, patience)
})

describe("a law notices a machine that breaks it", () => {
  it("is true of every law", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.sessionLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, sessionBugs[bug]), { numRuns: 10_000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it("a limit is sometimes overslept (X-13)", () => {
    assert.isTrue(fc.check(ticked(sessionBugs["a limit is sometimes overslept"]), { numRuns: 10_000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

describe("the words of a session", () => {
  it("have exactly the fields that the law on content allows", () => {
    const declared = Object.fromEntries(Object.entries(SessionEvent.cases).map(([tag, event]) => [tag, Object.keys(event.fields).toSorted()]))
    const allowed = Object.fromEntries(Object.entries(laws.allowedFields).map(([tag, fields]) => [tag, [...fields].toSorted()]))
    assert.deepStrictEqual(declared, allowed)
  })

  it("have no command with a field for what somebody writes, so that nothing can be refused for what it says", () => {
    const declared = Object.fromEntries(Object.entries(SessionCommand.cases).map(([tag, command]) => [tag, Object.keys(command.fields).filter((field) => field !== "_tag" && field !== "at").join(" ")]))
    const candidate = "holding standing reserved"
    assert.deepStrictEqual(declared, {
      Open: "service noticeVersion serviceOpen front",
      Accept: `counsellor ${candidate}`,
      Return: "counsellor",
      OfferTransfer: `counsellor to ${candidate}`,
      AnswerTransfer: `to yes ${candidate}`,
      WithdrawTransfer: "counsellor",
      RequestPhone: "codeHash keepChat reserved",
      TakeCall: "counsellor codeHash keepChat",
      Choose: "choice",
      Close: "closesAt",
      Concern: "open",
      Away: "party",
      Back: "party",
      Activity: "",
      Redact: "by",
      End: "by",
      Leave: "",
      Stop: "",
      Expire: "limit"
    })
  })

  it("ask for nothing about the visitor when a chat opens", () => {
    assert.deepStrictEqual(Object.keys(SessionCommand.cases.Open.fields), ["_tag", "at", "service", "noticeVersion", "serviceOpen", "front"])
  })
})
