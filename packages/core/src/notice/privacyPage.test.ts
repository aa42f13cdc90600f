import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { hours, minutes, seconds } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import { keepsContent, type Policy, questionOf } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { clockSkew, declarations, staffSessionPeriod, sweepInterval, worstCase } from "../retention/dataClass.ts"
import { type Language, languages } from "./language.ts"
import { inWords } from "./periods.ts"
import { type PrivacySection, privacySections } from "./privacyPage.ts"
import type { PrivacySectionId } from "./privacyTexts.ts"

const openQuestion = { id: "period", rule: RuleId.make("IF-30"), field: "accessTrace.hoursAfterOpening", asks: "Not published.", answer: "This." }
const notAboutTheTrace = ({ field }: { readonly field: string }): boolean => field !== openQuestion.field
const period = fc.integer({ min: 1, max: 24 * 366 })
const policies: fc.Arbitrary<Policy> = fc
  .record({
    base: fc.constantFrom(detfinneshjelp, ifengsel),
    kept: fc.option(period, { nil: undefined }),
    trace: period,
    question: fc.boolean(),
    idle: fc.integer({ min: 1, max: 600 }),
    length: fc.integer({ min: 1, max: 1440 }),
    grace: fc.integer({ min: 1, max: 3600 }),
    queue: fc.integer({ min: 1, max: 1440 })
  })
  .map(({ base, kept, trace, question, idle, length, grace, queue }) => ({
    ...base,
    content: kept === undefined ? { store: "clients-only" } : { store: "server", hoursAfterEnd: kept },
    accessTrace: { hoursAfterOpening: trace },
    questions: question ? [...base.questions.filter(notAboutTheTrace), openQuestion] : base.questions.filter(notAboutTheTrace),
    limits: { ...base.limits, idleMinutes: idle, lengthMinutes: length, graceSeconds: grace, queueMinutes: queue }
  }))

const section = (policy: Policy, language: Language, id: PrivacySectionId): PrivacySection => {
  const found = privacySections(policy, language).find((one) => one.id === id)
  if (found === undefined) throw new Error(`no section ${id}`)
  return found
}
const words = (one: PrivacySection): string => one.paragraphs.join("\n")
const page = (policy: Policy, language: Language): string =>
  privacySections(policy, language)
    .flatMap((one) => [one.heading, ...one.paragraphs, ...(one.table?.rows.flat() ?? []), one.link?.text ?? ""])
    .join("\n")

