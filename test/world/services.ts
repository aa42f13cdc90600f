/**
 * The services that worlds are about: policies that differ in what the machines read of them, each with its machines made once.
 */
import { bookingMachine, type BookingPolicy } from "@fortrolig/core/booking/machine"
import type { BookingCommand, BookingEvent, BookingState } from "@fortrolig/core/booking/messages"
import { consentMachine } from "@fortrolig/core/consent/machine"
import type { ConsentCommand, ConsentEvent, ConsentState } from "@fortrolig/core/consent/messages"
import { type ConsentTerms, referralConsent, triageConsent } from "@fortrolig/core/consent/terms"
import { concernMachine } from "@fortrolig/core/disclosure/machine"
import type { ConcernCommand, ConcernEvent, ConcernState } from "@fortrolig/core/disclosure/messages"
import { referralMachine } from "@fortrolig/core/guidance/machine"
import type { ReferralCommand, ReferralEvent, ReferralState } from "@fortrolig/core/guidance/messages"
import type { Machine } from "@fortrolig/core/kernel/machine"
import type { BookingTerms, StatisticsTerms, TriageTerms } from "@fortrolig/core/policy/care"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { retentionMachine } from "@fortrolig/core/retention/machine"
import type { RetentionCommand, RetentionEvent, RetentionState } from "@fortrolig/core/retention/messages"
import { sessionMachine } from "@fortrolig/core/session/machine"
import type { SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"
import { contactMachine } from "@fortrolig/core/statistics/contact"
import { ledgerMachine } from "@fortrolig/core/statistics/machine"
import type { ContactCommand, ContactEvent, ContactState, LedgerCommand, LedgerEvent, LedgerState } from "@fortrolig/core/statistics/messages"
import { completeGuide } from "../spec/guidanceWorlds.ts"
import { randomFrom } from "./random.ts"

/** A service with every machine of its policy. */
export interface Service {
  readonly policy: Policy
  readonly triageTerms: TriageTerms
  readonly bookingPolicy: BookingPolicy
  readonly statistics: StatisticsTerms
  readonly consents: { readonly triage: ConsentTerms; readonly referral: ConsentTerms }
  readonly session: Machine<SessionState, SessionCommand, SessionEvent>
  readonly triage: Machine<ConsentState, ConsentCommand, ConsentEvent>
  readonly referral: Machine<ConsentState, ConsentCommand, ConsentEvent>
  readonly retention: Machine<RetentionState, RetentionCommand, RetentionEvent>
  readonly concern: Machine<ConcernState, ConcernCommand, ConcernEvent>
  readonly booking: Machine<BookingState, BookingCommand, BookingEvent>
  readonly contact: Machine<ContactState, ContactCommand, ContactEvent>
  readonly ledger: Machine<LedgerState, LedgerCommand, LedgerEvent>
}

/** The time zone of every service here. */
export const timeZone = "Europe/Oslo"

/** The guide and its referrals, the same in every world. */
export const guide = completeGuide
/** The machine of a referral to a service of the guide. */
export const guided: Machine<ReferralState, ReferralCommand, ReferralEvent> = referralMachine(guide)

const bookingTerms = detfinneshjelp.booking
const triage = detfinneshjelp.triage
if (bookingTerms === null || triage === null) throw new Error("the reference policy has lost a part")
const booked: BookingTerms = { ...bookingTerms, phone: { number: "00 00 00 00", lastVerified: "2026-11-01" }, referralCharacters: 40 }

const made = (seed: number): Service => {
  const random = randomFrom(seed)
  const triageTerms: TriageTerms = { ...triage, bundled: random.chance(0.5), timesAsked: random.chance(0.8) ? 2 : 1, grain: random.pick(["week", "month", "quarter"]) }
  const booking: BookingTerms = { ...booked, phone: random.chance(0.93) ? booked.phone : null, outboxHours: random.pick([1, 2, 24]) }
  const statistics: StatisticsTerms = {
    bands: [{ from: 0, to: 12 }, { from: 13, to: 17 }, { from: 18, to: null }],
    dimensions: random.chance(0.5) ? ["topic"] : [],
    period: "quarter",
    smallestCell: random.pick([3, 5]),
    smallestTotal: 10,
    method: random.pick(["suppress", "round"])
  }
  const { timers } = detfinneshjelp.disclosure
  const policy: Policy = {
    ...detfinneshjelp,
    content: random.chance(0.5) ? { store: "server", hoursAfterEnd: 72 } : { store: "clients-only" },
    accessTrace: { hoursAfterOpening: random.pick([72, 168]) },
    limits: {
      ...detfinneshjelp.limits,
      idleMinutes: random.pick([5, 30, 60]),
      counsellorGraceSeconds: random.pick([60, 120]),
      queueMinutes: random.pick([10, 60]),
      lengthMinutes: random.pick([60, 240]),
      closingMinutes: random.pick([5, 30])
    },
    capacity: random.whole(1, 3),
    answeredBy: random.chance(0.7) ? "healthProfessionals" : "declaredHosts",
    triage: triageTerms,
    booking,
    phone: random.chance(0.9) ? { number: "00 00 00 00", reservedMinutes: random.pick([2, 10]), codeDigits: 6 } : null,
    statistics,
    disclosure: {
      ...detfinneshjelp.disclosure,
      openCaseAt: random.pick(["immediateRisk", "reasonToBelieve", "mayBeDanger"]),
      crimeNeedsIdentification: random.chance(0.3),
      rightToDisclose: random.chance(0.85),
      timers: { ...timers, recordDays: random.pick([1, 90]) }
    },
    holds: random.chance(0.9) ? { items: ["accessTrace", "content"], maximumDays: 90 } : null,
    bucketMinutes: random.pick([1, 5, 60])
  }
  const [one, other] = [triageConsent(policy), referralConsent(policy)]
  if (one === undefined || other === undefined) throw new Error("a service without its consents")
  const bookingPolicy: BookingPolicy = { booking, bucketMinutes: policy.bucketMinutes }
  return {
    policy,
    triageTerms,
    bookingPolicy,
    statistics,
    consents: { triage: one, referral: other },
    session: sessionMachine(policy),
    triage: consentMachine(one),
    referral: consentMachine(other),
    retention: retentionMachine(policy.holds),
    concern: concernMachine(policy),
    booking: bookingMachine(bookingPolicy),
    contact: contactMachine(statistics, timeZone),
    ledger: ledgerMachine(statistics, timeZone)
  }
}

/** Every service that a world may be about. */
export const services: ReadonlyArray<Service> = Array.from({ length: 40 }, (_, index) => made(index * 7919 + 1))
