import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { dayAfter, naiveClinic, naiveFaults } from "../../../../test/spec/guidance.ts"
import { completeGuide, dates, guides, searches, today } from "../../../../test/spec/guidanceWorlds.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import { dinutvei } from "../policy/reference/dinutvei.ts"
import { askYourGp, catchmentFaults, type Catchment, catchmentOf } from "./catchment.ts"

type Faults = typeof catchmentFaults
type Lookup = typeof catchmentOf

const named = (catchment: Catchment): string | undefined =>
  catchment._tag === "Clinic" ? catchment.dps.id : catchment._tag === "NeedsDistrict" ? "district?" : undefined

const agreesOnPlaces = (lookup: Lookup) =>
  fc.property(guides, searches, (guide, { place, on }) => {
    assert.strictEqual(named(lookup(guide, place, on)), naiveClinic(guide, place.municipality, place.district, on))
  })

const agreesOnFaults = (faults: Faults) =>
  fc.property(guides, dates, dates, fc.option(dates), fc.option(dates), (drawn, from, until, begins, ends) => {
    const guide = { ...drawn, municipalities: drawn.municipalities.map((place, index) => (index === 0 ? { ...place, from: begins, until: ends } : place)) }
    const found = faults(guide, from, until)
    const days = found.flatMap((fault) => {
      const list: Array<string> = []
      for (let day = fault.from; day < fault.until; day = dayAfter(day, 1)) list.push(`${fault.district ?? fault.municipality} ${day} ${fault.kind}`)
      return list
    })
    assert.deepStrictEqual(days, naiveFaults(guide, from, until))
    // Each stretch is as long as it can be.
    for (const [index, fault] of found.entries()) {
      const next = found[index + 1]
      const same = next !== undefined && next.kind === fault.kind && next.municipality === fault.municipality && next.district === fault.district
      assert.isFalse(same && next.from === fault.until)
    }
  })

const shifted = (change: (rule: GuidePolicy["catchments"][number]) => GuidePolicy["catchments"][number]) => (guide: Pick<GuidePolicy, "catchments">) => ({
  ...guide,
  catchments: guide.catchments.map(change)
})
const untilInclusive = shifted((rule) => ({ ...rule, until: rule.until === null ? null : dayAfter(rule.until, 1) }))
const fromExclusive = shifted((rule) => ({ ...rule, from: dayAfter(rule.from, 1) }))
const endless = shifted((rule) => ({ ...rule, until: null }))

const lookupBugs: Readonly<Record<string, Lookup>> = {
  "the last day of a rule still counts": (guide, place, on) => catchmentOf({ ...guide, ...untilInclusive(guide) }, place, on),
  "the first day of a rule does not count": (guide, place, on) => catchmentOf({ ...guide, ...fromExclusive(guide) }, place, on),
  "a rule never ends": (guide, place, on) => catchmentOf({ ...guide, ...endless(guide) }, place, on),
  "the first of two rules wins": (guide, place, on) => {
    const rule = guide.catchments.find((one) => one.municipality === place.municipality && one.from <= on && (one.until === null || on < one.until))
    return catchmentOf({ ...guide, catchments: rule === undefined ? [] : [rule] }, place, on)
  },
  "a place without a rule gets the first clinic": (guide, place, on) => {
    const found = catchmentOf(guide, place, on)
    const any = guide.entries.find(({ type }) => type === "dps")
    return found._tag === "Unknown" && any !== undefined ? { _tag: "Clinic", dps: any } : found
  },
  "the urban district is not asked for": (guide, place, on) => {
    const found = catchmentOf(guide, place, on)
    return found._tag === "NeedsDistrict" ? { _tag: "Unknown", says: askYourGp } : found
  },
  "a district that does not fit hides the clinic": (guide, place, on) =>
    place.district !== null && !place.district.startsWith(place.municipality) ? { _tag: "Unknown", says: askYourGp } : catchmentOf(guide, place, on)
}

const faultBugs: Readonly<Record<string, Faults>> = {
  "the last day of a rule still counts": (guide, from, until) => catchmentFaults({ ...guide, ...untilInclusive(guide) }, from, until),
  "the first day of a rule does not count": (guide, from, until) => catchmentFaults({ ...guide, ...fromExclusive(guide) }, from, until),
  "overlaps are not found": (...given) => catchmentFaults(...given).filter(({ kind }) => kind === "gap"),
  "gaps are not found": (...given) => catchmentFaults(...given).filter(({ kind }) => kind === "overlap"),
  "districts are not looked at": (...given) => catchmentFaults(...given).filter(({ district }) => district === null),
  "the days before a municipality existed are gaps": (guide, from, until) =>
    catchmentFaults({ ...guide, municipalities: guide.municipalities.map((place) => ({ ...place, from: null })) }, from, until),
  "the days after a municipality are gaps": (guide, from, until) =>
    catchmentFaults({ ...guide, municipalities: guide.municipalities.map((place) => ({ ...place, until: null })) }, from, until),
  "stretches are cut in two": (...given) =>
    catchmentFaults(...given).flatMap((fault) => {
      const middle = dayAfter(fault.from, 1)
      return middle < fault.until ? [{ ...fault, until: middle }, { ...fault, from: middle }] : [fault]
    })
}

