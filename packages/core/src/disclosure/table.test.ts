import { assert, describe, it } from "vitest"
import { smallTerms, smallWishes, walk } from "../../../../test/spec/disclosureWorld.ts"
import { patience } from "../../../../test/support/runs.ts"
import { edgesOf } from "../kernel/table.ts"
import { concernMachine } from "./machine.ts"
import { concernTable } from "./table.ts"

const machine = concernMachine({ disclosure: smallTerms })
const only = (...tags: ReadonlyArray<string>) => smallWishes.filter(({ _tag }) => tags.includes(_tag))
const towards = ["Raise", "Assess", "DeclareImminent", "RequestConsult", "GiveOpinion"]

/** Worlds that are walked until nothing new is found, and the whole one as deep as is quick. */
const deciding = walk(machine, 60, only(...towards, "DecideDuty", "ProceedDespiteDissent", "DecideRight", "DecideConsent", "DecideNone", "Retract", "HandOver", "ChatEnded"))
const passing = walk(machine, 60, only(...towards, "DecideRight", "DecideConsent", "Prepare", "Send", "Fail", "Acknowledge", "RecordAverted", "TellVisitor"))
const ending = walk(
  machine,
  60,
  only(...towards, "DecideNone", "RecordAverted", "TellVisitor", "DeferTelling", "CannotTell", "Review", "Close", "Retract", "MergeInto", "ChatEnded", "HandOver")
)
const whole = walk(machine, 7, smallWishes)

describe("the table of a case", () => {
  it("is what a walk of every command and timer finds, both ways", () => {
    const found = new Set([deciding, passing, ending, whole].flatMap(({ edges }) => edges))
    assert.deepStrictEqual(
      [...found].toSorted(),
      edgesOf(concernTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted()
    )
  }, patience)

  it("is walked to closure for deciding, passing on and ending, and the whole of it 7 commands deep, with the states counted", () => {
    const sizes = [deciding, passing, ending, whole].map(({ states, steps, closed }) => ({ states, steps, closed }))
    assert.deepStrictEqual(sizes, [
      { states: 619, steps: 3511, closed: true },
      { states: 3651, steps: 19497, closed: true },
      { states: 4103, steps: 35716, closed: true },
      { states: 6688, steps: 30757, closed: false }
    ])
  })
})
