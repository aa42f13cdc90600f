/**
 * What the end of a session does to what is stored: content moves to the bucket of its deadline or was never there, and the session's key dies.
 */
import * as Effect from "effect/Effect"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { type ContentStore, KeepPermit } from "../ports/ContentStore.ts"
import type { SessionStore } from "../ports/SessionStore.ts"
import { contentDeleteAt, sessionRowDeleteAt } from "../retention/deadlines.ts"

/**
 * Settles an ended session. Every step may be repeated, so a server killed in between finishes at its next start (DFH-08, IF-17).
 */
export const settleEnded = Effect.fnUntraced(function*(
  sessions: SessionStore["Service"],
  contents: ContentStore["Service"],
  policy: Policy,
  ref: SessionRef,
  endedAt: Instant
) {
  const permit = KeepPermit.of(policy)
  if (permit !== undefined) yield* contents.settle(permit, ref, contentDeleteAt(policy, endedAt))
  yield* sessions.end(ref, policy.service, sessionRowDeleteAt(policy, endedAt))
})
