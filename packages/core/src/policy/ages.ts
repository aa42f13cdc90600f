/**
 * From which age somebody can consent, by purpose and kind of data, as dated rows with their law: never one constant (E-10).
 */
import type { LocalDate } from "./values.ts"

/** What consent is given to. Help in confidence is health care from 12, where a guardian need not be told. */
export type AgePurpose = "informationService" | "general" | "research" | "healthCare" | "helpInConfidence"
/** Ordinary personal data, or one of the special categories, such as health and sexuality. */
export type DataKind = "ordinary" | "special"

/** One age limit: who is at least `years` years old can consent, from `since` on until a later row of the same purpose and kind. */
export interface AgeRule {
  readonly purpose: AgePurpose
  readonly kind: DataKind
  readonly years: number
  /** Where the limit stands. */
  readonly law: string
  /** The first day on which it holds. */
  readonly since: LocalDate
  /** Whether the limit was read on an authority's own page; otherwise it awaits a lawyer's eye. */
  readonly verified: boolean
}

const privacyAct = "2018-07-20"
const row = (purpose: AgePurpose, kind: DataKind, years: number, law: string, since: LocalDate, verified: boolean): AgeRule => ({ purpose, kind, years, law, since, verified })

/** The limits of Norwegian law. A change of law is a new row with its day, beside the old one. */
export const consentAges: ReadonlyArray<AgeRule> = [
  row("informationService", "ordinary", 13, "personopplysningsloven § 5, GDPR Article 8", privacyAct, true),
  row("informationService", "special", 18, "GDPR Article 9(2)(a), vergemålsloven § 9", privacyAct, true),
  row("general", "ordinary", 15, "Datatilsynet's guidance on minors", privacyAct, true),
  row("general", "special", 18, "GDPR Article 9(2)(a), vergemålsloven § 9", privacyAct, true),
  row("research", "ordinary", 16, "helseforskningsloven § 17", "2009-07-01", true),
  row("research", "special", 16, "helseforskningsloven § 17", "2009-07-01", true),
  row("healthCare", "ordinary", 16, "pasient- og brukerrettighetsloven § 4-3", "2001-01-01", false),
  row("healthCare", "special", 16, "pasient- og brukerrettighetsloven § 4-3", "2001-01-01", false),
  row("helpInConfidence", "ordinary", 12, "pasient- og brukerrettighetsloven §§ 3-4 and 4-3", "2001-01-01", false),
  row("helpInConfidence", "special", 12, "personopplysningsloven, Datatilsynet's guidance on minors", privacyAct, true)
]
