/**
 * A change of policy never lengthens a promise: what the policies of this install keep no longer is destroyed before anything is served, and what was promised for longer
 * than the same service promises now is kept no longer than what is stored today would be. A longer promise is for new data alone.
 */
import * as Effect from "effect/Effect"
import type { Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { Policies } from "../ports/Policies.ts"
import { type KeptUntil, type Tightened, Tightening } from "../ports/Tightening.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { declarations } from "../retention/dataClass.ts"
import { deleteAt } from "../retention/deadlines.ts"

/** What the policies keep in one realm, each class until the deadline of data whose clock starts now. */
export const keptUntil = (policies: ReadonlyArray<Policy>, part: "service" | "vendor", now: Instant): ReadonlyArray<KeptUntil> =>
  policies.flatMap((policy) =>
    declarations(policy).flatMap(({ dataClass, period, realm, stored }) =>
      stored && realm === part && period !== undefined ? [{ dataClass, service: policy.service, latest: deleteAt(now, period, policy) }] : []
    )
  )

/** Holds what is stored to the policies in force. Does nothing while the clock is in doubt: destroying cannot be undone (E-09). Fails when a store or vault cannot be reached. */
export const tighten = Effect.gen(function*() {
  const { now, suspect } = yield* (yield* TrustedClock).read
  const { all } = yield* Policies
  const stores = yield* Tightening
  let sum: Tightened = { destroyed: 0, shortened: 0 }
  if (suspect) return sum
  for (const part of ["service", "vendor"] as const) {
    const { destroyed, shortened } = yield* stores.tighten(part, keptUntil(all, part, now))
    sum = { destroyed: sum.destroyed + destroyed, shortened: sum.shortened + shortened }
  }
  return sum
})
