/**
 * Guides of a country that does not exist: one complete guide, and random ones with gaps, overlaps and services of every kind.
 */
import { decodeGuidePolicy, type GuidePolicy } from "@fortrolig/core/policy/guide"
import { audiences, type Entry } from "@fortrolig/core/policy/guideEntries"
import { dinutvei } from "@fortrolig/core/policy/reference/dinutvei"
import type { Search } from "@fortrolig/core/guidance/directory"
import * as fc from "fast-check"

/** The day on which the complete guide lacks nothing. */
export const today = "2026-06-15"
const seen = "2026-05-01"

/** A page of the made-up country. */
export const page = (path: string) => ({ href: `https://guide.example/${path}`, language: "nb", lastVerified: seen })
const web = (path: string) => ({ kind: "web" as const, ...page(path), from: null, until: null })

const service: Entry = {
  id: "service",
  name: { nb: "Tilbud", en: "Service" },
  type: "selfReferralService",
  category: null,
  audiences: ["angerOrViolence"],
  access: "self",
  directInEmergency: false,
  forms: [],
  trust: null,
  municipalities: null,
  interpreter: true,
  contacts: [web("service")]
}

/** A service of the complete guide with some fields changed. */
export const entry = (id: string, change: Partial<Entry> = {}): Entry => ({ ...service, ...change, id })

/** An outpatient clinic. */
export const clinic = (id: string, trust: string | null = null): Entry =>
  entry(id, { type: "dps", audiences: [...audiences], access: "referral", directInEmergency: true, forms: ["stabilisationCourse", "individualCounselling"], trust })

const municipality = (code: string, districts: ReadonlyArray<string>) => ({
  code,
  name: `Municipality ${code}`,
  districts: districts.map((district) => ({ code: district, name: `District ${district}` })),
  website: page(code),
  from: null,
  until: null
})

const rule = (place: string, dps: string) => ({ municipality: place.slice(0, 4), district: place.length > 4 ? place : null, dps, from: "2020-01-01", until: null })

/** Lacks nothing on `today`. */
export const completeGuide: GuidePolicy = decodeGuidePolicy({
  ...dinutvei,
  reviewedOn: "2026-01-10",
  emergency: dinutvei.emergency.map((number) => ({ ...number, lastVerified: seen })),
  municipalities: [municipality("9901", []), municipality("9902", ["990201", "990202"])],
  healthTrusts: [
    { id: "north", name: "North", contractSpecialists: page("north") },
    { id: "south", name: "South", contractSpecialists: page("south") }
  ],
  entries: [
    entry("calm", { category: "violence" }),
    entry("stop", { category: "sexualAbuse", audiences: ["committedSexualAbuse", "concernedMayCommit"] }),
    entry("local", { type: "municipal", municipalities: ["9901"] }),
    clinic("north-clinic", "north"),
    clinic("south-clinic", "south"),
    entry("contract", { type: "contractSpecialist", access: "referral" }),
    entry("sanks", { type: "sanks", audiences: ["angerOrViolence"], access: "referral" }),
    entry("private", { type: "privateWithoutContract" })
  ],
  catchments: [rule("9901", "north-clinic"), rule("990201", "north-clinic"), rule("990202", "south-clinic")],
  feeCeilings: [{ year: 2026, kroner: 3278, source: "made up", lastVerified: seen }],
  waitingTimes: [{ dps: "north-clinic", days: 40, source: "https://guide.example/waiting", measuredOn: "2026-04-01" }],
  choiceOfPlace: [{ kind: "phone", number: "99 99 99 99", lastVerified: seen, from: null, until: null }],
  links: { patientPathway: page("pathway"), waitingTimes: page("waiting"), whomToContact: page("whom"), psychologists: page("psychologists") }
})

/** A date within three months, so that bounds often meet. */
export const dates: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("02", "03", "04"), fc.constantFrom("01", "02", "15", "27", "28"))
  .map(([month, day]) => `2026-${month}-${day}`)

const places = ["9901", "9903", "990201", "990202"]
const clinicIds = ["clinic-a", "clinic-b", "clinic-c"]
const someAudiences = fc.subarray([...audiences], { minLength: 1 }).map(([first = audiences[0], ...rest]) => [first, ...rest] as const)
const someMunicipalities = fc.option(
  fc.subarray(["9901", "9902", "9903"], { minLength: 1 }).map(([first = "9901", ...rest]) => [first, ...rest] as const)
)

const others: fc.Arbitrary<ReadonlyArray<Entry>> = fc
  .array(
    fc.record({
      type: fc.constantFrom("selfReferralService" as const, "contractSpecialist" as const, "municipal" as const, "sanks" as const, "privateWithoutContract" as const),
      wanted: fc.constantFrom("violence" as const, "sexualAbuse" as const, null),
      audiences: someAudiences,
      municipalities: someMunicipalities,
      access: fc.constantFrom("self" as const, "referral" as const)
    }),
    { maxLength: 6 }
  )
  .map((list) =>
    list.map(({ type, wanted, access, ...rest }, index) => {
      const suits = wanted === "violence" ? rest.audiences.includes("angerOrViolence") : rest.audiences.some((audience) => audience !== "angerOrViolence")
      const category = type !== "contractSpecialist" && suits ? wanted : null
      return entry(`other-${index}`, {
        ...rest,
        type,
        category,
        municipalities: type === "municipal" && rest.municipalities === null ? ["9902"] : rest.municipalities,
        access: type === "contractSpecialist" ? "referral" : category === null ? access : "self"
      })
    })
  )

const rules = fc.array(
  fc.record({ place: fc.constantFrom(...places), clinic: fc.nat(), from: dates, until: fc.option(dates) }),
  { maxLength: 8 }
)

/** Random guides: up to three clinics, every kind of other service, and catchments that leave gaps and overlap. Each is a valid policy. */
export const guides: fc.Arbitrary<GuidePolicy> = fc
  .tuple(fc.integer({ min: 0, max: 3 }), others, rules, fc.boolean())
  .map(([count, rest, drawn, clinicsFirst]) => {
    const clinics = clinicIds.slice(0, count).map((id) => clinic(id))
    return decodeGuidePolicy({
      ...completeGuide,
      municipalities: [municipality("9901", []), municipality("9902", ["990201", "990202"]), municipality("9903", [])],
      healthTrusts: [],
      entries: clinicsFirst ? [...clinics, ...rest] : [...rest, ...clinics],
      catchments: drawn.flatMap(({ place, clinic: which, from, until }) =>
        count === 0 || (until !== null && until <= from) ? [] : [{ ...rule(place, clinicIds[which % count] ?? ""), from, until }]
      ),
      waitingTimes: []
    })
  })

/** Random searches, also for codes that no guide has and districts that do not fit. */
export const searches: fc.Arbitrary<Search> = fc.record({
  audience: fc.constantFrom(...audiences),
  place: fc.record({
    municipality: fc.constantFrom("9901", "9902", "9903", "9904", "0301"),
    district: fc.constantFrom(null, "990201", "990202", "990299")
  }),
  on: dates,
  emergency: fc.boolean()
})
