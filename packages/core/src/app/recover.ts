/**
 * What a server does before it serves: sessions that a stop cut off end, at the instant that favours forgetting.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import { after, earlier, type Instant, later, minutes } from "../kernel/instant.ts"
import { ContentStore, KeepPermit } from "../ports/ContentStore.ts"
import { Policies } from "../ports/Policies.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import type { Policy } from "../policy/policy.ts"
import { settleEnded } from "./settle.ts"

/** Sessions that were live when the server stopped; their visitors go to the front of the queue. */
export interface Recovered {
  readonly ended: ReadonlyArray<SessionRef>
}

/**
 * Ends every session that has no live connection because the server stopped: at the earlier of now and its last activity plus the idle limit,
 * so that the time a server was off never lengthens a promise. One whose key is gone was ending when the server stopped, and nobody can tell when that was;
 * nor can anybody tell of one whose state cannot be read. Both end at `reached`, the mark of the vault before this start raised it. Fails when a store does not answer.
 */
export const recover = Effect.fnUntraced(function*(reached: Instant) {
  const sessions = yield* SessionStore
  const contents = yield* ContentStore
  const policies = yield* Policies
  const clock = yield* TrustedClock
  const { now } = yield* clock.read

  const lastActivity = Effect.fnUntraced(function*(policy: Policy, ref: SessionRef) {
    const stored = yield* sessions.load(ref)
    const permit = KeepPermit.of(policy)
    const kept = permit === undefined ? Option.none<Instant>() : yield* contents.lastKeptAt(permit, ref)
    const changed = Option.map(stored, ({ state }) => (state._tag === "Active" ? state.lastActivity : state.queuedAt))
    return Option.zipWith(changed, kept, later).pipe(
      Option.orElse(() => changed),
      Option.orElse(() => kept)
    )
  })

  const end = Effect.fnUntraced(function*(ref: SessionRef, service: ServiceName) {
    const policy = policies.of(service)
    // A service that this install no longer serves promises nothing more: its sessions end now.
    if (policy === undefined) return yield* sessions.end(ref, service, now)
    const last = yield* lastActivity(policy, ref)
    const idle = minutes(policy.limits.idleMinutes)
    const endedAt = Option.match(last, { onNone: () => earlier(now, reached), onSome: (at) => earlier(now, after(at, idle)) })
    yield* settleEnded(sessions, contents, policy, ref, endedAt)
  })

  const live = yield* sessions.live
  yield* Effect.forEach(live, ({ ref, service }) => end(ref, service), { discard: true })
  return { ended: live.map(({ ref }) => ref) } satisfies Recovered
})
