/**
 * The visitor's call to the counsellor of the chat: kept free for a while, taken with a spoken code, and what happens when that counsellor is gone (DFH-22, DFH-23).
 */
import { happened, nothing } from "../kernel/decided.ts"
import type { StaffId } from "../kernel/identity.ts"
import { after, type Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import type { Active, SessionCommand, SessionState } from "./messages.ts"
import type { Limits } from "./limits.ts"
import { type Decision, no } from "./refusals.ts"

type Of<Tag extends SessionCommand["_tag"]> = Extract<SessionCommand, { readonly _tag: Tag }>

/** Whether a counsellor is kept free for a call at `at`, in any of the sessions, and must get no further chat (DFH-22). */
export const isReserved = (sessions: Iterable<SessionState>, counsellor: StaffId, at: Instant): boolean => {
  for (const state of sessions) {
    if (state._tag === "Active" && state.call !== undefined && state.counsellor === counsellor && at < state.call.until) return true
  }
  return false
}

/** Keeps the counsellor free for the visitor. One call at a time: another code would make the first one worthless. */
export const requestPhone = (phone: Policy["phone"], limits: Limits, state: Active, command: Of<"RequestPhone">): Decision => {
  if (phone === null) return no.noPhone
  const { at, codeHash, keepChat } = command
  if (state.call !== undefined) return state.call.codeHash === codeHash ? nothing : no.callAwaited
  if (command.reserved) return no.otherCall
  return happened({ _tag: "CallReserved", at, until: after(at, limits.call), codeHash, keepChat })
}

/** The counsellor of the chat has the visitor on the phone. The chat ends, unless both want to keep it. */
export const takeCall = (state: Active, command: Of<"TakeCall">): Decision => {
  if (state.counsellor !== command.counsellor) return no.notYours
  if (state.call === undefined) return no.noCall
  if (state.call.codeHash !== command.codeHash) return no.wrongCode
  const { at } = command
  return happened(state.call.keepChat && command.keepChat ? { _tag: "CallTaken", at } : { _tag: "Ended", at, reason: "continuedByPhone" })
}

/** The visitor's choice when the counsellor of the call is gone; refused as long as that one may still come. */
export const choose = (state: Active, command: Of<"Choose">): Decision => {
  if (state.call === undefined) return no.noCall
  if (state.call.asked === "no") return no.counsellorHere
  const { at } = command
  switch (command.choice) {
    case "wait":
      return state.call.asked === "waits" ? nothing : happened({ _tag: "CallerWaits", at })
    case "other":
      return happened({ _tag: "Requeued", at, cause: "visitorChose" })
    case "stop":
      return happened({ _tag: "Ended", at, reason: "visitorEnded" })
  }
}
