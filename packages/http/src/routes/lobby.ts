/**
 * What a visitor meets before the chat: the version of the notice in force, and the front of the queue for those whom a stop of the server cut off.
 */
import * as Context from "effect/Context"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Policy } from "@fortrolig/core/policy/policy"

/** What a server knows of those who are about to start a chat. */
export class Lobby extends Context.Service<
  Lobby,
  {
    readonly noticeVersion: (policy: Policy) => string
    /** Whether a stop of the server cut this session off, and its visitor has not been let in since. */
    readonly wasCutOff: (after: SessionRef | undefined) => boolean
    /** The visitor of a session that was cut off is in the queue again. */
    readonly served: (after: SessionRef | undefined) => void
  }
>()("@fortrolig/http/routes/lobby") {}

/** A lobby that remembers the sessions that were cut off, in memory. */
export const makeLobby = (cutOff: ReadonlyArray<SessionRef>, noticeVersion: (policy: Policy) => string): Lobby["Service"] => {
  const waiting = new Set(cutOff)
  return {
    noticeVersion,
    wasCutOff: (after) => after !== undefined && waiting.has(after),
    served: (after) => {
      if (after !== undefined) waiting.delete(after)
    }
  }
}
