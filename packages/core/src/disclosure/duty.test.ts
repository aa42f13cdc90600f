import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { naiveAvert, naiveNeed, naiveOpens } from "../../../../test/spec/disclosureDuty.ts"
import { assessments } from "../../../../test/spec/disclosureWishes.ts"
import { grave } from "../../../../test/spec/disclosureWorld.ts"
import { runs } from "../../../../test/support/runs.ts"
import { thresholds } from "../policy/duties.ts"
import { beliefs, childGrounds, levels, likelihoods, whens } from "./assessment.ts"
import { atLeast, avert, avertTable, childWelfare, crime, graver, lifeDanger, need, ofTrigger, opensCase, outcomes } from "./duty.ts"
import { catalogueIsComplete, catalogueVersion, listing, Offence, offences } from "./offences.ts"

const anyone = { crimeNeedsIdentification: false }
const identified = { crimeNeedsIdentification: true }
const order = (outcome: (typeof outcomes)[number]) => outcomes.indexOf(outcome)

describe("the duty to avert", () => {
  it("agrees with the naive table on all 160 inputs: 118 none, 16 consult, 26 duty", () => {
    const rows = avertTable.map(({ outcome, ...input }) => [avert(input), outcome, naiveAvert(input.listed, input.when, input.likelihood, input.avertable, input.consequencesAvertable)])
    assert.deepStrictEqual(rows.filter(([a, b, c]) => a !== b || b !== c), [])
    assert.strictEqual(new Set(avertTable.map(({ outcome: _, ...input }) => JSON.stringify(input))).size, 160)
    assert.deepStrictEqual(outcomes.map((outcome) => avertTable.filter((row) => row.outcome === outcome).length), [118, 16, 26])
  })

  it("is never nothing for a listed act that can be averted and is possible, unless it is past and certainly will not happen again", () => {
    const silent = avertTable.filter((row) => row.outcome === "none" && row.listed && row.likelihood !== "unlikely" && (row.consequencesAvertable || (row.avertable && row.when !== "pastCertainlyNotAgain")))
    assert.deepStrictEqual(silent, [])
  })

  it("is a duty for what will happen, goes on or will probably happen again, and asks a second person when that is unclear", () => {
    const outcome = (when: (typeof whens)[number]) => avert({ listed: true, when, likelihood: "mostLikely", avertable: true, consequencesAvertable: false })
    assert.deepStrictEqual(whens.map(outcome), ["duty", "duty", "duty", "consult", "none"])
  })

  it("is nothing for what certainly will not happen again, unless its consequences can still be averted", () => {
    for (const likelihood of likelihoods) assert.strictEqual(avert({ listed: true, when: "pastCertainlyNotAgain", likelihood, avertable: true, consequencesAvertable: false }), "none")
    assert.strictEqual(avert({ listed: true, when: "pastCertainlyNotAgain", likelihood: "mostLikely", avertable: false, consequencesAvertable: true }), "duty")
  })

  it("is nothing for an unlisted offence, and nothing for thoughts that nobody is likely to act on", () => {
    assert.deepStrictEqual(avertTable.filter((row) => (!row.listed || row.likelihood === "unlikely") && row.outcome !== "none"), [])
    for (const terms of [anyone, identified]) for (const likelihood of likelihoods) assert.strictEqual(crime(terms, { ...grave, likelihood, offence: "none" }), "none")
    assert.strictEqual(crime(anyone, { ...grave, likelihood: "unlikely" }), "none")
  })
})

