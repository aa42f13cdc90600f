/**
 * How the parts of a service hear of each other: what one thing that happened makes happen elsewhere. Each wire can be replaced, so that a wrong
 * one can be planted and must be found.
 */
import type { ConsentEvent } from "@fortrolig/core/consent/messages"
import { noteAfter, writeNote } from "@fortrolig/core/consent/triage"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionCommand } from "@fortrolig/core/session/messages"
import { candidate, type House, hasOpenCase } from "./house.ts"
import type { ConsentName, Visitor } from "./visitor.ts"

/** What the service shows its counsellors of one visitor in the queue. */
export interface QueueEntry {
  readonly ref: string
  readonly since: number
  readonly front: boolean
}

/** Every wire. */
export interface Wiring {
  /** What a chat hears of a consent: nothing. */
  readonly consentHeard: (event: ConsentEvent, at: Instant, visitor: Visitor, name: ConsentName) => SessionCommand | undefined
  readonly queueEntry: (visitor: Visitor, since: number, front: boolean) => QueueEntry
  readonly followNote: typeof noteAfter
  readonly writeNote: typeof writeNote
  /** Whether the end of a chat reaches the consents, the clock of its text, its cases and its counter. */
  readonly endReaches: { readonly consents: boolean; readonly content: boolean; readonly cases: boolean; readonly counter: boolean }
  /** Whether opening a chat starts the clock of its trace. */
  readonly openingStartsTrace: boolean
  /** Whether a request hears what becomes of its record. */
  readonly recordIsFollowed: boolean
  /** Whether a record leaves the register when its clock says destroyed. */
  readonly destroysRecords: boolean
  readonly facts: typeof candidate
  /** Whether a chat has a case that no closing time may cut off. */
  readonly openCase: typeof hasOpenCase
  /** What names a reader in the log of a booking. */
  readonly readerOf: (reader: string, house: House) => string
  /** Whether a custodian's release, and nothing less, opens a record. */
  readonly opensReleasedOnly: boolean
}

/** As it must be. */
export const wiring: Wiring = {
  consentHeard: () => undefined,
  queueEntry: ({ ref }, since, front) => ({ ref, since, front }),
  followNote: noteAfter,
  writeNote,
  endReaches: { consents: true, content: true, cases: true, counter: true },
  openingStartsTrace: true,
  recordIsFollowed: true,
  destroysRecords: true,
  facts: candidate,
  openCase: hasOpenCase,
  readerOf: (reader) => reader,
  opensReleasedOnly: true
}
