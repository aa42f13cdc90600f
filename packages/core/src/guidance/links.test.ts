import { assert, describe, it } from "vitest"
import * as fc from "fast-check"
import { dayAfter } from "../../../../test/spec/guidance.ts"
import { dates } from "../../../../test/spec/guidanceWorlds.ts"
import { runs } from "../../../../test/support/runs.ts"
import { dinutvei } from "../policy/reference/dinutvei.ts"
import { contactsOn, isStale, shownLink } from "./links.ts"

describe("a link", () => {
  it("is labelled whenever its language is not the reader's, and only then (DUV-30)", () => {
    const labels = (["nb", "en"] as const).map((ui) => ["nb", "nn", "se", "en", "pl"].map((language) => shownLink({ href: "https://guide.example/", language }, ui).label))
    assert.deepStrictEqual(labels, [
      [null, "på nynorsk", "på nordsamisk", "på engelsk", "på et annet språk"],
      ["in Norwegian", "in Norwegian (Nynorsk)", "in Northern Sami", null, "in another language"]
    ])
  })

  it("leads where the policy says", () => {
    assert.deepStrictEqual(shownLink({ href: "https://guide.example/a", language: "nb" }, "nb"), { href: "https://guide.example/a", label: null })
  })
})

describe("a contact", () => {
  it("is shown from its first day until the day before its last bound, in the order of the policy (DUV-29)", () => {
    const contact = fc.record({ from: fc.option(dates), until: fc.option(dates) }).map((bounds) => ({ kind: "phone" as const, number: "99 99 99 99", lastVerified: null, ...bounds }))
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 5 }), dates, (contacts, on) => {
        const expected: typeof contacts = []
        for (const one of contacts) {
          let holds = true
          if (one.from !== null && Date.parse(on) < Date.parse(one.from)) holds = false
          if (one.until !== null && Date.parse(on) >= Date.parse(one.until)) holds = false
          if (holds) expected.push(one)
        }
        assert.deepStrictEqual(contactsOn(contacts, on), expected)
      }),
      runs(500)
    )
  })

  it("for choosing a place of treatment was 800 43 573 and is 23 32 70 00: one of them on every day (DUV-29)", () => {
    const number = (on: string) => contactsOn(dinutvei.choiceOfPlace, on).map((contact) => (contact.kind === "phone" ? contact.number : contact.href))
    assert.deepStrictEqual([number("2026-10-31"), number("2026-11-01")], [["800 43 573"], ["23 32 70 00"]])
  })
})

describe("what was seen on a day", () => {
  it("is too old a day after the months that the guide gives it, not before, and at once when nobody has seen it (DUV-34)", () => {
    assert.deepStrictEqual(
      [isStale("2026-01-31", 1, "2026-02-28"), isStale("2026-01-31", 1, "2026-03-01"), isStale("2025-06-15", 12, "2026-06-15"), isStale("2025-06-15", 12, "2026-06-16"), isStale(null, 60, "2026-06-15")],
      [false, true, false, true, true]
    )
  })

  it("stays too old once it is", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 24 }), dates, fc.nat(400), (seen, months, on, days) => {
        assert.isTrue(!isStale(seen, months, on) || isStale(seen, months, dayAfter(on, days)))
      }),
      runs(300)
    )
  })
})
