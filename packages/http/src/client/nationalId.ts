/**
 * Whether a text seems to carry a Norwegian identity number, so that the visitor can be warned before it is sent (E-15). Checked here only; nothing is reported.
 */
const first = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

const remainder = (digits: ReadonlyArray<number>, weights: ReadonlyArray<number>): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11

const plausible = (number: string): boolean => {
  const digits = [...number].map(Number)
  // Numbers issued from 2032 on leave 1, 2 or 3 in the first check.
  return remainder(digits, first) <= 3 && remainder(digits, second) === 0
}

/** Whether eleven digits in the text, written together or as 6 + 5, pass the check of an identity number. */
export const seemsToHoldIdentityNumber = (text: string): boolean =>
  [...text.matchAll(/(?<!\d)(\d{6})[ .\-\u00A0]?(\d{5})(?!\d)/g)].some(([, date = "", rest = ""]) => plausible(date + rest))
