/**
 * What the command line asks of whoever owns the install, and the answers: one line of JSON each way. No answer carries content, an address or a row.
 */
import * as Schema from "effect/Schema"
import { AuditReport } from "@fortrolig/core/app/auditReport"
import { ServiceName } from "@fortrolig/core/kernel/identity"
import { Instant, Period } from "@fortrolig/core/kernel/instant"
import { CommandFailure } from "../failure.ts"

/** What can be asked. */
export const Request = Schema.TaggedUnion({
  Sweep: {},
  /** `full` counts every row, also where nothing can be due. */
  Audit: { full: Schema.Boolean },
  Inspect: {},
  Invite: { service: ServiceName }
})
export type Request = typeof Request.Type

/** What one sweep did, in counts. */
export const SweepCounts = Schema.Struct({
  at: Instant,
  /** The clock was in doubt, so nothing was destroyed. */
  paused: Schema.Boolean,
  /** Sessions that a stop had cut off, and that were ended first. */
  ended: Schema.Int,
  keys: Schema.Int,
  content: Schema.Int,
  accessTrace: Schema.Int,
  endedSession: Schema.Int,
  staff: Schema.Int,
  /** Answers to a question of consent, with their receipts. */
  consent: Schema.Int,
  /** Triage notes that were made anonymous. */
  severed: Schema.Int,
  /** Triage notes that nobody could open any more, and that are gone. */
  lost: Schema.Int,
  /** Tables of an hour that is over and that a reader still held: empty of keys, and dropped by the next sweep. */
  stayed: Schema.Int,
  lateness: Period
})
export type SweepCounts = typeof SweepCounts.Type

/** What one realm's vault holds: how many keys, and the latest instant that it has seen. */
const VaultFacts = Schema.Struct({ realm: Schema.Literals(["service", "vendor"]), liveKeys: Schema.Int, bucketKeys: Schema.Int, mark: Instant })

/** How the owner of the install sees itself. */
export const OwnerFacts = Schema.Struct({
  pid: Schema.Int,
  /** Whether it is a server; otherwise the command that asks opened the install itself. */
  serving: Schema.Boolean,
  demonstration: Schema.Boolean,
  origin: Schema.String,
  node: Schema.String,
  clock: Schema.Struct({ now: Instant, suspect: Schema.Boolean }),
  vaults: Schema.Array(VaultFacts)
})
export type OwnerFacts = typeof OwnerFacts.Type

/** What can be answered. */
export const Answer = Schema.TaggedUnion({
  Swept: { counts: SweepCounts },
  Audited: { report: AuditReport },
  Inspected: { facts: OwnerFacts },
  Invited: { link: Schema.String },
  /** It could not be done; `says` is a sentence for people. */
  Failed: { exit: CommandFailure.fields.exit, says: Schema.String }
})
export type Answer = typeof Answer.Type

/** A line of the socket as a request, and back. */
export const RequestLine = Schema.fromJsonString(Request)
/** A line of the socket as an answer, and back. */
export const AnswerLine = Schema.fromJsonString(Answer)
