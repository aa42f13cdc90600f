/**
 * A session whose stamps lie ahead, because the clock that gave them ran ahead and was then put right (E-09).
 */
import { after, earlier, type Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { limitsOf } from "./limits.ts"
import type { SessionState } from "./messages.ts"

const ahead = (at: Instant, instants: ReadonlyArray<Instant | null>): boolean => instants.some((one) => one !== null && one > at)

const since = (at: Instant, away: Instant | null): Instant | null => (away === null ? null : earlier(away, at))

/** The state with nothing that has happened after `at`, so that every limit comes no later than `at` and its period. The same state where nothing lies ahead. */
export const notAfter = (terms: Pick<Policy, "limits" | "phone">, state: SessionState, at: Instant): SessionState => {
  switch (state._tag) {
    case "Unopened":
    case "Ended":
      return state
    case "Waiting": {
      const { openedAt, queuedAt, visitorAway } = state
      if (!ahead(at, [openedAt, queuedAt, visitorAway])) return state
      return { ...state, openedAt: earlier(openedAt, at), queuedAt: earlier(queuedAt, at), visitorAway: since(at, visitorAway) }
    }
    case "Active": {
      const { acceptedAt, call, counsellorAway, lastActivity, openedAt, transfer, visitorAway } = state
      if (!ahead(at, [openedAt, acceptedAt, lastActivity, visitorAway, counsellorAway])) return state
      const limits = limitsOf(terms)
      return {
        ...state,
        openedAt: earlier(openedAt, at),
        acceptedAt: earlier(acceptedAt, at),
        lastActivity: earlier(lastActivity, at),
        visitorAway: since(at, visitorAway),
        counsellorAway: since(at, counsellorAway),
        ...(transfer === undefined ? {} : { transfer: { ...transfer, until: earlier(transfer.until, after(at, limits.transfer)) } }),
        ...(call === undefined ? {} : { call: { ...call, until: earlier(call.until, after(at, limits.call)) } })
      }
    }
  }
}
