import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { whole, withValue } from "../../../../test/spec/policyMutations.ts"
import { anyPolicy } from "../../../../test/spec/policyPlants.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { RuleId } from "../kernel/rule.ts"
import { noticeVersion } from "../notice/notice.ts"
import { type Change, diff, invalidatesNotice } from "./diff.ts"
import { explanationAt } from "./explanations/fields.ts"
import { decodePolicy } from "./decode.ts"
import type { Policy } from "./policy.ts"
import { detfinneshjelp } from "./reference/detfinneshjelp.ts"
import { ifengsel } from "./reference/ifengsel.ts"

const own = decodePolicy(whole)
const mirrored = ({ after, before, direction, field, rule }: Change) => ({
  field,
  rule,
  direction: ({ loosens: "tightens", tightens: "loosens", changes: "changes" } as const)[direction],
  before: after,
  after: before
})
const changed = (path: ReadonlyArray<string | number>, value: unknown, from: unknown = whole): ReadonlyArray<Change> =>
  diff(decodePolicy(from), decodePolicy(withValue(from, path, value)))
const told = (changes: ReadonlyArray<Change>) => changes.map(({ direction, field }) => [direction, field])

/** Every path to a number that counts a period, and its value, in a policy that has every part. */
const periodsOf = (value: unknown, path: ReadonlyArray<string>): ReadonlyArray<readonly [ReadonlyArray<string>, number]> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => periodsOf(inner, [...path, key]))
  }
  const unit = explanationAt(path.join("."))?.unit
  const counts = unit !== undefined && ["whole hours", "whole minutes", "whole seconds", "whole days"].includes(unit)
  return typeof value === "number" && counts ? [[path, value]] : []
}
// The width of a time step is no period: deadlines move by less than it, and always lie within the promise.
const long = { ...whole, content: { store: "server", hoursAfterEnd: 72 }, published: { ...whole.published, contentHours: 72 } }
const periods = periodsOf(long, []).filter(([path]) => path.join(".") !== "bucketMinutes")

