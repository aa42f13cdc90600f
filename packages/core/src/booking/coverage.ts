/**
 * Which places of treatment serve a health region on a date: its own once they are open, and until then those of the other regions (DFH-55, DFH-56).
 */
import type { BookingTerms, Site } from "../policy/care.ts"
import type { LocalDate } from "../policy/values.ts"

/** The sites that take patients on a date. A site is open from its first day on. */
export const openSites = ({ sites }: Pick<BookingTerms, "sites">, on: LocalDate): ReadonlyArray<Site> => sites.filter((site) => site.from <= on)

/**
 * The sites offered to a region on a date. The nationwide offer ends region by region, on the first day of the region's own first site.
 * Empty only before the first site of all has opened.
 */
export const sitesFor = (terms: Pick<BookingTerms, "sites">, region: string, on: LocalDate): ReadonlyArray<Site> => {
  const open = openSites(terms, on)
  const own = open.filter((site) => site.region === region)
  return own.length > 0 ? own : open
}
