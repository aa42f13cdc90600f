/**
 * The attacker: what can be computed of every hidden count from everything that is public. An interval is only called wide when two whole tables
 * have been found that would have been published in the same words and differ there that much; what is not proven wide is called narrow (E-12).
 */
import { atCorner, type Corner, type Program } from "./simplex.ts"

/** What is known of one count: the least and the greatest that it can be, `Infinity` where nothing limits it. */
export interface Interval {
  readonly least: number
  readonly most: number
}

/** The counts at `parts` add up to the one at `total`. */
export interface Sum {
  readonly parts: ReadonlyArray<number>
  readonly total: number
}

/** Everything public: what is known of each count by itself, and which add up to which. */
export interface Publication {
  readonly counts: ReadonlyArray<Interval>
  readonly sums: ReadonlyArray<Sum>
}

const fixed = ({ least, most }: Interval): boolean => least === most
const nothingKnown: Interval = { least: 0, most: Infinity }

/** Counts that can be computed from one another, as sets of places; published counts connect nothing. */
const groups = ({ counts, sums }: Publication): ReadonlyArray<{ readonly places: ReadonlyArray<number>; readonly sums: ReadonlyArray<Sum> }> => {
  const leader = counts.map((_, place) => place)
  const lead = (place: number): number => {
    let at = place
    while (leader[at] !== at) at = leader[at] = leader[leader[at] as number] as number
    return at
  }
  const open = (sum: Sum) => [...sum.parts, sum.total].filter((place) => !fixed(counts[place] ?? nothingKnown))
  for (const sum of sums) {
    const [first, ...rest] = open(sum)
    if (first !== undefined) for (const place of rest) leader[lead(place)] = lead(first)
  }
  const found = new Map<number, { places: Array<number>; sums: Array<Sum> }>()
  counts.forEach((count, place) => {
    if (fixed(count)) return
    const group = found.get(lead(place)) ?? { places: [], sums: [] }
    group.places.push(place)
    found.set(lead(place), group)
  })
  for (const sum of sums) {
    const first = open(sum)[0]
    if (first !== undefined) found.get(lead(first))?.sums.push(sum)
  }
  return [...found.values()]
}

/** The unknowns of a group counted from their least value, and a further unknown for the room below each finite greatest value. */
const programOf = (counts: ReadonlyArray<Interval>, places: ReadonlyArray<number>, sums: ReadonlyArray<Sum>): Program => {
  const at = new Map(places.map((place, index) => [place, index]))
  const rows: Array<Map<number, number>> = []
  const right: Array<number> = []
  for (const { parts, total } of sums) {
    const row = new Map<number, number>()
    let known = 0
    const put = (place: number, factor: number) => {
      const index = at.get(place)
      known -= factor * (counts[place] ?? nothingKnown).least
      if (index !== undefined) row.set(index, (row.get(index) ?? 0) + factor)
    }
    for (const part of parts) put(part, 1)
    put(total, -1)
    rows.push(row)
    right.push(known)
  }
  let unknowns = places.length
  places.forEach((place, index) => {
    const { least, most } = counts[place] ?? nothingKnown
    if (most === Infinity) return
    rows.push(new Map([[index, 1], [unknowns++, 1]]))
    right.push(most - least)
  })
  return { unknowns, rows, right }
}

/** What the attacker finds of a group, from corner to corner, until every interval is at least `enough` wide or is known exactly. */
const explore = (corner: Corner, size: number, enough: number): ReadonlyArray<Interval | undefined> => {
  const least = Array.from({ length: size }, () => Infinity)
  const most = Array.from({ length: size }, () => -Infinity)
  const look = (): boolean => {
    const values = corner.values()
    const scale = corner.denominator()
    if (values.some((value) => value % scale !== 0)) return false
    for (let i = 0; i < size; i++) {
      const value = (values[i] as number) / scale
      if (value < (least[i] as number)) least[i] = value
      if (value > (most[i] as number)) most[i] = value
    }
    return true
  }
  look()
  const wide = (i: number): boolean => (most[i] as number) - (least[i] as number) >= enough
  return least.map((_, i) => {
    for (const direction of [-1, 1] as const) {
      if (wide(i)) break
      const end = corner.seek(i, direction, () => {
        look()
        return wide(i)
      })
      // Only a corner of whole numbers is a table; without one the search proves nothing.
      if (end !== "stopped" && !look()) return undefined
      if (end === "unbounded") most[i] = Infinity
    }
    return { least: least[i] as number, most: most[i] as number }
  })
}

/**
 * What can be computed of every count: exact intervals of whole numbers, or, where `enough` is given, intervals that may be wider still once they
 * are that wide. `undefined` where nothing could be proven, or where the publication contradicts itself: to be treated as revealed.
 */
export const intervals = (publication: Publication, enough = Infinity): ReadonlyArray<Interval | undefined> => {
  const found: Array<Interval | undefined> = [...publication.counts]
  for (const { places, sums } of groups(publication)) {
    const answers = atCorner(programOf(publication.counts, places, sums), (corner) => explore(corner, places.length, enough))
    const { counts } = publication
    places.forEach((place, index) => {
      const answer = answers?.[index]
      const from = counts[place]?.least ?? 0
      found[place] = answer === undefined ? undefined : { least: answer.least + from, most: answer.most + from }
    })
  }
  return found
}

/** The hidden counts that give too much away: an interval narrower than `width` that reaches below `smallest`, so that a small count or a zero shows. */
export const exposed = (publication: Publication, width: number, smallest: number): ReadonlyArray<number> =>
  intervals(publication, width).flatMap((interval, place) => {
    if (fixed(publication.counts[place] ?? nothingKnown)) return []
    return interval === undefined || (interval.most - interval.least < width && interval.least < smallest) ? [place] : []
  })
