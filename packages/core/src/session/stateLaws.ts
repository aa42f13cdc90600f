/**
 * The laws of all live sessions of one service at one moment. Tests hold every moment of a generated history against them, the audit the sessions that are really stored.
 */
import { after, type Instant, minutes } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { Policy } from "../policy/policy.ts"
import type { Active, Waiting } from "./messages.ts"
import { sessionRules } from "./rules.ts"

/** The live sessions of one service, and the instant at which they are looked at. */
export interface SessionsNow {
  readonly policy: Pick<Policy, "limits" | "capacity">
  readonly at: Instant
  readonly sessions: ReadonlyArray<Waiting | Active>
}

/** Nothing outlives its greatest length. */
export const noneTooLong: Law<SessionsNow> = {
  rule: sessionRules.endsByItself.id,
  says: "No live session is older than the longest session that the service allows",
  broken: ({ policy, at, sessions }) =>
    sessions.filter(({ openedAt }) => after(openedAt, minutes(policy.limits.lengthMinutes)) <= at).map(() => "a session should have ended by itself")
}

/** Nobody has too many. */
export const noneOverCapacity: Law<SessionsNow> = {
  rule: sessionRules.availability.id,
  says: "No counsellor has more live chats than the service allows",
  broken: ({ policy, sessions }) => {
    const held = new Map<string, number>()
    for (const session of sessions) if (session._tag === "Active") held.set(session.counsellor, (held.get(session.counsellor) ?? 0) + 1)
    return [...held.values()].filter((count) => count > policy.capacity).map((count) => `a counsellor has ${count} chats`)
  }
}

/** Nothing happens before it begins. */
export const inOrder: Law<SessionsNow> = {
  rule: sessionRules.opening.id,
  says: "In every live session the opening comes first, and nothing of it lies in the future",
  broken: ({ at, sessions }) =>
    sessions
      .filter((session) => {
        const since = session._tag === "Active" ? [session.acceptedAt, session.lastActivity] : [session.queuedAt]
        return since.some((instant) => instant < session.openedAt || instant > at)
      })
      .map(() => "a session has its instants in the wrong order")
}

/** Every law of the live sessions of a service. */
export const sessionStateLaws: ReadonlyArray<Law<SessionsNow>> = [noneTooLong, noneOverCapacity, inOrder]
