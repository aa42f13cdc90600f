/**
 * User fees of a calendar year: counted up to the ceiling of the exemption card, the last one's excess paid back, and nothing after that.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Refusal } from "../kernel/rule.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import type { EntryType } from "../policy/guideEntries.ts"
import type { LocalDate } from "../policy/values.ts"
import { dayOf } from "./calendar.ts"
import { guidanceRules } from "./rules.ts"

/** An amount in whole øre, never negative. */
export const Ore = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000_000 })).pipe(Schema.brand("Ore"))
export type Ore = typeof Ore.Type

/** One visit, the type of service visited, and its ordinary fee. */
export interface Visit {
  readonly on: LocalDate
  readonly type: EntryType
  readonly fee: Ore
}

/** What one visit costs: what is paid there, how much of it counts towards the ceiling, and what is paid back. */
export interface Charge {
  readonly paid: Ore
  readonly counted: Ore
  readonly refunded: Ore
}

const nothing = Ore.make(0)
const free: Charge = { paid: nothing, counted: nothing, refunded: nothing }
const unknownYear = Result.fail<Refusal>({ rule: guidanceRules.userFee.id, says: "The most that is paid in user fees that year is not known here." })

/** Whether fees of a type of service count towards the exemption card: those of the specialist health service only (DUV-12). */
export const countsTowardsCeiling = (type: EntryType): boolean => type === "dps" || type === "contractSpecialist"

/**
 * What each visit costs, in the order given; visits are counted in the order of their dates.
 * Refused when a fee counts in a year whose ceiling the guide does not have: a ceiling is never guessed (DUV-20).
 */
export const chargesOf = (guide: Pick<GuidePolicy, "feeCeilings">, visits: ReadonlyArray<Visit>): Result.Result<ReadonlyArray<Charge>, Refusal> => {
  const charges: Array<Charge> = []
  const counted = new Map<string, number>()
  for (const [index, { on, type, fee }] of [...visits.entries()].toSorted(([, a], [, b]) => dayOf(a.on) - dayOf(b.on))) {
    if (!countsTowardsCeiling(type)) {
      charges[index] = { paid: fee, counted: nothing, refunded: nothing }
      continue
    }
    const year = on.slice(0, 4)
    const ceiling = guide.feeCeilings.find((known) => String(known.year) === year)
    if (ceiling === undefined) return unknownYear
    const before = counted.get(year) ?? 0
    const left = ceiling.kroner * 100 - before
    const counts = Math.min(fee, left)
    counted.set(year, before + counts)
    charges[index] = left === 0 ? free : { paid: fee, counted: Ore.make(counts), refunded: Ore.make(fee - counts) }
  }
  return Result.succeed(charges)
}
