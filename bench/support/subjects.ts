/**
 * Every machine of the core with its life, under the terms of the reference services; the ledger under terms that hide as the reference does.
 */
import { bookingMachine } from "@fortrolig/core/booking/machine"
import { consentMachine } from "@fortrolig/core/consent/machine"
import { triageConsent } from "@fortrolig/core/consent/terms"
import { custodyMachine } from "@fortrolig/core/custody/machine"
import { concernMachine } from "@fortrolig/core/disclosure/machine"
import { referralMachine } from "@fortrolig/core/guidance/machine"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { dinutvei } from "@fortrolig/core/policy/reference/dinutvei"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { retentionMachine } from "@fortrolig/core/retention/machine"
import { bandsOf } from "@fortrolig/core/statistics/bands"
import { contactMachine } from "@fortrolig/core/statistics/contact"
import { ledgerMachine } from "@fortrolig/core/statistics/machine"
import { evolveByHand as applyConcern } from "./concernApplied.ts"
import { decideByHand as decideConcern } from "./concernByHand.ts"
import { concernLife } from "./concernLife.ts"
import { decideByHand as decideConsent, evolveByHand as applyConsent } from "./consentByHand.ts"
import { consentLife } from "./consentLife.ts"
import { bookingLife, contactLife, custodyLife, ledgerLife, referralLife } from "./otherLives.ts"
import { decideByHand as decideRetention, evolveByHand as applyRetention, retentionLife } from "./retentionByHand.ts"
import { type Subject, subject } from "./subject.ts"

/** A subject, and how many of its lives make one round. */
export interface Raced extends Subject {
  readonly lives: number
}

const there = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) throw new Error("the reference policy does not have this part")
  return value
}
const zone = "Europe/Oslo"

/** Made one by one, so that a process that measures one of them has run no other. */
export const subjects: Readonly<Record<string, () => Raced>> = {
  consent: () => {
    const terms = there(triageConsent(detfinneshjelp))
    return { lives: 20_000, ...subject(consentMachine(terms), consentLife, { decide: (state, command) => decideConsent(terms, state, command), evolve: applyConsent }) }
  },
  retention: () => {
    const { holds } = detfinneshjelp
    return { lives: 20_000, ...subject(retentionMachine(holds), retentionLife, { decide: (state, command) => decideRetention(holds, state, command), evolve: applyRetention }) }
  },
  concern: () => {
    const terms = detfinneshjelp.disclosure
    return { lives: 10_000, ...subject(concernMachine(detfinneshjelp), concernLife, { decide: (state, command) => decideConcern(terms, state, command), evolve: applyConcern }) }
  },
  custody: () => ({ lives: 20_000, ...subject(custodyMachine, custodyLife) }),
  booking: () => {
    const { bucketMinutes, booking } = detfinneshjelp
    return { lives: 10_000, ...subject(bookingMachine({ bucketMinutes, booking: { ...there(booking), phone: { number: "23 32 70 00", lastVerified: "2026-11-01" } } }), bookingLife) }
  },
  referral: () => ({ lives: 10_000, ...subject(referralMachine(dinutvei), referralLife) }),
  contact: () => ({ lives: 20_000, ...subject(contactMachine({ ...there(ifengsel.statistics), dimensions: ["county"] }, zone), contactLife) }),
  ledger: () => {
    const terms = there(ifengsel.statistics)
    return { lives: 20, ...subject(ledgerMachine(terms, zone), ledgerLife(bandsOf(terms))) }
  }
}
