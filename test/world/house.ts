/**
 * The people and rooms of a service in a simulated world, and the facts that commands carry about them.
 */
import { custodyMachine as custody } from "@fortrolig/core/custody/machine"
import { type CustodianId, type CustodyCommand, type CustodyEvent, type CustodyState, type Found, type Target } from "@fortrolig/core/custody/messages"
import type { WebLogLine } from "@fortrolig/core/custody/webLog"
import type { IpAddress } from "@fortrolig/core/custody/ipAddress"
import { isOpen, policeWereTold } from "@fortrolig/core/disclosure/messages"
import type { SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { releasableUntil } from "@fortrolig/core/retention/machine"
import { standingFor } from "@fortrolig/core/session/assignment"
import type { Standing } from "@fortrolig/core/session/messages"
import { isReserved } from "@fortrolig/core/session/phone"
import type { Increment } from "@fortrolig/core/statistics/tally"
import type { LedgerCommand, LedgerEvent, LedgerState } from "@fortrolig/core/statistics/messages"
import { Actor } from "./actor.ts"
import type { Coverage } from "./coverage.ts"
import type { Random } from "./random.ts"
import type { Service } from "./services.ts"
import type { Visitor } from "./visitor.ts"

/** The vendor's record of one opening. */
export interface TraceRecord {
  readonly sessionRef: SessionRef
  readonly ip: IpAddress
  readonly openedAt: Instant
}
/** A request from the police, in the vendor's realm. */
export type Request = Actor<CustodyState, CustodyCommand, CustodyEvent>

/** Everybody and everything that is not one visitor's. */
export interface House {
  readonly service: Service
  readonly visitors: Array<Visitor>
  readonly staff: ReadonlyArray<{ readonly id: StaffId; readonly standing: Standing }>
  /** Somebody who may answer and whom no menu names: for a chat that must share nothing with the others. */
  readonly apart: StaffId
  readonly custodians: ReadonlyArray<CustodianId>
  readonly requests: ReadonlyArray<Request>
  readonly ledger: Actor<LedgerState, LedgerCommand, LedgerEvent>
  /** The vendor's register of openings. */
  readonly register: Map<SessionRef, TraceRecord>
  /** The web server's log of the chat's own pages. */
  readonly webLog: Array<WebLogLine>
  /** Chats that were counted. */
  readonly counted: Array<Increment>
  /** What was handed to the police, and whether a permission stood behind it. */
  readonly handedOver: Array<{ readonly ip: IpAddress; readonly permitted: boolean }>
}

/** A house with its staff: three who may answer, one who may not, and three custodians of the vendor. */
export const newHouse = (service: Service, random: Random, coverage: Coverage): House => {
  const bound = standingFor(service.policy)
  const other: Standing = bound === "healthProfessional" ? "declaredHost" : "none"
  return {
    service,
    visitors: [],
    staff: [bound, bound, bound, other].map((standing) => ({ id: random.hex(32) as StaffId, standing })),
    apart: random.hex(32) as StaffId,
    custodians: [0, 1, 2].map(() => `custodian-${random.hex(32)}` as CustodianId),
    requests: [0, 1, 2, 3].map(() => new Actor("custody", custody, coverage)),
    ledger: new Actor("ledger", service.ledger, coverage),
    register: new Map(),
    webLog: [],
    counted: [],
    handedOver: []
  }
}

/** How many chats somebody has. */
export const holding = ({ visitors }: House, counsellor: StaffId): number => {
  let count = 0
  for (const { session } of visitors) if (session.state._tag === "Active" && session.state.counsellor === counsellor) count += 1
  return count
}

/** The facts about somebody who would get a chat. */
export const candidate = (house: House, counsellor: StaffId, at: Instant): { readonly holding: number; readonly standing: Standing; readonly reserved: boolean } => ({
  holding: holding(house, counsellor),
  standing: counsellor === house.apart ? standingFor(house.service.policy) : (house.staff.find(({ id }) => id === counsellor)?.standing ?? "none"),
  reserved: reserved(house, counsellor, at)
})

/** Whether somebody is kept free for a call. */
export const reserved = ({ visitors }: House, counsellor: StaffId, at: Instant): boolean => isReserved(visitors.map(({ session }) => session.state), counsellor, at)

/** Whether a case about a chat is open. */
export const hasOpenCase = ({ cases }: Visitor): boolean => cases.some(({ state }) => isOpen(state))

/** Whether custodians are still handling a request about a chat. */
export const releaseOpen = ({ requests }: House, ref: SessionRef): boolean =>
  requests.some(({ state }) => (state._tag === "Received" || state._tag === "AuthenticityChecked" || state._tag === "Approved") && state.trace === ref)

/** The live records that a request may mean. */
export const foundFor = ({ visitors, register }: House, target: Target): ReadonlyArray<Found> =>
  visitors.flatMap(({ ref, trace }) => {
    const until = releasableUntil(trace.state)
    const record = register.get(ref)
    if (until === undefined || record === undefined) return []
    const meant = target._tag === "Session" ? target.ref === ref : target._tag === "Window" && record.openedAt >= target.from && record.openedAt < target.to
    return meant ? [{ trace: ref, until }] : []
  })

/** Whether the service has told the police of a case about one of these chats. */
export const caseNotified = ({ visitors }: House, found: ReadonlyArray<Found>): boolean =>
  visitors.some(({ ref, cases }) => found.some(({ trace }) => trace === ref) && cases.some(({ state }) => policeWereTold(state, ref)))
