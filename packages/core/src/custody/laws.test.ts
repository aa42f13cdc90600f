import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type CustodyBug, custodyBugs, wrongViews } from "../../../../test/spec/custodyBugs.ts"
import { beginning, custodians, type CustodyMachine, historyOf, lives, reasons, ticking } from "../../../../test/spec/custodyLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { custodyMachine, serviceRealmView } from "./machine.ts"
import { CustodianId, CustodyCommand, CustodyEvent } from "./messages.ts"

type Plant = (machine: CustodyMachine) => CustodyMachine
const right: Plant = (machine) => machine

const holds = (law: Law<laws.CustodyHistory>, plant: Plant, view = serviceRealmView) =>
  fc.property(lives, (commands) => {
    assert.deepStrictEqual(law.broken(historyOf(plant(custodyMachine), commands, view)), [])
  })
const notice = { numRuns: 5000, seed: 7, endOnFailure: true }

/** Which planted bugs, and which tales told to the service, each law must notice by itself. */
const notices: ReadonlyArray<readonly [Law<laws.CustodyHistory>, ReadonlyArray<CustodyBug>, ReadonlyArray<string>]> = [
  [
    laws.releasedByTwo,
    ["one custodian both approves and releases", "a record is released without approval", "whoever called back cannot release", "a record that is gone by one clock is released"],
    []
  ],
  [laws.checkedFirst, ["a number that came with the request will do", "a request that nobody knows of goes on", "a request is approved unchecked"], []],
  [
    laws.goneBeatsAll,
    ["an approved request outlives its record", "a record is gone a minute late", "a record that was destroyed is still asked for", "an order that keeps the record is not heard of"],
    []
  ],
  [laws.answeredInTime, ["a request waits for ever"], []],
  [
    laws.onlyLawful,
    ["an investigation is enough", "averting needs no case", "an order needs a case", "a stretch may be a millisecond too long", "the first of several people is taken"],
    []
  ],
  [laws.serviceLearnsNothing, [], Object.keys(wrongViews)],
  [laws.noAddress, [], []],
  [laws.answerStands, ["an answer can be changed"], []]
]

describe("the laws of a request for a record", () => {
  it.each(laws.custodyLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), runs(1000))
  }, patience)

  it("each notice something planted for them", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.custodyLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, custodyBugs[bug]), notice).failed)
  }, patience)

  it.each(notices.flatMap(([law, , views]) => views.map((view) => [view, law.rule, law] as const)))("%s (%s)", (view, _, law) => {
    assert.isTrue(fc.check(holds(law, right, wrongViews[view]), notice).failed)
  }, patience)

  it("an address in an event (DFH-10)", () => {
    const leaking: Plant = (machine) => ({
      ...machine,
      decide: (state, command) => {
        const decided = machine.decide(state, command)
        if (decided._tag === "Success") for (const event of decided.success) Object.assign(event, { ip: "an address" })
        return decided
      }
    })
    assert.isTrue(fc.check(holds(laws.noAddress, leaking), notice).failed)
  })

  it(laws.tickingMakesNoDifference.says, () => {
    const ticks = fc.array(fc.integer({ min: 0, max: 60 * 3_600_000 }).map((ms) => beginning + ms), { maxLength: 12 })
    const ticked = (plant: Plant) =>
      fc.property(lives, ticks, (commands, instants) => {
        const machine = () => plant(custodyMachine)
        const broken = laws.tickingMakesNoDifference.broken({
          withCommands: ticking(machine(), commands, [], 1),
          ticked: ticking(machine(), commands, instants, 1),
          tickedTwice: ticking(machine(), commands, instants, 2)
        })
        assert.deepStrictEqual(broken, [])
      })
    fc.assert(ticked(right), runs(500))
    const stamps: Plant = (machine) => {
      let woken = 0
      return { ...machine, due: (state) => (machine.due(state) !== undefined && ++woken % 5 === 0 ? undefined : machine.due(state)) }
    }
    assert.isTrue(fc.check(ticked(stamps), notice).failed)
  }, patience)

  it("are held against lives in which every reason for a rejection occurs", () => {
    const seen = new Set<string>()
    for (const commands of fc.sample(lives, { numRuns: 5000, seed: 7 })) {
      const last = historyOf(custodyMachine, commands).steps.at(-1)?.after
      seen.add(last?._tag === "Rejected" ? last.reason : (last?._tag ?? ""))
    }
    assert.deepStrictEqual([...seen].toSorted(), [...reasons, "Released", "Unavailable"].toSorted())
  })
})

/** Never called: what must not compile is marked, and the type check fails on a mark that is not needed. */
const mustNotCompile = (staff: StaffId, anyone: string, at: Instant): ReadonlyArray<CustodyCommand> => [
  // @ts-expect-error Nobody of the service approves.
  { _tag: "Approve", at, by: staff },
  // @ts-expect-error Nobody of the service releases.
  { _tag: "Release", at, by: staff, latest: at },
  // @ts-expect-error Nobody of the service calls back.
  { _tag: "CheckAuthenticity", at, by: staff, number: "ownDirectory", confirmed: true },
  // @ts-expect-error Nobody of the service rejects.
  { _tag: "Reject", at, by: staff, reason: "withdrawn" },
  // @ts-expect-error And no text is a custodian because it looks like one.
  { _tag: "Approve", at, by: anyone }
]

describe("the words of a request for a record", () => {
  it("have exactly the fields that the law on addresses allows", () => {
    const declared = Object.fromEntries(Object.entries(CustodyEvent.cases).map(([tag, event]) => [tag, Object.keys(event.fields).toSorted()]))
    assert.deepStrictEqual(declared, Object.fromEntries(Object.entries(laws.allowedFields).map(([tag, fields]) => [tag, [...fields].toSorted()])))
  })

  it("have no place for anybody of the service: a member of staff is no custodian, by type or by form (IF-18, IF-31)", () => {
    const staff = StaffId.make("5".repeat(32))
    const is = Schema.is(CustodianId)
    assert.deepStrictEqual([staff, `staff-${staff}`, `custodian-${staff}0`, ...custodians].map((id) => is(id)), [false, false, false, true, true, true])
    const decodes = Schema.is(CustodyCommand)
    for (const command of mustNotCompile(staff, "a custodian", Instant.make(beginning))) assert.isFalse(decodes(command))
    const [a] = custodians
    assert.isTrue(decodes({ _tag: "Approve", at: beginning, by: a }))
  })
})
