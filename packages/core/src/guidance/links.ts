/**
 * Links and contacts at a date: which are shown, what language they are in, and which have not been looked at for too long.
 */
import type { Bilingual } from "../policy/bilingual.ts"
import type { Contact, GuideLink } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { addMonths, isDuring } from "./calendar.ts"

/** The languages in which the guide itself speaks. */
export type UiLanguage = keyof Bilingual

/** A link as it is shown. */
export interface ShownLink {
  readonly href: string
  /** Says which language the page is in when that is not the reader's; `null` when it is. */
  readonly label: string | null
}

const inLanguage: Readonly<Record<string, Bilingual>> = {
  nb: { nb: "på bokmål", en: "in Norwegian" },
  nn: { nb: "på nynorsk", en: "in Norwegian (Nynorsk)" },
  se: { nb: "på nordsamisk", en: "in Northern Sami" },
  en: { nb: "på engelsk", en: "in English" }
}

/** A link for a reader, labelled whenever its language is not the reader's (DUV-30). */
export const shownLink = (link: Pick<GuideLink, "href" | "language">, ui: UiLanguage): ShownLink => ({
  href: link.href,
  label: link.language === ui ? null : (inLanguage[link.language]?.[ui] ?? (ui === "nb" ? "på et annet språk" : "in another language"))
})

/** The contacts that hold on a date, in the order of the policy (DUV-29). */
export const contactsOn = (contacts: ReadonlyArray<Contact>, on: LocalDate): ReadonlyArray<Contact> =>
  contacts.filter((contact) => isDuring(on, contact))

/** Whether something last seen on a day is more than `months` old on a date. What nobody has ever seen is always too old (DUV-34). */
export const isStale = (seen: LocalDate | null, months: number, on: LocalDate): boolean => seen === null || addMonths(seen, months) < on
