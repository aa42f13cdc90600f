/**
 * The limits that end or move a session by themselves, and what each does when it is reached.
 */
import * as Result from "effect/Result"
import { happened } from "../kernel/decided.ts"
import { type Instant, minutes, type Period, seconds } from "../kernel/instant.ts"
import type { Timer } from "../kernel/machine.ts"
import type { Policy } from "../policy/policy.ts"
import type { EndReason, Limit, SessionCommand, SessionState } from "./messages.ts"
import { type Decision, no } from "./refusals.ts"

type Expire = Extract<SessionCommand, { readonly _tag: "Expire" }>

/** The limits of a policy in milliseconds. A transfer may be answered as long as a visitor may be away; `call` is zero where there is no phone. */
export type Limits = { readonly [Name in Limit]: Period }

/** A policy's limits as periods, by the name of the limit. */
export const limitsOf = ({ limits, phone }: Pick<Policy, "limits" | "phone">): Limits => ({
  queue: minutes(limits.queueMinutes),
  visitorGrace: seconds(limits.graceSeconds),
  counsellorGrace: seconds(limits.counsellorGraceSeconds),
  idle: minutes(limits.idleMinutes),
  length: minutes(limits.lengthMinutes),
  closing: minutes(limits.closingMinutes),
  call: minutes(phone?.reservedMinutes ?? 0),
  transfer: seconds(limits.graceSeconds)
})

/** Why each limit ends a session; the others move it, or something in it. */
const reasonOf = { queue: "nobodyAvailable", visitorGrace: "visitorGone", idle: "idle", length: "tooLong", closing: "closingTime" } as const satisfies Record<
  Exclude<Limit, "counsellorGrace" | "call" | "transfer">,
  EndReason
>

const timer = (at: number, limit: Limit): Timer<Expire> => {
  const due = at as Instant
  return { at: due, command: { _tag: "Expire", at: due, limit } }
}

/** The earliest limit of a state. On a tie the one compared first stands, so that an end goes before whatever leaves the session alive. */
export const nextLimit = (limits: Limits, state: SessionState): Timer<Expire> | undefined => {
  switch (state._tag) {
    case "Unopened":
    case "Ended":
      return undefined
    case "Waiting": {
      let at: number = state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
      let limit: Limit = "visitorGrace"
      if (state.queuedAt + limits.queue < at) {
        at = state.queuedAt + limits.queue
        limit = "queue"
      }
      if (state.openedAt + limits.length < at) {
        at = state.openedAt + limits.length
        limit = "length"
      }
      if (state.closesAt === undefined || state.concernOpen === true) return timer(at, limit)
      const closing = state.begun === true ? state.closesAt + limits.closing : state.closesAt
      return closing < at ? timer(closing, "closing") : timer(at, limit)
    }
    case "Active": {
      let at: number = state.visitorAway === null ? Infinity : state.visitorAway + limits.visitorGrace
      let limit: Limit = "visitorGrace"
      if (state.lastActivity + limits.idle < at) {
        at = state.lastActivity + limits.idle
        limit = "idle"
      }
      if (state.openedAt + limits.length < at) {
        at = state.openedAt + limits.length
        limit = "length"
      }
      if (state.closesAt !== undefined && state.concernOpen !== true && state.closesAt + limits.closing < at) {
        at = state.closesAt + limits.closing
        limit = "closing"
      }
      const { call, transfer } = state
      if (call !== undefined && call.until < at) {
        at = call.until
        limit = "call"
      }
      // A visitor who has been asked what to do is asked once: from then on the end of the wait for the call moves the chat.
      if (state.counsellorAway !== null && (call === undefined || call.asked === "no") && state.counsellorAway + limits.counsellorGrace < at) {
        at = state.counsellorAway + limits.counsellorGrace
        limit = "counsellorGrace"
      }
      return transfer !== undefined && transfer.until < at ? timer(transfer.until, "transfer") : timer(at, limit)
    }
  }
}

/** What a limit does when it is reached; refused when it is not the first to be due, or not due yet. */
export const expire = (limits: Limits, state: SessionState, command: Expire): Decision => {
  const first = nextLimit(limits, state)
  if (first === undefined || first.command.limit !== command.limit || first.at > command.at) return no.notDue
  const { at } = first
  const { limit } = command
  const call = state._tag === "Active" ? state.call : undefined
  switch (limit) {
    case "counsellorGrace":
      return happened(call === undefined ? { _tag: "Requeued", at, cause: "counsellorGone" } : { _tag: "CallerAsked", at })
    case "call":
      // Whoever waited for a counsellor that is gone goes on as if that one had just been lost.
      return call?.asked === "no" ? happened({ _tag: "CallExpired", at }) : Result.succeed([{ _tag: "CallExpired", at }, { _tag: "Requeued", at, cause: "counsellorGone" }])
    case "transfer":
      return happened({ _tag: "TransferDropped", at, cause: "silence" })
    case "queue":
    case "visitorGrace":
    case "idle":
    case "length":
    case "closing":
      return happened({ _tag: "Ended", at, reason: reasonOf[limit] })
  }
}
