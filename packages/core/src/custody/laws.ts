/**
 * The laws of a request for a record, as sentences over histories.
 */
import * as Equal from "effect/Equal"
import type { Law, Refusal } from "../kernel/rule.ts"
import type { CustodyCommand, CustodyEvent, CustodyState } from "./messages.ts"
import { custodyRules } from "./rules.ts"

/** One command with what it did, and what the service realm was told after it. */
export interface CustodyStep {
  readonly command: CustodyCommand
  readonly before: CustodyState
  readonly after: CustodyState
  readonly events: ReadonlyArray<CustodyEvent>
  readonly refusal: Refusal | undefined
  readonly told: unknown
}

/** What happened to one request, in order of time. */
export interface CustodyHistory {
  readonly steps: ReadonlyArray<CustodyStep>
}

/** One request three times: its timers run with each command only, whenever a task woke up, and each time twice. */
export interface TickedRequest {
  readonly withCommands: CustodyState
  readonly ticked: CustodyState
  readonly tickedTwice: CustodyState
}

/** The fields that each event may have. None of them can hold an address. */
export const allowedFields: { readonly [Tag in CustodyEvent["_tag"]]: ReadonlyArray<string> } = {
  Received: ["_tag", "at", "request", "trace", "until"],
  AuthenticityChecked: ["_tag", "at", "by"],
  Approved: ["_tag", "at", "by"],
  Released: ["_tag", "at", "by"],
  RecordFollowed: ["_tag", "at", "until"],
  Rejected: ["_tag", "at", "request", "reason"],
  Unavailable: ["_tag", "at", "request"]
}

const isOver = (state: CustodyState): boolean => state._tag === "Released" || state._tag === "Rejected" || state._tag === "Unavailable"

const where = (steps: ReadonlyArray<CustodyStep>, what: string, broken: (step: CustodyStep, index: number) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []))

const dayMs = 86_400_000

/** What follows from the commands and events so far: who did what, and when the record and the time to decide end. */
interface Told {
  by: string | undefined
  checked: boolean
  pending: boolean
  end: number
  late: number
}

const tell = (told: Told, event: CustodyEvent): void => {
  if (event._tag === "Received") Object.assign(told, { pending: true, end: event.until, late: event.at + dayMs })
  if (event._tag === "RecordFollowed") told.end = event.until
  if (event._tag === "AuthenticityChecked") told.checked = true
  if (event._tag === "Approved") told.by = event.by
  if (event._tag === "Released" || event._tag === "Rejected" || event._tag === "Unavailable") told.pending = false
}

const follow = (steps: ReadonlyArray<CustodyStep>, what: string, broken: (step: CustodyStep, told: Told) => boolean): ReadonlyArray<string> => {
  const told: Told = { by: undefined, checked: false, pending: false, end: Infinity, late: Infinity }
  return where(steps, what, (step) => {
    const wrong = broken(step, told)
    for (const event of step.events) tell(told, event)
    return wrong
  })
}

/** Two custodians, one after the other. */
export const releasedByTwo: Law<CustodyHistory> = {
  rule: custodyRules.release.id,
  says: "A record is released when one custodian has approved a checked request and another releases it in time by both clocks, and never otherwise",
  broken: ({ steps }) =>
    follow(steps, "a release and the two custodians disagree", ({ command, events }, { by, checked, pending, end, late }) => {
      const released = events.filter((event) => event._tag === "Released")
      const prepared = pending && checked && by !== undefined
      const inTime = command.at < late && command.at < end
      const must = command._tag === "Release" && prepared && by !== command.by && inTime && command.latest < end
      return released.length !== (must ? 1 : 0) || released.some((event) => command._tag !== "Release" || event.by !== command.by || event.at !== command.at)
    })
}

/** Approved by a custodian, after a call back to a number of our own. */
export const checkedFirst: Law<CustodyHistory> = {
  rule: custodyRules.release.id,
  says: "A request is approved only after a call back on a number of our own directory confirmed it, and one that nobody knows of is rejected",
  broken: ({ steps }) =>
    follow(steps, "a check and what follows from it disagree", ({ command, events }, { by, checked, pending, end, late }) => {
      const live = pending && command.at < end && command.at < late
      const called = live && command._tag === "CheckAuthenticity" && command.number === "ownDirectory"
      const checks = events.filter((event) => event._tag === "AuthenticityChecked").length
      const approvals = events.filter((event) => event._tag === "Approved").length
      const fakes = events.filter((event) => event._tag === "Rejected" && event.reason === "notGenuine").length
      return (
        checks !== (called && command.confirmed && !checked ? 1 : 0) ||
        fakes !== (called && !command.confirmed ? 1 : 0) ||
        approvals !== (live && command._tag === "Approve" && checked && by === undefined ? 1 : 0)
      )
    })
}

