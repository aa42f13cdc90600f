/**
 * Triage, booking, phone and statistics: ages, numbers to call, sites, and age groups that partition.
 */
import { consentAges } from "../ages.ts"
import type { AgeBand } from "../care.ts"
import { type Policy, questionOf } from "../policy.ts"
import { contradiction, dishonest, type Finding, missing, when } from "./finding.ts"

/** From which age a note of a special category can be consented to: the most years of any row, since a contradiction is one on every day. */
const noteAge = Math.max(...consentAges.filter(({ kind, purpose }) => kind === "special" && purpose === "general").map(({ years }) => years))
/** Whom the treatment is for, as it is published. */
const treatmentAge = 18

const triage = (policy: Policy): ReadonlyArray<Finding> =>
  policy.triage === null ? [] : [
    ...when(policy.triage.minimumAge < noteAge, () =>
      contradiction("triage.minimumAge", "E-10", `Somebody younger than ${noteAge} cannot consent to such a note.`, `Write ${noteAge} or more.`)
    ),
    ...when(policy.triage.bundled && questionOf(policy, "triage.bundled") === undefined, () =>
      contradiction(
        "triage.bundled",
        "DFH-16",
        "One answer covers several purposes, so that nobody can consent to one of them.",
        "Write `false`, or name a question about this field."
      )
    )
  ]

/** Something that can be called: three digits or more, and nothing but digits, spaces and signs. */
const canBeCalled = (number: string): boolean => /^[+\d][\d\s()-]{2,}$/.test(number) && number.replace(/\D/g, "").length >= 3

const booking = (policy: Policy): ReadonlyArray<Finding> => {
  if (policy.booking === null) return []
  const { minimumAge, phone, regions, sites } = policy.booking
  return [
    ...when(minimumAge < treatmentAge && questionOf(policy, "booking.minimumAge") === undefined, () =>
      contradiction(
        "booking.minimumAge", "DFH-47", `The treatment is for those who are ${treatmentAge} or more.`, `Write ${treatmentAge} or more, or name a question about this field.`
      )
    ),
    ...when(phone === null, () =>
      missing(
        policy,
        "booking.phone",
        "DFH-21",
        "Whoever will not give a name here has no number to call.",
        "Write the number, or name a question about `booking.phone`."
      )
    ),
    ...when(phone !== null && !canBeCalled(phone.number), () =>
      missing(policy, "booking.phone.number", "DFH-21", "This is no number that can be called.", "Write the number.")
    ),
    ...sites.flatMap(({ name, region }, at) => [
      ...when(!regions.includes(region), () =>
        contradiction(
          `booking.sites[${at}].region`,
          "DFH-55",
          "The site lies in a region that the service does not cover.",
          "Write one of `booking.regions`, or add the region there."
        )
      ),
      ...when(sites.findIndex((other) => other.name === name) < at, () =>
        contradiction(`booking.sites[${at}].name`, "DFH-55", "Two sites have the same name.", "Write each site once.")
      )
    ]),
    ...when(policy.links.treatment === null, () =>
      missing(
        policy,
        "links.treatment",
        "DFH-57",
        "Nobody who books can read what the treatment involves.",
        "Write the link, or name a question about `links.treatment`."
      )
    )
  ]
}

const phone = (policy: Policy): ReadonlyArray<Finding> =>
  policy.phone === null ? [] : [
    ...when(!canBeCalled(policy.phone.number), () =>
      missing(policy, "phone.number", "DFH-22", "This is no number that can be called.", "Write the number.", ["phone.number"])
    ),
    ...when(policy.phone.reservedMinutes > policy.limits.lengthMinutes, () =>
      contradiction(
        "phone.reservedMinutes",
        "DFH-22",
        "A counsellor could be kept free for longer than a session may last.",
        "Write no more than `limits.lengthMinutes`."
      )
    )
  ]

/** The first group that does not begin where the one before ends, or that ends before it begins; -1 when the groups partition all ages. */
const brokenBand = (bands: ReadonlyArray<AgeBand>): number => {
  let next: number | null = 0
  for (const [at, { from, to }] of bands.entries()) {
    if (from !== next || (to !== null && to < from)) return at
    next = to === null ? null : to + 1
  }
  return next === null ? -1 : bands.length - 1
}

const statistics = (policy: Policy): ReadonlyArray<Finding> => {
  if (policy.statistics === null) return []
  const { bands, smallestCell, smallestTotal } = policy.statistics
  return [
    ...when(brokenBand(bands) >= 0, () =>
      contradiction(
        "statistics.bands",
        "IF-32",
        `The age groups have a gap or an overlap at group ${brokenBand(bands) + 1}, so that a visitor is counted twice or not at all.`,
        "Let the groups follow one another from 0, the last with `to` as `null`."
      )
    ),
    ...when(smallestCell < 3, () =>
      dishonest("statistics.smallestCell", "E-12", "A published count of one or two is about persons, not groups.", "Write 3 or more.")
    ),
    ...when(smallestTotal < smallestCell, () =>
      contradiction(
        "statistics.smallestTotal",
        "E-12",
        "The smallest total is smaller than the smallest count in it.",
        "Write no less than `statistics.smallestCell`."
      )
    )
  ]
}

/** Everything about the help beside the chat. */
export const besideFindings = (policy: Policy): ReadonlyArray<Finding> => [
  ...triage(policy), ...booking(policy), ...phone(policy), ...statistics(policy)
]