describe("the diff of two policies", () => {
  it("is empty when nothing changes, and when only the order of words does", () => {
    fc.assert(fc.property(anyPolicy, (policy) => assert.deepStrictEqual(diff(policy, structuredClone(policy)), [])), runs(50))
    const disclosure = { ...whole.disclosure, triggers: whole.disclosure.triggers.toReversed() }
    const turned = decodePolicy({ ...whole, disclosure, activities: whole.activities.toReversed() })
    assert.deepStrictEqual(diff(own, turned), [])
  }, patience)

  it("is mirrored by the change back: what one loosens, the other tightens", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        assert.deepStrictEqual(diff(other, one).map(mirrored), diff(one, other).map(({ says: _, ...change }) => change))
      }),
      runs(60)
    )
  }, patience)

  it("notices every difference: no diff means that the notice and the policy are the same", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        const touched = new Set(diff(one, other).map(({ field }) => field.split(/[.[]/)[0]))
        for (const key of Object.keys(whole)) {
          const same = JSON.stringify(Reflect.get(one, key)) === JSON.stringify(Reflect.get(other, key))
          assert.strictEqual(touched.has(key), !same, key)
        }
      }),
      runs(50)
    )
  }, patience)

  it(`reads every longer period as loosened, and every shorter one as tightened (${periods.length} periods)`, () => {
    assert.strictEqual(periods.length, 24)
    for (const [path, value] of periods) {
      const shorter = withValue(long, path, value - 1)
      assert.deepStrictEqual(told(changed(path, value, shorter)), [["loosens", path.join(".")]])
      assert.deepStrictEqual(told(changed(path, value - 1, long)), [["tightens", path.join(".")]])
    }
  })

  it("says in plain words what was and what becomes", () => {
    const [change] = changed(["accessTrace", "hoursAfterOpening"], 72)
    assert.deepStrictEqual(change, {
      field: "accessTrace.hoursAfterOpening",
      rule: RuleId.make("DFH-11"),
      direction: "tightens",
      before: 168,
      after: 72,
      says: "How long that record is kept after the chat was opened. Was: 168 hours. Becomes: 72 hours."
    })
    const says = (path: ReadonlyArray<string | number>, value: unknown) => changed(path, value).map((one) => one.says)
    assert.deepStrictEqual(says(["triage", "bundled"], true), ["Whether one answer covers all purposes. Was: no. Becomes: yes."])
    assert.deepStrictEqual(says(["triage", "minimumAge"], 19), ["The youngest who may be asked. Was: 18 years. Becomes: 19 years."])
    assert.deepStrictEqual(says(["webLog"], null), ["The log of the web server. Removed."])
    assert.deepStrictEqual(says(["triage", "purposes"], ["quality"]), ["What the note may be used for. Removed: research."])
    assert.deepStrictEqual(says(["subProcessors", 0, "contractUntil"], null), ["The last day of that contract. Removed: 2027-12-31."])
    assert.deepStrictEqual(says(["questions", 0, "answer"], "x".repeat(61)), ["What this policy does. It is another."])
    assert.deepStrictEqual(says(["triage", "purposes"], ["research"]), ["What the note may be used for. Removed: quality."])
    assert.deepStrictEqual(says(["questions", 1, "answer"], "x".repeat(61)), ["What this policy does. It is another."])
    assert.deepStrictEqual(
      says(["questions", 1, "answer"], "x".repeat(60)), [`What this policy does. Was: One at a time.. Becomes: ${"x".repeat(60)}.`]
    )
    const back = (path: ReadonlyArray<string | number>) => diff(decodePolicy(withValue(whole, path, null)), own).map((one) => one.says)
    assert.deepStrictEqual(back(["webLog"]), ["The log of the web server. Added."])
    assert.deepStrictEqual(back(["subProcessors", 0, "contractUntil"]), ["The last day of that contract. Added: 2027-12-31."])
    const wordy = withValue(whole, ["questions", 1, "answer"], "x".repeat(61))
    assert.deepStrictEqual(changed(["questions", 1, "answer"], "Two.", wordy).map((one) => one.says), ["What this policy does. It is another."])
    assert.deepStrictEqual(says(["capacity"], 2), ["How many chats one counsellor may hold at a time. Was: 1. Becomes: 2."])
  })

  it.each<readonly [ReadonlyArray<string | number>, unknown, Change["direction"], string]>([
    [["content"], { store: "server", hoursAfterEnd: 1 }, "loosens", "content.store"],
    [["content"], { store: "server", hoursAfterEnd: 1 }, "loosens", "content.hoursAfterEnd"],
    [["answeredBy"], "declaredHosts", "loosens", "answeredBy"],
    [["triage"], null, "tightens", "triage"],
    [["triage", "minimumAge"], 17, "loosens", "triage.minimumAge"],
    [["triage", "timesAsked"], 1, "tightens", "triage.timesAsked"],
    [["triage", "bundled"], true, "loosens", "triage.bundled"],
    [["triage", "grain"], "week", "loosens", "triage.grain"],
    [["triage", "grain"], "quarter", "tightens", "triage.grain"],
    [["booking"], null, "tightens", "booking"],
    [["booking", "phone"], null, "loosens", "booking.phone"],
    [["booking", "sites", 0, "from"], "2020-01-02", "changes", "booking.sites[Oslo].from"],
    [["phone", "codeDigits"], 4, "loosens", "phone.codeDigits"],
    [["statistics"], null, "tightens", "statistics"],
    [["statistics", "dimensions"], ["topic"], "loosens", "statistics.dimensions"],
    [["statistics", "bands"], [{ from: 0, to: null }], "tightens", "statistics.bands"],
    [["statistics", "bands"], [0, 5, 10, 15, 20, 25, 30].map((from) => ({ from, to: from === 30 ? null : from + 4 })), "loosens", "statistics.bands"],
    [["statistics", "smallestCell"], 4, "loosens", "statistics.smallestCell"],
    [["statistics", "period"], "month", "loosens", "statistics.period"],
    [["statistics", "method"], "round", "changes", "statistics.method"],
    [["disclosure", "openCaseAt"], "mayBeDanger", "loosens", "disclosure.openCaseAt"],
    [["disclosure", "openCaseAt"], "immediateRisk", "tightens", "disclosure.openCaseAt"],
    [["disclosure", "rightToDisclose"], false, "tightens", "disclosure.rightToDisclose"],
    [["disclosure", "crimeNeedsIdentification"], true, "tightens", "disclosure.crimeNeedsIdentification"],
    [["disclosure", "recipients"], ["police", "ambulance", "childWelfare"], "tightens", "disclosure.recipients"],
    [["disclosure", "timers", "warnHours"], [24, 4], "changes", "disclosure.timers.warnHours"],
    [["holds"], null, "tightens", "holds"],
    [["holds", "items"], ["accessTrace", "content"], "loosens", "holds.items"],
    [["cookies"], [], "tightens", "cookies[security]"],
    [["webLog", "addressOnChatPages"], true, "loosens", "webLog.addressOnChatPages"],
    [["links", "treatment"], null, "loosens", "links.treatment"],
    [["links", "privacy", "lastVerified"], "2026-11-02", "changes", "links.privacy.lastVerified"],
    [["published", "nothingElseCollected"], true, "tightens", "published.nothingElseCollected"],
    [["published", "contentHours"], null, "changes", "published.contentHours"],
    [["published", "accessTraceHours"], 169, "loosens", "published.accessTraceHours"],
    [["subProcessors"], [], "tightens", "subProcessors[Drift AS]"],
    [["subProcessors", 0, "contractUntil"], "2028-12-31", "changes", "subProcessors[Drift AS].contractUntil"],
    [["activities", 0, "purpose", "en"], "Something", "changes", "activities[Samtaler på nett].purpose"],
    [["openingHours"], null, "changes", "openingHours"],
    [["openingHours", "timeZone"], "Europe/Paris", "changes", "openingHours.timeZone"],
    [["bucketMinutes"], 10, "changes", "bucketMinutes"],
    [["exitUrl"], "https://www.nrk.no/", "changes", "exitUrl"]
  ])("reads %j as %j: %s %s", (path, value, direction, field) => {
    assert.deepInclude(told(changed(path, value)), [direction, field])
  })

  it("tells of a name that is another in English only, and nothing of a field that no policy has", () => {
    const name = whole.activities[0]?.name.nb ?? assert.fail()
    assert.deepStrictEqual(told(changed(["activities", 0, "name", "en"], "Another")), [["changes", `activities[${name}].name`]])
    for (const path of [["strange"], ["limits", "strange"], ["cookies", 0, "strange"], ["activities", 0, "strange"]]) {
      const strange = withValue(own, path, 1) as Policy
      assert.deepStrictEqual([...diff(own, strange), ...diff(strange, own)], [], path.join("."))
    }
  })

  it("tells apart things of one name", () => {
    const three = { ...whole, subProcessors: [...whole.subProcessors, ...whole.subProcessors, ...whole.subProcessors] }
    assert.deepStrictEqual(told(diff(own, decodePolicy(three))), [["loosens", "subProcessors[Drift AS 2]"], ["loosens", "subProcessors[Drift AS 3]"]])
  })

  it("does not mind in which order fields are written, and tells one changed line of a list from the others", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== "object" || value === null) return value
      return Object.fromEntries(Object.entries(value).toReversed().map(([key, inner]) => [key, turned(inner)]))
    }
    assert.deepStrictEqual(diff(own, decodePolicy(turned(whole))), [])
    // A policy in code keeps the order that it is written in.
    assert.deepStrictEqual([...diff(own, turned(own) as Policy), ...diff(turned(own) as Policy, own)], [])
    assert.deepStrictEqual(
      told(changed(["openingHours", "weekly", 0, "opens"], "00:01")), [["changes", "openingHours.weekly"], ["changes", "openingHours.weekly"]]
    )
    const bands = (own.statistics?.bands ?? []).map((band, at) => (at === 0 ? { ...band, to: 1 } : at === 1 ? { ...band, from: 2 } : band))
    assert.deepStrictEqual(told(changed(["statistics", "bands"], bands)), [["changes", "statistics.bands"]])
  })
})

