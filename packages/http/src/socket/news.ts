/**
 * What the bus says of sessions, turned into what their browsers must hear.
 */
import { performance } from "node:perf_hooks"
import type { StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { keepsContent } from "@fortrolig/core/policy/policy"
import type { News } from "@fortrolig/core/ports/Bus"
import { accessTraceDeleteAt, contentDeleteAt, sessionRowDeleteAt } from "@fortrolig/core/retention/deadlines"
import type { EndReason } from "@fortrolig/core/session/messages"
import type { Receipt } from "@fortrolig/core/wire/socket"
import { confirmAll } from "./control.ts"
import { freshHalf, type Link } from "./link.ts"
import { CloseCode } from "./partySocket.ts"
import { ticketLife } from "./tickets.ts"

/** How long the sockets of an ended session stay open for the confirmation of the wipe, in milliseconds. */
export const wipeTime = 30_000

/** Tells the two ends of a session what happened to it, event by event. */
export const deliver = (link: Link, news: News): void => {
  for (const event of news.events) {
    switch (event._tag) {
      case "Transferred":
        // The one before loses the half key before the next one gets a fresh one.
        letGo(link)
        join(link, event.counsellor)
        break
      case "Accepted":
        join(link, event.counsellor)
        break
      case "Requeued":
        letGo(link)
        // A visitor who chose another counsellor reads what one reads who was given to another.
        link.visitor.tell({ _tag: "Requeued", cause: event.cause === "visitorChose" ? "returned" : event.cause })
        break
      case "Ended":
        finish(link, event.at, event.reason)
        break
      case "Opened":
      case "WentAway":
      case "CameBack":
      case "WasActive":
      case "Redacted":
      // No page asks for a transfer or a call yet, or tells of the evening.
      case "TransferOffered":
      case "TransferDropped":
      case "CallReserved":
      case "CallerAsked":
      case "CallerWaits":
      case "CallTaken":
      case "CallExpired":
      case "ClosingSet":
      case "ConcernOpened":
      case "ConcernClosed":
        break
    }
  }
}

/** Gives the chat to a counsellor, who starts without what an earlier one had: a fresh half opens nothing old (E-08). */
const join = (link: Link, counsellor: StaffId): void => {
  link.staff = counsellor
  link.counsellor.half = freshHalf()
  link.counsellor.away = false
  link.counsellor.connectBy = performance.now() + ticketLife
  link.visitor.told = ""
  link.visitor.tell({ _tag: "Joined" })
}

/** Takes the chat from its counsellor: the half key goes first, then the connection. */
const letGo = (link: Link): void => {
  const { counsellor } = link
  const socket = counsellor.socket
  counsellor.half = ""
  counsellor.socket = undefined
  counsellor.connectBy = 0
  link.staff = undefined
  confirmAll(link)
  if (socket === undefined) return
  socket.end = undefined
  socket.close(CloseCode.returned, "The chat is no longer here.")
}

/** The end: the server's halves are destroyed before either browser hears of it (DFH-08). */
const finish = (link: Link, endedAt: Instant, reason: EndReason): void => {
  const receipt = receiptOf(link.policy, link.openedAt, endedAt, link.staff !== undefined)
  link.visitor.half = ""
  link.counsellor.half = ""
  link.closeBy = performance.now() + wipeTime
  confirmAll(link)
  link.visitor.tell({ _tag: "Ended", reason, receipt })
  link.counsellor.tell({ _tag: "Ended", reason, receipt })
}

/** What is gone now and what goes when. `met` is whether a counsellor held the chat at its end. */
export const receiptOf = (policy: Policy, openedAt: Instant, endedAt: Instant, met: boolean): Receipt => ({
  gone: met ? ["visitorBrowser", "counsellorBrowser", "serverKeys"] : ["visitorBrowser", "serverKeys"],
  later: [
    ...(keepsContent(policy) ? [{ what: "content" as const, at: contentDeleteAt(policy, endedAt) }] : []),
    { what: "accessTrace", at: accessTraceDeleteAt(policy, openedAt) },
    { what: "endedSession", at: sessionRowDeleteAt(policy, endedAt) }
  ]
})
