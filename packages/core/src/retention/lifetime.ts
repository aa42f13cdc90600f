/**
 * How long a datum can exist at the very most, computed from its policy, with what nobody can bound said beside it.
 */
import { hours, type Period } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { clockSkew, type Declaration, sweepInterval, worstCase } from "./dataClass.ts"

/** The longest life of a datum after its clock started, and what it is made of; each in milliseconds. */
export interface Lifetime {
  /** The sum of what follows. */
  readonly bounded: Period
  readonly promise: Period
  readonly clockSkew: Period
  readonly sweepInterval: Period
  /** The longest that an authority's order can keep it beyond the promise; zero where no order can. */
  readonly order: Period
  /** What no figure bounds: while every server is off nothing can be destroyed. `null` where nothing is stored. */
  readonly unbounded: "everyServerOff" | null
}

const none = hours(0)

/** The worst case of one declared data class, or `undefined` where no clock runs. What is never stored lives no longer than its promise. */
export const worstCaseLifetime = (policy: Pick<Policy, "holds">, { dataClass, period, stored }: Declaration): Lifetime | undefined => {
  if (period === undefined) return undefined
  if (!stored) return { bounded: period, promise: period, clockSkew: none, sweepInterval: none, order: none, unbounded: null }
  const { holds } = policy
  const order = holds !== null && holds.items.some((item) => item === dataClass) ? hours(holds.maximumDays * 24) : none
  return { bounded: (worstCase(period) + order) as Period, promise: period, clockSkew, sweepInterval, order, unbounded: "everyServerOff" }
}
