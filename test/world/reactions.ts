/**
 * The reactions between the parts of one visitor's visit: an opening starts the clock of the trace, an end the clock of the text, and so on.
 */
import { logged } from "@fortrolig/core/custody/webLog"
import type { ConsentEvent } from "@fortrolig/core/consent/messages"
import { isOpen } from "@fortrolig/core/disclosure/messages"
import { hours, type Instant, type Period } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { keepsContent } from "@fortrolig/core/policy/policy"
import { releasableUntil } from "@fortrolig/core/retention/machine"
import type { House } from "./house.ts"
import type { Case, Clock, ConsentName, Visitor } from "./visitor.ts"
import type { Wiring } from "./wiring.ts"

const start = (clock: Clock, { ref }: Visitor, dataClass: DataClass, at: Instant, period: Period, bucketMinutes: number): void => {
  clock.act({ _tag: "Start", at, item: { dataClass, subject: ref }, startedAt: at, period, bucketMinutes })
}

/** Tells the pending requests for a visitor's record until when it can be released. */
const followRecord = ({ requests }: House, { ref, trace }: Visitor, at: Instant): void => {
  for (const request of requests) if ("trace" in request.state && request.state.trace === ref) request.act({ _tag: "FollowRecord", at, until: releasableUntil(trace.state) ?? at })
}

const onConsent = (wires: Wiring, house: House, visitor: Visitor, name: ConsentName, event: ConsentEvent, at: Instant): void => {
  const { note, trace } = visitor
  if (name === "triage" && note !== undefined) visitor.note = wires.followNote(note, event, house.service.triageTerms)
  const heard = wires.consentHeard(event, at, visitor, name)
  if (heard !== undefined) visitor.session.act(heard)
  // A policy that has become stricter meanwhile holds for a question that was not put yet.
  if (event._tag === "NoticeShown" && trace.state._tag !== "Unstarted" && trace.state.deleteAt < event.deleteAt) {
    visitor.consents[name].act({ _tag: "Shorten", at, deleteAt: trace.state.deleteAt })
  }
}

/** Connects one visitor's actors. */
export const connect = (wires: Wiring, house: House, visitor: Visitor): void => {
  const { policy } = house.service
  const { session, trace, content, consents, contact, booking } = visitor
  session.hears = (event, at) => {
    if (event._tag !== "WentAway" && event._tag !== "CameBack") visitor.outputs += 1
    if (event._tag === "Opened") {
      if (wires.openingStartsTrace) start(trace, visitor, "accessTrace", at, hours(policy.accessTrace.hoursAfterOpening), policy.bucketMinutes)
      const line = logged(policy, { at, part: "chat", address: visitor.ip })
      if (line !== undefined) house.webLog.push(line)
      house.register.set(visitor.ref, { sessionRef: visitor.ref, ip: visitor.ip, openedAt: at })
    }
    if (event._tag !== "Ended") return
    const { endReaches } = wires
    if (endReaches.content && keepsContent(policy)) start(content, visitor, "content", at, hours(policy.content.hoursAfterEnd), policy.bucketMinutes)
    if (endReaches.consents) for (const consent of [consents.triage, consents.referral]) consent.act({ _tag: "SessionOver", at })
    if (endReaches.counter) contact.act({ _tag: "Close", at, categories: [] })
    if (!endReaches.cases) return
    for (const one of visitor.cases) {
      one.act({ _tag: "ChatEnded", at })
      if (content.state._tag === "Running" && isOpen(one.state)) one.act({ _tag: "LearnDeadline", at, item: "content", deadline: content.state.deleteAt })
    }
  }
  trace.hears = (event, at) => {
    if (event._tag === "Destroyed" && wires.destroysRecords) house.register.delete(visitor.ref)
    if (event._tag !== "Started" && wires.recordIsFollowed) followRecord(house, visitor, at)
  }
  for (const name of ["triage", "referral"] as const) consents[name].hears = (event, at) => onConsent(wires, house, visitor, name, event, at)
  contact.hears = (event) => {
    if (event._tag === "Counted") house.counted.push(event)
  }
  booking.hears = () => {
    visitor.outputs += 1
  }
}

/** Connects a case that somebody wants to open about a visitor's chat. */
export const connectCase = (wires: Wiring, visitor: Visitor, one: Case): void => {
  const { session, trace } = visitor
  one.hears = (event, at) => {
    if (event._tag === "Raised") {
      if (trace.state._tag === "Running") one.act({ _tag: "LearnDeadline", at, item: "accessTrace", deadline: trace.state.deleteAt })
      session.act({ _tag: "Concern", at, open: wires.openCase(visitor) })
    }
    if (event._tag === "Closed" || event._tag === "MergedInto") session.act({ _tag: "Concern", at, open: wires.openCase(visitor) })
  }
}
