import { assert, describe, it } from "vitest"
import { asked, found, own, type Path, today } from "../../../../../test/spec/policyFindings.ts"
import { whole, withValue } from "../../../../../test/spec/policyMutations.ts"
import { RuleId } from "../../kernel/rule.ts"
import { consentAges } from "../ages.ts"
import { lint } from "../lint.ts"
import type { Policy } from "../policy.ts"

describe("a text that says nothing", () => {
  it("is blank or only keeps a place, in whatever letters and with whatever around it", () => {
    const nothing = [
      "TODO", "to do", "TBA", "tbd", "XX", "xxx", "n/a", "NA", "unknown", "Ukjent", "name", "navn", "...", " todo ", "(name)", "– navn –"
    ]
    for (const name of nothing) assert.deepStrictEqual(
      found([["vendor", "name"], name]).map(([field, , says]) => [field, says]), [["vendor.name", "This text says nothing."]], name
    )
    for (const name of ["Navnet AS", "Xenia", "x", "Todofjord", "My name", "National", "A TBD"]) assert.deepStrictEqual(
      found([["vendor", "name"], name]), [], name
    )
  })
})

describe("a number to call", () => {
  it("has three digits or more, and nothing but digits, spaces, brackets, hyphens and a plus before them", () => {
    for (const number of ["12", "1-2", "1- -2", "abc 123", "123 abc", "(123)", "+-1-"]) {
      assert.deepStrictEqual(
        found([["phone", "number"], number]), [["phone.number", "DFH-22", "This is no number that can be called.", "Write the number.", null]], number
      )
    }
    for (const number of ["123", "+47 00 00 00 00", "0(0)-0"]) assert.deepStrictEqual(found([["phone", "number"], number]), [], number)
    assert.deepStrictEqual(
      found([["phone", "number"], "12"], asked("phone.number")).map(([field, , , , answeredBy]) => [field, answeredBy]), [["phone.number", "asked"]]
    )
  })
})

describe("a note of what is special about somebody", () => {
  it("is for those who are as old as the table of ages says, and its finding names that age", () => {
    const age = consentAges.find(({ kind, purpose }) => kind === "special" && purpose === "general")?.years ?? 0
    assert.deepStrictEqual(found([["triage", "minimumAge"], age]), [])
    assert.deepStrictEqual(found([["triage", "minimumAge"], age - 1]), [
      ["triage.minimumAge", "E-10", "Somebody younger than 18 cannot consent to such a note.", "Write 18 or more.", null]
    ])
  })
})

describe("the week", () => {
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  const overlap = (weekly: unknown) =>
    found([["openingHours", "weekly"], weekly]).filter(([, , says]) => says === "These hours overlap others of the week.").length
  it("may be open on every day, and hours may follow one another, but not overlap, over midnight and over Sunday too", () => {
    assert.strictEqual(overlap(days.map((day) => ({ day, opens: "10:00", closes: "12:00" }))), 0)
    assert.strictEqual(overlap([{ day: "mon", opens: "10:00", closes: "12:00" }, { day: "mon", opens: "12:00", closes: "14:00" }]), 0)
    assert.strictEqual(overlap([{ day: "mon", opens: "10:00", closes: "12:01" }, { day: "mon", opens: "12:00", closes: "14:00" }]), 1)
    for (const [at, day] of days.entries()) {
      const next = days[(at + 1) % 7]
      assert.strictEqual(overlap([{ day, opens: "22:00", closes: "02:00" }, { day: next, opens: "01:30", closes: "03:00" }]), 1, day)
      assert.strictEqual(overlap([{ day, opens: "22:00", closes: "02:00" }, { day: next, opens: "02:00", closes: "03:00" }]), 0, day)
    }
  })

  it("that is never open is answered by a question about its hours", () => {
    for (const field of ["openingHours", "openingHours.weekly"]) {
      assert.deepStrictEqual(found([["openingHours", "weekly"], []], asked(field)).map(([at, , says, , answeredBy]) => [at, says, answeredBy]), [
        ["openingHours.weekly", "The service never opens.", "asked"]
      ])
    }
  })
})

