/**
 * Chats that failed to open or to end: nobody can say what the store has of them, and nobody will ever come back to them.
 */
import * as Effect from "effect/Effect"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import type { ContentStore } from "../ports/ContentStore.ts"
import type { SessionStore } from "../ports/SessionStore.ts"
import { settleEnded } from "./settle.ts"

/** Those that are known, and how they are ended. */
export interface StrayChats {
  /** Remembers one; `at` is when it was seen, and counts as its end. */
  readonly add: (ref: SessionRef, policy: Policy, at: Instant) => void
  /** Ends what is stored of them. Where the store fails again, the next time tries it again. */
  readonly end: Effect.Effect<void>
}

/** None at first. */
export const strayChats = (sessions: SessionStore["Service"], contents: ContentStore["Service"]): StrayChats => {
  const strays = new Map<SessionRef, { readonly policy: Policy; readonly at: Instant }>()
  return {
    add: (ref, policy, at) => void strays.set(ref, { policy, at }),
    end: Effect.suspend(() =>
      Effect.forEach(
        [...strays],
        ([ref, { at, policy }]) => settleEnded(sessions, contents, policy, ref, at).pipe(Effect.tap(() => Effect.sync(() => strays.delete(ref))), Effect.ignore),
        { discard: true }
      )
    )
  }
}
