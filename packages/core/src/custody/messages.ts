/**
 * The words of a request for the record of one opening, in the vendor's realm: what the police ask, what custodians do, and what follows.
 * No message carries an address; a release is a permission, and who may use it is decided here (DFH-34, IF-30).
 */
import * as Schema from "effect/Schema"
import { SessionRef } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { Authority, CaseRef } from "../retention/messages.ts"

/**
 * A custodian of the vendor: 128 random bits, and no name. The id of a member of staff is none, by its type and by its form,
 * so nobody of the service can act here (IF-18, IF-31).
 */
export const CustodianId = Schema.String.check(Schema.isPattern(/^custodian-[0-9a-f]{32}$/)).pipe(Schema.brand("CustodianId"))
export type CustodianId = typeof CustodianId.Type

/** How a request arrived. */
export const Channel = Schema.Literals(["phone", "secureMail", "letter", "inPerson"])

/** What a request is founded on: averting a crime or a death (§ 196, helsepersonelloven § 31), an order (straffeprosessloven §§ 210, 215 a), or nothing but an investigation. */
export const LegalBasis = Schema.Literals(["averting", "productionOrder", "preservationOrder", "investigation"])
export type LegalBasis = typeof LegalBasis.Type

/** What a request asks for. */
export const Target = Schema.TaggedUnion({
  /** The chat whose reference the service gave when it notified the police. */
  Session: { ref: SessionRef },
  /** Whatever was opened from `from` and before `to`. */
  Window: { from: Instant, to: Instant },
  /** Every chat on some subject: never met, and the subject is not written down. */
  Topic: {}
})
export type Target = typeof Target.Type

/** A request as it is recorded: who asks, in which case and on which basis, and whether the service must not hear of it. */
export const PoliceRequest = Schema.Struct({ channel: Channel, authority: Authority, caseRef: CaseRef, basis: LegalBasis, secret: Schema.Boolean })
export type PoliceRequest = typeof PoliceRequest.Type

/** A record that a request matches and that can still be released, until `until`. It is known by its session's reference. */
export const Found = Schema.Struct({ trace: SessionRef, until: Instant })
export type Found = typeof Found.Type

/** Why a request was rejected. */
export const RejectReason = Schema.Literals([
  /** The service has notified nobody of that case. */
  "noNotifiedCase",
  "noOrder",
  /** A subject, or a stretch of more than 15 minutes. */
  "tooWide",
  /** A stretch that runs backwards, is empty, or has not ended yet. */
  "unclear",
  /** More than one visitor opened a chat then. */
  "severalPeople",
  "notGenuine",
  "notLawful",
  "withdrawn",
  "notDecidedInTime"
])
export type RejectReason = typeof RejectReason.Type

/** The reasons that a custodian may give. */
export const CustodianReason = Schema.Literals(["notLawful", "withdrawn"])

const Pending = { request: PoliceRequest, trace: SessionRef, until: Instant, receivedAt: Instant }

/** Where a request stands. `until` is the instant at which the record is gone. */
export const CustodyState = Schema.TaggedUnion({
  NoRequest: {},
  Received: Pending,
  AuthenticityChecked: { ...Pending, checkedBy: CustodianId },
  Approved: { ...Pending, checkedBy: CustodianId, approvedBy: CustodianId },
  /** `openBefore` ends the permission. */
  Released: { request: PoliceRequest, trace: SessionRef, approvedBy: CustodianId, releasedBy: CustodianId, releasedAt: Instant, openBefore: Instant },
  Rejected: { request: PoliceRequest, reason: RejectReason, at: Instant },
  /** The record is gone, or never was; which of the two is not told, and nothing is reconstructed. */
  Unavailable: { request: PoliceRequest, at: Instant }
})
export type CustodyState = typeof CustodyState.Type
/** A request that is neither released nor rejected nor without an object. */
export type Pending = Extract<CustodyState, { readonly _tag: "Received" | "AuthenticityChecked" | "Approved" }>

/** What custodians, the register of traces and timers tell a request. */
export const CustodyCommand = Schema.TaggedUnion({
  /** `caseNotified` is whether the service has told the vendor that it notified the police of this case; `found` are the live records that match. */
  Receive: { at: Instant, request: PoliceRequest, target: Target, caseNotified: Schema.Boolean, found: Schema.Array(Found) },
  /** Somebody called back; `confirmed` is whether the authority knew of the request. */
  CheckAuthenticity: { at: Instant, by: CustodianId, number: Schema.Literals(["ownDirectory", "given"]), confirmed: Schema.Boolean },
  Approve: { at: Instant, by: CustodianId },
  /** `latest` is the later of the two clocks. */
  Release: { at: Instant, by: CustodianId, latest: Instant },
  Reject: { at: Instant, by: CustodianId, reason: CustodianReason },
  /** An order keeps the record until `until`, or has ended: the record is gone from then on. */
  FollowRecord: { at: Instant, until: Instant },
  /** The record is gone or the time to decide is over; given by `due` only. */
  Expire: { at: Instant }
})
export type CustodyCommand = typeof CustodyCommand.Type

/** What happened to a request. No event carries an address. */
export const CustodyEvent = Schema.TaggedUnion({
  Received: { at: Instant, request: PoliceRequest, trace: SessionRef, until: Instant },
  AuthenticityChecked: { at: Instant, by: CustodianId },
  Approved: { at: Instant, by: CustodianId },
  Released: { at: Instant, by: CustodianId },
  RecordFollowed: { at: Instant, until: Instant },
  Rejected: { at: Instant, request: PoliceRequest, reason: RejectReason },
  Unavailable: { at: Instant, request: PoliceRequest }
})
export type CustodyEvent = typeof CustodyEvent.Type
