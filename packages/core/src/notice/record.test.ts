import { assert, describe, it } from "vitest"
import { hours } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { carrying, parts } from "../policy/parts.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { declarations } from "../retention/dataClass.ts"
import { languages } from "./language.ts"
import { privacySections } from "./privacyPage.ts"
import { processingRecord } from "./record.ts"

const both = [detfinneshjelp, ifengsel]
const phone: Policy = { ...detfinneshjelp, phone: { number: "99 00 00 98", reservedMinutes: 10, codeDigits: 4 } }
const subProcessor = { name: "Undersky AS", task: { nb: "Drifter serverne", en: "Runs the servers" }, contract: "2026/1", contractUntil: "2027-12-31" }

describe("the record of processing activities", () => {
  it("has every declared data class in exactly one activity, each with a purpose, a legal basis and a time limit (DFH-01)", () => {
    for (const policy of [...both, phone, ...both.map((one) => carrying(one, [])), carrying(detfinneshjelp, parts)]) {
      for (const language of languages) {
        const { activities } = processingRecord(policy, language)
        const listed = activities.flatMap(({ data }) => data.map(({ dataClass }) => dataClass))
        assert.deepStrictEqual(listed.toSorted(), declarations(policy).map(({ dataClass }) => dataClass).toSorted())
        for (const { basis, data, name, purpose } of activities) {
          assert.isNotEmpty(basis)
          assert.isNotEmpty(data)
          assert.match(name, /\S/)
          assert.match(purpose, /\S/)
        }
      }
    }
  })

  it("has the time limits of the declarations, to the millisecond, and none for what has no clock", () => {
    for (const policy of both) {
      const limits = processingRecord(policy, "en").activities.flatMap(({ data }) => data)
      for (const declaration of declarations(policy)) {
        const limit = limits.find(({ dataClass }) => dataClass === declaration.dataClass)
        const { clock, dataClass, period, realm, rule, stored } = declaration
        assert.deepInclude(limit, { clock, realm, rule, stored, promise: period ?? null })
        const order = policy.holds?.items.some((item) => item === dataClass) === true ? hours(policy.holds.maximumDays * 24) : 0
        assert.strictEqual(limit?.worstCase, period === undefined ? null : stored ? period + 65_000 + order : period)
      }
    }
  })

  it("says where each class lies in the words of the privacy page", () => {
    for (const policy of both) {
      for (const language of languages) {
        const said = processingRecord(policy, language).activities.flatMap(({ data }) => data.map(({ what, where }) => `${what}: ${where}`))
        const rows = privacySections(policy, language).flatMap(({ table }) => table?.rows ?? []).map(([what, where]) => `${what}: ${where}`)
        assert.deepStrictEqual(said.toSorted(), rows.toSorted())
      }
    }
  })

  it("says the promises of the two services", () => {
    const [trace] = processingRecord(detfinneshjelp, "nb").activities.flatMap(({ data }) => data).filter(({ dataClass }) => dataClass === "accessTrace")
    assert.deepStrictEqual([trace?.realm, trace?.promise, trace?.what], ["vendor", hours(168), "IP-adressen og når du åpnet chatten"])
    const [content] = processingRecord(ifengsel, "en").activities.flatMap(({ data }) => data).filter(({ dataClass }) => dataClass === "content")
    assert.deepStrictEqual([content?.stored, content?.promise], [true, hours(72)])
  })

  it("says the longest that each exists with the longest order that an authority may give, and without one where the policy lets none", () => {
    const some = ["accessTrace", "content", "endedSession"]
    const slack = 65_000
    const order = hours(90 * 24)
    const found = (policy: Policy): Readonly<Record<string, number | null>> =>
      Object.fromEntries(processingRecord(policy, "en").activities.flatMap(({ data }) => data.filter(({ dataClass }) => some.includes(dataClass)).map((limit) => [limit.dataClass, limit.worstCase])))
    assert.deepStrictEqual(found(ifengsel), { content: hours(72) + slack + order, accessTrace: hours(72) + slack + order, endedSession: hours(24) + slack })
    assert.deepStrictEqual(found({ ...ifengsel, holds: null }), { content: hours(72) + slack, accessTrace: hours(72) + slack, endedSession: hours(24) + slack })
    // What is never stored cannot be kept by an order either.
    assert.deepStrictEqual(found(detfinneshjelp), { content: 0, accessTrace: hours(168) + slack + order, endedSession: hours(24) + slack })
  })

  it("names the controller, whoever processes for it in order, the recipients and the open questions", () => {
    const record = processingRecord({ ...detfinneshjelp, subProcessors: [subProcessor] }, "nb")
    assert.strictEqual(record.service, "detfinneshjelp")
    assert.strictEqual(record.name, "Det finnes hjelp")
    assert.strictEqual(record.controller, "Oslo universitetssykehus HF")
    assert.strictEqual(record.controllerPage, detfinneshjelp.links.privacy.href)
    assert.deepStrictEqual(record.processors, [
      { name: "Helsedirektoratet", task: "Driver chatten og tar vare på IP-adressen og tidspunktet, låst", contract: null, contractUntil: null },
      { name: "Undersky AS", task: "Drifter serverne", contract: "2026/1", contractUntil: "2027-12-31" }
    ])
    assert.deepStrictEqual(record.recipients, detfinneshjelp.disclosure.recipients)
    assert.deepStrictEqual(record.questions, detfinneshjelp.questions)
    assert.lengthOf(record.measures, 4)
    assert.notDeepEqual(record.measures, processingRecord(detfinneshjelp, "en").measures)
    assert.strictEqual(processingRecord(ifengsel, "en").processors[0]?.task, "Runs the chat and keeps the IP address and the time, locked")
  })

  it("leaves nothing of a part behind that a program does not carry out", () => {
    const classes = (policy: Policy) => processingRecord(policy, "en").activities.flatMap(({ data }) => data.map(({ dataClass }) => dataClass))
    assert.includeMembers(classes(detfinneshjelp), ["triage", "consent", "anonymousNote", "booking", "concern", "webLog"])
    for (const dataClass of ["triage", "consent", "anonymousNote", "booking", "concern", "webLog", "ageCount"]) assert.notInclude(classes(carrying(detfinneshjelp, [])), dataClass)
  })
})
