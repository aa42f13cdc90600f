/**
 * Forgetting: what is due loses its key first, then its row; each step may be repeated and none waits for another realm.
 */
import * as Effect from "effect/Effect"
import { elapsed, type Instant, type Period } from "../kernel/instant.ts"
import { AccessRegister, CustodyVault } from "../ports/AccessRegister.ts"
import { ContentStore } from "../ports/ContentStore.ts"
import { ServiceRealm, VendorRealm } from "../ports/Inspection.ts"
import { KeyVault } from "../ports/KeyVault.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { StaffStore } from "../ports/StaffStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"

/** What one sweep destroyed, in counts; `lateness` is how long the most overdue datum had been due. */
export interface Swept {
  readonly at: Instant
  /** The clock is in doubt: nothing irreversible was done. */
  readonly paused: boolean
  readonly keys: number
  readonly content: number
  readonly accessTrace: number
  readonly endedSession: number
  readonly staff: number
  readonly lateness: Period
}

/** Destroys everything that is due. Fails when a store or vault cannot be reached; what was done stays done and the next sweep goes on. */
export const sweep = Effect.gen(function*() {
  const clock = yield* TrustedClock
  const { now, suspect } = yield* clock.read
  if (suspect) return { at: now, paused: true, keys: 0, content: 0, accessTrace: 0, endedSession: 0, staff: 0, lateness: 0 as Period } satisfies Swept

  const measured = [...(yield* (yield* ServiceRealm).measure(now)), ...(yield* (yield* VendorRealm).measure(now))]
  const lateness = measured.reduce(
    (latest, { earliestDeleteAt }) => (earliestDeleteAt === null ? latest : (Math.max(latest, elapsed(earliestDeleteAt, now)) as Period)),
    0 as Period
  )
  const vault = yield* KeyVault
  const custodyVault = yield* CustodyVault
  const keys = (yield* custodyVault.destroyDue(now)) + (yield* vault.destroyDue(now))
  const accessTrace = yield* (yield* AccessRegister).forget(now)
  const content = yield* (yield* ContentStore).forget(now)
  const endedSession = yield* (yield* SessionStore).forget(now)
  const staff = yield* (yield* StaffStore).forget(now)
  yield* vault.raiseMark(now)
  yield* custodyVault.raiseMark(now)
  return { at: now, paused: false, keys, content, accessTrace, endedSession, staff, lateness } satisfies Swept
})