describe("the privacy page", () => {
  it("has a row for every declared data class, with its promised period and its computed worst case", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), (policy, language) => {
        const { table } = section(policy, language, "stored")
        assert.lengthOf(table?.rows ?? [], declarations(policy).length)
        declarations(policy).forEach((declaration, index) => {
          const [, where, until, atWorst] = table?.rows[index] ?? ["", "", "", ""]
          if (declaration.period === undefined) return assert.strictEqual(until, atWorst)
          if (!declaration.stored) {
            assert.include(atWorst, inWords(worstCase(minutes(policy.limits.lengthMinutes)), language))
            return assert.match(where, language === "nb" ? /^Bare i nettleserne/ : /^Only in the browsers/)
          }
          assert.include(atWorst, inWords(worstCase(declaration.period), language))
          if (declaration.dataClass !== "liveSession") assert.include(until, inWords(declaration.period, language))
          assert.strictEqual(where.includes(policy.vendor.name), declaration.realm === "vendor")
        })
      })
    )
  })

  it("says of each data class what it is, where, until when and until when at worst, in words", () => {
    assert.deepStrictEqual(section(ifengsel, "en", "stored").table?.rows, [
      [
        "What is written in the chat",
        "With the service, locked in the database. While the chat is open, also in the browsers of you two",
        "72 hours after the chat is over",
        "72 hours, 1 minute and 5 seconds after the chat is over"
      ],
      [
        "The IP address and when you opened the chat",
        "With NOOP, locked in the database",
        "72 hours after the chat was opened",
        "72 hours, 1 minute and 5 seconds after the chat was opened"
      ],
      [
        "That a chat is going on: a random number, times and who answers",
        "With the service, locked in the database. While the chat is open, also in your tab",
        "When the chat is over",
        "4 hours, 1 minute and 5 seconds after the chat was opened"
      ],
      [
        "That there was a chat: a random number and when it is deleted, nothing about you",
        "With the service, in the database",
        "24 hours after the chat is over",
        "24 hours, 1 minute and 5 seconds after the chat is over"
      ],
      [
        "A link for new staff, not about you",
        "With the service, in the database and on the screen of whoever made it",
        "24 hours after it was made",
        "24 hours, 1 minute and 5 seconds after it was made"
      ],
      [
        "That a member of staff is signed in, not about you",
        "With the service, in the database and in the browser of the member of staff",
        "12 hours after it was made",
        "12 hours, 1 minute and 5 seconds after it was made"
      ],
      ["How the system is set up, not about anyone", "With the service, in the database, in files and in the server's log", "Not deleted", "Not deleted"],
      [
        "A case about danger: what was assessed and done, not what you wrote",
        "With the service",
        "90 days after the case is closed",
        "90 days, 1 minute and 5 seconds after the case is closed"
      ],
      ["How many in each age group, not who", "With the service", "Not deleted", "Not deleted"]
    ])
  })

  it("writes no number that is not a period of the policy or of the product", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), (policy, language) => {
        const { idleMinutes, lengthMinutes, graceSeconds, queueMinutes } = policy.limits
        const content = keepsContent(policy) ? [hours(policy.content.hoursAfterEnd)] : []
        const declared = declarations(policy).flatMap((one) => (one.period === undefined ? [] : [one.period, worstCase(one.period)]))
        const { booking, holds, statistics, triage } = policy
        const held = holds === null ? [] : [hours(holds.maximumDays * 24)]
        const periods = [...held, minutes(idleMinutes), minutes(lengthMinutes), minutes(queueMinutes), seconds(graceSeconds), clockSkew, sweepInterval, staffSessionPeriod, ...content, ...declared]
        const known = periods.map((one) => inWords(one, language)).sort((a, b) => b.length - a.length)
        const others = [triage?.minimumAge, booking?.minimumAge, statistics?.smallestCell].flatMap((one) => (one === undefined ? [] : [String(one)]))
        const rest = [...known, ...others].reduce((text, one) => text.replaceAll(one, ""), page(policy, language))
        assert.notMatch(rest, /\d/)
        for (const one of [minutes(idleMinutes), minutes(lengthMinutes), minutes(queueMinutes), seconds(graceSeconds), ...content]) {
          assert.include(words(section(policy, language, "writing")), inWords(one, language))
        }
      })
    )
  })

  it("says that text is kept, by whom it can be read and by whom not, exactly when the server keeps it (DFH-07, IF-17)", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), (policy, language) => {
        const text = words(section(policy, language, "writing"))
        const said = language === "nb" ? ["lagres låst hos oss", "En leder kan åpne", `${policy.vendor.name} kan ikke lese det`] : ["stored locked with us", "A lead can open", `${policy.vendor.name} cannot read it`]
        for (const sentence of said) assert.strictEqual(text.includes(sentence), keepsContent(policy), sentence)
        assert.strictEqual(text.includes(language === "nb" ? "Vi lagrer det ikke" : "We do not store it"), !keepsContent(policy))
      })
    )
  })

  it("names the open question exactly when the service publishes no period for the address (IF-30)", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), (policy, language) => {
        const asked = words(section(policy, language, "address")).includes(language === "nb" ? "Et åpent spørsmål" : "An open question")
        assert.strictEqual(asked, questionOf(policy, "accessTrace.hoursAfterOpening") !== undefined)
      })
    )
  })

  it("says who is responsible with a link, what the lock does not protect against, and what leaving does not erase", () => {
    for (const policy of [detfinneshjelp, ifengsel]) {
      const responsible = section(policy, "en", "responsible")
      assert.strictEqual(responsible.link?.href, policy.links.privacy.href)
      assert.include(words(responsible), policy.controller.name)
      assert.include(words(section(policy, "en", "encryption")), "does not protect you if someone replaces the web page itself")
      assert.include(words(section(policy, "en", "leaving")), "does not delete the history")
      assert.include(words(section(policy, "en", "cookies")), "You get no cookies")
      assert.include(words(section(policy, "nb", "address")), `anonym for ${policy.controller.name}, men ikke for ${policy.vendor.name}`)
      assert.include(words(section(policy, "nb", "stored")), "kan vi ikke love")
    }
  })
})
