/**
 * The guide a second time, written badly on purpose: loops, flags and lists of words, and no helper of the product.
 */
import { type Charge, Ore, type Visit } from "@fortrolig/core/guidance/fee"
import type { Listing, Search } from "@fortrolig/core/guidance/directory"
import type { GuidePolicy } from "@fortrolig/core/policy/guide"

/** An answer of the directory in words, one line each. */
export const inWords = (listings: ReadonlyArray<Listing>): ReadonlyArray<string> =>
  listings.map((listing) => {
    switch (listing._tag) {
      case "CallNow":
        return `call ${listing.numbers.map(({ number }) => number).join(", ")}`
      case "Municipality":
        return `municipality ${listing.code} ${listing.name ?? "?"} ${listing.website?.href ?? "?"}`
      case "Gp":
        return "gp"
      case "Service": {
        const steps = listing.route.map((step) =>
          step._tag === "CallNow"
            ? `call ${step.numbers.map(({ number }) => number).join(", ")}`
            : step._tag === "Contact"
              ? `contact ${step.entry}`
              : `ask ${step.of.join("/")} for ${step.to.join("/")} who knows ${step.requesting.join("/")}`
        )
        return `${listing.entry.id} (${listing.contacts.length}): ${steps.join("; ")}`
      }
    }
  })

/** The clinic of a place on a date: its id, `district?`, or nothing. */
export const naiveClinic = (guide: GuidePolicy, municipality: string, district: string | null, on: string): string | undefined => {
  let hasDistricts = municipality === "0301"
  for (const known of guide.municipalities) if (known.code === municipality && known.districts.length > 0) hasDistricts = true
  if (hasDistricts && district === null) return "district?"
  const found: Array<string> = []
  for (const rule of guide.catchments) {
    if (rule.municipality !== municipality) continue
    if (hasDistricts && rule.district !== district) continue
    if (on < rule.from) continue
    if (rule.until !== null && on >= rule.until) continue
    found.push(rule.dps)
  }
  return found.length === 1 ? found[0] : undefined
}

/** What the directory should answer, in words. */
export const naiveDirectory = (guide: GuidePolicy, search: Search): ReadonlyArray<string> => {
  const lines: Array<string> = []
  const numbers = "call 113, 116 117"
  if (search.emergency) lines.push(numbers)
  const mine = naiveClinic(guide, search.place.municipality, search.place.district, search.on)
  for (const entry of guide.entries) {
    let shown = false
    if (entry.type === "sanks") shown = true
    else if (entry.type === "dps") shown = entry.id === mine && entry.audiences.includes(search.audience)
    else {
      for (const audience of entry.audiences) if (audience === search.audience) shown = true
      if (entry.municipalities !== null && !entry.municipalities.includes(search.place.municipality)) shown = false
    }
    if (!shown) continue
    const steps: Array<string> = []
    if (search.emergency) steps.push(numbers)
    if (entry.access === "referral" && !(search.emergency && entry.type === "dps")) {
      steps.push("ask gp/dentist for psychologist/psychiatrist who knows violenceAndAbuse/violenceAndTraumas")
    }
    steps.push(`contact ${entry.id}`)
    lines.push(`${entry.id} (${entry.contacts.length}): ${steps.join("; ")}`)
  }
  let name = "?"
  let website = "?"
  for (const known of guide.municipalities) {
    if (known.code !== search.place.municipality) continue
    name = known.name
    if (known.website !== null) website = known.website.href
  }
  lines.push(`municipality ${search.place.municipality} ${name} ${website}`, "gp")
  return lines
}

/** A date as people of computers count it. */
export const dayAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Every day of a place that has a gap or an overlap, as `place day kind`, one day at a time. */
export const naiveFaults = (guide: GuidePolicy, from: string, until: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (const { code, districts, from: begins, until: ends } of guide.municipalities) {
    for (const district of districts.length === 0 ? [null] : districts.map((one) => one.code)) {
      for (let day = from; day < until; day = dayAfter(day, 1)) {
        if ((begins !== null && day < begins) || (ends !== null && day >= ends)) continue
        let count = 0
        for (const rule of guide.catchments) {
          if (rule.municipality === code && rule.district === district && rule.from <= day && (rule.until === null || day < rule.until)) count++
        }
        if (count !== 1) found.push(`${district ?? code} ${day} ${count === 0 ? "gap" : "overlap"}`)
      }
    }
  }
  return found
}

/** What visits cost, with the money counted in one pot per year; `undefined` when a year has no ceiling. */
export const naiveCharges = (ceilings: ReadonlyMap<number, number>, visits: ReadonlyArray<Visit>): ReadonlyArray<Charge> | undefined => {
  const result: Array<{ paid: number; counted: number; refunded: number }> = []
  const pots: Record<string, number> = {}
  const turns = visits.map((visit, index) => ({ visit, index }))
  turns.sort((a, b) => (a.visit.on === b.visit.on ? a.index - b.index : Date.parse(a.visit.on) - Date.parse(b.visit.on)))
  for (const { visit, index } of turns) {
    let paid: number = visit.fee
    let counted = 0
    let refunded = 0
    if (visit.type === "dps" || visit.type === "contractSpecialist") {
      const year = new Date(visit.on).getUTCFullYear()
      const ceiling = ceilings.get(year)
      if (ceiling === undefined) return undefined
      const pot = pots[year] ?? 0
      if (pot >= ceiling * 100) paid = 0
      else {
        counted = paid
        if (pot + paid > ceiling * 100) {
          refunded = pot + paid - ceiling * 100
          counted = paid - refunded
        }
        pots[year] = pot + counted
      }
    }
    result[index] = { paid, counted, refunded }
  }
  return result.map(({ paid, counted, refunded }) => ({ paid: Ore.make(paid), counted: Ore.make(counted), refunded: Ore.make(refunded) }))
}

/** Easter Sunday by the rule of Gauss with its two exceptions, as a date. */
export const naiveEaster = (year: number): string => {
  const k = Math.floor(year / 100)
  const m = (15 - Math.floor((8 * k + 13) / 25) + k - Math.floor(k / 4)) % 30
  const n = (4 + k - Math.floor(k / 4)) % 7
  const d = (19 * (year % 19) + m) % 30
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
  let march = 22 + d + e
  if (march === 57 && d === 29 && e === 6) march = 50
  if (march === 56 && d === 28 && e === 6 && (11 * m + 11) % 30 < 19) march = 49
  return dayAfter(`${year}-03-01`, march - 1)
}

/** Whether nobody is at work on a date, by the names of the days. */
export const naiveDayOff = (date: string): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return true
  if (["01-01", "05-01", "05-17", "12-25", "12-26"].includes(date.slice(5))) return true
  const sunday = naiveEaster(Number(date.slice(0, 4)))
  return [-3, -2, 1, 39, 50].some((days) => dayAfter(sunday, days) === date)
}
