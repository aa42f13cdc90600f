/**
 * The laws of the triage note, as sentences over lives in which a consent and its note change together.
 */
import * as Equal from "effect/Equal"
import type { SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { ConsentPurpose, ConsentState } from "./messages.ts"
import { consentRules } from "./rules.ts"
import type { AnonymousNote, LinkedNote, TriageNote } from "./triage.ts"

/** One step of a life: at `at` the consent went from `before` to `after`, and its note from `noteBefore` to `noteAfter`. */
export interface NoteStep {
  readonly at: Instant
  /** Whether the counsellor tried to write in this step. */
  readonly writes: boolean
  readonly before: ConsentState
  readonly after: ConsentState
  readonly noteBefore: TriageNote | undefined
  readonly noteAfter: TriageNote | undefined
}

/** The life of one session's note. */
export interface NoteHistory {
  readonly session: SessionRef
  readonly steps: ReadonlyArray<NoteStep>
}

/** Two notes and what each became: they say the same, for the same purposes, in the same period. */
export interface SeveredPair {
  readonly notes: readonly [LinkedNote, LinkedNote]
  readonly severed: readonly [AnonymousNote, AnonymousNote]
}

/** What each purpose could read of a note. */
export interface Readings {
  readonly granted: ReadonlyArray<ConsentPurpose>
  readonly read: ReadonlyArray<readonly [ConsentPurpose, AnonymousNote | undefined]>
}

const where = (steps: ReadonlyArray<NoteStep>, what: string, broken: (step: NoteStep) => boolean): ReadonlyArray<string> =>
  steps.flatMap((step, index) => (broken(step) ? [`step ${index + 1}: ${what}`] : []))

/** Only under a yes. */
export const noteNeedsYes: Law<NoteHistory> = {
  rule: consentRules.asking.id,
  says: "A note is written when a counsellor writes under a live yes of the same session, and never otherwise",
  broken: ({ session, steps }) =>
    where(steps, "the note and the yes disagree", ({ at, writes, after, noteBefore, noteAfter }) => {
      const may = writes && after._tag === "Granted" && at < after.deleteAt && after.purposes.some((purpose) => purpose !== "treatment")
      const strange =
        noteAfter?._tag === "Linked" &&
        !(after._tag === "Granted" && noteAfter.session === session && noteAfter.receiptHash === after.receiptHash && Equal.equals(noteAfter.purposes, after.purposes))
      return (noteBefore === undefined && (noteAfter !== undefined) !== may) || strange
    })
}

/** Withdrawing deletes. */
export const noteGoesWithYes: Law<NoteHistory> = {
  rule: consentRules.withdrawal.id,
  says: "When a yes is withdrawn, void or no longer used before the deadline, its note is deleted and not made anonymous instead",
  broken: ({ steps }) =>
    where(steps, "a note outlived its yes, or went without a reason", ({ after, noteBefore, noteAfter }) => {
      const ended = after._tag === "Withdrawn" || after._tag === "Invalidated" || after._tag === "Halted"
      return noteBefore?._tag === "Linked" ? ended !== (noteAfter === undefined) : noteBefore !== undefined && noteAfter === undefined
    })
}

/** The tie is cut at the deadline. */
export const tieIsCut: Law<NoteHistory> = {
  rule: consentRules.anonymous.id,
  says: "A note is tied to its session before the deadline of the access trace and anonymous from then on, and never tied again",
  broken: ({ steps }) =>
    where(steps, "a note was tied for too long, or not long enough", ({ after, noteBefore, noteAfter }) => {
      if (noteAfter === undefined) return false
      const tied = noteAfter._tag === "Linked"
      return tied === (after._tag === "Expired") || (noteBefore?._tag === "Anonymous" && !Equal.equals(noteBefore, noteAfter))
    })
}

/** Nothing left to trace. */
export const nothingToTrace: Law<SeveredPair> = {
  rule: consentRules.untraceable.id,
  says: "Two notes that say the same become equal, whichever session, receipt or moment each came from, and keep what they say",
  broken: ({ notes, severed: [one, other] }) => [
    ...(Equal.equals(one, other) ? [] : ["two anonymous notes can be told apart"]),
    ...(Equal.equals(one.fields, notes[0].fields) && Equal.equals(one.purposes, notes[0].purposes) ? [] : ["what the note says was changed"]),
    ...(Object.keys(one).toSorted().join() === "_tag,fields,period,purposes" ? [] : ["an anonymous note has another field"])
  ]
}

/** Purpose-bound reading. */
export const readsAreBound: Law<Readings> = {
  rule: consentRules.bound.id,
  says: "A note is read for every purpose that the visitor said yes to, for no other, and always without what ties it to a session",
  broken: ({ granted, read }) =>
    read.flatMap(([purpose, note]) => [
      ...(granted.includes(purpose) === (note !== undefined) ? [] : [`reading for ${purpose} and the yes disagree`]),
      ...(note === undefined || note._tag === "Anonymous" ? [] : [`reading for ${purpose} shows whose note it is`])
    ])
}

/** Every law of the life of a note. */
export const noteLaws: ReadonlyArray<Law<NoteHistory>> = [noteNeedsYes, noteGoesWithYes, tieIsCut]