describe("what an assessment leads to", () => {
  it("agrees with the naive reading of the law for every assessment", () => {
    fc.assert(
      fc.property(assessments, fc.boolean(), (assessment, crimeNeedsIdentification) => {
        assert.strictEqual(need({ crimeNeedsIdentification }, assessment), naiveNeed({ crimeNeedsIdentification }, assessment))
      }),
      runs(3000)
    )
  })

  it("sends a crime without identification to a second person, never to a duty and never to nothing, where the service's text asks for it", () => {
    for (const identifiability of ["none", "unknown"] as const) {
      assert.strictEqual(need(identified, { ...grave, trigger: "crimePlanned", identifiability }), "consult")
      assert.strictEqual(need(anyone, { ...grave, trigger: "crimePlanned", identifiability }), "duty")
    }
    assert.strictEqual(need(identified, { ...grave, trigger: "crimePlanned" }), "duty")
  })

  it("asks for neither an offence nor an identification when life is in danger", () => {
    fc.assert(
      fc.property(assessments, assessments, fc.constantFrom("dangerSelf" as const, "dangerOthers" as const), fc.boolean(), (a, b, trigger, crimeNeedsIdentification) => {
        const same = { trigger, level: a.level, child: a.child }
        assert.strictEqual(need({ crimeNeedsIdentification }, { ...a, ...same }), need({ crimeNeedsIdentification }, { ...b, ...same }))
      }),
      runs(500)
    )
    assert.deepStrictEqual(levels.map((level) => lifeDanger({ level })), ["none", "consult", "consult", "duty", "duty"])
    assert.deepStrictEqual(levels.map((level) => need(identified, { ...grave, trigger: "dangerSelf", offence: "none", identifiability: "none", level })), ["none", "consult", "consult", "duty", "duty"])
  })

  it("tells child welfare only about a child under 18 and on a ground of the law, and asks a second person while the age is unknown", () => {
    for (const ground of childGrounds) {
      assert.deepStrictEqual([0, 17, 18, 19, null].map((age) => childWelfare({ child: { ground, age } })), ["duty", "duty", "none", "none", "consult"])
    }
    assert.strictEqual(childWelfare({ child: { ground: null, age: 9 } }), "none")
    assert.strictEqual(childWelfare({ child: null }), "none")
    assert.strictEqual(need(anyone, { ...grave, trigger: "childWelfare", child: { ground: "abuseOrNeglect", age: 9 } }), "duty")
    assert.strictEqual(need(anyone, { ...grave, trigger: "childWelfare", child: null }), "none")
    assert.strictEqual(ofTrigger(anyone, { ...grave, trigger: "childWelfare", child: { ground: "abuseOrNeglect", age: 9 } }), "none")
  })

  it("asks a second person where the answers that an unknown may stand for disagree", () => {
    assert.strictEqual(crime(anyone, { ...grave, when: "unknown" }), "consult")
    assert.strictEqual(crime(anyone, { ...grave, avertable: "unknown" }), "consult")
    assert.strictEqual(crime(anyone, { ...grave, consequencesAvertable: "unknown" }), "duty")
    assert.strictEqual(crime(anyone, { ...grave, likelihood: "unknown" }), "consult")
  })
})

describe("the threshold", () => {
  it("opens a case for every belief as the service says, and a wider threshold opens every case that a stricter one does", () => {
    const opens = thresholds.map((threshold) => beliefs.filter((belief) => opensCase(threshold, belief)))
    assert.deepStrictEqual(opens, [["immediate"], ["reason", "immediate"], ["mayBe", "reason", "immediate"]])
    for (const threshold of thresholds) for (const belief of beliefs) assert.strictEqual(opensCase(threshold, belief), naiveOpens(threshold, belief))
  })
})

describe("the catalogue of offences", () => {
  it("never says that it is complete, and knows what was checked from what was not", () => {
    assert.strictEqual(catalogueIsComplete, false)
    assert.match(catalogueVersion, /^20\d{2}-\d{2}-\d{2}$/)
    assert.strictEqual(new Set(offences.map(({ id }) => id)).size, offences.length)
    assert.deepStrictEqual(offences.map(({ id, verified }) => [listing(id), verified]), offences.map(({ verified }) => [verified ? "listed" : "unsure", verified]))
    assert.deepStrictEqual([listing("notInCatalogue"), listing("none")], ["unsure", "unlisted"])
    assert.strictEqual(offences.filter(({ verified }) => verified).length, 9)
    assert.strictEqual(Offence.literals.length, offences.length + 2)
  })

  it("makes no duty of an offence that was not checked: a second person is asked", () => {
    for (const { id, verified } of offences) assert.strictEqual(crime(anyone, { ...grave, offence: id }), verified ? "duty" : "consult")
    assert.strictEqual(crime(anyone, { ...grave, offence: "notInCatalogue" }), "consult")
  })
})

describe("orders", () => {
  it("compare outcomes and levels", () => {
    for (const a of outcomes) for (const b of outcomes) assert.strictEqual(order(graver(a, b)), Math.max(order(a), order(b)))
    for (const [i, a] of levels.entries()) for (const [j, b] of levels.entries()) assert.strictEqual(atLeast(a, b), i >= j)
  })
})
