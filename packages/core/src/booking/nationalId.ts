/**
 * Norwegian identifiers of eleven digits: which kind a number is, whether its control digits and date hold, and what it says of a birth date.
 * It never says a sex, and never a century that the number does not fix: from 2032 on no number does.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { dayNumber } from "../kernel/timeZone.ts"
import type { LocalDate } from "../policy/values.ts"

const eleven = Schema.String.check(Schema.isPattern(/^\d{11}$/))
/** A birth number (fødselsnummer) of the population register. Only `readNationalId` makes one. */
export const BirthNumber = eleven.pipe(Schema.brand("BirthNumber"))
export type BirthNumber = typeof BirthNumber.Type
/** A D-number of the population register: the first digit is raised by 4. */
export const DNumber = eleven.pipe(Schema.brand("DNumber"))
export type DNumber = typeof DNumber.Type
/** A common help number (felles hjelpenummer) of the health service: begins with 8 or 9 and says nothing of its owner. */
export const HelpNumber = eleven.pipe(Schema.brand("HelpNumber"))
export type HelpNumber = typeof HelpNumber.Type
/** A help number that one hospital assigned (H-number): the month is raised by 40, and it means nothing without its assigner. */
export const LocalNumber = eleven.pipe(Schema.brand("LocalNumber"))
export type LocalNumber = typeof LocalNumber.Type

/** What a number says of its owner's birth date. `ambiguous` names every date that it could be; an age is never computed from it alone. */
export type BirthDate =
  | { readonly kind: "known"; readonly date: LocalDate }
  | { readonly kind: "ambiguous"; readonly candidates: ReadonlyArray<LocalDate> }
  | { readonly kind: "none" }

/** A number that was read. `synthetic` numbers belong to nobody and exist for tests. */
export type NationalId =
  | { readonly kind: "FNR"; readonly number: BirthNumber; readonly synthetic: boolean; readonly birthDate: BirthDate }
  | { readonly kind: "DNR"; readonly number: DNumber; readonly synthetic: boolean; readonly birthDate: BirthDate }
  | { readonly kind: "FHN"; readonly number: HelpNumber; readonly synthetic: false; readonly birthDate: BirthDate }
  | { readonly kind: "HNR"; readonly number: LocalNumber; readonly synthetic: false; readonly birthDate: BirthDate; readonly assigner: string }

/** Why a text is no identifier here. */
export type NotAnIdentifier = "notElevenDigits" | "controlDigits" | "notADate" | "synthetic" | "needsAssigner"

/** How a number is read. */
export interface Reading {
  /** `production` refuses numbers that belong to nobody. */
  readonly purpose: "production" | "test"
  /** The day on which it is read: from 2032 on, also numbers of the old form may be new ones, whose century nothing tells. */
  readonly on: LocalDate
  /** Which hospital assigned the number; only for help numbers of one hospital. */
  readonly assigner?: string
}

/** The first day on which numbers of the new form are issued. */
export const newFormFrom: LocalDate = "2032-01-01"

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
const remainder = (digits: string, weights: ReadonlyArray<number>): number =>
  weights.reduce((sum, weight, place) => sum + weight * Number(digits.charAt(place)), 0) % 11

const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)

const two = (n: number): string => String(n).padStart(2, "0")

/** The century of a number of the old form by its individual number, or nothing where none was ever issued. */
const centuryOf = (individual: number, year: number): 1800 | 1900 | 2000 | undefined => {
  if (individual < 500) return 1900
  if (year < 40) return 2000
  if (individual < 750 && year >= 54) return 1800
  return individual >= 900 ? 1900 : undefined
}

/** The dates with these digits; nobody alive was born before 1900. Empty when the calendar has none. */
const candidatesOf = (centuries: ReadonlyArray<number>, year: number, month: number, day: number): ReadonlyArray<LocalDate> =>
  centuries.filter((century) => isDate(century + year, month, day)).map((century) => `${century + year}-${two(month)}-${two(day)}`)

/** What was added to the month: 80 by the tax administration's test numbers, 65 or 40 by the welfare administration's, 40 by a hospital's help number. */
const monthOffset = (written: number): 80 | 65 | 40 | 0 => (written > 80 ? 80 : written > 65 ? 65 : written > 40 ? 40 : 0)

/**
 * Reads eleven digits, without spaces. The control digits of the form in use and of the form from 2032 are accepted side by side for numbers of the
 * population register; help numbers keep the old ones (DFH-19).
 */
export const readNationalId = (digits: string, { purpose, on, assigner }: Reading): Result.Result<NationalId, NotAnIdentifier> => {
  if (!/^[0-9]{11}$/.test(digits)) return Result.fail("notElevenDigits")
  // From here on the text is eleven digits, as the schemas of the four kinds ask.
  const rest = remainder(digits, firstWeights)
  if (rest > 3 || remainder(digits, secondWeights) !== 0) return Result.fail("controlDigits")
  const oldForm = rest === 0
  const head = Number(digits.charAt(0))
  if (head >= 8) {
    return oldForm
      ? Result.succeed({ kind: "FHN", number: digits as HelpNumber, synthetic: false, birthDate: { kind: "none" } })
      : Result.fail("controlDigits")
  }
  const dNumber = head >= 4
  const offset = monthOffset(Number(digits.slice(2, 4)))
  // The same shift means a hospital's help number in production, and a test number where there is no assigner.
  const local = offset === 40 && !dNumber && (purpose === "production" || assigner !== undefined)
  if (local && !oldForm) return Result.fail("controlDigits")

  const day = Number(digits.slice(0, 2)) - (dNumber ? 40 : 0)
  const month = Number(digits.slice(2, 4)) - offset
  const year = Number(digits.slice(4, 6))
  const century = oldForm && !local && on < newFormFrom ? centuryOf(Number(digits.slice(6, 9)), year) : undefined
  const candidates = candidatesOf(century === undefined ? [1900, 2000] : [century], year, month, day)
  const [only] = candidates
  if (only === undefined) return Result.fail("notADate")
  const birthDate: BirthDate = century === undefined ? { kind: "ambiguous", candidates } : { kind: "known", date: only }

  if (local) {
    return assigner === undefined
      ? Result.fail("needsAssigner")
      : Result.succeed({ kind: "HNR", number: digits as LocalNumber, synthetic: false, birthDate, assigner })
  }
  const synthetic = offset !== 0
  if (synthetic && purpose === "production") return Result.fail("synthetic")
  return Result.succeed(
    dNumber
      ? { kind: "DNR", number: digits as DNumber, synthetic, birthDate }
      : { kind: "FNR", number: digits as BirthNumber, synthetic, birthDate }
  )
}
