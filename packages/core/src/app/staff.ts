/**
 * Staff come by invitation: a random secret, used once, that signs its holder in to exactly one service.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type ServiceName, StaffId } from "../kernel/identity.ts"
import { after } from "../kernel/instant.ts"
import { Policies } from "../ports/Policies.ts"
import { Randomness } from "../ports/Randomness.ts"
import { StaffStore } from "../ports/StaffStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { invitationPeriod, staffSessionPeriod } from "../retention/dataClass.ts"
import { NotSignedIn, UnknownService } from "./errors.ts"

/** Makes an invitation for a service and answers its secret, which is stored nowhere; it works once, within 24 hours. */
export const invite = Effect.fnUntraced(function*(service: ServiceName) {
  if ((yield* Policies).of(service) === undefined) return yield* new UnknownService()
  const randomness = yield* Randomness
  const { now } = yield* (yield* TrustedClock).read
  const secret = yield* randomness.secret
  yield* (yield* StaffStore).invite({ secret: yield* randomness.hash(secret), service, deleteAt: after(now, invitationPeriod) })
  return secret
})

/** Uses up an invitation and signs its holder in for 12 hours; answers the token that the browser keeps. */
export const redeem = Effect.fnUntraced(function*(secret: string) {
  const randomness = yield* Randomness
  const { now, latest } = yield* (yield* TrustedClock).read
  const token = yield* randomness.secret
  const signedIn = yield* (yield* StaffStore).redeem(yield* randomness.hash(secret), latest, {
    token: yield* randomness.hash(token),
    staff: StaffId.make(yield* randomness.id),
    deleteAt: after(now, staffSessionPeriod)
  })
  if (Option.isNone(signedIn)) return yield* new NotSignedIn()
  return { token, ...signedIn.value }
})

/** Who holds a token. Fails with `NotSignedIn` when nobody does, or no longer. */
export const whoIs = Effect.fnUntraced(function*(token: string) {
  const { latest } = yield* (yield* TrustedClock).read
  const signedIn = yield* (yield* StaffStore).find(yield* (yield* Randomness).hash(token), latest)
  if (Option.isNone(signedIn)) return yield* new NotSignedIn()
  return signedIn.value
})

/** Ends a sign-in; doing it twice changes nothing. */
export const signOut = Effect.fnUntraced(function*(token: string) {
  yield* (yield* StaffStore).signOut(yield* (yield* Randomness).hash(token))
})