/** Expiry beats pending requests. */
export const goneBeatsAll: Law<CustodyHistory> = {
  rule: custodyRules.gone.id,
  says: "A request becomes unavailable at the instant at which its record is gone, however far it has come, and at no other",
  broken: ({ steps }) =>
    follow(steps, "a request and the life of its record disagree", ({ command, events, after }, { pending, end, late }) => {
      const lost = events.filter((event) => event._tag === "Unavailable")
      if (command._tag === "Receive" && !pending) return lost.some(({ at }) => at !== command.at) || (after._tag === "Received" && after.until <= command.at)
      const expired = pending && command.at >= end && end <= late
      const destroyed = pending && !expired && command.at < late && command._tag === "FollowRecord" && command.until <= command.at
      const at = expired ? end : command.at
      return lost.length !== (expired || destroyed ? 1 : 0) || lost.some((event) => event.at !== at)
    })
}

/** No request waits for ever. */
export const answeredInTime: Law<CustodyHistory> = {
  rule: custodyRules.determinism.id,
  says: "Every request is answered within 24 hours of its arrival, or rejected then, at that very instant",
  broken: ({ steps }) =>
    follow(steps, "a request waits too long, or was cut off early", ({ command, events, after }, { pending, end, late }) => {
      const cut = events.filter((event) => event._tag === "Rejected" && event.reason === "notDecidedInTime")
      const must = pending && command.at >= late && late < end
      return cut.length !== (must ? 1 : 0) || cut.some(({ at }) => at !== late) || (pending && command.at >= Math.min(end, late) && !isOver(after))
    })
}

/** Which requests may go on at all. */
export const onlyLawful: Law<CustodyHistory> = {
  rule: custodyRules.vendor.id,
  says: "A request goes on when it has a basis in law and names one visitor, at most 15 minutes of the past, and one record that is there; it is rejected otherwise",
  broken: ({ steps }) =>
    where(steps, "a request and its basis disagree", ({ command, before, after }) => {
      if (command._tag !== "Receive" || before._tag !== "NoRequest") return false
      const { at, request, caseNotified, target } = command
      const based = request.basis === "productionOrder" || request.basis === "preservationOrder" || (request.basis === "averting" && caseNotified)
      const past = target._tag === "Window" && target.from < target.to && target.to <= at
      const narrow = target._tag === "Session" || (past && target.to - target.from <= 900_000)
      const there = command.found.filter(({ trace, until }) => until > at && (target._tag !== "Session" || target.ref === trace))
      if (!based || !narrow || there.length > 1) return after._tag !== "Rejected"
      return after._tag !== (there.length === 1 ? "Received" : "Unavailable") || (after._tag === "Received" && after.trace !== there[0]?.trace)
    })
}

/** What the service realm is told. */
export const serviceLearnsNothing: Law<CustodyHistory> = {
  rule: custodyRules.realms.id,
  says: "The service is told that a request was handled, the same two words whatever was asked, by whom and with what outcome; and nothing when the police require secrecy",
  broken: ({ steps }) => {
    let secret = false
    return where(steps, "the service was told too much or too little", ({ command, before, after, told }) => {
      if (command._tag === "Receive" && before._tag === "NoRequest") secret = command.request.secret
      return !Equal.equals(told, isOver(after) && !secret ? { _tag: "RequestHandled" } : undefined)
    })
  }
}

/** No event carries an address. */
export const noAddress: Law<CustodyHistory> = {
  rule: custodyRules.record.id,
  says: "No event of a request has a field that could carry an address",
  broken: ({ steps }) =>
    where(steps, "an event has a field that is not allowed", ({ events }) => events.some((event) => Object.keys(event).some((field) => !allowedFields[event._tag].includes(field))))
}

/** An answer stands. */
export const answerStands: Law<CustodyHistory> = {
  rule: custodyRules.release.id,
  says: "Once a request is answered, nothing more happens in it",
  broken: ({ steps }) => where(steps, "an answered request changed", ({ before, after, events }) => isOver(before) && (events.length > 0 || !Equal.equals(before, after)))
}

/** Every law of one request's history. */
export const custodyLaws: ReadonlyArray<Law<CustodyHistory>> = [releasedByTwo, checkedFirst, goneBeatsAll, answeredInTime, onlyLawful, serviceLearnsNothing, noAddress, answerStands]

/** When the timers ran makes no difference. */
export const tickingMakesNoDifference: Law<TickedRequest> = {
  rule: custodyRules.determinism.id,
  says: "Ticking late, ticking twice, or only with the next command gives the same request",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking between the commands gave another request"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice gave another request"])
  ]
}
