/**
 * What a guide's directory is made of: services and how to reach them, the places that they serve, fees, and waiting times.
 */
import * as Schema from "effect/Schema"
import { Bilingual } from "./bilingual.ts"
import { HttpsUrl, LocalDate, Positive } from "./values.ts"

/** Whom a guide is for: who acts in anger or violence, who has committed sexual assault, and who is concerned that it may happen (DUV-01, DUV-02). */
export const audiences = ["angerOrViolence", "committedSexualAbuse", "concernedMayCommit"] as const
/** One of them. */
export const Audience = Schema.Literals(audiences)
export type Audience = typeof Audience.Type

/** The two lists of services that nobody needs a referral for (DUV-06, DUV-07). */
export const categories = ["violence", "sexualAbuse"] as const
/** One of the lists. */
export const Category = Schema.Literals(categories)

/** What a service is. Only the second and third are paid for under the exemption card (DUV-12). */
export const entryTypes = ["selfReferralService", "dps", "contractSpecialist", "municipal", "sanks", "privateWithoutContract"] as const
/** One type of service. */
export const EntryType = Schema.Literals(entryTypes)
export type EntryType = typeof EntryType.Type

/** Who may refer (DUV-08). */
export const Referrer = Schema.Literals(["gp", "dentist"])
export type Referrer = typeof Referrer.Type

/** Whom a referral leads to (DUV-09). */
export const Therapist = Schema.Literals(["psychologist", "psychiatrist"])
export type Therapist = typeof Therapist.Type

/** What the therapist can be asked to know: the text has two wordings, and both are offered (DUV-10, DUV-16). */
export const Competence = Schema.Literals(["violenceAndAbuse", "violenceAndTraumas"])
export type Competence = typeof Competence.Type

/** A short name within a policy, such as `north-clinic`. */
export const Slug = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9-]{1,60}$/))

/** The language of a page or a person, such as `nb` or `se`. */
export const LanguageTag = Schema.String.check(Schema.isPattern(/^[a-z]{2,3}$/))

/** The four digits of a municipality. */
export const MunicipalityCode = Schema.String.check(Schema.isPattern(/^\d{4}$/))
/** The six digits of an urban district. */
export const DistrictCode = Schema.String.check(Schema.isPattern(/^\d{6}$/))

/** A telephone number as it is read aloud, such as `116 117`. */
export const PhoneNumber = Schema.String.check(Schema.isPattern(/^\d[\d ]{1,13}\d$/))

/** A page with its language, and the day on which somebody last saw that it leads where it should; `null` when nobody has (DUV-26, DUV-30). */
export const GuideLink = Schema.Struct({ href: HttpsUrl, language: LanguageTag, lastVerified: Schema.NullOr(LocalDate) })
export type GuideLink = typeof GuideLink.Type

/** The days on which something holds: from the first, until the day on which it holds no more; `null` where that is not known. */
const during = { from: Schema.NullOr(LocalDate), until: Schema.NullOr(LocalDate) }

/** A number or a page to reach a service by (DUV-29). */
export const Contact = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("phone"), number: PhoneNumber, lastVerified: Schema.NullOr(LocalDate), ...during }),
  Schema.Struct({ kind: Schema.Literal("web"), href: HttpsUrl, language: LanguageTag, lastVerified: Schema.NullOr(LocalDate), ...during })
])
export type Contact = typeof Contact.Type

/** A number for help now, shown before anything else in an emergency (DUV-14). */
export const EmergencyNumber = Schema.Struct({ number: PhoneNumber, name: Bilingual, lastVerified: LocalDate })

const needsReferral: ReadonlyArray<EntryType> = ["dps", "contractSpecialist"]

/** One service. */
export const Entry = Schema.Struct({
  id: Slug,
  name: Bilingual,
  type: EntryType,
  /** The list that it belongs to; `null` for a service of neither. */
  category: Schema.NullOr(Category),
  audiences: Schema.NonEmptyArray(Audience),
  /** Whether one may come by oneself, or is referred (DUV-05). */
  access: Schema.Literals(["self", "referral"]),
  /** Whether an emergency makes the referral unnecessary (DUV-14). */
  directInEmergency: Schema.Boolean,
  /** What the treatment is (DUV-15). */
  forms: Schema.Array(Schema.Literals(["stabilisationCourse", "individualCounselling"])),
  /** The health trust that it belongs to. */
  trust: Schema.NullOr(Slug),
  /** The municipalities that it serves; `null` for the whole country. A clinic's are the catchments instead. */
  municipalities: Schema.NullOr(Schema.NonEmptyArray(MunicipalityCode)),
  /** Whether an interpreter can be had (DUV-19). */
  interpreter: Schema.Boolean,
  contacts: Schema.Array(Contact)
}).check(
  Schema.makeFilter(({ type, category, audiences: for_, access, directInEmergency, municipalities }) => {
    const issues: Array<{ readonly path: ReadonlyArray<string>; readonly issue: string }> = []
    const must = (path: string, holds: boolean, issue: string) => (holds ? undefined : issues.push({ path: [path], issue }))
    must("access", category === null || access === "self", "must be self: nobody needs a referral to a service of either list (DUV-06, DUV-07)")
    must("access", !needsReferral.includes(type) || access === "referral", "must be referral: this type of service is referred to (DUV-13)")
    must("directInEmergency", directInEmergency === (type === "dps"), "must be true for a dps and false for every other type (DUV-14)")
    must("municipalities", type !== "municipal" || municipalities !== null, "must name them: no municipal service is the same everywhere (DUV-04)")
    must("audiences", category !== "violence" || for_.includes("angerOrViolence"), "must have angerOrViolence, as the category says (DUV-06)")
    must(
      "audiences",
      category !== "sexualAbuse" || for_.includes("committedSexualAbuse") || for_.includes("concernedMayCommit"),
      "must have committedSexualAbuse or concernedMayCommit, as the category says (DUV-07)"
    )
    return issues
  })
)
export type Entry = typeof Entry.Type

/** A municipality, its urban districts where catchments are drawn by them, and its own page about help (DUV-03). */
export const Municipality = Schema.Struct({
  code: MunicipalityCode,
  name: Schema.NonEmptyString,
  districts: Schema.Array(Schema.Struct({ code: DistrictCode, name: Schema.NonEmptyString })),
  website: Schema.NullOr(GuideLink),
  ...during
})

/** Which clinic a place belongs to, and from which day until which (DUV-21). */
export const CatchmentRule = Schema.Struct({
  municipality: MunicipalityCode,
  district: Schema.NullOr(DistrictCode),
  dps: Slug,
  from: LocalDate,
  until: Schema.NullOr(LocalDate)
})

/** A health trust and its list of contract specialists; `null` where no link is known (DUV-32). */
export const HealthTrust = Schema.Struct({ id: Slug, name: Schema.NonEmptyString, contractSpecialists: Schema.NullOr(GuideLink) })

/** The most that a person pays in user fees in a calendar year, in whole kroner, and where that is written (DUV-20). */
export const FeeCeiling = Schema.Struct({
  year: Schema.Int.check(Schema.isBetween({ minimum: 2000, maximum: 2199 })),
  kroner: Positive(100_000),
  source: Schema.NonEmptyString,
  lastVerified: LocalDate
})

/** How long people wait at a clinic in days, who says so, and for which day (DUV-27). */
export const WaitingTime = Schema.Struct({
  dps: Slug,
  days: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3650 })),
  source: HttpsUrl,
  measuredOn: LocalDate
})
export type WaitingTime = typeof WaitingTime.Type
