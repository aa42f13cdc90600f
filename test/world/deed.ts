/**
 * One thing that somebody does in a simulated world, as plain data: a list of them is a script that can be lived again in another world.
 */
import type { BookingCommand } from "@fortrolig/core/booking/messages"
import type { ConsentCommand } from "@fortrolig/core/consent/messages"
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import type { CustodyCommand } from "@fortrolig/core/custody/messages"
import type { ConcernCommand } from "@fortrolig/core/disclosure/messages"
import type { ReferralCommand } from "@fortrolig/core/guidance/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { RetentionCommand } from "@fortrolig/core/retention/messages"
import type { SessionCommand } from "@fortrolig/core/session/messages"
import type { ContactCommand, LedgerCommand } from "@fortrolig/core/statistics/messages"
import type { ConsentName } from "./visitor.ts"

type Done =
  | { readonly topic: "session"; readonly command: SessionCommand }
  | { readonly topic: "consent"; readonly name: ConsentName; readonly command: ConsentCommand }
  /** A counsellor tries to write the triage note. */
  | { readonly topic: "note"; readonly fields: TriageFields }
  /** The visitor states an age. */
  | { readonly topic: "age"; readonly years: number }
  /** A stricter policy reaches a visitor's trace and what ends with it. */
  | { readonly topic: "shorten"; readonly deleteAt: Instant }
  | { readonly topic: "trace" | "content"; readonly command: RetentionCommand }
  | { readonly topic: "case"; readonly index: number; readonly command: ConcernCommand }
  | { readonly topic: "request"; readonly index: number; readonly command: CustodyCommand }
  /** A custodian opens a record of the register. */
  | { readonly topic: "open record"; readonly index: number }
  | { readonly topic: "contact"; readonly command: ContactCommand }
  | { readonly topic: "booking"; readonly command: BookingCommand }
  | { readonly topic: "referral"; readonly command: ReferralCommand }
  | { readonly topic: "ledger"; readonly command: LedgerCommand }
  | { readonly topic: "sweep" }

/** When, about which visitor, and what. Facts that a command carries are looked up when it is given. */
export type Deed = Done & { readonly at: Instant; readonly visitor: number }