/** Every policy that differs in one value, as far as the value can be another of its kind. */
const neighbours = (policy: Policy): ReadonlyArray<Policy> => {
  const others = (value: unknown, path: ReadonlyArray<string | number>): ReadonlyArray<readonly [ReadonlyArray<string | number>, unknown]> => {
    if (Array.isArray(value)) return [[path, value.slice(1)], ...value.flatMap((inner, at) => others(inner, [...path, at]))]
    if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, inner]) => others(inner, [...path, key]))
    if (typeof value === "number") return [[path, value + 1], [path, value - 1]]
    return typeof value === "boolean" ? [[path, !value]] : typeof value === "string" ? [[path, `${value}x`]] : []
  }
  const parts = ["triage", "booking", "phone", "statistics", "holds", "webLog"].map((part) => [[part], null] as const)
  return [...others(policy, []), ...parts].flatMap(([path, value]) => {
    try {
      return [decodePolicy(withValue(policy, path, value))]
    } catch {
      return []
    }
  })
}

describe("a change of a policy", () => {
  it("asks for a new notice whenever the version of what visitors were promised is another", () => {
    const renewed = (quick ? [own] : [own, detfinneshjelp, ifengsel]).flatMap((base) =>
      neighbours(base)
        .filter((next) => noticeVersion(base) !== noticeVersion(next))
        .map((next) => ({ changes: told(diff(base, next)), asked: invalidatesNotice(base, next) }))
    )
    assert.isAbove(renewed.length, quick ? 30 : 60)
    assert.deepStrictEqual(renewed.filter(({ asked }) => !asked), [])
  }, patience)

  it("asks for none when nothing that the notice says is another and nothing is loosened", () => {
    const quiet = [
      ["exitUrl"], ["bucketMinutes"], ["capacity"], ["limits", "messageBytes"], ["published", "readOn"],
      ["questions", 0, "asks"], ["cookies", 0, "maxAgeDays"]
    ] as const
    const to = ["https://www.nrk.no/", 10, 2, 1024, "2026-11-02", "Another question.", 364]
    for (const [at, path] of quiet.entries()) {
      const next = decodePolicy(withValue(whole, path, to[at]))
      assert.deepStrictEqual([invalidatesNotice(own, next), noticeVersion(own) === noticeVersion(next)], [false, true], path.join("."))
    }
    assert.isTrue(invalidatesNotice(own, decodePolicy(withValue(whole, ["limits", "closingMinutes"], 31))))
  })

  it("asks for a new notice whenever it loosens anything", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        if (diff(one, other).some(({ direction }) => direction === "loosens")) assert.isTrue(invalidatesNotice(one, other))
      }),
      runs(50)
    )
  }, patience)
})
