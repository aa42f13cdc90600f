/**
 * The policy of a guide: a service that only tells where help is. Everything that it says is data with a source and a date;
 * what is not known is empty, with a named question.
 */
import * as Schema from "effect/Schema"
import { ServiceName } from "../kernel/identity.ts"
import { OpenQuestion } from "./accountability.ts"
import { Bilingual } from "./bilingual.ts"
import { Threshold } from "./duties.ts"
import { CatchmentRule, Contact, EmergencyNumber, Entry, FeeCeiling, GuideLink, HealthTrust, Municipality, WaitingTime } from "./guideEntries.ts"
import { HttpsUrl, LocalDate, Positive } from "./values.ts"

/** Oslo, whose catchments are drawn by urban district (DUV-21). */
export const oslo = "0301"

interface Dated {
  readonly from: string | null
  readonly until: string | null
}
interface Issue {
  readonly path: ReadonlyArray<PropertyKey>
  readonly issue: string
}

const fields = Schema.Struct({
  service: ServiceName,
  name: Bilingual,
  /** Who answers for what the guide says (DUV-34). */
  editor: Schema.NonEmptyString,
  /** The published page that the guide follows, and the day on which it was read. */
  page: HttpsUrl,
  readOn: LocalDate,
  /** Where the content comes from (DUV-35). */
  sources: Schema.NonEmptyArray(Schema.NonEmptyString),
  /** When somebody last went through the content; `null` where that is not known. */
  reviewedOn: Schema.NullOr(LocalDate),
  /** After how many months something has to be looked at again. */
  staleAfterMonths: Schema.Struct({ content: Positive(60), links: Positive(60), waitingTimes: Positive(60) }),
  /** When confidentiality gives way without consent (DUV-18). */
  openCaseAt: Threshold,
  /** The numbers shown first in an emergency; 113 and 116 117 are among them (DUV-14). */
  emergency: Schema.NonEmptyArray(EmergencyNumber),
  /** Who may refer, by what people call them; both are always offered (DUV-08). */
  referrers: Schema.Struct({ gp: Bilingual, dentist: Bilingual }),
  /** What a therapist can be asked to know; both wordings are always offered (DUV-10, DUV-16). */
  competences: Schema.Struct({ violenceAndAbuse: Bilingual, violenceAndTraumas: Bilingual }),
  /** Working days from the receipt of a referral until it has been assessed (DUV-24). */
  assessmentWorkingDays: Positive(30),
  municipalities: Schema.Array(Municipality),
  healthTrusts: Schema.Array(HealthTrust),
  entries: Schema.Array(Entry),
  catchments: Schema.Array(CatchmentRule),
  feeCeilings: Schema.Array(FeeCeiling),
  waitingTimes: Schema.Array(WaitingTime),
  /** The information service for choosing a place of treatment (DUV-29). */
  choiceOfPlace: Schema.Array(Contact),
  /** Pages that the text leads to; `null` where the address was lost. */
  links: Schema.Struct({
    patientPathway: Schema.NullOr(GuideLink),
    waitingTimes: Schema.NullOr(GuideLink),
    whomToContact: Schema.NullOr(GuideLink),
    psychologists: Schema.NullOr(GuideLink)
  }),
  /** What the published text lost or says against other sources, each with the answer that this guide gives. */
  questions: Schema.Array(OpenQuestion)
})

/** What is named twice in a list whose items must differ. */
const repeated = (list: string, names: ReadonlyArray<string | number>): ReadonlyArray<Issue> =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [{ path: [list, index], issue: "stands twice in the list: keep one of them" }] : []))

/** Intervals that end before they begin, or at once. */
const backwards = (path: ReadonlyArray<PropertyKey>, list: ReadonlyArray<Dated>): ReadonlyArray<Issue> =>
  list.flatMap(({ from, until }, index) =>
    from !== null && until !== null && until <= from ? [{ path: [...path, index, "until"], issue: "must be later than from" }] : []
  )

const inconsistencies = (guide: typeof fields.Type): ReadonlyArray<Issue> => {
  const trusts = guide.healthTrusts.map(({ id }) => id)
  const clinics = guide.entries.filter(({ type }) => type === "dps").map(({ id }) => id)
  const districtsOf = new Map(guide.municipalities.map(({ code, districts }) => [code, districts.map((district) => district.code)]))
  const numbers = guide.emergency.map(({ number }) => number)
  return [
    ...repeated("entries", guide.entries.map(({ id }) => id)),
    ...repeated("municipalities", guide.municipalities.map(({ code }) => code)),
    ...repeated("healthTrusts", trusts),
    ...repeated("feeCeilings", guide.feeCeilings.map(({ year }) => year)),
    ...repeated("questions", guide.questions.map(({ id }) => id)),
    ...backwards(["municipalities"], guide.municipalities),
    ...backwards(["catchments"], guide.catchments),
    ...backwards(["choiceOfPlace"], guide.choiceOfPlace),
    ...guide.entries.flatMap(({ contacts }, index) => backwards(["entries", index, "contacts"], contacts)),
    ...["113", "116 117"].flatMap((number) => (numbers.includes(number) ? [] : [{ path: ["emergency"], issue: `must have ${number} (DUV-14)` }])),
    ...guide.municipalities.flatMap(({ code, districts }, index) => {
      const issue = "must have the urban districts of Oslo (DUV-21)"
      return code === oslo && districts.length === 0 ? [{ path: ["municipalities", index, "districts"], issue }] : []
    }),
    ...guide.entries.flatMap(({ trust }, index) =>
      trust !== null && !trusts.includes(trust) ? [{ path: ["entries", index, "trust"], issue: "must be the id of a health trust of the guide" }] : []
    ),
    ...guide.catchments.flatMap(({ municipality, district, dps }, index): ReadonlyArray<Issue> => {
      const districts = districtsOf.get(municipality)
      const unknown = { path: ["catchments", index, "municipality"], issue: "must be the code of a municipality of the guide" }
      return [
        ...(clinics.includes(dps) ? [] : [{ path: ["catchments", index, "dps"], issue: "must be the id of a dps of the guide" }]),
        ...(districts === undefined ? [unknown] : []),
        ...(districts === undefined || (district === null ? districts.length === 0 : districts.includes(district))
          ? []
          : [{ path: ["catchments", index, "district"], issue: "must be an urban district of the municipality, or null where it has none (DUV-21)" }])
      ]
    }),
    ...guide.waitingTimes.flatMap(({ dps }, index) =>
      clinics.includes(dps) ? [] : [{ path: ["waitingTimes", index, "dps"], issue: "must be the id of a dps of the guide" }]
    )
  ]
}

/** One guide's promises. */
export const GuidePolicy = fields.check(Schema.makeFilter(inconsistencies)).annotate({ identifier: "GuidePolicy" })
export type GuidePolicy = typeof GuidePolicy.Type

/** Reads a guide from unknown data; an unknown field is refused too. Throws a `SchemaError` that names each field and what is wrong with it. */
export const decodeGuidePolicy: (input: unknown) => GuidePolicy = Schema.decodeUnknownSync(GuidePolicy, { errors: "all", onExcessProperty: "error" })
