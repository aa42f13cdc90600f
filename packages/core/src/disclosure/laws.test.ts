import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type ConcernBug, concernBugs } from "../../../../test/spec/disclosureBugs.ts"
import { type ConcernMachine, historyOf, lives, terms, ticking } from "../../../../test/spec/disclosureLives.ts"
import { beginning, type Deed, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import { costly, patience } from "../../../../test/support/runs.ts"
import type { Law } from "../kernel/rule.ts"
import type { DisclosureTerms } from "../policy/duties.ts"
import { avertTable } from "./duty.ts"
import * as laws from "./laws.ts"
import { concernMachine } from "./machine.ts"

type Plant = (machine: ConcernMachine) => ConcernMachine
const right: Plant = (machine) => machine
const run = (plant: Plant, disclosure: DisclosureTerms, life: ReadonlyArray<Deed>, twist?: (wish: Wish) => Wish) => historyOf(plant(concernMachine({ disclosure })), disclosure, life, twist)

const holds = (law: Law<laws.ConcernHistory>, plant: Plant) =>
  fc.property(terms, lives, (disclosure, life) => {
    assert.deepStrictEqual(law.broken(run(plant, disclosure, life)), [])
  })

const ticks = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }).map((ms) => beginning + ms), { maxLength: 12 })
const ticked = (plant: Plant) =>
  fc.property(terms, lives, ticks, (disclosure, life, instants) => {
    const commands = run(right, disclosure, life).steps.map(({ command }) => command)
    const machine = () => plant(concernMachine({ disclosure }))
    assert.deepStrictEqual(
      laws.tickingMakesNoDifference.broken({
        withCommands: ticking(machine(), commands, [], 1),
        ticked: ticking(machine(), commands, instants, 1),
        tickedTwice: ticking(machine(), commands, instants, 2)
      }),
      []
    )
  })

const replayed = (plant: Plant) =>
  fc.property(terms, lives, (disclosure, life) => {
    const machine = plant(concernMachine({ disclosure }))
    const first = historyOf(machine, disclosure, life)
    const again = historyOf(machine, disclosure, life)
    const applied = first.steps.flatMap(({ events }) => events).reduce(machine.evolve, machine.initial)
    assert.deepStrictEqual(laws.replays.broken({ first, again, applied }), [])
  })

const saysYes = (yes: boolean) => (wish: Wish): Wish =>
  wish._tag === "DecideConsent" ? { ...wish, visitorAgreed: yes } : wish._tag === "Raise" ? { ...wish, visitorAsks: false } : wish
const consents = (plant: Plant) =>
  fc.property(terms, lives, (disclosure, life) => {
    assert.deepStrictEqual(laws.consentIsNoGuard.broken({ withYes: run(plant, disclosure, life, saysYes(true)), withNo: run(plant, disclosure, life, saysYes(false)) }), [])
  })

/** Which planted bugs each law must notice by itself: what must not be, and what must. */
const notices: ReadonlyArray<readonly [Law<laws.ConcernHistory>, ReadonlyArray<ConcernBug>]> = [
  [laws.decidedFirst, ["something is prepared without a decision"]],
  [laws.imminentIsReviewed, ["an imminent decision is never looked at", "an imminent danger waits for an assessment"]],
  [laws.withinTheList, ["anything may be prepared", "nothing may be prepared for the police"]],
  [laws.nothingIdentifies, ["an event carries an address"]],
  [laws.dissentDisablesNobody, ["the second person's no stops the raiser", "going on against advice needs no disagreement"]],
  [laws.nothingOwedIsClosed, ["the visitor's information may stay open", "a settled case cannot be closed", "a case closes with the chat"]],
  [laws.neverSilent, ["nobody is called when an assessment takes long", "a silence is called about once", "a closed case is kept a day longer", "a closed case is kept for ever"]],
  [laws.onlyPeopleRaise, ["software may open a case", "any belief opens a case", "a belief that is enough is refused"]],
  [laws.nothingClosesByItself, ["a case closes with the chat", "a crash leaves a case with nobody"]]
]

const finds = <Case>(property: fc.IProperty<Case>) => assert.isTrue(fc.check(property, { numRuns: 3000, seed: 7, endOnFailure: true }).failed)

describe("the laws of a case", () => {
  it.each(laws.concernLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(holds(law, right), costly(300))
  }, patience)

  it(laws.avertIsTotal.says, () => {
    assert.deepStrictEqual(laws.avertIsTotal.broken(avertTable), [])
  })

  it(laws.tickingMakesNoDifference.says, () => {
    fc.assert(ticked(right), costly(200))
  }, patience)

  it(laws.replays.says, () => {
    fc.assert(replayed(right), costly(200))
  }, patience)

  it(laws.consentIsNoGuard.says, () => {
    fc.assert(consents(right), costly(200))
  }, patience)
})

describe("a law notices a case that breaks it", () => {
  it("is true of every law", () => {
    assert.deepStrictEqual(notices.map(([law]) => law), laws.concernLaws)
  })

  it.each(notices.flatMap(([law, bugs]) => bugs.map((bug) => [bug, law.rule, law] as const)))("%s (%s)", (bug, _, law) => {
    finds(holds(law, concernBugs[bug]))
  }, patience)

  it("a timer is sometimes overslept (X-13)", () => {
    finds(ticked(concernBugs["a timer is sometimes overslept"]))
    finds(replayed(concernBugs["a timer is sometimes overslept"]))
  }, patience)

  it("a yes of the visitor decides a duty (IF-28)", () => {
    finds(consents(concernBugs["a yes of the visitor changes who decides"]))
  }, patience)

  it("a table with one outcome changed (DFH-32)", () => {
    for (const [index, row] of avertTable.entries()) {
      const outcome = row.outcome === "duty" ? ("consult" as const) : ("duty" as const)
      assert.isNotEmpty(laws.avertIsTotal.broken(avertTable.with(index, { ...row, outcome })))
    }
    assert.isNotEmpty(laws.avertIsTotal.broken(avertTable.slice(1)))
    const swapped = avertTable.map((row) => (row.likelihood === "possible" && row.outcome === "consult" ? { ...row, likelihood: "certain" as const } : row.likelihood === "certain" && row.outcome === "duty" ? { ...row, likelihood: "possible" as const } : row))
    assert.isNotEmpty(laws.avertIsTotal.broken(swapped))
  })
})
