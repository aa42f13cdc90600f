import { assert, beforeAll, describe, it } from "vitest"
import { smallTerms, smallWishes, type Walk, walk } from "../../../../test/spec/disclosureWorld.ts"
import { patience, quick } from "../../../../test/support/runs.ts"
import { edgesOf } from "../kernel/table.ts"
import { concernMachine } from "./machine.ts"
import { concernTable } from "./table.ts"

const machine = concernMachine({ disclosure: smallTerms })
const only = (...tags: ReadonlyArray<string>) => smallWishes.filter(({ _tag }) => tags.includes(_tag))
const towards = ["Raise", "Assess", "DeclareImminent", "RequestConsult", "GiveOpinion"]

/** Worlds that are walked until nothing new is found, and the whole one as deep as is quick. */
const worlds = [
  () => walk(machine, 60, only(...towards, "DecideDuty", "ProceedDespiteDissent", "DecideRight", "DecideConsent", "DecideNone", "Retract", "HandOver", "ChatEnded")),
  () => walk(machine, 60, only(...towards, "DecideRight", "DecideConsent", "Prepare", "Send", "Fail", "Acknowledge", "RecordAverted", "TellVisitor")),
  () => walk(machine, 60, only(...towards, "DecideNone", "RecordAverted", "TellVisitor", "DeferTelling", "CannotTell", "Review", "Close", "Retract", "MergeInto", "ChatEnded", "HandOver")),
  () => walk(machine, 7, smallWishes)
]
let walks: ReadonlyArray<Walk> = []

// A walk takes seconds and each mutant would take it again; the steps and the naive case notice what it notices.
describe.skipIf(quick)("the table of a case", () => {
  beforeAll(() => {
    walks = worlds.map((walked) => walked())
  }, patience)

  it("is what a walk of every command and timer finds, both ways", () => {
    const found = new Set(walks.flatMap(({ edges }) => edges))
    assert.deepStrictEqual(
      [...found].toSorted(),
      edgesOf(concernTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted()
    )
  }, patience)

  it("is walked to closure for deciding, passing on and ending, and the whole of it 7 commands deep, with the states counted", () => {
    const sizes = walks.map(({ states, steps, closed }) => ({ states, steps, closed }))
    assert.deepStrictEqual(sizes, [
      { states: 619, steps: 3511, closed: true },
      { states: 3651, steps: 19497, closed: true },
      { states: 4103, steps: 35716, closed: true },
      { states: 6688, steps: 30757, closed: false }
    ])
  })
})
