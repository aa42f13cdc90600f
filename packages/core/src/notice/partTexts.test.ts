import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import { hours, minutes } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { languages } from "./language.ts"
import { noticeVersion } from "./notice.ts"
import { partSectionIds } from "./partTexts.ts"
import { inWords } from "./periods.ts"
import { partSections, privacySections } from "./privacyPage.ts"

/** A policy that has every part, with numbers that no other text has. */
const whole: Policy = {
  ...detfinneshjelp,
  triage: { minimumAge: 18, purposes: ["quality", "research"], bundled: false, timesAsked: 2, grain: "month" },
  booking: { ...(detfinneshjelp.booking ?? assert.fail()), minimumAge: 21, outboxHours: 23, phone: { number: "99 00 00 99", lastVerified: "2026-11-01" } },
  phone: { number: "99 00 00 98", reservedMinutes: 11, codeDigits: 4 },
  statistics: { ...(ifengsel.statistics ?? assert.fail()), smallestCell: 6 },
  holds: { items: ["accessTrace"], maximumDays: 37 },
  webLog: { addressHours: 300, addressOnChatPages: false }
}

const some = fc.subarray([...partSectionIds]).map((ids): Policy => ({ ...whole, ...Object.fromEntries(partSectionIds.filter((id) => !ids.includes(id)).map((id) => [id, null])) }))
const text = (policy: Policy, id: string, language: "nb" | "en"): string => partSections(policy, language).find((section) => section.id === id)?.paragraphs.join("\n") ?? ""

describe("what a service may have beside the chat", () => {
  it("has a section on the privacy page exactly when the policy has it, after the others and in one order", () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...languages), (policy, language) => {
        const expected = partSectionIds.filter((id) => policy[id] !== null)
        assert.deepStrictEqual(partSections(policy, language).map(({ id }) => id), expected)
        const all = privacySections(policy, language)
        assert.deepStrictEqual(all.slice(all.length - expected.length), partSections(policy, language))
        assert.strictEqual(all.length, 9 + expected.length)
      }),
      runs(100)
    )
  })

  it("is a new version of the notice when it comes or goes", () => {
    fc.assert(
      fc.property(some, some, (one, other) => {
        const same = partSectionIds.every((id) => (one[id] === null) === (other[id] === null))
        assert.strictEqual(noticeVersion(one) === noticeVersion(other), same)
      }),
      runs(100)
    )
  })

  it("says its own numbers, and no others", () => {
    for (const language of languages) {
      const says = (id: string, ...numbers: ReadonlyArray<string>) => {
        const said = text(whole, id, language)
        for (const number of numbers) assert.include(said, number)
        assert.notMatch(numbers.reduce((rest, number) => rest.replaceAll(number, ""), said), /\d/)
      }
      says("triage", "18", inWords(hours(168), language))
      says("booking", "21", "99 00 00 99", inWords(hours(23), language))
      says("phone", "99 00 00 98", inWords(minutes(11), language))
      says("statistics", "6")
      says("holds", inWords(hours(37 * 24), language))
      says("webLog", inWords(hours(300), language))
      assert.include(text({ ...whole, booking: { ...(whole.booking ?? assert.fail()), phone: null } }, "booking", language), language === "nb" ? "kan du ringe i stedet." : "you can phone instead.")
    }
  })

  it("says how often a visitor may be asked, as the policy has it", () => {
    const once: Policy = { ...whole, triage: { ...(whole.triage ?? assert.fail()), timesAsked: 1 } }
    assert.include(text(whole, "triage", "nb"), "ikke mer enn to ganger.")
    assert.include(text(once, "triage", "nb"), "ikke mer enn én gang.")
    assert.include(text(whole, "triage", "en"), "at most twice.")
    assert.include(text(once, "triage", "en"), "at most once.")
  })

  it("always says that a no changes nothing about the help (DFH-15, DFH-28, IF-07)", () => {
    assert.include(text(whole, "triage", "nb"), "får du akkurat samme hjelp")
    assert.include(text(whole, "triage", "en"), "you get exactly the same help")
    assert.include(text(whole, "booking", "nb"), "Sier du nei, får du time på samme måte.")
    assert.include(text(whole, "booking", "en"), "If you say no, you get an appointment in the same way.")
    assert.include(text(whole, "statistics", "nb"), "Du trenger ikke svare, og hjelpen er den samme.")
    assert.include(text(whole, "statistics", "en"), "You do not have to answer, and the help is the same.")
  })
})
