/**
 * Random lives of a triage note beside its consent, and notes that are kept wrongly in one way each.
 */
import { consentMachine } from "@fortrolig/core/consent/machine"
import type { ConsentState } from "@fortrolig/core/consent/messages"
import { type AnonymousNote, type LinkedNote, noteAfter, sever, type TriageNote, writeNote } from "@fortrolig/core/consent/triage"
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import type { NoteHistory, NoteStep } from "@fortrolig/core/consent/triageLaws"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { allTerms, beginning, lives, receipts } from "./consentLives.ts"

/** The codes, written a second time: a new one is a decision, not a slip. */
export const codes = {
  topic: ["thoughts", "behaviour", "images", "someoneElse", "treatment", "other", "notSaid"],
  talkedBefore: ["yes", "no", "notSaid"],
  help: ["advice", "selfHelp", "therapyOffered", "otherService", "emergencyHelp", "none"],
  useful: ["yes", "partly", "no", "notSaid"]
} as const

export const sessions = [SessionRef.make("1".repeat(32)), SessionRef.make("2".repeat(32))] as const

const fields: fc.Arbitrary<TriageFields> = fc.record({
  topic: fc.constantFrom(...codes.topic),
  talkedBefore: fc.constantFrom(...codes.talkedBefore),
  help: fc.constantFrom(...codes.help),
  useful: fc.constantFrom(...codes.useful)
})

/** The two functions that keep a note. */
export interface NoteProduct {
  readonly write: typeof writeNote
  readonly follow: (note: TriageNote, event: Parameters<typeof noteAfter>[1], terms: Parameters<typeof noteAfter>[2]) => TriageNote | undefined
}

/** As they are. */
export const noteProduct: NoteProduct = { write: writeNote, follow: noteAfter }

/** Lives of a consent in which a counsellor writes now and then. */
export const historiesOf = (product: NoteProduct): fc.Arbitrary<NoteHistory> =>
  fc.tuple(allTerms, lives, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), fields).map(([terms, commands, writing, codesOfNote]) => {
    const machine = consentMachine(terms)
    let consent: ConsentState = machine.initial
    let note: TriageNote | undefined
    const steps = commands.map((command, index): NoteStep => {
      const [before, noteBefore] = [consent, note]
      const done = step(machine, consent, command)
      consent = done.state
      for (const event of done.events) note = note === undefined ? undefined : product.follow(note, event, { grain: "month" })
      const writes = writing[index] === true && noteBefore === undefined
      if (writes) note = Result.getOrUndefined(product.write(consent, { at: command.at, session: sessions[0], fields: codesOfNote }))
      return { at: command.at, writes, before, after: consent, noteBefore, noteAfter: note }
    })
    return { session: sessions[0], steps }
  })

const noon = Date.UTC(2026, 4, 13, 12)
/** Two notes with the same codes and purposes, written in one week by different sessions. */
export const notePairs: fc.Arbitrary<readonly [LinkedNote, LinkedNote]> = fc
  .tuple(fc.integer({ min: 0, max: 86_400_000 }), fc.integer({ min: 0, max: 86_400_000 }), fields, fc.constantFrom<LinkedNote["purposes"]>(["quality"], ["research"], ["quality", "research"]))
  .map(([one, other, same, purposes]) => {
    const note = (session: SessionRef, receiptHash: LinkedNote["receiptHash"], after: number): LinkedNote => ({
      _tag: "Linked",
      session,
      receiptHash,
      writtenAt: (noon + after) as Instant,
      deleteAt: (noon + after + 168 * 3_600_000) as Instant,
      purposes,
      fields: same
    })
    return [note(sessions[0], receipts[0], one), note(sessions[1], receipts[1], other)]
  })

const forced = (consent: ConsentState): ConsentState =>
  consent._tag === "Granted" || !("deleteAt" in consent)
    ? consent
    : { _tag: "Granted", deleteAt: consent.deleteAt, timesAsked: 1, notice: { version: "1", language: "nb" }, purposes: ["research"], receiptHash: receipts[0], grantedAt: beginning }
const cut = (note: TriageNote): AnonymousNote => (note._tag === "Linked" ? sever(note, { grain: "month" }) : note)
const tied = (note: AnonymousNote): LinkedNote => ({ ...note, _tag: "Linked", session: sessions[0], receiptHash: receipts[0], writtenAt: beginning, deleteAt: beginning })

/** Ways of keeping a note that are wrong, by what is wrong. */
export const noteBugs = {
  "a note is written without a yes": { ...noteProduct, write: (consent, written) => writeNote(forced(consent), written) },
  "a note is written for treatment": {
    ...noteProduct,
    write: (consent, written) => writeNote(consent._tag === "Granted" ? { ...consent, purposes: ["research"] } : consent, written)
  },
  "a note is kept under another receipt": { ...noteProduct, write: (consent, written) => Result.map(writeNote(consent, written), (note) => ({ ...note, receiptHash: receipts[1] })) },
  "nothing is ever written": { ...noteProduct, write: (_, written) => writeNote({ _tag: "Expired" }, written) },
  "a withdrawn note is made anonymous instead": { ...noteProduct, follow: (note, event, terms) => (event._tag === "Withdrawn" ? cut(note) : noteAfter(note, event, terms)) },
  "a void note stays": { ...noteProduct, follow: (note, event, terms) => (event._tag === "Invalidated" ? note : noteAfter(note, event, terms)) },
  "an expired note is deleted": { ...noteProduct, follow: (note, event, terms) => (event._tag === "Expired" ? undefined : noteAfter(note, event, terms)) },
  "the tie is never cut": { ...noteProduct, follow: (note, event, terms) => (event._tag === "Expired" ? note : noteAfter(note, event, terms)) },
  "the tie is cut at once": { ...noteProduct, follow: cut },
  "an anonymous note is tied again": { ...noteProduct, follow: (note, event, terms) => (note._tag === "Anonymous" || event._tag === "Expired" ? tied(cut(note)) : noteAfter(note, event, terms)) }
} as const satisfies Record<string, NoteProduct>

export type NoteBug = keyof typeof noteBugs
