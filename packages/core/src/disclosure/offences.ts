/**
 * The offences that the duty to avert covers, as far as they are entered here. The catalogue is data with a version, and it is not complete.
 */
import * as Schema from "effect/Schema"

/** One offence of the penal code (straffeloven) to which § 196 applies. */
export interface OffenceEntry {
  readonly id: string
  /** The section of the penal code. */
  readonly section: string
  readonly english: string
  readonly bokmal: string
  /** Whether the entry was checked against a published source. An entry that was not leads to a second person, never to a duty by itself. */
  readonly verified: boolean
}

/** The day of the catalogue, as `2026-11-01`; a case keeps the outcome that it had, whatever a later catalogue says. */
export const catalogueVersion = "2026-11-01"

/** Always false: the statute lists 45 provisions, and what is missing here may still be one of them (IF-23). */
export const catalogueIsComplete = false

/** The entries. */
export const offences = [
  { id: "rape", section: "§ 291", english: "Rape", bokmal: "Voldtekt", verified: true },
  { id: "abuseOfPosition", section: "§ 295", english: "Sexual abuse of a position of trust", bokmal: "Misbruk av overmaktsforhold", verified: true },
  { id: "childUnderFourteen", section: "§ 299", english: "Rape of a child under 14", bokmal: "Voldtekt av barn under 14 år", verified: true },
  { id: "incest", section: "§ 312", english: "Incest", bokmal: "Incest", verified: true },
  { id: "otherCloseRelations", section: "§ 314", english: "Sexual acts between other close relations", bokmal: "Seksuell omgang mellom andre nærstående", verified: true },
  { id: "seriousInjury", section: "§ 274", english: "Serious bodily injury", bokmal: "Grov kroppsskade", verified: true },
  { id: "abuseInCloseRelations", section: "§ 282", english: "Abuse in close relations", bokmal: "Mishandling i nære relasjoner", verified: true },
  { id: "graveAbuseInCloseRelations", section: "§ 283", english: "Grave abuse in close relations", bokmal: "Grov mishandling i nære relasjoner", verified: true },
  { id: "homicide", section: "§ 275", english: "Homicide", bokmal: "Drap", verified: true },
  { id: "humanTrafficking", section: "§§ 257-258", english: "Human trafficking", bokmal: "Menneskehandel", verified: false },
  { id: "deprivationOfLiberty", section: "not checked", english: "Deprivation of liberty", bokmal: "Frihetsberøvelse", verified: false },
  { id: "genitalMutilation", section: "not checked", english: "Female genital mutilation", bokmal: "Kjønnslemlestelse", verified: false },
  { id: "forcedMarriage", section: "not checked", english: "Forced marriage", bokmal: "Tvangsekteskap", verified: false },
  { id: "terror", section: "not checked", english: "Terrorism", bokmal: "Terror", verified: false },
  { id: "robbery", section: "not checked", english: "Robbery", bokmal: "Ran", verified: false },
  { id: "arson", section: "not checked", english: "Arson", bokmal: "Brannstiftelse", verified: false }
] as const satisfies ReadonlyArray<OffenceEntry>

/** The id of an entry, that the catalogue does not have it, or that no offence is meant. */
export const Offence = Schema.Literals([...offences.map(({ id }) => id), "notInCatalogue", "none"])
export type Offence = typeof Offence.Type

const verified: ReadonlySet<string> = new Set(offences.filter((entry) => entry.verified).map(({ id }) => id))

/** Whether the statute is known to list an offence: `unsure` for what was not verified and for what the catalogue lacks. */
export const listing = (offence: Offence): "listed" | "unsure" | "unlisted" =>
  offence === "none" ? "unlisted" : verified.has(offence) ? "listed" : "unsure"
