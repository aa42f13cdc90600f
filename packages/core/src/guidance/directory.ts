/**
 * The directory: for whom, where, and on which day, every service with the way to it. Nobody ever gets an empty page.
 */
import type { Bilingual } from "../policy/bilingual.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import type { Audience, Contact, Entry, GuideLink } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { isDuring } from "./calendar.ts"
import { type Catchment, catchmentOf, type Place } from "./catchment.ts"
import { contactsOn } from "./links.ts"
import { routeTo, type Step } from "./route.ts"

/** What the directory is asked. No field is about the person beyond what the help is for: nobody's background is asked or guessed (DUV-17). */
export interface Search {
  readonly audience: Audience
  readonly place: Place
  readonly on: LocalDate
  readonly emergency: boolean
}

/** One line of the answer. */
export type Listing =
  /** Help now, before every service (DUV-14). */
  | { readonly _tag: "CallNow"; readonly numbers: GuidePolicy["emergency"] }
  | { readonly _tag: "Service"; readonly entry: Entry; readonly contacts: ReadonlyArray<Contact>; readonly route: ReadonlyArray<Step> }
  /** The municipality's own services, which every municipality has (DUV-03). */
  | {
      readonly _tag: "Municipality"
      readonly code: string
      readonly name: string | null
      readonly website: GuideLink | null
      readonly says: Bilingual
    }
  /** The GP, who can always help to find the way (DUV-22). */
  | { readonly _tag: "Gp"; readonly says: Bilingual }

/** What is said of the municipality's own services: that they exist, and that they differ (DUV-03, DUV-04). */
export const yourMunicipality: Bilingual = {
  nb: "Kommunen din har tilbud om psykisk helsehjelp. Tilbudene er ulike fra kommune til kommune. Spør kommunen hva som finnes der du bor.",
  en: "Your municipality offers mental healthcare. The services differ from one municipality to another. Ask yours what there is where you live."
}

/** What is said of the GP (DUV-22). */
export const yourGp: Bilingual = {
  nb: "Fastlegen din kan gi deg råd om hvor du kan få hjelp.",
  en: "Your GP can tell you where to find help."
}

const serves = (entry: Entry, place: Place, catchment: Catchment): boolean =>
  entry.type === "dps"
    ? catchment._tag === "Clinic" && catchment.dps.id === entry.id
    : entry.municipalities === null || entry.municipalities.includes(place.municipality)

/** Whether a service is shown. SANKS is shown to everyone, whoever asks and wherever they live (DUV-17). */
const isShown = (entry: Entry, { audience, place }: Search, catchment: Catchment): boolean =>
  entry.type === "sanks" || (entry.audiences.includes(audience) && serves(entry, place, catchment))

/**
 * The services for somebody at a place on a date, in the order of the policy; then, for every code of a municipality, its own services and the GP
 * (DUV-01..04, DUV-17, DUV-22). In an emergency the numbers for help now stand first (DUV-14).
 */
export const directory = (
  guide: Pick<GuidePolicy, "entries" | "municipalities" | "catchments" | "emergency">,
  search: Search
): ReadonlyArray<Listing> => {
  const { place, on, emergency } = search
  const catchment = catchmentOf(guide, place, on)
  const municipality = guide.municipalities.find((known) => known.code === place.municipality && isDuring(on, known))
  return [
    ...(emergency ? [{ _tag: "CallNow" as const, numbers: guide.emergency }] : []),
    ...guide.entries
      .filter((entry) => isShown(entry, search, catchment))
      .map((entry): Listing => ({ _tag: "Service", entry, contacts: contactsOn(entry.contacts, on), route: routeTo(guide, entry, emergency) })),
    {
      _tag: "Municipality",
      code: place.municipality,
      name: municipality?.name ?? null,
      website: municipality?.website ?? null,
      says: yourMunicipality
    },
    { _tag: "Gp", says: yourGp }
  ]
}
