import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { withValue, whole } from "../../../../test/spec/policyMutations.ts"
import { anyPolicy } from "../../../../test/spec/policyPlants.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { carrying, parts, partsOf, registered } from "./parts.ts"
import { decodePolicy } from "./decode.ts"
import { questionOf } from "./policy.ts"
import { detfinneshjelp } from "./reference/detfinneshjelp.ts"
import { ifengsel } from "./reference/ifengsel.ts"

const classesOf = {
  triage: ["triage", "consent", "anonymousNote"],
  booking: ["booking"],
  phone: ["phoneCall"],
  statistics: ["ageCount"],
  concerns: ["concern"],
  holds: [],
  webLog: ["webLog"]
}

describe("the parts of a policy", () => {
  it("are what it has beside the chat", () => {
    assert.deepStrictEqual(partsOf(detfinneshjelp), ["triage", "booking", "concerns", "holds", "webLog"])
    assert.deepStrictEqual(partsOf(ifengsel), ["statistics", "concerns", "holds"])
    assert.deepStrictEqual(partsOf(decodePolicy(whole)), parts)
    assert.deepStrictEqual(partsOf(carrying(ifengsel, [])), [])
  })

  it("that are not carried out are gone, with their data, their activities and their questions, and nothing else is", () => {
    fc.assert(
      fc.property(anyPolicy, fc.subarray([...parts]), (policy, carriedOut) => {
        const left = parts.filter((part) => !carriedOut.includes(part))
        const gone: ReadonlyArray<string> = left.flatMap((part) => classesOf[part])
        const carried = carrying(policy, carriedOut)
        const activities = policy.activities
          .map((activity) => ({ ...activity, dataClasses: activity.dataClasses.filter((dataClass) => !gone.includes(dataClass)) }))
          .filter(({ dataClasses }) => dataClasses.length > 0)
        const emptied = Object.fromEntries(left.filter((part) => part !== "concerns").map((part) => [part, null]))
        const isOf = (field: string) => left.some((part) => field === part || field.startsWith(`${part}.`))
        const questions = policy.questions.filter(({ field }) => !isOf(field))
        assert.deepStrictEqual<unknown>(carried, { ...policy, ...emptied, activities, questions })
        assert.deepStrictEqual(partsOf(carried).filter((part) => !carriedOut.includes(part)), [])
        assert.deepStrictEqual(carrying(carried, carriedOut), carried)
      }),
      runs(100)
    )
  }, patience)

  it("that are carried out stay as they are", () => {
    fc.assert(fc.property(anyPolicy, (policy) => assert.deepStrictEqual(carrying(policy, parts), policy)), runs(50))
  }, patience)

  it("leave of the first chat what a program without them promises", () => {
    const carried = carrying(detfinneshjelp, [])
    assert.deepStrictEqual(carried.questions.map(({ id }) => id), ["opening-hours", "sub-supplier", "cookie-basis"])
    const classes = ["content", "liveSession", "endedSession", "accessTrace", "invitation", "staffSession", "installation"]
    assert.deepStrictEqual<ReadonlyArray<string>>([...registered(carried)], classes)
    assert.deepStrictEqual(
      carrying(detfinneshjelp, ["booking"]).questions.map(({ id }) => id),
      ["opening-hours", "sub-supplier", "regional-start", "phone-number", "cookie-basis"]
    )
  })

  it("cannot be all that a policy is", () => {
    const only = decodePolicy(withValue(whole, ["activities"], [{ ...whole.activities[0], dataClasses: ["triage", "webLog"] }]))
    assert.throws(() => carrying(only, []), /^a policy without any activity cannot be carried out$/)
    assert.deepStrictEqual([...registered(carrying(only, ["webLog"]))], ["webLog"])
  })
})

describe("an open question", () => {
  it("is found by the field that it is answered in, and only by that", () => {
    assert.strictEqual(questionOf(ifengsel, "accessTrace.hoursAfterOpening")?.id, "vendor-ip-period")
    assert.strictEqual(questionOf(ifengsel, "accessTrace"), undefined)
    assert.strictEqual(questionOf(detfinneshjelp, "accessTrace.hoursAfterOpening"), undefined)
    assert.strictEqual(questionOf(detfinneshjelp, "phone")?.id, "same-counsellor")
    assert.strictEqual(questionOf({ questions: [] }, "phone"), undefined)
  })

  it("is the first where two are about one field", () => {
    const [one] = ifengsel.questions
    assert.isDefined(one)
    if (one !== undefined) assert.strictEqual(questionOf({ questions: [one, { ...one, id: "another" }] }, one.field)?.id, "vendor-ip-period")
  })
})
