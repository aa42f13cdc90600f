import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { RuleId } from "../kernel/rule.ts"
import { type AgePurpose, consentAges, type DataKind } from "../policy/ages.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ageFor } from "./ageTable.ts"
import { referralConsent, triageConsent } from "./terms.ts"

const purposes: ReadonlyArray<AgePurpose> = ["informationService", "general", "research", "healthCare", "helpInConfidence"]
const kinds: ReadonlyArray<DataKind> = ["ordinary", "special"]
const today = "2026-11-21"
const yearsFor = (purpose: AgePurpose, kind: DataKind, on = today) => Result.map(ageFor(purpose, kind, on), ({ years }) => years)

describe("the ages of consent", () => {
  it("are a table by purpose and kind of data, and not one number", () => {
    assert.deepStrictEqual(
      purposes.map((purpose) => [purpose, ...kinds.map((kind) => Result.getOrThrow(yearsFor(purpose, kind)))]),
      [
        ["informationService", 13, 18],
        ["general", 15, 18],
        ["research", 16, 16],
        ["healthCare", 16, 16],
        ["helpInConfidence", 12, 12]
      ]
    )
  })

  it("each have a law, a day, and a word on whether it was verified; one row for each purpose and kind", () => {
    assert.deepStrictEqual(
      consentAges.map(({ purpose, kind, law, since, verified }) => [purpose, kind, law, since, verified]),
      [
        ["informationService", "ordinary", "personopplysningsloven § 5, GDPR Article 8", "2018-07-20", true],
        ["informationService", "special", "GDPR Article 9(2)(a), vergemålsloven § 9", "2018-07-20", true],
        ["general", "ordinary", "Datatilsynet's guidance on minors", "2018-07-20", true],
        ["general", "special", "GDPR Article 9(2)(a), vergemålsloven § 9", "2018-07-20", true],
        ["research", "ordinary", "helseforskningsloven § 17", "2009-07-01", true],
        ["research", "special", "helseforskningsloven § 17", "2009-07-01", true],
        ["healthCare", "ordinary", "pasient- og brukerrettighetsloven § 4-3", "2001-01-01", false],
        ["healthCare", "special", "pasient- og brukerrettighetsloven § 4-3", "2001-01-01", false],
        ["helpInConfidence", "ordinary", "pasient- og brukerrettighetsloven §§ 3-4 and 4-3", "2001-01-01", false],
        ["helpInConfidence", "special", "personopplysningsloven, Datatilsynet's guidance on minors", "2018-07-20", true]
      ]
    )
  })

  it("hold from their first day on, and before it nobody can be asked", () => {
    assert.deepStrictEqual(yearsFor("informationService", "ordinary", "2018-07-20"), Result.succeed(13))
    assert.deepStrictEqual(
      yearsFor("informationService", "ordinary", "2018-07-19"),
      Result.fail({ rule: RuleId.make("E-10"), says: "No age limit is known for this on that day, so nobody can be asked." })
    )
  })

  it("change on the day of a new row, wherever it stands in the table", () => {
    const later = { purpose: "informationService", kind: "ordinary", years: 15, law: "a proposal", since: "2027-01-01", verified: false } as const
    for (const ages of [[later, ...consentAges], [...consentAges, later]]) {
      assert.deepStrictEqual(Result.getOrThrow(ageFor("informationService", "ordinary", "2026-12-31", ages)).years, 13)
      assert.deepStrictEqual(ageFor("informationService", "ordinary", "2027-01-01", ages), Result.succeed(later))
    }
  })
})

describe("the two consents of a service", () => {
  it("are what its policy says", () => {
    const clock = { traceHours: 168, bucketMinutes: 5 }
    assert.deepStrictEqual(triageConsent(detfinneshjelp), { purposes: ["quality", "research"], bundled: false, timesAsked: 2, minimumAge: 18, ...clock })
    assert.deepStrictEqual(referralConsent(detfinneshjelp), { purposes: ["treatment"], bundled: false, timesAsked: 2, minimumAge: 18, ...clock })
  })

  it("are none where the service writes no note and books nothing", () => {
    assert.isUndefined(triageConsent({ ...detfinneshjelp, triage: null }))
    assert.isUndefined(referralConsent({ ...detfinneshjelp, booking: null }))
  })

  it("of Det finnes hjelp ask nobody below the age of consent to special categories of data", () => {
    assert.strictEqual(detfinneshjelp.triage?.minimumAge, Result.getOrThrow(yearsFor("general", "special")))
  })
})
