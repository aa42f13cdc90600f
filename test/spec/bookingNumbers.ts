/**
 * Numbers made up for tests, by a second and plain way of computing control digits. They live in memory for the length of a test and are never printed:
 * only those with the month raised by 80 are sure to belong to nobody, so that no other is written down anywhere.
 */

/** What kind of number is wanted: what was added to the month, and the rest of its first control digit. */
export interface Wanted {
  readonly kind: "FNR" | "DNR" | "HNR" | "FHN"
  readonly offset: 0 | 40 | 65 | 80
  readonly rest: 0 | 1 | 2 | 3
}

/** A small generator of whole numbers below `below`, the same for the same seed. */
export const dice = (seed: number) => {
  let state = seed >>> 0
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const modulo = (n: number): number => ((n % 11) + 11) % 11

/** The eleven digits of nine, or nothing where a control digit would need two places. */
export const withControl = (nine: string, rest: number): string | undefined => {
  const d = [...nine].map(Number) as [number, number, number, number, number, number, number, number, number]
  const a = modulo(rest - (3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8]))
  const b = modulo(-(5 * d[0] + 4 * d[1] + 3 * d[2] + 2 * d[3] + 7 * d[4] + 6 * d[5] + 5 * d[6] + 4 * d[7] + 3 * d[8] + 2 * a))
  return a === 10 || b === 10 ? undefined : `${nine}${a}${b}`
}

const two = (n: number): string => String(n).padStart(2, "0")

/** A number of a birth date, individual number and kind, as it would be issued. */
export const numberOf = ({ kind, offset, rest }: Wanted, day: number, month: number, year: number, individual: number): string | undefined =>
  withControl(`${two(day + (kind === "DNR" ? 40 : 0))}${two(month + offset)}${two(year)}${String(individual).padStart(3, "0")}`, rest)

/** `count` numbers of a kind. Days run to 31 in every month, so that some dates do not exist. */
export const numbers = (wanted: Wanted, count: number, seed: number): ReadonlyArray<string> => {
  const roll = dice(seed)
  const made: Array<string> = []
  while (made.length < count) {
    const number =
      wanted.kind === "FHN"
        ? withControl(`${8 + roll(2)}${String(roll(100_000_000)).padStart(8, "0")}`, wanted.rest)
        : numberOf(wanted, 1 + roll(31), 1 + roll(12), roll(4) === 0 ? 0 : roll(100), roll(1000))
    if (number !== undefined) made.push(number)
  }
  return made
}

/** Every number of a kind whose date is 29 February of a year 00. */
export const leapDays = (wanted: Wanted): ReadonlyArray<string> =>
  Array.from({ length: 1000 }, (_, individual) => numberOf(wanted, 29, 2, 0, individual)).filter((number) => number !== undefined)

/** The number with another digit in one place. */
export const oneDigitWrong = (number: string, place: number, add: number): string =>
  `${number.slice(0, place)}${(Number(number[place]) + add) % 10}${number.slice(place + 1)}`

/** The number with two neighbours exchanged; the same number where they are alike. */
export const exchanged = (number: string, place: number): string =>
  `${number.slice(0, place)}${number[place + 1] ?? ""}${number[place] ?? ""}${number.slice(place + 2)}`

/** What a text looks like, without reading it as the product does. */
export const look = (text: string) => {
  const plain = text.replaceAll(/[\s.,]/g, "")
  const d = [...plain].map(Number)
  const sum = (weights: ReadonlyArray<number>) => weights.reduce((total, weight, i) => total + weight * (d[i] ?? 0), 0) % 11
  const head = d[0] ?? 0
  const written = Number(plain.slice(2, 4))
  const isD = head >= 4 && head <= 7
  const offset = written > 80 ? 80 : written > 65 ? 65 : written > 40 ? 40 : 0
  const year = Number(plain.slice(4, 6))
  const month = written - offset
  const day = Number(plain.slice(0, 2)) - (isD ? 40 : 0)
  const exists = (century: number) => {
    const date = new Date(Date.UTC(century + year, month - 1, day))
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  }
  return {
    spaced: plain !== text,
    help: head >= 8,
    isD,
    offset,
    rest: sum([3, 7, 6, 1, 8, 9, 4, 5, 2, 1]),
    year,
    month,
    day,
    individual: Number(plain.slice(6, 9)),
    exists,
    local: offset === 40 && !isD && head < 4
  }
}
export type Look = ReturnType<typeof look>
