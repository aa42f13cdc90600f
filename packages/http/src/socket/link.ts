/**
 * A live session's two ends, as this server's memory holds them: sockets, half keys, numbers and rates. Nothing of it is ever stored.
 */
import { randomBytes } from "node:crypto"
import { performance } from "node:perf_hooks"
import type { ServiceName, SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { KeepPermit } from "@fortrolig/core/ports/ContentStore"
import type { Party } from "@fortrolig/core/session/messages"
import type { RedactedItems, ToParty } from "@fortrolig/core/wire/socket"
import type { PartySocket } from "./partySocket.ts"
import { Redactions } from "./redactions.ts"
import { ticketLife } from "./tickets.ts"

/** 32 random bytes as base64url. */
export const freshHalf = (): string => randomBytes(32).toString("base64url")

/** One end of a chat. */
export class End {
  readonly party: Party
  readonly link: Link
  peer: End = this
  socket: PartySocket | undefined = undefined
  /** The server's half of the key that seals this browser's copy; empty when destroyed. */
  half = freshHalf()
  /** The highest number that this end has given a message of its own. */
  highest = 0
  /** What is left of the rate limits, and when that was computed (monotonic, in milliseconds). */
  messageTokens: number
  shortTokens: number
  controlTokens = controlBurst
  refilledAt = performance.now()
  /** Frames and messages of this end that were refused on its present socket. */
  refused = 0
  /** Whether the session has been told that this end has no live connection. */
  away = false
  /** Until when a first connection is awaited (monotonic, in milliseconds); 0 when none is. */
  connectBy = 0
  wiped = false
  /** The queue place and availability last told to this end. */
  told = ""

  constructor(party: Party, link: Link) {
    this.party = party
    this.link = link
    this.messageTokens = link.policy.limits.messagesPerMinute
    this.shortTokens = shortPerMessage * link.policy.limits.messagesPerMinute
  }

  /** Sends a control message, if this end is connected. */
  tell(message: ToParty): void {
    this.socket?.send(JSON.stringify(message))
  }
}

/** Short frames (acknowledgements, typing) allowed for each message allowed. */
export const shortPerMessage = 4
/** Control messages allowed at once, and each minute. */
export const controlBurst = 60

/** One live session. */
export class Link {
  readonly ref: SessionRef
  readonly service: ServiceName
  readonly policy: Policy
  readonly permit: KeepPermit | undefined
  readonly openedAt: Instant
  readonly visitor: End
  readonly counsellor: End
  /** Who holds the chat; nobody while it waits. */
  staff: StaffId | undefined = undefined
  /** The hash of the resume token that works now. */
  resume: string
  /** Hashes of used resume tokens, each with the hash that replaced it. */
  readonly used = new Map<string, string>()
  readonly redactions = new Redactions()
  /** Redactions that the counsellor's browser has not confirmed yet. */
  readonly unconfirmed = new Map<string, RedactedItems>()
  /** Until when an ended session's sockets stay open for the confirmation of the wipe (monotonic, in milliseconds); 0 while it lives. */
  closeBy = 0

  constructor(policy: Policy, ref: SessionRef, openedAt: Instant, resume: string) {
    this.ref = ref
    this.service = policy.service
    this.policy = policy
    this.permit = KeepPermit.of(policy)
    this.openedAt = openedAt
    this.resume = resume
    this.visitor = new End("visitor", this)
    this.counsellor = new End("counsellor", this)
    this.visitor.peer = this.counsellor
    this.counsellor.peer = this.visitor
    this.visitor.connectBy = performance.now() + ticketLife
  }
}
