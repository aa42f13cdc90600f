/**
 * Randomness that a seed repeats: a small generator, fast enough for millions of choices.
 */

/** Choices drawn from one seed. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  /** One of the values; throws when there is none. */
  readonly pick: <Value>(values: ReadonlyArray<Value>) => Value
  /** Some of the values, in their order. */
  readonly some: <Value>(values: ReadonlyArray<Value>) => ReadonlyArray<Value>
  /** Hexadecimal digits, a multiple of eight. */
  readonly hex: (digits: number) => string
}

/** Every way to write sixteen bits: a world needs hundreds of identifiers. */
const written = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, "0"))

/** A generator from a seed: mulberry32, which passes the usual tests of randomness and is no protection of anything. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const whole = (from: number, to: number): number => from + Math.floor((bits() / 4_294_967_296) * (to - from + 1))
  const chance = (probability: number): boolean => bits() < probability * 4_294_967_296
  return {
    whole,
    chance,
    pick: (values) => {
      const value = values[whole(0, values.length - 1)]
      if (value === undefined) throw new Error("nothing to pick from")
      return value
    },
    some: (values) => values.filter(() => chance(0.5)),
    hex: (digits) => {
      let text = ""
      for (let done = 0; done < digits; done += 8) {
        const some = bits()
        text += `${written[some >>> 16]}${written[some & 0xffff]}`
      }
      return text
    }
  }
}
