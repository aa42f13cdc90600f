import * as Result from "effect/Result"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { naiveCharges } from "../../../../test/spec/guidance.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { RuleId } from "../kernel/rule.ts"
import { entryTypes } from "../policy/guideEntries.ts"
import { dinutvei } from "../policy/reference/dinutvei.ts"
import { chargesOf, countsTowardsCeiling, Ore, type Visit } from "./fee.ts"

type Charges = typeof chargesOf

const guide = { feeCeilings: [2025, 2026, 2027].map((year) => ({ year, kroner: year - 2020, source: "made up", lastVerified: "2026-01-01" })) }
const ceilings = new Map(guide.feeCeilings.map(({ year, kroner }) => [year, kroner]))

const visits: fc.Arbitrary<ReadonlyArray<Visit>> = fc.array(
  fc.record({
    on: fc.tuple(fc.constantFrom("2025", "2026", "2026", "2027", "2028"), fc.constantFrom("01-01", "06-15", "12-31")).map(([year, day]) => `${year}-${day}`),
    type: fc.constantFrom(...entryTypes, "dps" as const, "contractSpecialist" as const),
    fee: fc.constantFrom(0, 50, 100, 199, 200, 300, 600, 1000).map((fee) => Ore.make(fee))
  }),
  { maxLength: 12 }
)
const knownYears = visits.map((list) => list.filter(({ on }) => on < "2028"))

const agrees = (charges: Charges) =>
  fc.property(fc.oneof(knownYears, knownYears, visits), (list) => {
    const real = charges(guide, list)
    assert.deepStrictEqual(Result.isSuccess(real) ? real.success : undefined, naiveCharges(ceilings, list))
  })

const changed = (change: (visit: Visit) => Visit): Charges => (policy, list) => chargesOf(policy, list.map(change))
const bugs: Readonly<Record<string, Charges>> = {
  "the excess of the last fee is not paid back": (policy, list) => Result.map(chargesOf(policy, list), (all) => all.map((charge) => ({ ...charge, refunded: Ore.make(0) }))),
  "fees of all years are counted together": changed((visit) => (visit.on < "2028" ? { ...visit, on: "2026-01-01" } : visit)),
  "private fees count": changed((visit) => ({ ...visit, type: "dps" })),
  "contract specialists do not count": changed((visit) => (visit.type === "contractSpecialist" ? { ...visit, type: "privateWithoutContract" } : visit)),
  "visits are counted in the order given": (policy, list) => chargesOf(policy, list.map((visit) => (visit.on < "2028" ? { ...visit, on: `${visit.on.slice(0, 4)}-01-01` } : visit))),
  "an unknown year has the ceiling of the last one": (policy, list) => chargesOf({ feeCeilings: [...policy.feeCeilings, { year: 2028, kroner: 7, source: "a guess", lastVerified: "2026-01-01" }] }, list),
  "a krone more is paid": (policy, list) => chargesOf({ feeCeilings: policy.feeCeilings.map((ceiling) => ({ ...ceiling, kroner: ceiling.kroner + 1 })) }, list),
  "the fee is asked after the ceiling": (policy, list) =>
    Result.map(chargesOf(policy, list), (all) => all.map((charge, index) => (charge.paid === 0 ? { ...charge, paid: list[index]?.fee ?? Ore.make(0) } : charge)))
}

describe("user fees", () => {
  it("agree with money counted in one pot for each year, refusals included (DUV-20)", () => {
    fc.assert(agrees(chargesOf), runs(1000))
  }, patience)

  it("count to the ceiling of their year and never beyond; what is kept is what counts, and nothing is paid after it (DUV-20)", () => {
    fc.assert(
      fc.property(knownYears, (list) => {
        const charges = Result.getOrThrow(chargesOf(guide, list))
        for (const [year, kroner] of ceilings) {
          const those = charges.flatMap((charge, index) => {
            const visit = list[index]
            return visit !== undefined && visit.on.startsWith(String(year)) && countsTowardsCeiling(visit.type) ? [{ ...charge, ...visit }] : []
          })
          const counted = those.reduce((sum, charge) => sum + charge.counted, 0)
          assert.isAtMost(counted, kroner * 100)
          assert.strictEqual(those.reduce((sum, { paid, refunded }) => sum + paid - refunded, 0), counted)
          assert.strictEqual(counted, Math.min(kroner * 100, those.reduce((sum, { fee }) => sum + fee, 0)))
          assert.isAtMost(those.filter(({ refunded }) => refunded > 0).length, 1)
        }
      }),
      runs(500)
    )
  }, patience)

  it("of 2026 in the reference guide: the visit that passes NOK 3278 is paid back in part, the next is free", () => {
    const visit = (on: string, kroner: number): Visit => ({ on, type: "dps", fee: Ore.make(kroner * 100) })
    assert.deepStrictEqual(Result.getOrThrow(chargesOf(dinutvei, [visit("2026-02-01", 3000), visit("2026-03-01", 375), visit("2026-12-31", 375)])), [
      { paid: Ore.make(300_000), counted: Ore.make(300_000), refunded: Ore.make(0) },
      { paid: Ore.make(37_500), counted: Ore.make(27_800), refunded: Ore.make(9700) },
      { paid: Ore.make(0), counted: Ore.make(0), refunded: Ore.make(0) }
    ])
  })

  it("that just reach the ceiling are not paid back, and the next is free", () => {
    const visit = (fee: number): Visit => ({ on: "2026-02-01", type: "contractSpecialist", fee: Ore.make(fee) })
    assert.deepStrictEqual(Result.getOrThrow(chargesOf(guide, [visit(600), visit(1)])), [
      { paid: Ore.make(600), counted: Ore.make(600), refunded: Ore.make(0) },
      { paid: Ore.make(0), counted: Ore.make(0), refunded: Ore.make(0) }
    ])
  })

  it("of a year without a ceiling are refused in one plain sentence, and never guessed (DUV-20)", () => {
    const visit = (type: Visit["type"]): Visit => ({ on: "2028-01-01", type, fee: Ore.make(100) })
    const refused = chargesOf(guide, [visit("dps")])
    assert.deepStrictEqual(Result.isFailure(refused) ? refused.failure : undefined, {
      rule: RuleId.make("DUV-20"),
      says: "The most that is paid in user fees that year is not known here."
    })
    assert.deepStrictEqual(Result.getOrThrow(chargesOf(guide, [visit("privateWithoutContract")])), [{ paid: Ore.make(100), counted: Ore.make(0), refunded: Ore.make(0) }])
  })

  it("count for the specialist health service only: not for private specialists without a contract (DUV-12)", () => {
    assert.deepStrictEqual(entryTypes.filter(countsTowardsCeiling), ["dps", "contractSpecialist"])
  })

  it.skipIf(quick).each(Object.entries(bugs))("a planted bug is noticed: %s", (_, charges) => {
    assert.isTrue(fc.check(agrees(charges), { numRuns: 2000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
