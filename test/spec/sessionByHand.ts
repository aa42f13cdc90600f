/**
 * The laws of a session by hand: states, commands and events to write histories of, right or wrong, and what holds a law against them.
 * The limits are small and no two of them alike, so that no two sums of them are.
 */
import { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { type Law, type Refusal, RuleId } from "@fortrolig/core/kernel/rule"
import type { SessionHistory, SessionStep } from "@fortrolig/core/session/history"
import type { SessionTerms } from "@fortrolig/core/session/machine"
import { type Active, CodeHash, type SessionCommand, type SessionEvent, type SessionState, type Waiting } from "@fortrolig/core/session/messages"
import { assert, describe, it } from "vitest"

/** Seconds from the opening, and milliseconds beside them. */
export const at = (second: number, ms = 0): Instant => Instant.make(Date.UTC(2026, 10, 23, 15) + second * 1000 + ms)
export const [ada, ben, cleo] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32)), StaffId.make("c".repeat(32))] as const
const service = ServiceName.make("ifengsel")
export const code = CodeHash.make("1".repeat(64))
export const otherCode = CodeHash.make("2".repeat(64))

/** In seconds: a queue of 180, 420 without a word, 60 without the visitor, 90 without the counsellor, 600 at most, 120 to finish, 240 for a call. */
export const terms: SessionTerms = {
  limits: { queueMinutes: 3, idleMinutes: 7, graceSeconds: 60, counsellorGraceSeconds: 90, lengthMinutes: 10, closingMinutes: 2, messageBytes: 1024, messagesPerMinute: 60 },
  capacity: 2,
  answeredBy: "healthProfessionals",
  phone: { number: "synthetic", reservedMinutes: 4, codeDigits: 6 }
}

export const unopened: SessionState = { _tag: "Unopened" }
export const waiting: Waiting = { _tag: "Waiting", service, openedAt: at(0), noticeVersion: "1", queuedAt: at(0), front: true, visitorAway: null }
export const active: Active = {
  _tag: "Active", service, openedAt: at(0), noticeVersion: "1", counsellor: ada, acceptedAt: at(0), lastActivity: at(0), visitorAway: null, counsellorAway: null
}
export const withBen: Active = { ...active, counsellor: ben }
export const over: Extract<SessionState, { readonly _tag: "Ended" }> = { _tag: "Ended", service, endedAt: at(0), reason: "visitorEnded" }

/** Facts about a counsellor who may have the chat. */
export const able = { holding: 1, standing: "healthProfessional", reserved: false } as const
type Of<Tag extends SessionCommand["_tag"]> = Extract<SessionCommand, { readonly _tag: Tag }>
export const open = (second = 0): SessionCommand => ({ _tag: "Open", at: at(second), service, noticeVersion: "1", serviceOpen: true, front: false })
export const accept = (more: Partial<Of<"Accept">> = {}): SessionCommand => ({ _tag: "Accept", at: at(0), counsellor: ada, ...able, ...more })
export const offer = (more: Partial<Of<"OfferTransfer">> = {}): SessionCommand => ({ _tag: "OfferTransfer", at: at(0), counsellor: ada, to: ben, ...able, ...more })
export const answer = (more: Partial<Of<"AnswerTransfer">> = {}): SessionCommand => ({ _tag: "AnswerTransfer", at: at(0), to: ben, yes: true, ...able, ...more })
export const request = (more: Partial<Of<"RequestPhone">> = {}): SessionCommand => ({ _tag: "RequestPhone", at: at(0), codeHash: code, keepChat: true, reserved: false, ...more })
export const take = (more: Partial<Of<"TakeCall">> = {}): SessionCommand => ({ _tag: "TakeCall", at: at(0), counsellor: ada, codeHash: code, keepChat: true, ...more })
/** Somebody wrote, or just then a timer ran. */
export const write = (second: number, ms = 0): SessionCommand => ({ _tag: "Activity", at: at(second, ms) })

export const opened: SessionEvent = { _tag: "Opened", at: at(0), service, noticeVersion: "1", front: false }
export const accepted: SessionEvent = { _tag: "Accepted", at: at(0), counsellor: ada }
export const moved = (second = 0, counsellor = ben): SessionEvent => ({ _tag: "Transferred", at: at(second), counsellor })
export const offered = (second = 0, until = at(second + 60)): SessionEvent => ({ _tag: "TransferOffered", at: at(second), to: ben, until })
export const dropped = (cause: Extract<SessionEvent, { readonly _tag: "TransferDropped" }>["cause"], second = 0): SessionEvent => ({ _tag: "TransferDropped", at: at(second), cause })
export const requeued = (second = 0, cause: Extract<SessionEvent, { readonly _tag: "Requeued" }>["cause"] = "returned"): SessionEvent => ({ _tag: "Requeued", at: at(second), cause })
export const reserved = (second = 0, until = at(second + 240), keepChat = true): SessionEvent => ({ _tag: "CallReserved", at: at(second), until, codeHash: code, keepChat })
export const went = (second: number, party: "visitor" | "counsellor" = "counsellor"): SessionEvent => ({ _tag: "WentAway", at: at(second), party })
export const came = (second: number, party: "visitor" | "counsellor" = "counsellor"): SessionEvent => ({ _tag: "CameBack", at: at(second), party })
export const asked = (second: number, ms = 0): SessionEvent => ({ _tag: "CallerAsked", at: at(second, ms) })
export const taken = (second = 0): SessionEvent => ({ _tag: "CallTaken", at: at(second) })
export const missed = (second: number): SessionEvent => ({ _tag: "CallExpired", at: at(second) })
export const wrote: SessionEvent = { _tag: "WasActive", at: at(0) }
export const ended = (second = 0, reason: Extract<SessionEvent, { readonly _tag: "Ended" }>["reason"] = "visitorEnded", ms = 0): SessionEvent => ({ _tag: "Ended", at: at(second, ms), reason })

export const no = (id: string): Refusal => ({ rule: RuleId.make(id), says: "No." })

/** One step as it may be written down: right or wrong, the law decides. What is not said of it is a chat with Ada, in which nothing changes. */
export const step = (command: SessionCommand, events: ReadonlyArray<SessionEvent> = [], more: Partial<SessionStep> = {}): SessionStep => ({
  command,
  events,
  before: active,
  after: active,
  refusal: undefined,
  ...more
})
/** A step of which only the events matter. */
export const past = (...events: ReadonlyArray<SessionEvent>): SessionStep => step(write(0), events)

export type Row = readonly [title: string, broken: boolean, last: SessionStep, before?: ReadonlyArray<SessionStep>, under?: Partial<SessionTerms>]

/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
export const hold = (law: Law<SessionHistory>, what: string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    it.each(rows.map(([title, broken, last, before = [], under = {}]) => [title, { broken, last, before, under }] as const))("%s", (_, { broken, last, before, under }) => {
      const said = law.broken({ policy: { ...terms, ...under }, steps: [...before, last] })
      assert.deepStrictEqual(said, broken ? [`step ${before.length + 1} (${last.command._tag}): ${what}`] : [])
    })
  })
