/**
 * Ages for booking: whole years on a date of the calendar in the policy's time zone, and never from a number whose century is open (DFH-47).
 */
import type { LocalDate } from "../policy/values.ts"
import type { BirthDate } from "./nationalId.ts"

/** Whole years from a birth date to a date; negative before the birth. Who was born on 29 February grows older on 1 March in years without that day. */
export const wholeYears = (born: LocalDate, on: LocalDate): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)

/** The verdict on an age. `unknown` is never treated as old enough. */
export type AgeVerdict = "oldEnough" | "tooYoung" | "unknown"

/**
 * Whether somebody is at least `minimum` years old on a date. What the number fixes counts; where it leaves the century open, a date that the person states
 * or a registry gives decides, if it is one that the number allows (DFH-47, E-10).
 */
export const ageVerdict = (birth: BirthDate, confirmed: LocalDate | undefined, on: LocalDate, minimum: number): AgeVerdict => {
  switch (birth.kind) {
    case "known":
      return judged(birth.date, on, minimum)
    case "ambiguous": {
      const decided = birth.candidates.find((date) => date === confirmed)
      return decided === undefined ? "unknown" : judged(decided, on, minimum)
    }
    case "none":
      return "unknown"
  }
}

const judged = (born: LocalDate, on: LocalDate, minimum: number): AgeVerdict => (wholeYears(born, on) >= minimum ? "oldEnough" : "tooYoung")