describe("a catchment", () => {
  it("is for every place and date the same one answer as a naive look through the rules (DUV-21)", () => {
    fc.assert(agreesOnPlaces(catchmentOf), runs(1000))
  }, patience)

  it("answers that the GP can help, and never a guess, where nobody has said or two rules disagree (DUV-22)", () => {
    const place = { municipality: "9901", district: null }
    assert.deepStrictEqual(catchmentOf({ ...completeGuide, catchments: [] }, place, today), { _tag: "Unknown", says: askYourGp })
    const [rule] = completeGuide.catchments
    assert.isDefined(rule)
    assert.deepStrictEqual(catchmentOf({ ...completeGuide, catchments: [rule, { ...rule, dps: "south-clinic" }] }, place, today), { _tag: "Unknown", says: askYourGp })
    assert.deepStrictEqual(askYourGp, {
      nb: "Vi vet ikke hvilket distriktspsykiatrisk senter du hører til. Fastlegen din kan hjelpe deg med å finne det.",
      en: "We do not know which outpatient clinic you belong to. Your GP can help you find it."
    })
  })

  it("follows the urban district where a place has them, and the municipality alone where it has none (DUV-21)", () => {
    const clinicOf = (municipality: string, district: string | null) => named(catchmentOf(completeGuide, { municipality, district }, today))
    assert.deepStrictEqual(
      [clinicOf("9902", "990201"), clinicOf("9902", "990202"), clinicOf("9902", "990299"), clinicOf("9901", "990201")],
      ["north-clinic", "south-clinic", undefined, "north-clinic"]
    )
  })

  it("in Oslo asks for the urban district, also when no district is entered (DUV-21)", () => {
    assert.deepStrictEqual(catchmentOf(dinutvei, { municipality: "0301", district: null }, today), { _tag: "NeedsDistrict", districts: [] })
    assert.deepStrictEqual(catchmentOf(completeGuide, { municipality: "9902", district: null }, today), {
      _tag: "NeedsDistrict",
      districts: [{ code: "990201", name: "District 990201" }, { code: "990202", name: "District 990202" }]
    })
  })

  it.skipIf(quick).each(Object.entries(lookupBugs))("a planted bug is noticed: %s", (_, lookup) => {
    assert.isTrue(fc.check(agreesOnPlaces(lookup), { numRuns: 2000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

describe("the gaps and overlaps of catchments", () => {
  it("are those that counting day by day finds, each stretch once and whole (DUV-21)", () => {
    fc.assert(agreesOnFaults(catchmentFaults), runs(300))
  }, patience)

  it("are one stretch as long as the kind stays the same, and another where it changes (DUV-21)", () => {
    const rule = (from: string, until: string) => ({ municipality: "9901", district: null, dps: "north-clinic", from, until })
    const [place] = completeGuide.municipalities
    assert.isDefined(place)
    const catchments = [
      rule("2026-02-01", "2026-05-01"), rule("2026-02-01", "2026-03-01"), rule("2026-02-10", "2026-02-20"), rule("2026-06-01", "2026-07-01"), rule("2026-06-01", "2026-07-01")
    ]
    const found = (municipality: Partial<GuidePolicy["municipalities"][number]>, from: string, until: string) =>
      catchmentFaults({ catchments, municipalities: [{ ...place, ...municipality }] }, from, until).map((fault) => `${fault.kind} ${fault.from} ${fault.until}`)
    assert.deepStrictEqual(found({}, "2026-01-01", "2026-08-01"), [
      "gap 2026-01-01 2026-02-01", "overlap 2026-02-01 2026-03-01", "gap 2026-05-01 2026-06-01", "overlap 2026-06-01 2026-07-01", "gap 2026-07-01 2026-08-01"
    ])
    assert.deepStrictEqual(found({ from: "2026-02-05", until: "2026-02-15" }, "2026-01-01", "2026-08-01"), ["overlap 2026-02-05 2026-02-15"])
    assert.deepStrictEqual([found({}, "2026-01-01", "2026-01-01"), found({ until: "2026-01-01" }, "2026-01-01", "2026-08-01")], [[], []])
  })

  it("are none in a complete guide, and the whole year in an empty one", () => {
    assert.deepStrictEqual(catchmentFaults(completeGuide, "2026-01-01", "2027-01-01"), [])
    assert.deepStrictEqual(
      catchmentFaults({ ...completeGuide, catchments: [] }, "2026-01-01", "2027-01-01"),
      [["9901", null], ["9902", "990201"], ["9902", "990202"]].map(([municipality = "", district = null]) => ({
        kind: "gap" as const,
        municipality: municipality ?? "",
        district,
        from: "2026-01-01",
        until: "2027-01-01"
      }))
    )
  })

  it.skipIf(quick).each(Object.entries(faultBugs))("a planted bug is noticed: %s", (_, faults) => {
    assert.isTrue(fc.check(agreesOnFaults(faults), { numRuns: 1000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})
