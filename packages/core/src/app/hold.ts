/**
 * Orders of an authority that one access trace be kept, and their end: the retention clock decides, and the vendor's register does what it decided (E-05, X-02).
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { SessionRef } from "../kernel/identity.ts"
import { floorTo, type Instant, minutes, type Period } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { type HoldableTrace, HeldTraces } from "../ports/HeldTraces.ts"
import { Policies } from "../ports/Policies.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { releasableUntil, retentionMachine } from "../retention/machine.ts"
import type { KeepOrder, RetentionCommand, RetentionState } from "../retention/messages.ts"
import { Refused } from "./errors.ts"

/** Which trace: the session's reference and the trace's own deadline. */
export interface NamedTrace {
  readonly sessionRef: SessionRef
  readonly deleteAt: Instant
}

/** What became of the trace: until when orders keep it, or `undefined` when none does any more. */
export interface Holding {
  readonly keptUntil: Instant | undefined
}

/** How often somebody else may have been faster before this gives up. */
const attempts = 5

const itemOf = ({ sessionRef }: NamedTrace) => ({ dataClass: "accessTrace", subject: sessionRef }) as const

/** The clock of the trace as the register knows it. One that is not there is gone: whether it ever was is not told. */
const clockOf = (named: NamedTrace, found: HoldableTrace | undefined): RetentionState =>
  found === undefined
    ? { _tag: "Destroyed", deleteAt: named.deleteAt, destroyedAt: named.deleteAt }
    : { _tag: "Running", item: itemOf(named), deleteAt: found.deleteAt, orders: found.orders }

const carryOut = Effect.fnUntraced(function*(named: NamedTrace, command: (at: Instant, bucket: Period) => RetentionCommand) {
  const register = yield* HeldTraces
  const policies = yield* Policies
  const { latest, now, suspect } = yield* (yield* TrustedClock).read
  const found = Option.getOrUndefined(yield* register.find(named.sessionRef, named.deleteAt))
  const policy = found === undefined ? undefined : policies.of(found.service)
  const machine = retentionMachine(policy?.holds ?? null)
  const clock = clockOf(named, found)
  const bucket = minutes(policy?.bucketMinutes ?? 0)

  const { events, refusal, state } = step(machine, clock, command(now, bucket))
  // What either clock hides is not there to be ordered (E-09); what is done is decided by the trusted one.
  const refused = refusal ?? step(machine, clock, command(latest, bucket)).refusal
  if (refused !== undefined) return yield* Refused.of(refused)
  const { orders } = state._tag === "Running" || state._tag === "Held" ? state : { orders: [] }
  const keptUntil = orders.length === 0 ? undefined : releasableUntil(state)
  if (found !== undefined && events.some(({ _tag }) => _tag === "Ordered" || _tag === "Released")) {
    if (keptUntil !== undefined) yield* register.keep(found, orders, keptUntil)
    else if (state._tag === "Running") yield* register.giveBack(found)
    // While the clock is in doubt nothing is destroyed: the hold ends, and the next sweep that may destroys it.
    else yield* suspect ? register.keep(found, [], found.deleteAt) : register.destroy(found)
  }
  return { keptUntil } satisfies Holding
})

/**
 * An authority orders that one trace be kept until `until`, floored to a bucket; from the same authority and case it replaces what was ordered before. Fails with the rule that
 * forbids it: the trace is gone, the policy lets no order keep it, or not for so long.
 */
export const orderHold = (named: NamedTrace, order: KeepOrder) =>
  carryOut(named, (at, bucket) => ({ _tag: "Order", at, item: itemOf(named), ...order, until: floorTo(order.until, bucket) })).pipe(Effect.retry({ while: ({ _tag }) => _tag === "Conflict", times: attempts }))

/** An authority takes its order back: before its own deadline the trace goes back to where it was, later it is destroyed at once. Again changes nothing. */
export const releaseHold = (named: NamedTrace, order: Pick<KeepOrder, "authority" | "caseRef">) =>
  carryOut(named, (at) => ({ _tag: "Release", at, ...order })).pipe(Effect.retry({ while: ({ _tag }) => _tag === "Conflict", times: attempts }))
