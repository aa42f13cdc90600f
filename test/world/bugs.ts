/**
 * Worlds that are wired wrongly, each in one way, and what must find them.
 */
import { noteAfter, sever, writeNote } from "@fortrolig/core/consent/triage"
import type { LinkedNote } from "@fortrolig/core/consent/triage"
import type { ConsentEvent } from "@fortrolig/core/consent/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import * as Result from "effect/Result"
import type { SessionCommand } from "@fortrolig/core/session/messages"
import { candidate } from "./house.ts"
import { type QueueEntry, wiring, type Wiring } from "./wiring.ts"

/** What finds a planted bug: the laws of a world, or one of the three kinds of pairs. */
export type Finder = "laws" | "answers" | "addresses" | "deletion"

const hears = (tag: ConsentEvent["_tag"], heard: (at: Instant) => SessionCommand): Wiring => ({ ...wiring, consentHeard: (event, at) => (event._tag === tag ? heard(at) : undefined) })
const ends = (change: Partial<Wiring["endReaches"]>): Wiring => ({ ...wiring, endReaches: { ...wiring.endReaches, ...change } })
const linkedStays: Wiring["followNote"] = (note, event, terms) => (event._tag === "Expired" ? note : noteAfter(note, event, terms))

/** The planted bugs, by what is wrong. */
export const bugs: Readonly<Record<string, { readonly wires: Wiring; readonly found: Finder }>> = {
  "answering counts as activity in the chat": { found: "answers", wires: hears("Granted", (at) => ({ _tag: "Activity", at })) },
  "a no ends the chat": { found: "answers", wires: hears("Declined", (at) => ({ _tag: "End", at, by: "counsellor" })) },
  "a withdrawal ends the chat": { found: "answers", wires: hears("Withdrawn", (at) => ({ _tag: "End", at, by: "counsellor" })) },
  "the question itself keeps the chat alive": { found: "answers", wires: hears("Asked", (at) => ({ _tag: "Activity", at })) },
  "whoever said yes to either goes behind the others": {
    found: "answers",
    wires: { ...wiring, queueEntry: ({ ref, consents }, since, front): QueueEntry => ({ ref, since, front: front && consents.triage.state._tag !== "Granted" && consents.referral.state._tag !== "Granted" }) }
  },
  "the queue remembers the address": { found: "addresses", wires: { ...wiring, queueEntry: ({ ref, ip }, since, front) => ({ ref, since, front, ip }) } },
  "the queue goes by the address": { found: "addresses", wires: { ...wiring, queueEntry: ({ ref, ip }, since, front) => ({ ref, since, front: front || ip.includes(":") }) } },
  "an end does not reach the consents": { found: "laws", wires: ends({ consents: false }) },
  "an end does not start the clock of the text": { found: "laws", wires: ends({ content: false }) },
  "an end is not counted": { found: "laws", wires: ends({ counter: false }) },
  "an opening starts no clock": { found: "laws", wires: { ...wiring, openingStartsTrace: false } },
  "a request does not hear that its record is gone": { found: "laws", wires: { ...wiring, recordIsFollowed: false } },
  "a destroyed record stays in the register": { found: "laws", wires: { ...wiring, destroysRecords: false } },
  "a destroyed record of one conversation can be seen in what is left": { found: "deletion", wires: { ...wiring, destroysRecords: false } },
  "chats that somebody holds already are not counted": { found: "laws", wires: { ...wiring, facts: (house, counsellor, at) => ({ ...candidate(house, counsellor, at), holding: 0 }) } },
  "closing time does not hear of an open case": { found: "laws", wires: { ...wiring, openCase: () => false } },
  "a reading of a booking is logged by the name of the chats": { found: "laws", wires: { ...wiring, readerOf: (_, house) => house.staff[0]?.id ?? "" } },
  "a custodian opens a record without a release": { found: "laws", wires: { ...wiring, opensReleasedOnly: false } },
  "a note stays tied": { found: "laws", wires: { ...wiring, followNote: linkedStays } },
  "a note that stays tied is what deletion leaves": { found: "deletion", wires: { ...wiring, followNote: linkedStays } },
  "a note stays when its yes is withdrawn": { found: "laws", wires: { ...wiring, followNote: (note, event, terms) => (event._tag === "Withdrawn" ? note : noteAfter(note, event, terms)) } },
  "a withdrawn note is made anonymous instead": {
    found: "laws",
    wires: { ...wiring, followNote: (note, event, terms) => (event._tag === "Withdrawn" && note._tag === "Linked" ? sever(note, terms) : noteAfter(note, event, terms)) }
  },
  "a note keeps its session in what should be anonymous": {
    found: "laws",
    wires: { ...wiring, followNote: (note, event, terms) => (event._tag === "Expired" && note._tag === "Linked" ? Object.assign({}, sever(note, terms), { session: note.session }) : noteAfter(note, event, terms)) }
  },
  "a note is written without a yes": {
    found: "laws",
    wires: {
      ...wiring,
      writeNote: (consent, written) => {
        const { at, session, fields } = written
        const note: LinkedNote = { _tag: "Linked", session, receiptHash: "0".repeat(64) as LinkedNote["receiptHash"], writtenAt: at, deleteAt: at, purposes: ["quality"], fields }
        return consent._tag === "Asked" ? Result.succeed(note) : writeNote(consent, written)
      }
    }
  }
}
