import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type ConsentBug, consentBugs } from "../../../../test/spec/consentBugs.ts"
import { allTerms, beginning, type ConsentMachine, historyOf, lives, ticking } from "../../../../test/spec/consentLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { consentMachine } from "./machine.ts"
import { ConsentEvent } from "./messages.ts"

type Plant = (typeof consentBugs)[ConsentBug] | ((machine: ConsentMachine) => ConsentMachine)
const right = (machine: ConsentMachine): ConsentMachine => machine

const holds = (law: Law<laws.ConsentHistory>, plant: Plant) =>
  fc.property(allTerms, lives, (terms, commands) => {
    assert.deepStrictEqual(law.broken(historyOf(plant(consentMachine(terms), terms), terms, commands)), [])
  })

const ticks = fc.array(fc.integer({ min: 0, max: 130 * 60_000 }).map((ms) => beginning + ms), { maxLength: 12 })

const ticked = (plant: Plant) =>
  fc.property(allTerms, lives, ticks, (terms, commands, instants) => {
    const machine = () => plant(consentMachine(terms), terms)
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
const notices: ReadonlyArray<readonly [Law<laws.ConsentHistory>, ReadonlyArray<ConsentBug>]> = [
  [
    laws.yesIsAnAct,
    ["silence is yes", "the counsellor can say yes for the visitor", "a yes under another text counts", "an answer to the first question answers the second", "a bundle is split"]
  ],
  [laws.onlyWhatWasChosen, ["a purpose is ticked beforehand"]],
  [
    laws.notPressed,
    [
      "the visitor is asked a third time",
      "the visitor is never asked again",
      "asking again in parallel counts as another question",
      "a question is put outside the chat",
      "a yes needs no question"
    ]
  ],
  [laws.silenceIsNo, ["a closed browser leaves the question open", "silence is yes", "an unused consent goes on"]],
  [laws.withdrawalIsCertain, ["withdrawing does nothing", "any receipt withdraws", "a used receipt is told from an unknown one"]],
  [laws.tooYoungIsLeftOut, ["a child is asked", "an age that was not stated counts as too young", "the age limit is one year too high", "the yes of a child stands"]],
  [
    laws.endsWithTheTrace,
    ["the deadline counts from the question", "a deadline can be moved later", "a stricter policy changes nothing", "the deadline comes one moment late", "an expired consent remembers its purposes"]
  ],
  [laws.receiptDies, ["the receipt outlives the yes"]],
  [laws.noContent, ["a no says why"]]
]

describe("the laws of a consent", () => {
  it.each(laws.consentLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), runs(1000))
  }, patience)

  it(laws.tickingMakesNoDifference.says, () => {
    fc.assert(ticked(right), runs(300))
  }, patience)
})

describe("a law notices a consent that breaks it", () => {
  it("is true of every law", () => {
    assert.deepStrictEqual(
      notices.map(([law]) => law),
      laws.consentLaws
    )
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    assert.isTrue(fc.check(holds(law, consentBugs[bug]), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it("a deadline is sometimes overslept (X-13)", () => {
    assert.isTrue(fc.check(ticked(consentBugs["a deadline is sometimes overslept"]), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

describe("the words of a consent", () => {
  it("have exactly the fields that the law on content allows", () => {
    const declared = Object.fromEntries(Object.entries(ConsentEvent.cases).map(([tag, event]) => [tag, Object.keys(event.fields).toSorted()]))
    const allowed = Object.fromEntries(Object.entries(laws.allowedFields).map(([tag, fields]) => [tag, [...fields].toSorted()]))
    assert.deepStrictEqual(declared, allowed)
  })
})
