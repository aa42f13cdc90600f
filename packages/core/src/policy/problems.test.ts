import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { schemaFields } from "../../../../test/spec/policyFields.ts"
import { whole, withValue } from "../../../../test/spec/policyMutations.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { decodePolicy, policyProblems } from "./decode.ts"
import { PolicyRefused, problemLine } from "./problems.ts"
import { ifengsel } from "./reference/ifengsel.ts"

const lines = (input: unknown) => policyProblems(input).map(problemLine)

describe("what is wrong with a policy", () => {
  it("is told all at once, each with field, words, rule and remedy", () => {
    const { controller: _, ...rest } = ifengsel
    const spoiled = {
      ...rest,
      content: { store: "server", hoursAfterEnd: 9000 },
      capacity: "one",
      activities: [],
      answeredBy: "anybody",
      bucketMinutes: 1.5,
      exitUrl: "yr.no"
    }
    assert.deepStrictEqual(lines(spoiled), [
      "controller: This is missing. (DFH-03) Write `controller` with the name and the form of whoever is responsible.",
      "activities: This list is empty. (DFH-01) Write at least one activity; each kind of data of the service stands in exactly one.",
      "content.hoursAfterEnd: This is not from 1 to 8784. (IF-17) Write a whole number of hours from 1 to 8784. Only with `server`.",
      "capacity: This is not the kind of value that stands here. (E-14) Write a whole number of chats from 1 to 20.",
      "answeredBy: This is none of what may stand here. (DFH-29) Write `healthProfessionals` or `declaredHosts`.",
      "bucketMinutes: This is not written as it should be. (X-03) Write a whole number of minutes from 1 to 1440. No wider than the shortest period.",
      "exitUrl: This is not written as it should be. (DFH-08) Write an address that begins with `https://`, of a page that says nothing of the visit."
    ])
  })

  it("is told of fields that nobody knows, with the nearest one that somebody does", () => {
    const remedies = (input: unknown) => policyProblems(input).map(({ field, remedy, says }) => `${field}: ${says} ${remedy}`)
    const none = "A policy has no such field here."
    assert.deepStrictEqual(
      remedies({ ...ifengsel, idleMinutes: 30 }),
      [`idleMinutes: ${none} Remove it; the nearest field is \`limits.idleMinutes\`.`]
    )
    assert.deepStrictEqual(remedies({ ...ifengsel, statistics: { ...ifengsel.statistics, smalestCell: 5 } }), [
      `statistics.smalestCell: ${none} Remove it; the nearest field is \`statistics.smallestCell\`.`
    ])
    assert.deepStrictEqual(remedies({ ...ifengsel, Capacity: 3 }), [`Capacity: ${none} Remove it; the nearest field is \`capacity\`.`])
    assert.deepStrictEqual(remedies({ ...ifengsel, qqqqqqqq: 3 }), [`qqqqqqqq: ${none} Remove it; docs/policy.md explains every field.`])
    assert.deepStrictEqual(
      remedies({ ...ifengsel, limits: { ...ifengsel.limits, capacity: 3 } }),
      [`limits.capacity: ${none} Remove it; the nearest field is \`capacity\`.`]
    )
    assert.deepStrictEqual(remedies({ ...whole, content: { store: "clients-only", hoursAfterEnd: 72 } }), [
      "content.hoursAfterEnd: This cannot stand beside the other values here. Remove it. "
        + "Write a whole number of hours from 1 to 8784. Only with `server`."
    ])
  })

  it("is told the field of the nearest name: as few letters as may be, and one beside it before one elsewhere", () => {
    const told = (path: ReadonlyArray<string | number>) => policyProblems(withValue(whole, path, 3)).map(({ remedy }) => remedy)
    const nearest: ReadonlyArray<readonly [ReadonlyArray<string | number>, string]> = [
      [["phone", "numbers"], "phone.number"],
      [["booking", "phone", "numbers"], "booking.phone.number"],
      [["controller", "nmae"], "controller.name"],
      [["statistics", "bands", 0, "form"], "statistics.bands[].from"],
      [["statistics", "bands", 0, "t"], "statistics.bands[].to"],
      [["activities", 0, "bas"], "activities[].basis"],
      [["questions", 0, "ask"], "questions[].asks"],
      [["limits", "messageSize"], "limits.messageBytes"],
      [["published", "read"], "published.readOn"],
      [["minimum"], "triage.minimumAge"],
      [["days"], "openingHours.weekly[].day"]
    ]
    for (const [path, near] of nearest) assert.deepStrictEqual(told(path), [`Remove it; the nearest field is \`${near}\`.`], path.join("."))
    for (const path of [["exi"], ["exit"], ["web"], ["phone", "reserved"], ["holds", "maximum"]]) {
      assert.deepStrictEqual(told(path), ["Remove it; docs/policy.md explains every field."], path.join("."))
    }
  })

  it("says in our own words what a filter of ours does not accept", () => {
    assert.deepStrictEqual(policyProblems({ ...ifengsel, service: "staff" }).map(({ says }) => says), ["This is a reserved path."])
    const noDay = withValue(ifengsel, ["published", "readOn"], "2026-02-30")
    assert.deepStrictEqual(policyProblems(noDay).map(({ says }) => says), ["This is not a date of the calendar."])
    assert.deepStrictEqual(policyProblems(withValue(ifengsel, ["openingHours", "timeZone"], "Mars/Olympus")).map(({ says }) => says), [
      "This is not a time zone that this system knows."
    ])
  })

  it("is nothing for a policy, and one thing for what is none at all", () => {
    assert.deepStrictEqual(lines(ifengsel), [])
    const nothing = "policy: This is not the kind of value that stands here. (X-12) Write the fields of a policy, as docs/policy.md explains them."
    for (const input of [null, 3, "policy", [], undefined]) assert.deepStrictEqual(lines(input), [nothing])
  })

  it("is thrown with a message of one line for each", () => {
    const thrown = (input: unknown) => {
      try {
        return String(decodePolicy(input).service)
      } catch (error) {
        return error instanceof PolicyRefused ? [error.message, error.problems] : error
      }
    }
    assert.deepStrictEqual(thrown({ ...ifengsel, capacity: 0 }), [
      "1 field refused\ncapacity: This is not from 1 to 20. (E-14) Write a whole number of chats from 1 to 20.",
      policyProblems({ ...ifengsel, capacity: 0 })
    ])
    assert.strictEqual(
      String(new PolicyRefused({ problems: policyProblems({ ...ifengsel, capacity: 0, audience: "all" }) }).message).split("\n")[0],
      "2 fields refused"
    )
    assert.strictEqual(thrown(ifengsel), "ifengsel")
  })

  it("never repeats a value, nor a name that is long or strange", () => {
    const paths = schemaFields.map(({ path }) => path).filter((path) => !path.includes("[]"))
    const secrets = fc.string({ minLength: 41, maxLength: 400, unit: "grapheme" })
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.constantFrom("name", "value"), secrets, (path, where, secret) => {
        const keys = path.split(".")
        const spoiled = where === "value" ? withValue(whole, keys, { secret }) : { ...whole, [secret]: 1 }
        const found = policyProblems(spoiled)
        assert.isAbove(found.length, 0)
        for (const problem of found) assert.notInclude(problemLine(problem), secret)
        for (const problem of found) assert.isBelow(problemLine(problem).length, 400)
      }),
      runs(quick ? 20 : 200)
    )
    for (const name of ["a b", "", "x".repeat(41), Symbol("a")]) {
      assert.deepStrictEqual(policyProblems({ ...ifengsel, [name]: 1 }).map(({ field }) => field), ["(a name that cannot be shown)"], String(name))
    }
    assert.deepStrictEqual(policyProblems({ ...ifengsel, ["x".repeat(40)]: 1 }).map(({ field }) => field), ["x".repeat(40)])
  }, patience)

  it("names each field of the schema when it is missing, and none other", () => {
    const absent = ({ path }: { readonly path: string }) => path.replaceAll("[]", "[0]").split(/\.|(?=\[)/).map((key) => (key === "[0]" ? 0 : key))
    let named = 0
    for (const field of schemaFields) {
      const keys = absent(field)
      const exceptions = [{ date: "2026-12-25", windows: [{ opens: "10:00", closes: "12:00" }] }]
      const spoiled = withValue({ ...whole, openingHours: { ...whole.openingHours, exceptions } }, keys, undefined)
      const found = policyProblems(spoiled)
      if (field.path === "content.hoursAfterEnd" || field.path.startsWith("links.whoAnswers.") || field.path.startsWith("links.duty.")) continue
      named += 1
      const at = field.path === "content.store" ? "content" : field.path.replaceAll("[]", "[0]")
      assert.deepStrictEqual(found.map((one) => one.field), [at])
    }
    assert.strictEqual(named, schemaFields.length - 5)
  })
})