describe("what the published text leaves open", () => {
  it("is answered by a question about the field or about the section that it stands in", () => {
    for (const field of ["webLog.addressHours", "webLog"]) {
      assert.deepStrictEqual(
        found([["published", "webLogHours"], null], asked(field)).map(([at, , , , answeredBy]) => [at, answeredBy]),
        [["webLog.addressHours", "asked"]]
      )
    }
    const kept: readonly [Path, unknown] = [["content"], { store: "server", hoursAfterEnd: 72 }]
    for (const field of ["content.hoursAfterEnd", "content"]) {
      const open = found(kept, [["published", "contentHours"], null], asked(field))
      assert.deepStrictEqual(open.map(([at, , says, , answeredBy]) => [at, says, answeredBy]), [
        ["content.hoursAfterEnd", "The published text does not say how long chats are kept.", "asked"]
      ])
    }
    assert.deepStrictEqual(found([["triage", "bundled"], true], asked("triage.bundled")), [])
    assert.deepStrictEqual(found([["booking", "minimumAge"], 17], asked("booking.minimumAge")), [])
  })

  it("is not what was promised away: each thing that is collected none the less is named", () => {
    const promised = found([["published", "nothingElseCollected"], true], [["statistics", "dimensions"], ["topic"]])
    const said = (what: string) => `The published text promises that nothing else is collected, and the policy collects ${what}.`
    assert.deepStrictEqual(promised.map(([field, rule, says]) => [field, rule, says]), [
      ["statistics.dimensions", "IF-35", said("more than the age group")],
      ["triage", "IF-35", said("a triage note")],
      ["booking", "IF-35", said("names and national ids")],
      ["webLog", "IF-35", said("the addresses of visitors to the site")]
    ])
  })
})

describe("the website", () => {
  it("says how long a cookie and an address may stay", () => {
    // A policy in code is read by nobody before the linter.
    const [cookie] = own.cookies
    const long = lint({ ...own, cookies: [{ ...(cookie ?? assert.fail()), maxAgeDays: 366 }] }, today).filter(({ rule }) => rule === "DFH-40")
    assert.deepStrictEqual(
      long.map(({ field, remedy, says }) => [field, says, remedy]),
      [["cookies[0].maxAgeDays", "The cookie lives for more than a year.", "Write 365 or less."]]
    )
    const marketing = withValue(own, ["cookies", 0, "purpose"], "marketing") as Policy
    assert.deepStrictEqual(lint(marketing, today).filter(({ field }) => field === "cookies[0].purpose"), [{
      severity: "dishonest",
      field: "cookies[0].purpose",
      rule: RuleId.make("DFH-39"),
      says: "Such a cookie needs a consent that this product does not ask for.",
      remedy: "Write `security`, or take the cookie out.",
      answeredBy: null
    }])
    const kept = lint({ ...own, webLog: { ...(own.webLog ?? assert.fail()), addressHours: 337 } }, today).filter(({ says }) => says.includes("14 days"))
    assert.deepStrictEqual(kept.map(({ field, remedy, rule, says }) => [field, String(rule), says, remedy]), [
      ["webLog.addressHours", "DFH-44", "Addresses stay in the log for more than 14 days.", "Write 336 or less, and set the web server up so."]
    ])
  })

  it("is left for a page of another host, whatever stands after the host and in whatever letters", () => {
    const says = "Whoever leaves the page would come to a page of the service."
    const host = /^https:\/\/(?:www\.)?([^/]+)/.exec(whole.links.privacy.href)?.[1] ?? ""
    for (const exit of [`https://${host}/`, `https://www.${host}`, `https://${host.toUpperCase()}/a?b`, `https://${host}?q`, `https://${host}#top`]) {
      assert.deepStrictEqual(found([["exitUrl"], exit]).map(([field, , sentence]) => [field, sentence]), [["exitUrl", says]], exit)
    }
    for (const other of [`https://not${host}/`, `https://${host}.example/`]) assert.deepStrictEqual(found([["exitUrl"], other]), [], other)
  })
})
